//! The fields of a record, or of a variant with named fields.

use proc_macro2::{Span, TokenStream};
use quote::{quote, ToTokens};
use syn::punctuated::Punctuated;
use syn::{Field, Ident, LitStr, Token, Type};

use crate::attributes::Attributes;
use crate::case::Case;
use crate::conversion::Conversion;
use crate::docs::documentation;
use crate::names::name_of;
use crate::problems::Problems;

/// A field with a name.
pub struct NamedField {
    /// Its identifier in Rust.
    pub ident: Ident,
    /// Its name in JavaScript.
    pub name: String,
    of: Type,
    conversion: Option<Conversion>,
    doc: TokenStream,
}

/// Reads named fields. None may have the name `tag`, if it is given.
pub fn named_fields(
    fields: &Punctuated<Field, Token![,]>,
    rename_all: Option<Case>,
    tag: Option<&str>,
    problems: &mut Problems,
) -> Vec<NamedField> {
    let mut named: Vec<NamedField> = Vec::new();
    for field in fields {
        let Some(ident) = field.ident.clone() else { continue };
        let attributes = Attributes::new(&field.attrs, &["rename", "as", "with"], problems);
        let name = property(&ident, attributes.rename.as_ref(), rename_all, problems);
        let place = attributes
            .rename
            .as_ref()
            .map_or_else(|| ident.to_token_stream(), LitStr::to_token_stream);
        if named.iter().any(|other| other.name == name) {
            problems.at(place, format!("two fields are called `{name}` in JavaScript"));
        } else if tag == Some(&name) {
            let message = format!(
                "the property `{name}` names the variant: choose another for that with `#[rustdll(tag = \"...\")]` on the enum, or rename the field"
            );
            problems.at(place, message);
        }
        named.push(NamedField {
            ident,
            name,
            of: field.ty.clone(),
            conversion: Conversion::new(&field.ty, &attributes, problems),
            doc: documentation(&field.attrs),
        });
    }
    named
}

/// Reports a name that no property can have: the library's table cannot contain a NUL.
pub fn check_property(name: &str, place: impl ToTokens, problems: &mut Problems) {
    if name.is_empty() || name == "__proto__" || name.contains('\0') {
        problems.at(
            place,
            format!("{name:?} is not a name that a property can have in JavaScript"),
        );
    }
}

/// Returns the name of a property or a variant.
pub fn property(ident: &Ident, rename: Option<&LitStr>, all: Option<Case>, problems: &mut Problems) -> String {
    let (name, place) = match rename {
        Some(rename) => (rename.value(), rename.to_token_stream()),
        None => (
            all.map_or_else(|| name_of(ident), |case| case.apply(&name_of(ident))),
            ident.to_token_stream(),
        ),
    };
    check_property(&name, place, problems);
    name
}

impl NamedField {
    /// Generates an expression that describes the field.
    pub fn describe(&self) -> TokenStream {
        let Self { name, doc, .. } = self;
        let shape = describe(&self.of, self.conversion.as_ref());
        quote!(__rustdll::Field { name: #name, doc: #doc, shape: #shape })
    }

    /// Generates the field's part of the expression that decodes the struct or variant.
    pub fn decode(&self) -> TokenStream {
        let Self { ident, name, .. } = self;
        let decode = decode(&self.of, self.conversion.as_ref());
        quote!(#ident: #decode.map_err(|__rustdll_fault| __rustdll_fault.within(#name))?)
    }

    /// Generates a statement that encodes the field, to which `place` is a reference.
    pub fn encode(&self, place: impl ToTokens) -> TokenStream {
        encode(&self.of, self.conversion.as_ref(), place)
    }
}

/// Generates an expression that describes a type.
pub fn describe(of: &Type, conversion: Option<&Conversion>) -> TokenStream {
    match conversion {
        Some(Conversion { from, to }) => {
            quote!(__rustdll::describe_as::<#of, _, _, _>(#from, #to, __rustdll_catalogue))
        }
        None => quote!(<#of as __rustdll::Describe<_>>::describe(__rustdll_catalogue)),
    }
}

/// Generates an expression that decodes the value of a field, or returns a fault.
pub fn decode(of: &Type, conversion: Option<&Conversion>) -> TokenStream {
    match conversion {
        Some(Conversion { from, .. }) => quote!(__rustdll::decode_as(#from, __rustdll_reader)),
        None => quote!((&&__rustdll::Inside::<#of>::new()).rustdll_inside().decode(__rustdll_reader)),
    }
}

/// Generates a statement that encodes a value of a type, to which `place` is a reference.
pub fn encode(of: &Type, conversion: Option<&Conversion>, place: impl ToTokens) -> TokenStream {
    match conversion {
        Some(Conversion { to, .. }) => quote!(__rustdll::encode_as(#to, #place, __rustdll_writer);),
        None => quote!((&&__rustdll::Inside::<#of>::new()).rustdll_inside().encode(#place, __rustdll_writer);),
    }
}

/// Returns the name of the variable for a field.
pub fn variable(index: usize) -> Ident {
    Ident::new(&format!("__rustdll_field{index}"), Span::mixed_site())
}
