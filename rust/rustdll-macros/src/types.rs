//! Prepares types, as they are written in the source, for generated code.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{parse_quote, GenericArgument, Lifetime, Path, PathArguments, Token, Type, TypeParamBound};

use crate::problems::Problems;

/// Replaces every lifetime but `'static` by `'_`, as generated code cannot name those of the function.
pub fn without_lifetimes(of: &Type) -> Type {
    struct Replace;
    impl VisitMut for Replace {
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            if lifetime.ident != "static" {
                lifetime.ident = Ident::new("_", lifetime.ident.span());
            }
        }
    }
    let mut of = of.clone();
    Replace.visit_type_mut(&mut of);
    of
}

/// Replaces `PyStr` by a marker type for the description: it is an alias, and would be described as the type that it
/// names.
pub fn with_marks(of: &Type, private: &TokenStream) -> Type {
    struct Mark<'p>(&'p TokenStream);
    impl VisitMut for Mark<'_> {
        fn visit_path_mut(&mut self, path: &mut Path) {
            if path
                .segments
                .last()
                .is_some_and(|last| last.ident == "PyStr" && last.arguments.is_none())
            {
                let private = self.0;
                *path = parse_quote!(#private::PyVec<#private::StringMark>);
            } else {
                visit_mut::visit_path_mut(self, path);
            }
        }
    }
    let mut of = of.clone();
    Mark(private).visit_type_mut(&mut of);
    of
}

/// The types of the language and of its library that are numbers and strings.
const PLAIN: [&str; 16] = [
    "i8", "i16", "i32", "i64", "isize", "u8", "u16", "u32", "u64", "usize", "f32", "f64", "bool", "char", "str",
    "String",
];

/// The types that take hardly longer than a number or a string to be made of one.
const LIGHT: [&str; 6] = ["Path", "PathBuf", "OsStr", "OsString", "Uuid", "SystemTime"];

/// True for numbers, strings, and the lists, tuples and options of them.
pub fn is_of_language(of: &Type) -> bool {
    consists_of(of, &|of| PLAIN.iter().any(|name| is_named(of, name)))
}

/// True for types that take so little time to be passed that a call is worth compiling in place for them.
pub fn is_light(of: &Type) -> bool {
    consists_of(of, &|of| PLAIN.iter().chain(&LIGHT).any(|name| is_named(of, name)))
}

/// True for types that `is_one` accepts, and the lists, tuples and options of them.
fn consists_of(of: &Type, is_one: &impl Fn(&Type) -> bool) -> bool {
    match bare(of) {
        Type::Reference(reference) => consists_of(&reference.elem, is_one),
        Type::Slice(list) => consists_of(&list.elem, is_one),
        Type::Array(list) => consists_of(&list.elem, is_one),
        Type::Tuple(tuple) => tuple.elems.iter().all(|element| consists_of(element, is_one)),
        of @ Type::Path(_) => {
            let inside = ["Vec", "Option", "TypedArray"]
                .iter()
                .find_map(|name| argument_of(of, name));
            inside.is_some_and(|inside| consists_of(inside, is_one)) || is_one(of)
        }
        _ => false,
    }
}

/// Returns the type without parentheses around it.
pub fn bare(of: &Type) -> &Type {
    match of {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => of,
    }
}

/// Returns the first `'static` in a type.
pub fn has_static(of: &impl ToTokens) -> Option<Lifetime> {
    fn find(tokens: TokenStream) -> Option<Span> {
        let mut after_quote = false;
        for token in tokens {
            let found = match &token {
                TokenTree::Ident(ident) if after_quote && ident == "static" => Some(ident.span()),
                TokenTree::Group(group) => find(group.stream()),
                _ => None,
            };
            if found.is_some() {
                return found;
            }
            after_quote = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
        }
        None
    }
    find(of.to_token_stream()).map(|span| Lifetime::new("'static", span))
}

