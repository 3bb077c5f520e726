//! Generates the code of `#[derive(Record)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields};

use crate::attributes::Attributes;
use crate::conversion;
use crate::derive::{implement, Code};
use crate::fields::{named_fields, NamedField};
use crate::problems::Problems;

/// Expands `#[derive(Record)]`.
pub fn expand(input: DeriveInput) -> TokenStream {
    let mut problems = Problems::default();
    let supported = [
        "rename",
        "rename_all",
        "as",
        "try_from",
        "from",
        "into",
        "transparent",
        "crate",
    ];
    let attributes = Attributes::new(&input.attrs, &supported, &mut problems);
    if let Some(code) = conversion::expand(&input, &attributes, &mut problems) {
        return problems.or(code);
    }
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => named_fields(&fields.named, attributes.rename_all, None, &mut problems),
            Fields::Unnamed(fields) => {
                problems.at(
                    fields,
                    "a record has named fields: give the fields names, or use a tuple instead",
                );
                Vec::new()
            }
            Fields::Unit => {
                problems.at(
                    &input.ident,
                    "a record has named fields: this struct has none, write `{}` for an empty one",
                );
                Vec::new()
            }
        },
        Data::Enum(data) => {
            problems.at(
                data.enum_token,
                "a record is a struct: for an enum there is `#[derive(rustdll::Enum)]`",
            );
            Vec::new()
        }
        Data::Union(data) => {
            problems.at(
                data.union_token,
                "a record is a struct: a union has no form in JavaScript",
            );
            Vec::new()
        }
    };
    let describe = fields.iter().map(NamedField::describe);
    let decode = fields.iter().map(NamedField::decode);
    let encode = fields.iter().map(|field| {
        let ident = &field.ident;
        field.encode(quote!(&self.#ident))
    });
    let code = Code {
        kind: quote!(__rustdll::DefinitionKind::Record(__rustdll::list([#(#describe),*]))),
        decode: quote!(__rustdll_reader.nested(|__rustdll_reader| ::core::result::Result::Ok(Self { #(#decode),* }))),
        encode: quote!(__rustdll_writer.nested(|__rustdll_writer| { #(#encode)* })),
        variant: quote!(::core::option::Option::None),
    };
    implement(&input, &attributes, code, problems)
}
