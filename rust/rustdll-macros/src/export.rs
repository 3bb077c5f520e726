//! Generates the code of `#[export]`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned, ToTokens};
use syn::spanned::Spanned;
use syn::{parse_quote, Attribute, FnArg, Item, ItemFn, ItemImpl, Pat, Type, Visibility};

use crate::constant;
use crate::conversion::Conversion;
use crate::docs::documentation;
use crate::implementation;
use crate::names::{convention, function_name_problem, name_of, Name};
use crate::options::{Calls, Options};
use crate::problems::Problems;
use crate::signature::{strip_attributes, Passed, Signature};
use crate::types::{argument_of, bare, with_marks};

/// Expands `#[export(options)] item`.
pub fn expand(options: TokenStream, item: TokenStream) -> TokenStream {
    if let Ok(block) = syn::parse2::<ItemImpl>(item.clone()) {
        return implementation::expand(options, block);
    }
    if let Some(code) = syn::parse2(item.clone())
        .ok()
        .and_then(|item| constant::expand(options.clone(), &item))
    {
        return code;
    }
    let mut function: ItemFn = match syn::parse2(item.clone()) {
        Ok(function) => function,
        Err(problem) => {
            // If this is another item than a function, the error is at its beginning, not where parsing failed.
            let problem = match syn::parse2::<Item>(item.clone()) {
                Ok(item) => syn::Error::new(Span::call_site(), no_function(&item)),
                Err(_) => problem,
            };
            let problem = problem.into_compile_error();
            return quote!(#problem #item);
        }
    };
    let mut problems = Problems::default();
    let mut options = problems.or_default(Options::parse(options));
    options.for_function(&function.sig, &mut problems);
    let signature = Signature::new(&function.sig, None, &mut problems);
    strip_attributes(&mut function.sig);
    attributes(&function, &mut problems);
    if options.name.is_none() {
        if let Some(problem) = function_name_problem(options.named(&name_of(&function.sig.ident)).plain()) {
            problems.at(
                &function.sig.ident,
                format!("{problem}: give it another with `#[export(name = \"...\")]`"),
            );
        }
    }
    if !problems.is_empty() {
        // The function is kept, so that its absence causes no further errors.
        let problems = problems.into_tokens();
        return quote!(#problems #function);
    }
    let (source, called) = split(&function);
    let wrapper = wrapper(&function, &called, &signature, &options);
    quote!(#source #wrapper)
}

/// Returns what to write instead of `#[export]` on an item that is not a function.
fn no_function(item: &Item) -> &'static str {
    match item {
        Item::Struct(_) => {
            "`#[export]` is for functions: a struct that they take or return has `#[derive(rustdll::Record)]`, or `#[derive(rustdll::Object)]` if its values stay in Rust"
        }
        Item::Enum(_) => "`#[export]` is for functions: an enum that they take or return has `#[derive(rustdll::Enum)]`",
        Item::Trait(_) => {
            "`#[export]` is for functions and for the `impl` of an object: traits are not supported, so write the methods in an `impl` of the type"
        }
        Item::Mod(_) => "`#[export]` is for functions: put it on each function of the module",
        Item::Type(_) => "`#[export]` is for functions: an alias of a type needs nothing to be part of their signatures",
        _ => "`#[export]` is for functions",
    }
}

/// Returns the function to compile, and the name of the function that the wrapper calls.
///
/// A panic cannot unwind out of an `extern "C"` function, so its body is moved to another function, which both it and
/// the wrapper call.
fn split(function: &ItemFn) -> (TokenStream, Ident) {
    if function.sig.abi.is_none() {
        return (function.to_token_stream(), function.sig.ident.clone());
    }
    let name = format_ident!(
        "__rustdll_{}",
        name_of(&function.sig.ident),
        span = function.sig.ident.span()
    );

    let mut inner = function.clone();
    inner.attrs.retain(|attribute| is_lint(attribute) || is_cfg(attribute));
    inner.attrs.push(parse_quote!(#[doc(hidden)]));
    inner.vis = Visibility::Inherited;
    inner.sig.abi = None;
    inner.sig.ident = name.clone();

    let mut outer = function.clone();
    // The lints of `#[expect]` are raised in the body, which is now elsewhere.
    outer.attrs.retain(|attribute| !attribute.path().is_ident("expect"));
    let mut arguments = Vec::new();
    for (index, input) in outer.sig.inputs.iter_mut().enumerate() {
        let FnArg::Typed(typed) = input else { continue };
        let argument = match &*typed.pat {
            Pat::Ident(pattern) => pattern.ident.clone(),
            _ => format_ident!("arg{}", index + 1),
        };
        *typed.pat = parse_quote!(#argument);
        arguments.push(argument);
    }
    *outer.block = parse_quote!({ #name(#(#arguments),*) });
    (quote!(#outer #inner), name)
}

/// Reports attributes and positions with which a function cannot be exported.
fn attributes(function: &ItemFn, problems: &mut Problems) {
    for attribute in &function.attrs {
        if attribute.path().is_ident("target_feature") {
            problems.at(
                attribute,
                "not every processor can run this function: export one without `#[target_feature]` that asks `is_x86_feature_detected!` or the like, and calls this one or another",
            );
        }
    }
    // An associated function without `self` looks like any other function, unless its signature names `Self`.
    let signature = &function.sig;
    let place = find_self(signature.to_token_stream()).filter(|_| signature.receiver().is_none());
    if let Some(place) = place {
        problems.add(syn::Error::new(
            place,
            "put `#[export]` on the `impl`, whose type has `#[derive(rustdll::Object)]`",
        ));
    }
}

/// Returns the span of the first `Self`.
fn find_self(tokens: TokenStream) -> Option<Span> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if ident == "Self" => Some(ident.span()),
        TokenTree::Group(group) => find_self(group.stream()),
        _ => None,
    })
}

fn is_lint(attribute: &Attribute) -> bool {
    ["allow", "warn", "deny", "forbid", "expect"]
        .iter()
        .any(|level| attribute.path().is_ident(level))
}

pub fn is_cfg(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
}

/// Generates the function that a host calls, and its entry in the table.
fn wrapper(function: &ItemFn, called: &Ident, signature: &Signature, options: &Options) -> TokenStream {
    let cfg: Vec<_> = function.attrs.iter().filter(|attribute| is_cfg(attribute)).collect();
    let name = options.name.as_ref().map_or_else(
        || options.named(&name_of(&function.sig.ident)),
        |name| Name::fixed(name.value()),
    );
    let entry = entry(&Exported {
        attributes: &function.attrs,
        called: called.to_token_stream(),
        full_name: &name,
        name: &name,
        signature,
        options,
        member: quote!(::core::option::Option::None),
        is_member: false,
        is_constant: false,
    });

    // Constants, which an `impl` can have too. There the inner of them does not find the outer one, whose name is all that
    // the compiler has to say: whether a function without `self` is in an `impl` is not to be seen from here.
    let holder = format_ident!(
        "__RUSTDLL_EXPORT_{}",
        name_of(&function.sig.ident),
        span = Span::mixed_site()
    );
    let outside = format_ident!(
        "put_export_on_the_impl_and_not_on_its_function_{}",
        name_of(&function.sig.ident),
        span = Span::mixed_site()
    );
    quote_spanned! {Span::mixed_site()=>
        #(#cfg)*
        #[doc(hidden)]
        #[allow(non_upper_case_globals, dead_code)]
        const #outside: () = ();

        #(#cfg)*
        #[allow(deprecated, non_upper_case_globals, dead_code, clippy::all, clippy::pedantic)]
        const #holder: () = {
            const _: () = #outside;
            #entry
        };
    }
}

/// A function to be exported.
pub struct Exported<'e> {
    /// Its attributes, with its documentation.
    pub attributes: &'e [Attribute],
    /// The path of the function to call.
    pub called: TokenStream,
    /// Its name in the table.
    pub name: &'e Name,
    /// Its name in messages.
    pub full_name: &'e Name,
    /// Its types.
    pub signature: &'e Signature,
    /// The options of `#[export]`.
    pub options: &'e Options,
    /// An expression for its place in a class.
    pub member: TokenStream,
    /// True if it has one.
    pub is_member: bool,
    /// True if the function stands for its result, a constant.
    pub is_constant: bool,
}

/// Generates the entry of a parameter without a default, whose type a function describes.
fn entry_of_parameter(name: &Name, describer: &TokenStream, span: Span) -> TokenStream {
    quote_spanned! {span=>
        __rustdll::ParameterEntry { name: #name, default: ::core::option::Option::None, describe: #describer }
    }
}

/// Generates the items for an exported function, to be put in a scope of their own.
pub fn entry(exported: &Exported<'_>) -> TokenStream {
    let Exported {
        called,
        name,
        full_name,
        signature,
        options,
        member,
        is_member,
        is_constant,
        ..
    } = exported;
    let doc = documentation(exported.attributes, None);
    let bigint = options.bigint;
    let (is_async, background) = (options.calls == Calls::Async, options.calls != Calls::Sync);
    let result = &signature.result;

    let mut describe = Vec::new();
    let mut take = Vec::new();
    let mut prepare = Vec::new();
    let mut pass = Vec::new();
    for (place_in_rust, parameter) in signature.parameters.iter().enumerate() {
        let index = describe.len();
        let (name, of, marked) = (
            options.named(&parameter.name),
            &parameter.of,
            with_marks(&parameter.of, &options.private()),
        );
        let span = place(of);
        let held = Ident::new(&format!("__rustdll_argument{place_in_rust}"), Span::mixed_site());
        if let Some(injected) = parameter.injected {
            let injected = Ident::new(injected, span);
            take.push(quote_spanned!(span=> let #held = __rustdll::#injected::of(__rustdll_arguments);));
            pass.push(quote_spanned!(span=> &#held));
            continue;
        }
        if let Some(function) = &parameter.function {
            let described = function.describe(span);
            let describer = quote_spanned!(span=> |__rustdll_catalogue| #described);
            describe.push(entry_of_parameter(&name, &describer, span));
            take.push(function.take(&held, span));
            prepare.extend(function.prepare(&held, span));
            pass.push(function.pass(&held, span));
            continue;
        }
        if let Some(value) = &parameter.value {
            // The names of variables in the code of a value.
            let (catalogue, arguments) = (quote!(__rustdll_catalogue), quote!(__rustdll_arguments));
            let (shape, taken, of_held) = (value.describe_parameter(), value.take(index), value.of());
            let text = value.default_text().map_or(
                quote!(::core::option::Option::None),
                |text| quote!(::core::option::Option::Some(#text)),
            );
            describe.push(quote_spanned!(span=> __rustdll::ParameterEntry {
                name: #name,
                default: #text,
                describe: |#catalogue| #shape,
            }));
            take.push(quote_spanned!(span=>
                let #held: #of_held = {
                    let #arguments = &mut *__rustdll_arguments;
                    __rustdll::of_parameter(#taken, #index)?
                };
            ));
            pass.push(
                if parameter.passed == Passed::Lent && !matches!(bare(value.of()), Type::Reference(_)) {
                    quote_spanned!(span=> &#held)
                } else {
                    quote_spanned!(span=> #held)
                },
            );
            continue;
        }
        // The lifetimes are inferred: with the same lifetimes, the compiler's errors about the type are identical and
        // are reported once.
        let held_as = match parameter.passed {
            Passed::Value => {
                let describer = quote_spanned!(span=> <#marked as __rustdll::Argument<'_, _>>::describe);
                describe.push(entry_of_parameter(&name, &describer, span));
                take.push(quote_spanned!(span=> let #held = __rustdll::of_parameter(<#of as __rustdll::Argument<'_, _>>::take(__rustdll_arguments, #index), #index)?;));
                pass.push(quote_spanned!(span=> #held));
                continue;
            }
            Passed::Function => continue,
            Passed::Lent => {
                pass.push(quote_spanned!(span=> <#of as __rustdll::Lend<'_, _>>::lend(&#held)));
                quote_spanned!(span=> __rustdll::Lend<'_, _>)
            }
            Passed::LentMut => {
                pass.push(quote_spanned!(span=> <#of as __rustdll::LendMut<'_>>::lend(&mut #held)));
                quote_spanned!(span=> __rustdll::LendMut<'_>)
            }
        };
        let mutable = (parameter.passed == Passed::LentMut).then(|| quote!(mut));
        let describer = quote_spanned!(span=> <#marked as #held_as>::describe);
        describe.push(entry_of_parameter(&name, &describer, span));
        take.push(quote_spanned!(span=> let #mutable #held = __rustdll::of_parameter(<#of as #held_as>::hold(__rustdll_arguments, #index), #index)?;));
    }
    let span = place(result);
    let converted = options.conversion(result).map(|conversion| {
        let Conversion { to, .. } = conversion;
        if argument_of(result, "Result").is_none() {
            return quote_spanned!(span=> __rustdll::Passed::new(__rustdll_result, #to));
        }
        quote_spanned!(span=> __rustdll_result.map(|__rustdll_value| __rustdll::Passed::new(__rustdll_value, #to)))
    });
    let convert_result = converted
        .as_ref()
        .map(|converted| quote_spanned!(span=> let __rustdll_result = #converted;));
    let describe_result = if let Some(converted) = &converted {
        quote_spanned! {span=>
            let __rustdll_returns = __rustdll::Returns::by(|__rustdll_result: #result| #converted);
            let __rustdll_outcome = (&&&&&&&__rustdll_returns).rustdll_kind().outcome(__rustdll_returns);
        }
    } else {
        quote_spanned! {span=>
        let __rustdll_outcome = (&&&&&&&__rustdll::Returns::<#result>::new()).rustdll_kind().outcome(__rustdll::Returns::<#result>::new());
        }
    };
    let give_result = quote_spanned! {span=>
        (&&&&&&&__rustdll::Returns::of(&__rustdll_result)).rustdll_kind().outcome(__rustdll::Returns::of(&__rustdll_result))
    };

    let result_describer = if options.forms.are_some() {
        let described = quote_spanned!(Span::mixed_site()=> (__rustdll_outcome.describe)(__rustdll_catalogue));
        let described = options.forms.around(described, Span::mixed_site());
        quote_spanned!(Span::mixed_site()=> |__rustdll_catalogue| #described)
    } else {
        quote_spanned!(Span::mixed_site()=> __rustdll_outcome.describe)
    };
    let private = options.private();
    let use_answers = signature
        .parameters
        .iter()
        .any(|parameter| parameter.function.is_some())
        .then(|| {
            quote!(
                use __rustdll::{FindAnswer as _, FindFallibleAnswer as _};
            )
        });
    let enter = if signature.is_async {
        let call = quote!(#called(#(#pass),*));
        let call = if options.tokio {
            quote_spanned!(Span::mixed_site()=> __rustdll::in_runtime(#call))
        } else {
            call
        };
        // A future that cannot be sent to other threads is reported at the function.
        let work = quote_spanned!(called.span().resolved_at(Span::mixed_site())=> __rustdll::work);
        quote_spanned! {Span::mixed_site()=>
            fn __rustdll_begin<'__call>(
                __rustdll_arguments: &mut __rustdll::Arguments<'__call>,
            ) -> ::core::result::Result<__rustdll::Work<'__call>, __rustdll::Fault> {
                #(#take)*
                __rustdll::Arguments::finish(__rustdll_arguments)?;
                ::core::result::Result::Ok(#work(async move {
                    #(#prepare)*
                    let __rustdll_result = #call.await;
                    #convert_result
                    let __rustdll_give = #give_result.give;
                    __rustdll::settle(__rustdll_result, __rustdll_give)
                }))
            }

            extern "C" fn __rustdll_entry(__rustdll_frame: &mut __rustdll::Frame) -> ::core::primitive::u32 {
                __rustdll::enter_future(
                    __rustdll_frame,
                    &__RUSTDLL_NAME,
                    __rustdll_hash,
                    __rustdll_begin,
                )
            }
        }
    } else {
        let (entered, in_place, inline) = if signature.is_light() {
            (
                quote!(enter_inlined),
                Some(quote!(__rustdll_call,)),
                quote!(#[inline(always)]),
            )
        } else {
            (quote!(enter), None, quote!(#[inline]))
        };
        quote_spanned! {Span::mixed_site()=>
            #inline
            fn __rustdll_call<'__call>(
                __rustdll_arguments: &mut __rustdll::Arguments<'__call>,
                __rustdll_output: &mut __rustdll::Output<'_>,
            ) -> ::core::result::Result<__rustdll::Status, __rustdll::Fault> {
                #(#take)*
                __rustdll::Arguments::finish(__rustdll_arguments)?;
                #(#prepare)*
                let __rustdll_result = #called(#(#pass),*);
                #convert_result
                (#give_result.give)(__rustdll_result, __rustdll_output)
            }

            extern "C" fn __rustdll_entry(__rustdll_frame: &mut __rustdll::Frame) -> ::core::primitive::u32 {
                __rustdll::#entered(
                    __rustdll_frame,
                    &__RUSTDLL_NAME,
                    __rustdll_hash,
                    #in_place
                    __rustdll_call,
                )
            }
        }
    };
    let refused = function_name_problem(name.camel())
        .filter(|_| name.is_open() && !is_member)
        .map(|problem| {
            let refused = Name::refused(
                &format!("{problem}: give it another with `#[export(name = \"...\")]`"),
                called.span(),
            );
            quote_spanned!(Span::mixed_site()=> const _: () = { #refused };)
        });
    let convention = convention(&quote!(#name #full_name #(#describe)* #refused));
    quote_spanned! {Span::mixed_site()=>
            use #private as __rustdll;
            #convention
            #refused
            use __rustdll::{FindFallible as _, FindFallibleByMessage as _, FindFallibleByPointer as _, FindPlain as _};
            #[allow(unused_imports)]
            use __rustdll::{FindDescribed as _, FindUndescribed as _};
            use __rustdll::{FindOnlyData as _, FindWithData as _, FindWithDataAndMessage as _};
            #use_answers

            fn __rustdll_signature(__rustdll_catalogue: &mut __rustdll::Catalogue) -> __rustdll::Signature {
                #describe_result
                __rustdll::Signature::describe(
                    __rustdll_catalogue,
                    &[#(#describe),*],
                    &(#result_describer),
                    __rustdll_outcome.throws,
                    __rustdll_outcome.error,
                )
            }

            #enter

            fn __rustdll_hash() -> ::core::primitive::u64 {
                __rustdll::hash(&__RUSTDLL_ENTRY)
            }

            static __RUSTDLL_NAME: &::core::primitive::str = #full_name;

            #[__rustdll::linkme::distributed_slice(__rustdll::RUSTDLL_FUNCTIONS)]
            #[linkme(crate = __rustdll::linkme)]
            static __RUSTDLL_ENTRY: __rustdll::Entry = __rustdll::Entry {
                name: #name,
                doc: #doc,
                module: ::core::module_path!(),
                bigint: #bigint,
                is_async: #is_async,
                background: #background,
                is_constant: #is_constant,
                member: #member,
                signature: __rustdll_signature,
                function: __rustdll_entry,
            };
    }
}

/// Returns a span for code about a type, so that problems with it are reported at the type.
fn place(of: &Type) -> Span {
    of.span().resolved_at(Span::mixed_site())
}
