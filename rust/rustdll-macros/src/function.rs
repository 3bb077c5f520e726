//! The types of parameters that are functions of JavaScript, lent to the call: `&dyn Fn(A) -> R` and the like.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::punctuated::Punctuated;
use syn::{ParenthesizedGenericArguments, PathArguments, ReturnType, Token, Type, TypeParamBound};

use crate::types::{argument_of, bare, without_lifetimes};

/// How a function is passed on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passed {
    /// `&dyn Fn(A) -> R`.
    Reference,
    /// `&mut dyn FnMut(A) -> R`.
    MutReference,
    /// `impl Fn(A) -> R`.
    Value,
    /// `Option<&dyn Fn(A) -> R>`.
    Option,
}

/// A function of JavaScript that is lent to a call.
pub struct Function {
    parameters: Vec<Type>,
    result: Type,
    passed: Passed,
    /// The type behind the reference, as it is written.
    object: Option<Type>,
}

impl Function {
    /// Reads the type of a parameter. Returns nothing if it is another one.
    pub fn new(of: &Type) -> Option<Self> {
        match bare(of) {
            Type::ImplTrait(generic) => Self::of(&generic.bounds, Passed::Value, None),
            Type::Reference(reference) => {
                let inner = bare(&reference.elem);
                let Type::TraitObject(object) = inner else { return None };
                let passed = if reference.mutability.is_some() {
                    Passed::MutReference
                } else {
                    Passed::Reference
                };
                Self::of(&object.bounds, passed, Some(inner))
            }
            of => {
                let inner = Self::new(argument_of(of, "Option")?)?;
                (inner.passed == Passed::Reference).then_some(Self {
                    passed: Passed::Option,
                    ..inner
                })
            }
        }
    }

    fn of(bounds: &Punctuated<TypeParamBound, Token![+]>, passed: Passed, object: Option<&Type>) -> Option<Self> {
        let signature = bounds.iter().find_map(signature)?;
        Some(Self {
            parameters: signature
                .inputs
                .iter()
                .map(|input| without_lifetimes(&input.ty))
                .collect(),
            result: match &signature.output {
                ReturnType::Default => syn::parse_quote!(()),
                ReturnType::Type(_, of) => without_lifetimes(of),
            },
            passed,
            object: object.map(without_lifetimes),
        })
    }

    /// Generates an expression for the description of the type.
    pub fn describe(&self, span: Span) -> TokenStream {
        let Self { parameters, result, .. } = self;
        let function = quote_spanned! {span=>
            __rustdll::describe_function(
                "fn",
                __rustdll::list([#(<#parameters as __rustdll::Describe<_>>::describe(__rustdll_catalogue)),*]),
                (&&__rustdll::Answers::<#result>::new())
                    .rustdll_answer()
                    .describe(__rustdll::Answers::<#result>::new(), __rustdll_catalogue),
            )
        };
        match self.passed {
            Passed::Option => quote_spanned!(span=> __rustdll::describe_option(#function)),
            _ => function,
        }
    }

    /// Generates the statement that takes the argument and holds it as `held`.
    pub fn take(&self, held: &Ident, span: Span) -> TokenStream {
        match self.passed {
            Passed::Option => {
                quote_spanned!(span=> let #held = __rustdll::LentFunction::take_option(__rustdll_arguments)?;)
            }
            _ => quote_spanned!(span=> let #held = __rustdll::LentFunction::take(__rustdll_arguments)?;),
        }
    }

    /// Generates the statements, if it needs some, before the call that `pass` is in.
    pub fn prepare(&self, held: &Ident, span: Span) -> Option<TokenStream> {
        (self.passed == Passed::Option).then(|| {
            let closure = self.closure(&format_ident!("__rustdll_lent", span = Span::mixed_site()), span);
            quote_spanned! {span=>
                let #held = ::core::option::Option::map(
                    ::core::option::Option::as_ref(&#held),
                    |__rustdll_lent| #closure,
                );
            }
        })
    }

    /// Generates the expression to pass to the function.
    pub fn pass(&self, held: &Ident, span: Span) -> TokenStream {
        let closure = self.closure(held, span);
        match self.passed {
            Passed::Reference => quote_spanned!(span=> &#closure),
            Passed::MutReference => quote_spanned!(span=> &mut #closure),
            Passed::Value => closure,
            Passed::Option => {
                let object = &self.object;
                quote_spanned! {span=>
                    ::core::option::Option::map(
                        ::core::option::Option::as_ref(&#held),
                        |__rustdll_closure| __rustdll_closure as &(#object),
                    )
                }
            }
        }
    }

    fn closure(&self, held: &Ident, span: Span) -> TokenStream {
        let Self {
            parameters,
            result,
            passed,
            ..
        } = self;
        let names: Vec<_> = (0..parameters.len())
            .map(|index| format_ident!("__rustdll_parameter{index}", span = Span::mixed_site()))
            .collect();
        let indices = 0..parameters.len();
        let moved = (*passed == Passed::Option).then(|| quote_spanned!(span=> move));
        quote_spanned! {span=>
            #moved |#(#names: #parameters),*| -> #result {
                (&&__rustdll::Answers::<#result>::new()).rustdll_answer().call(
                    __rustdll::Answers::<#result>::new(),
                    &#held,
                    &__rustdll::ClosureArguments::new(
                        |__rustdll_writer| { #(__rustdll::Encode::encode(&#names, __rustdll_writer);)* },
                        |__rustdll_writer| { false #(|| (__rustdll::Encode::locate(&#names, __rustdll_writer) && __rustdll_writer.at(#indices)))* },
                    ),
                )
            }
        }
    }
}

/// Returns the parameters and the result of a bound that closures implement.
fn signature(bound: &TypeParamBound) -> Option<&ParenthesizedGenericArguments> {
    let TypeParamBound::Trait(bound) = bound else {
        return None;
    };
    let last = bound.path.segments.last()?;
    let is_function = ["Fn", "FnMut", "FnOnce"].iter().any(|name| last.ident == name);
    match &last.arguments {
        PathArguments::Parenthesized(signature) if is_function => Some(signature),
        _ => None,
    }
}
