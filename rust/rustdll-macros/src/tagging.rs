//! The ways in which a value of an enum tells its variant.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned, ToTokens};
use syn::{Attribute, DataEnum, Fields, LitStr, Variant};

use crate::attributes::Attributes;
use crate::fields::check_property;
use crate::problems::Problems;

/// The property for the payload of a variant without named fields.
const VALUE: &str = "value";

/// The way in which a value of an enum tells its variant.
pub enum Tagging {
    /// A property names it.
    Tag {
        /// The property.
        tag: String,
        /// The property for what any variant holds, if there is one.
        content: Option<String>,
    },
    /// The value is what the variant holds.
    Untagged,
    /// The value is a number.
    Number,
}

impl Tagging {
    /// Reads the attributes of an enum. `number` is its `as = "number"`.
    pub fn new(data: &DataEnum, attributes: &Attributes, number: Option<&LitStr>, problems: &mut Problems) -> Self {
        let (tag, content) = (attributes.tag.as_ref(), attributes.content.as_ref());
        if number.is_some() {
            for given in [tag, content].into_iter().flatten() {
                problems.at(given, "a number has no properties");
            }
            if let Some(untagged) = &attributes.untagged {
                problems.at(untagged, "each variant is a number of its own");
            }
            if let Some(variant) = data
                .variants
                .iter()
                .find(|variant| !matches!(variant.fields, Fields::Unit))
            {
                problems.at(variant, "a variant that is a number in JavaScript holds nothing");
            }
            return Self::Number;
        }
        if attributes.untagged.is_some() {
            for given in [tag, content].into_iter().flatten() {
                problems.at(
                    given,
                    "a value of an untagged enum is what its variant holds, without another property",
                );
            }
            return Self::Untagged;
        }
        let has = |test: fn(&Fields) -> bool| data.variants.iter().any(|variant| test(&variant.fields));
        let (tag_name, content_name) = (
            tag.map_or_else(|| "type".to_owned(), LitStr::value),
            content.map(LitStr::value),
        );
        for given in [tag, content].into_iter().flatten() {
            check_property(&given.value(), given, problems);
            if !has(|fields| !fields.is_empty()) {
                problems.at(
                    given,
                    "an enum whose variants hold nothing is a string in JavaScript, which has no tag",
                );
            }
        }
        match (tag, content) {
            (_, Some(content)) if content.value() == tag_name => {
                problems.at(content, format!("the property `{tag_name}` names the variant"));
            }
            (Some(tag), None) if tag_name == VALUE && has(|fields| matches!(fields, Fields::Unnamed(_))) => {
                problems.at(
                    tag,
                    "the property `value` is for what a variant without named fields holds",
                );
            }
            _ => {}
        }
        Self::Tag {
            tag: tag_name,
            content: content_name,
        }
    }

    /// True if nothing tells the variant.
    pub fn is_untagged(&self) -> bool {
        matches!(self, Self::Untagged)
    }

    /// Returns the property that stands beside the fields of a variant.
    pub fn beside_fields(&self) -> Option<&str> {
        match self {
            Self::Tag { tag, content: None } => Some(tag),
            _ => None,
        }
    }

    /// Returns the property for what a variant without named fields holds.
    pub fn content(&self) -> Option<&str> {
        match self {
            Self::Tag { content, .. } => Some(content.as_deref().unwrap_or(VALUE)),
            _ => None,
        }
    }

    /// Returns the property for the named fields of a variant, if they are in one.
    pub fn inside(&self) -> Option<&str> {
        match self {
            Self::Tag { content, .. } => content.as_deref(),
            _ => None,
        }
    }

    /// Generates an expression for the `Tagging`.
    pub fn described(&self) -> TokenStream {
        match self {
            Self::Tag { tag, .. } => {
                let content = self.content();
                quote!(__rustdll::Tagging::Tag { name: #tag, content: #content })
            }
            Self::Untagged => quote!(__rustdll::Tagging::Untagged),
            // As for an enum of strings, no value has the property.
            Self::Number => quote!(__rustdll::Tagging::Tag { name: "type", content: #VALUE }),
        }
    }

    /// Generates an expression for the number that a variant is in JavaScript.
    pub fn number(&self, variant: &Ident) -> TokenStream {
        match self {
            Self::Number => quote!(::core::option::Option::Some(
                __rustdll::discriminant(Self::#variant as ::core::primitive::i128)
            )),
            _ => quote!(::core::option::Option::None),
        }
    }

    /// Generates an expression for the values of JavaScript that the enum is made of. Of an untagged enum it checks that
    /// each variant is made of some.
    pub fn accepts(&self, data: &DataEnum, variants: &[(&Ident, TokenStream)]) -> TokenStream {
        match self {
            Self::Number => {
                let checks = variants.iter().map(|(ident, _)| {
                    quote_spanned!(ident.span()=> __rustdll::discriminant(Self::#ident as ::core::primitive::i128);)
                });
                quote!({
                    #(#checks)*
                    __rustdll::Accepts::SOME_INTEGERS
                })
            }
            Self::Tag { .. } if data.variants.iter().all(|variant| variant.fields.is_empty()) => {
                quote!(__rustdll::Accepts::SOME_STRINGS)
            }
            Self::Tag { .. } => quote!(__rustdll::Accepts::UNKNOWN),
            Self::Untagged => {
                let checks = variants.iter().enumerate().skip(1).map(|(index, (ident, accepts))| {
                    let earlier = variants[..index].iter().map(|(_, accepts)| accepts);
                    let message = format!(
                        "the variant `{ident}` is never made: those before it take all of its values, so put it before them"
                    );
                    quote_spanned!(ident.span()=> ::core::assert!(#accepts.is_reached_after(&[#(#earlier),*]), #message);)
                });
                quote!({ #(#checks)* __rustdll::Accepts::UNKNOWN })
            }
        }
    }
}

/// Reports variants of an untagged enum that have the same fields as one before them.
pub fn check_forms(data: &DataEnum, problems: &mut Problems) {
    let variants: Vec<&Variant> = data.variants.iter().collect();
    for (index, variant) in variants.iter().enumerate() {
        let form = form_of(variant);
        if form.is_none() {
            continue;
        }
        if let Some(earlier) = variants[..index].iter().find(|earlier| form_of(earlier) == form) {
            problems.at(
                &variant.ident,
                format!(
                    "the variant `{}` is never made: `{}` before it has the same form",
                    variant.ident, earlier.ident
                ),
            );
        }
    }
}

/// Returns the names and the types of the fields of a variant; none if attributes change them.
fn form_of(variant: &Variant) -> Option<String> {
    let is_ours = |attribute: &Attribute| attribute.path().is_ident("rustdll");
    let fields = &variant.fields;
    if variant.attrs.iter().any(is_ours) || fields.iter().any(|field| field.attrs.iter().any(is_ours)) {
        return None;
    }
    let fields = fields.iter().map(|field| {
        let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{name}: {}", field.ty.to_token_stream())
    });
    Some(fields.collect::<Vec<_>>().join(", "))
}
