//! Generates the code of `#[export]` on a constant or a static.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned, ToTokens};
use syn::{parse_quote, Attribute, Item, StaticMutability, Type};

use crate::export::{entry, is_cfg, Exported};
use crate::names::{function_name_problem, name_of, Name};
use crate::options::{Calls, Options};
use crate::problems::Problems;
use crate::signature::Signature;

/// A value with a name, at the level of a module.
struct Constant<'c> {
    attributes: &'c [Attribute],
    ident: &'c Ident,
    of: &'c Type,
    /// An expression for the value.
    value: TokenStream,
    /// The type of that expression.
    given: Type,
}

/// Expands `#[export(options)]` on a constant or a static; returns nothing for any other item.
pub fn expand(options: TokenStream, item: &Item) -> Option<TokenStream> {
    let mut problems = Problems::default();
    let constant = match item {
        Item::Const(constant) => {
            let (ident, of) = (&constant.ident, &*constant.ty);
            Constant {
                attributes: &constant.attrs,
                ident,
                of,
                value: ident.to_token_stream(),
                given: of.clone(),
            }
        }
        Item::Static(constant) => {
            let (ident, of) = (&constant.ident, &*constant.ty);
            if let StaticMutability::Mut(token) = &constant.mutability {
                problems.at(
                    token,
                    "a `static mut` cannot be exported: another thread may change it while JavaScript reads",
                );
            }
            Constant {
                attributes: &constant.attrs,
                ident,
                of,
                value: quote!(&#ident),
                given: parse_quote!(&#of),
            }
        }
        _ => return None,
    };
    let options = problems.or_default(Options::parse(options));
    if options.rename_all.is_some() {
        problems.at(
            constant.ident,
            "`rename_all` is for functions: name the constant with `name = \"...\"`",
        );
    }
    let wrapper = constant.wrapper(options, &mut problems);
    // The item is kept, so that its absence causes no further errors.
    let code = if problems.is_empty() {
        wrapper
    } else {
        problems.into_tokens()
    };
    Some(quote!(#item #code))
}

impl Constant<'_> {
    fn wrapper(&self, mut options: Options, problems: &mut Problems) -> TokenStream {
        let Self {
            attributes,
            ident,
            of,
            value,
            given,
        } = self;
        if options.calls != Calls::Both {
            problems.at(ident, "a constant is not called: it is neither `async` nor `sync`");
        }
        options.calls = Calls::Sync;
        if *ident == "_" {
            problems.at(ident, "a constant without a name cannot be exported");
            return TokenStream::new();
        }
        let name = Name::fixed(options.name.as_ref().map_or_else(|| name_of(ident), syn::LitStr::value));
        if let Some(problem) = function_name_problem(name.plain()) {
            problems.at(ident, problem);
        }
        // Problems are reported at the type itself.
        Signature::new(&parse_quote!(fn constant() -> #of), None, problems);
        let signature = Signature::new(&parse_quote!(fn constant() -> #given), None, &mut Problems::default());
        let entry = entry(&Exported {
            attributes,
            called: quote!((|| #value)),
            name: &name,
            full_name: &name,
            signature: &signature,
            options: &options,
            member: quote!(::core::option::Option::None),
            is_member: false,
            is_constant: true,
        });
        let cfg: Vec<_> = attributes.iter().filter(|attribute| is_cfg(attribute)).collect();
        let holder = format_ident!("__RUSTDLL_EXPORT_{}", name_of(ident), span = Span::mixed_site());
        quote_spanned! {Span::mixed_site()=>
            #(#cfg)*
            #[allow(deprecated, non_upper_case_globals, dead_code, clippy::all, clippy::pedantic)]
            const #holder: () = {
                #entry
            };
        }
    }
}
