//! Names that a function, a property or a type may have in JavaScript.

use heck::ToLowerCamelCase;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote_spanned, ToTokens};
use syn::ext::IdentExt;

use crate::case::Case;

/// Names that JavaScript looks for on every object: to await it, to convert it to a string, JSON or a number, and to
/// classify it.
const RESERVED: &[&str] = &[
    "then",
    "toJSON",
    "toString",
    "toLocaleString",
    "valueOf",
    "constructor",
    "__proto__",
];

/// The name of a function, a parameter or a field in JavaScript.
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    /// The name, unless the crate has another convention.
    plain: String,
    /// The name if the crate has names in `camelCase`. It is another one only where no attribute names it.
    camel: String,
}

impl Name {
    /// Makes a name that an attribute has chosen.
    pub fn fixed(name: impl Into<String>) -> Self {
        let plain = name.into();
        Self {
            camel: plain.clone(),
            plain,
        }
    }

    /// Makes a name of one in Rust, in a convention or in that of the crate.
    pub fn of(name: &str, case: Option<Case>) -> Self {
        match case {
            Some(case) => Self::fixed(case.apply(name)),
            None => Self {
                plain: name.to_owned(),
                camel: name.to_lower_camel_case(),
            },
        }
    }

    /// Returns the name, unless the crate has another convention.
    pub fn plain(&self) -> &str {
        &self.plain
    }

    /// Returns the name in a crate with names in `camelCase`.
    pub fn camel(&self) -> &str {
        &self.camel
    }

    /// Returns the name of a member, behind that of its class.
    pub fn behind(&self, class: &str) -> Self {
        Self {
            plain: format!("{class}{}", self.plain),
            camel: format!("{class}{}", self.camel),
        }
    }

    /// True if the name depends on the convention of the crate.
    pub fn is_open(&self) -> bool {
        self.plain != self.camel
    }

    /// Generates an assertion that fails if the crate has names in `camelCase`.
    pub fn refused(message: &str, span: Span) -> TokenStream {
        quote_spanned!(span=> ::core::assert!(!__RUSTDLL_IS_CAMEL, #message);)
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { plain, camel } = self;
        tokens.extend(if self.is_open() {
            quote_spanned!(Span::mixed_site()=> (if __RUSTDLL_IS_CAMEL { #camel } else { #plain }))
        } else {
            plain.to_token_stream()
        });
    }
}

/// Generates the constant that tells whether the crate has names in `camelCase`, if code refers to it.
///
/// `config!` defines a constant in the root of the crate. The compiler looks for the name in the inner block first, where it
/// is only if the crate has that.
pub fn convention(code: &impl ToTokens) -> Option<TokenStream> {
    fn refers(code: TokenStream) -> bool {
        code.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => ident == "__RUSTDLL_IS_CAMEL",
            proc_macro2::TokenTree::Group(group) => refers(group.stream()),
            _ => false,
        })
    }
    refers(code.to_token_stream()).then(|| {
        quote_spanned! {Span::mixed_site()=>
            #[allow(unused_imports)]
            const __RUSTDLL_IS_CAMEL: ::core::primitive::bool = {
                use __rustdll::unconfigured::*;
                {
                    use crate::*;
                    __RUSTDLL_CAMEL_CASE
                }
            };
        }
    })
}

/// Returns the name of an identifier, without the `r#` of a raw one.
pub fn name_of(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// Returns the reason why a function cannot have this name in JavaScript, if there is one.
pub fn function_name_problem(name: &str) -> Option<String> {
    if RESERVED.contains(&name) {
        return Some(format!(
            "a function cannot be called `{name}` in JavaScript, which looks for that name on every object by itself"
        ));
    }
    if !is_identifier(name) {
        return Some(format!("{name:?} is not a name that a function can have in JavaScript"));
    }
    None
}

/// Does the same for a member of a class, which may override what JavaScript looks for.
pub fn member_name_problem(name: &str) -> Option<String> {
    if ["then", "constructor", "__proto__", "prototype"].contains(&name) {
        return Some(format!(
            "a member cannot be called `{name}` in JavaScript, which has a use of its own for that name"
        ));
    }
    (!is_identifier(name)).then(|| format!("{name:?} is not a name that a member can have in JavaScript"))
}

/// True if this is an identifier in both Rust and JavaScript; keywords count as identifiers.
pub fn is_identifier(name: &str) -> bool {
    name != "_" && syn::parse::Parser::parse_str(Ident::parse_any, name).is_ok_and(|ident| ident == name)
}
