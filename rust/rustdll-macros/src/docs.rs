//! Documentation comments.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// Generates an expression for the documentation in these attributes, as one `&'static str`.
pub fn documentation(attributes: &[Attribute]) -> TokenStream {
    let mut parts = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        // Other forms, such as `#[doc(hidden)]`, have no text.
        let Meta::NameValue(doc) = &attribute.meta else {
            continue;
        };
        if !parts.is_empty() {
            parts.push(quote!("\n"));
        }
        if let Expr::Lit(ExprLit {
            lit: Lit::Str(text), ..
        }) = &doc.value
        {
            let text = text.value();
            let lines: Vec<_> = text
                .split('\n')
                .map(|line| line.strip_prefix(' ').unwrap_or(line))
                .collect();
            let text = lines.join("\n");
            parts.push(quote!(#text));
        } else {
            // The value is a macro such as `include_str!`.
            let text = &doc.value;
            parts.push(quote!(#text));
        }
    }
    quote!(::core::concat!(#(#parts),*))
}
