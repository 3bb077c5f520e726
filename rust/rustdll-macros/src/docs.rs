//! Documentation comments.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta};

/// Generates an expression for the documentation in these attributes, as one `&'static str`. `#[deprecated]` adds a
/// paragraph that is a tag of TypeScript, so that the table needs no field for it, and so does `default`, the text of the
/// value that is used if there is none.
pub fn documentation(attributes: &[Attribute], default: Option<&str>) -> TokenStream {
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
    if let Some(default) = default {
        let text = format!("@defaultValue `{default}`");
        let text = if parts.is_empty() { text } else { format!("\n\n{text}") };
        parts.push(quote!(#text));
    }
    if let Some(text) = deprecation(attributes) {
        let text = if parts.is_empty() { text } else { format!("\n\n{text}") };
        parts.push(quote!(#text));
    }
    quote!(::core::concat!(#(#parts),*))
}

/// Returns `@deprecated since 1.2: use that` for `#[deprecated(since = "1.2", note = "use that")]`. The compiler itself
/// reports a malformed one.
fn deprecation(attributes: &[Attribute]) -> Option<String> {
    let attribute = attributes
        .iter()
        .find(|attribute| attribute.path().is_ident("deprecated"))?;
    let (mut since, mut note) = (String::new(), String::new());
    match &attribute.meta {
        Meta::Path(_) => {}
        Meta::NameValue(meta) => {
            if let Expr::Lit(ExprLit {
                lit: Lit::Str(text), ..
            }) = &meta.value
            {
                note = text.value();
            }
        }
        Meta::List(_) => {
            let _ = attribute.parse_nested_meta(|meta| {
                let text = meta.value()?.parse::<LitStr>()?.value();
                if meta.path.is_ident("since") {
                    since = text;
                } else if meta.path.is_ident("note") {
                    note = text;
                }
                Ok(())
            });
        }
    }
    // A tag ends with its paragraph.
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (since, note) = (words(&since), words(&note));
    Some(match (since.is_empty(), note.is_empty()) {
        (true, true) => "@deprecated".to_owned(),
        (true, false) => format!("@deprecated {note}"),
        (false, true) => format!("@deprecated since {since}"),
        (false, false) => format!("@deprecated since {since}: {note}"),
    })
}
