//! Generates the code of `#[export]` on an `impl`: its functions become the members of a class.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned, ToTokens};
use syn::meta::{parser, ParseNestedMeta};
use syn::parse::Parser;
use syn::{Attribute, ImplItem, ImplItemFn, ItemImpl, Path, ReceiverKind, ReturnType, Type, Visibility};

use crate::attributes::parse_crate;
use crate::case::Case;
use crate::export::{entry, is_cfg, Exported};
use crate::names::{convention, member_name_problem, name_of, Name};
use crate::options::{Calls, Options};
use crate::problems::Problems;
use crate::signature::{strip_attributes, Signature};
use crate::types::{argument_of, bare, is_named};

/// The traits of which `#[export(...)]` on an `impl` makes a method.
pub const TRAITS: &[&str] = &["Display", "Debug", "Eq", "Ord", "Hash"];

/// The options of `#[export(...)]` on an `impl`.
#[derive(Default)]
struct ClassOptions {
    krate: Option<Path>,
    rename_all: Option<Case>,
    traits: Vec<Ident>,
}

impl ClassOptions {
    fn parse(tokens: TokenStream) -> syn::Result<Self> {
        let mut options = Self::default();
        parser(|option| options.option(&option)).parse2(tokens)?;
        Ok(options)
    }

    fn option(&mut self, option: &ParseNestedMeta) -> syn::Result<()> {
        if option.path.is_ident("crate") {
            if !option.input.peek(syn::Token![=]) {
                return Err(option.error("`crate` has a value: it is written `crate = path::to::rustdll`"));
            }
            self.krate = Some(parse_crate(option)?);
            return Ok(());
        }
        if option.path.is_ident("rename_all") {
            if !option.input.peek(syn::Token![=]) {
                return Err(option.error("`rename_all` has a value: it is written `rename_all = \"camelCase\"`"));
            }
            self.rename_all = Some(Case::parse(&option.value()?.parse()?)?);
            return Ok(());
        }
        match option.path.get_ident() {
            Some(ident) if TRAITS.iter().any(|name| ident == name) => {
                if self.traits.contains(ident) {
                    return Err(option.error(format!("`{ident}` is given twice")));
                }
                self.traits.push(ident.clone());
                Ok(())
            }
            _ => Err(option.error(
                "unknown option: supported on an `impl` are `Display`, `Debug`, `Eq`, `Ord`, `Hash`, `rename_all = \"...\"` and `crate = path::to::rustdll`",
            )),
        }
    }
}

/// The role of a function in its class.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Constructor,
    Static,
    Method,
    Getter,
    Setter,
}