/// Reports types that a parameter can never have, with better messages than the compiler's.
pub fn check_parameter(of: &Type, problems: &mut Problems) {
    check(of, problems, |of| {
        match of {
        Type::TraitObject(object) if is_function(&object.bounds) => Some(NO_CALLBACKS),
        Type::ImplTrait(generic) if is_function(&generic.bounds) => Some(NO_CALLBACKS),
        Type::TraitObject(_) => Some("a trait object cannot be passed from JavaScript: name the type itself"),
        Type::FnPtr(_) => Some(NO_CALLBACKS),
        Type::Reference(reference) if reference.mutability.is_some() => growing(bare(&reference.elem)),
        Type::Reference(reference) if is_named(bare(&reference.elem), "CStr") => {
            Some("a string of JavaScript's does not end with a NUL: take a `&str` and make a `CString` of it with `CString::new(text)`")
        }
        Type::Ptr(_) => Some("a pointer has no form in JavaScript: supported are values, `&T` and `&mut [T]`"),
        _ => unnamed(of),
    }
    });
}

const NO_CALLBACKS: &str = "a function of JavaScript's is a parameter `&dyn Fn(A) -> R`, `&mut dyn FnMut(A) -> R` or `impl Fn(A) -> R`, which can be called until the call ends, or a `rustdll::Callback<(A,), R>`, which can be kept";

/// True if a trait is one of those that closures implement.
fn is_function(bounds: &Punctuated<TypeParamBound, Token![+]>) -> bool {
    bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => bound
            .path
            .segments
            .last()
            .is_some_and(|last| ["Fn", "FnMut", "FnOnce"].iter().any(|name| last.ident == name)),
        _ => false,
    })
}

/// True if the last segment of a type's path is this name.
pub fn is_named(of: &Type, name: &str) -> bool {
    matches!(of, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}

/// Returns what to write instead of a mutable reference to a collection that could grow.
fn growing(of: &Type) -> Option<&'static str> {
    if is_named(of, "Vec") {
        return Some("a list of JavaScript's cannot become longer: take a `&mut [T]` of numbers, such as `&mut [f64]`, or return a new `Vec<T>`");
    }
    is_named(of, "String")
        .then_some("a string of JavaScript's cannot be changed: take a `&str` and return a new `String`")
}

/// Does the same for the type of a result, whose error may have any type.
pub fn check_result(of: &Type, problems: &mut Problems) {
    check(of, problems, unnamed);
}

fn unnamed(of: &Type) -> Option<&'static str> {
    match of {
        Type::ImplTrait(_) => Some("an exported function has one signature: name the type instead of `impl Trait`"),
        Type::Never(_) => Some("a function that never returns has no result for JavaScript"),
        _ if argument_of(of, "Option").is_some_and(is_option) => Some(
            "JavaScript has one null, and both the outer and the inner `None` would be it: take or return one `Option`, or an enum of your own with a variant for each case",
        ),
        _ => None,
    }
}

/// True for an option, also behind a pointer that JavaScript sees nothing of.
fn is_option(of: &Type) -> bool {
    match bare(of) {
        Type::Reference(reference) => is_option(&reference.elem),
        of => {
            is_named(of, "Option")
                || ["Box", "Rc", "Arc"]
                    .iter()
                    .any(|pointer| argument_of(of, pointer).is_some_and(is_option))
        }
    }
}

/// Returns the `T` of a `name<T>`.
pub fn argument_of<'t>(of: &'t Type, name: &str) -> Option<&'t Type> {
    let Type::Path(path) = bare(of) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(of) => Some(of),
        _ => None,
    }
}

/// Reports types that a field can never have.
pub fn check_field(of: &Type, problems: &mut Problems) {
    check(of, problems, unnamed);
}

fn check(of: &Type, problems: &mut Problems, problem: impl Fn(&Type) -> Option<&'static str>) {
    struct Check<'p, F>(&'p mut Problems, F);
    impl<F: Fn(&Type) -> Option<&'static str>> VisitMut for Check<'_, F> {
        fn visit_type_mut(&mut self, of: &mut Type) {
            match (self.1)(of) {
                Some(problem) => self.0.at(of, problem),
                None => visit_mut::visit_type_mut(self, of),
            }
        }
    }
    Check(problems, problem).visit_type_mut(&mut of.clone());
}