impl ToTokens for Role {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let name = match self {
            Self::Constructor => "Constructor",
            Self::Static => "Static",
            Self::Method => "Method",
            Self::Getter => "Getter",
            Self::Setter => "Setter",
        };
        let name = Ident::new(name, Span::call_site());
        tokens.extend(quote!(__rustdll::Role::#name));
    }
}

/// Expands `#[export(options)] impl Class { ... }`.
pub fn expand(options: TokenStream, mut block: ItemImpl) -> TokenStream {
    let mut problems = Problems::default();
    let options = problems.or_default(ClassOptions::parse(options));
    let class = check(&block, &mut problems);
    let mut members = Members {
        class: &class,
        krate: options.krate.as_ref(),
        rename_all: options.rename_all,
        cfg: block
            .attrs
            .iter()
            .filter(|attribute| is_cfg(attribute))
            .cloned()
            .collect(),
        taken: Vec::new(),
        code: Vec::new(),
    };
    if problems.is_empty() {
        for item in &mut block.items {
            members.item(item, &mut problems);
        }
        for name in &options.traits {
            members.implemented(name, &mut problems);
        }
    }
    if !problems.is_empty() {
        // The block is kept, so that its absence causes no further errors.
        let problems = problems.into_tokens();
        return quote!(#problems #block);
    }
    let code = members.code;
    quote!(#block #(#code)*)
}

/// Reports blocks that are not of an object, and returns the path of the type.
fn check(block: &ItemImpl, problems: &mut Problems) -> Type {
    if let Some((path, _)) = &block.trait_ {
        problems.at(
            path,
            "`#[export]` is for the `impl` of an object itself: the methods of a trait are written there, and call those of the trait",
        );
    }
    if let Some(parameter) = block.generics.params.first() {
        problems.at(parameter, "an object has no parameters");
    }
    let class = bare(&block.self_ty);
    let is_plain = matches!(class, Type::Path(path) if path.qself.is_none()
        && path.path.segments.iter().all(|segment| segment.arguments.is_none()));
    if !is_plain {
        problems.at(
            class,
            "`#[export]` is for the `impl` of a type with `#[derive(rustdll::Object)]`",
        );
    }
    class.clone()
}

struct Members<'m> {
    class: &'m Type,
    krate: Option<&'m Path>,
    rename_all: Option<Case>,
    cfg: Vec<Attribute>,
    /// The names that are taken, of the class itself and of its objects, each with the role that has it.
    taken: Vec<(bool, Name, Role)>,
    code: Vec<TokenStream>,
}

impl Members<'_> {
    /// Generates the code of a function, and removes its attribute.
    fn item(&mut self, item: &mut ImplItem, problems: &mut Problems) {
        let ImplItem::Fn(function) = item else { return };
        let is_ours = |attribute: &Attribute| {
            attribute
                .path()
                .segments
                .last()
                .is_some_and(|last| last.ident == "export")
        };
        let (ours, others): (Vec<_>, Vec<_>) = function.attrs.drain(..).partition(is_ours);
        function.attrs = others;
        let mut options = Options::default();
        if let [attribute, more @ ..] = &ours[..] {
            options = problems.or_default(Options::of_member(attribute));
            if let Some(second) = more.first() {
                problems.at(second, "`#[export]` is given twice");
            }
        } else if !matches!(function.vis, Visibility::Public(_)) {
            return;
        }
        if options.skip {
            return;
        }
        if self.krate.is_some() {
            options.krate = self.krate.cloned();
        }
        self.function(function, &mut options, problems);
    }

    fn function(&mut self, function: &mut ImplItemFn, options: &mut Options, problems: &mut Problems) {
        let class = self.class;
        let mut signature = function.sig.clone();
        for input in &mut signature.inputs {
            if let syn::FnArg::Typed(typed) = input {
                *typed.ty = named(&typed.ty, class);
            }
        }
        if let ReturnType::Type(_, of) = &mut signature.output {
            **of = named(of, class);
        }
        if let ReturnType::Type(_, of) = &function.sig.output {
            if matches!(&**of, Type::Reference(reference) if is_named(&reference.elem, "Self")) {
                problems.at(
                    of,
                    "JavaScript has the object already, so a method returns no reference to it: let it return nothing",
                );
            }
        }
        options.for_function(&signature, problems);
        let role = self.role(&signature, options, problems);
        if let (Some(token), Role::Constructor | Role::Getter | Role::Setter) = (&signature.asyncness, role) {
            let message = if role == Role::Constructor {
                "a constructor cannot be an `async fn`, as JavaScript's `new` gives no promise: give it another name, and it is a static function"
            } else {
                "a property cannot be an `async fn`: without `getter` or `setter` it is a method, which gives a promise"
            };
            problems.at(token, message);
        }
        let read = Signature::new(&signature, Some(class), problems);
        let ident = name_of(&signature.ident);
        let own = match role {
            Role::Setter => ident.strip_prefix("set_").unwrap_or(&ident),
            _ => &ident,
        };
        options.rename_all = options.rename_all.or(self.rename_all);
        let name = match &options.name {
            Some(name) => Name::fixed(name.value()),
            None if role == Role::Constructor => Name::fixed("constructor"),
            None => options.named(own),
        };
        if role != Role::Constructor {
            if let Some(problem) = member_name_problem(name.plain()) {
                problems.at(&signature.ident, problem);
            } else if let Some(problem) = member_name_problem(name.camel()) {
                self.refuse_camel(&problem, &signature.ident, options);
            }
        }
        strip_attributes(&mut function.sig);
        self.claim(&name, role, &signature.ident, options, problems);
        if options.calls == Calls::Async {
            self.runs_elsewhere(&signature, options);
        }
        let called = &signature.ident;
        self.add(&name, role, &function.attrs, quote!(<#class>::#called), &read, options);
    }

    /// Generates code that compiles only if the objects of an `async` function may be used on another thread.
    fn runs_elsewhere(&mut self, signature: &syn::Signature, options: &Options) {
        let class = self.class;
        let receiver = signature.receiver();
        let reads = receiver.is_some_and(
            |receiver| matches!(&receiver.kind, ReceiverKind::Reference(_, _, mutability) if mutability.is_none()),
        );
        if receiver.is_none() && !returns(&signature.output, class) {
            return;
        }
        let function = Ident::new(
            if reads {
                "an_async_method_reads"
            } else {
                "an_async_method_changes"
            },
            Span::mixed_site(),
        );
        let private = options.private();
        let cfg = &self.cfg;
        // The problem is reported at the name of the method.
        let class = respanned(class.to_token_stream(), signature.ident.span());
        self.code
            .push(quote!(#(#cfg)* const _: () = #private::#function::<#class>();));
    }

    /// Returns the role of a function, by its options and its signature.
    fn role(&self, signature: &syn::Signature, options: &mut Options, problems: &mut Problems) -> Role {
        let inputs = signature.inputs.len();
        let has_self = signature.receiver().is_some();
        match options.role {
            Some(Role::Getter) => {
                if !has_self || inputs != 1 {
                    problems.at(&signature.ident, "a getter has no parameter but `&self`");
                }
                options.calls = Calls::Sync;
                Role::Getter
            }
            Some(Role::Setter) => {
                if !has_self || inputs != 2 {
                    problems.at(
                        &signature.ident,
                        "a setter has `&mut self` and one parameter, the new value",
                    );
                }
                options.calls = Calls::Sync;
                Role::Setter
            }
            Some(role) => {
                if has_self || !returns(&signature.output, self.class) {
                    problems.at(
                        &signature.ident,
                        "a constructor has no `self` and returns `Self`, or a `Result` of it",
                    );
                }
                role
            }
            None if has_self => Role::Method,
            None if signature.ident == "new" && returns(&signature.output, self.class) => Role::Constructor,
            None => Role::Static,
        }
    }

    /// Notes the name of a member, which no other may have.
    fn claim(&mut self, name: &Name, role: Role, place: &Ident, options: &Options, problems: &mut Problems) {
        let is_static = matches!(role, Role::Constructor | Role::Static);
        let pair = [Role::Getter, Role::Setter];
        let clashes = |form: fn(&Name) -> &str| {
            self.taken.iter().any(|(other_static, other, other_role)| {
                let together = pair.contains(&role) && pair.contains(other_role) && role != *other_role;
                *other_static == is_static && form(other) == form(name) && !together
            })
        };
        let two = |name: &str| format!("two members are called `{name}` in JavaScript");
        if clashes(Name::plain) {
            problems.at(place, two(name.plain()));
        } else if clashes(Name::camel) {
            self.refuse_camel(&two(name.camel()), place, options);
        }
        self.taken.push((is_static, name.clone(), role));
    }

    /// Generates code that does not compile if the crate has names in `camelCase`.
    fn refuse_camel(&mut self, problem: &str, place: &Ident, options: &Options) {
        let refused = Name::refused(problem, place.span());
        let (private, convention, cfg) = (options.private(), convention(&refused), &self.cfg);
        self.code.push(quote_spanned! {Span::mixed_site()=>
            #(#cfg)*
            const _: () = {
                use #private as __rustdll;
                #convention
                #refused
            };
        });
    }

    /// Generates a method that calls that of a trait.
    fn implemented(&mut self, name: &Ident, problems: &mut Problems) {
        let class = self.class;
        let (method, code) = match name.to_string().as_str() {
            "Display" => (
                "toString",
                quote!(fn to_string(this: &#class) -> ::std::string::String { ::std::string::ToString::to_string(this) }),
            ),
            "Debug" => (
                "@debug",
                quote!(fn debug(this: &#class) -> ::std::string::String { ::std::format!("{this:?}") }),
            ),
            "Eq" => (
                "equals",
                quote!(fn equals(this: &#class, other: &#class) -> ::core::primitive::bool {
                    <#class as ::core::cmp::PartialEq>::eq(this, other)
                }),
            ),
            "Ord" => (
                "compareTo",
                quote!(fn compare_to(this: &#class, other: &#class) -> ::core::primitive::i32 {
                    <#class as ::core::cmp::Ord>::cmp(this, other) as ::core::primitive::i32
                }),
            ),
            _ => (
                "hashCode",
                quote!(fn hash_code(this: &#class) -> ::core::primitive::u32 {
                    let mut hasher = ::std::hash::DefaultHasher::new();
                    <#class as ::core::hash::Hash>::hash(this, &mut hasher);
                    let hash = ::core::hash::Hasher::finish(&hasher);
                    (hash ^ hash >> 32) as ::core::primitive::u32
                }),
            ),
        };
        // The code is generated with the names of this macro, and its problems are those of the trait's name.
        let function: syn::ItemFn = match syn::parse2(respanned(code, name.span())) {
            Ok(function) => function,
            Err(problem) => return problems.add(problem),
        };
        let method = Name::fixed(method);
        let signature = Signature::new(&function.sig, Some(class), problems);
        let options = Options {
            krate: self.krate.cloned(),
            ..Options::default()
        };
        self.claim(&method, Role::Method, name, &options, problems);
        let ident = function.sig.ident.clone();
        let mut code = Vec::new();
        std::mem::swap(&mut code, &mut self.code);
        self.add(&method, Role::Method, &[], quote!(#ident), &signature, &options);
        let entry = self.code.pop();
        code.push(quote! {
            const _: () = {
                #[allow(clippy::all, clippy::pedantic)]
                #function
                #entry
            };
        });
        self.code = code;
    }

    fn add(
        &mut self,
        name: &Name,
        role: Role,
        attributes: &[Attribute],
        called: TokenStream,
        signature: &Signature,
        options: &Options,
    ) {
        let class = self.class;
        let class_name = class_name(class);
        let full_name = match role {
            Role::Constructor => Name::fixed(format!("new {class_name}")),
            _ => name.behind(&format!("{class_name}.")),
        };
        let entry = entry(&Exported {
            attributes,
            called,
            name,
            full_name: &full_name,
            signature,
            options,
            member: quote! {
                ::core::option::Option::Some(__rustdll::Member {
                    class: <#class as __rustdll::Object>::NAME,
                    describe: <#class as __rustdll::Describe>::describe,
                    role: #role,
                })
            },
            is_member: true,
            is_constant: false,
        });
        let cfg = attributes.iter().filter(|attribute| is_cfg(attribute)).chain(&self.cfg);
        let code = quote_spanned! {Span::mixed_site()=>
            #(#cfg)*
            #[allow(deprecated, clippy::all, clippy::pedantic)]
            const _: () = { #entry };
        };
        self.code.push(code);
    }
}

/// Returns the last name of a class's path.
fn class_name(class: &Type) -> String {
    match class {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|last| name_of(&last.ident))
            .unwrap_or_default(),
        _ => String::new(),
    }
}

/// True if a function returns its class, or a `Result` or a `Handle` of it.
fn returns(output: &ReturnType, class: &Type) -> bool {
    let ReturnType::Type(_, of) = output else { return false };
    let is_class = |of: &Type| is_named(bare(of), "Self") || is_named(bare(of), &class_name(class));
    let is_object = |of: &Type| is_class(of) || argument_of(of, "Handle").is_some_and(is_class);
    is_object(of) || argument_of(of, "Result").is_some_and(is_object)
}

/// Replaces `Self` by the class, since the code with the type is outside of the `impl`.
fn named(of: &Type, class: &Type) -> Type {
    fn replace(tokens: TokenStream, class: &Type) -> TokenStream {
        tokens
            .into_iter()
            .flat_map(|token| match token {
                TokenTree::Ident(ident) if ident == "Self" => respanned(class.to_token_stream(), ident.span()),
                TokenTree::Group(group) => {
                    let mut replaced = Group::new(group.delimiter(), replace(group.stream(), class));
                    replaced.set_span(group.span());
                    TokenTree::from(replaced).into()
                }
                other => other.into(),
            })
            .collect()
    }
    syn::parse2(replace(of.to_token_stream(), class)).unwrap_or_else(|_| of.clone())
}

/// Gives tokens the place of another one.
fn respanned(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            if let TokenTree::Group(group) = &token {
                token = Group::new(group.delimiter(), respanned(group.stream(), span)).into();
            }
            token.set_span(span.resolved_at(token.span()));
            token
        })
        .collect()
}
