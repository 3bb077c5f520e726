//! What `#[derive(Record)]` generates, and what all derives have in common.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{parse_quote, Data, DeriveInput, Fields, GenericParam, Ident, Lifetime, LitStr};

use crate::attributes::Attributes;
use crate::docs::documentation;
use crate::fields::{named_fields, NamedField};
use crate::names::{is_identifier, name_of};
use crate::problems::Problems;
use crate::types::has_static;

/// Expands `#[derive(Record)]`.
pub fn expand(input: DeriveInput) -> TokenStream {
    let mut problems = Problems::default();
    let attributes = Attributes::new(&input.attrs, &["rename", "rename_all"], &mut problems);
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
        shape: quote!(__rustdll::Shape::Record(__rustdll::list([#(#describe),*]))),
        decode: quote!(reader.nested(|reader| ::core::result::Result::Ok(Self { #(#decode),* }))),
        encode: quote!(writer.nested(|writer| { #(#encode)* })),
    };
    implement(&input, attributes.rename.as_ref(), code, problems)
}

/// The parts in which the implementations for a record and an enum differ.
pub struct Code {
    /// An expression for its `Shape`.
    pub shape: TokenStream,
    /// An expression that reads it.
    pub decode: TokenStream,
    /// An expression that writes it.
    pub encode: TokenStream,
}

/// The implementations for a type, unless there are problems.
pub fn implement(input: &DeriveInput, rename: Option<&LitStr>, code: Code, mut problems: Problems) -> TokenStream {
    let name = type_name(&input.ident, rename, &mut problems);
    for parameter in &input.generics.params {
        match parameter {
            GenericParam::Lifetime(_) => {}
            GenericParam::Type(_) => problems.at(parameter, "a type for JavaScript cannot have type parameters"),
            GenericParam::Const(_) => problems.at(parameter, "a type for JavaScript cannot have const parameters"),
        }
    }
    if !problems.is_empty() {
        return problems.into_tokens();
    }
    let Code { shape, decode, encode } = code;
    let doc = documentation(&input.attrs);
    let ident = &input.ident;
    let (generics, arguments, conditions) = input.generics.split_for_impl();

    // What lasts for the length of a call cannot be `'static`.
    let decode = has_static(&Body(&input.data)).is_none().then(|| {
        let lifetimes: Vec<Lifetime> = input
            .generics
            .lifetimes()
            .map(|parameter| parameter.lifetime.clone())
            .collect();
        let mut with_call = input.generics.clone();
        with_call.params.insert(0, parse_quote!('__call: #(#lifetimes)+*));
        let (generics, ..) = with_call.split_for_impl();
        quote! {
            #[automatically_derived]
            impl #generics __rustdll::Decode<'__call> for #ident #arguments #conditions {
                #[inline]
                fn decode(
                    reader: &mut __rustdll::Reader<'__call>,
                ) -> ::core::result::Result<Self, __rustdll::Fault> {
                    #decode
                }
            }
        }
    });
    quote! {
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        const _: () = {
            use ::rustdll::__private as __rustdll;

            #[automatically_derived]
            impl #generics __rustdll::Describe for #ident #arguments #conditions {
                fn describe(catalogue: &mut __rustdll::Catalogue) -> __rustdll::Type {
                    struct __RustdllKey;
                    catalogue.named::<__RustdllKey>(#name, #doc, |catalogue| #shape)
                }
            }

            #decode

            #[automatically_derived]
            impl #generics __rustdll::Encode for #ident #arguments #conditions {
                #[inline]
                fn encode(&self, writer: &mut __rustdll::Writer) {
                    #encode
                }
            }
        };
    }
}

/// The name of a type in TypeScript.
fn type_name(ident: &Ident, rename: Option<&LitStr>, problems: &mut Problems) -> String {
    let Some(rename) = rename else { return name_of(ident) };
    let name = rename.value();
    if !is_identifier(&name) {
        problems.at(
            rename,
            format!("{name:?} is not a name that a type can have in TypeScript"),
        );
    }
    name
}

/// The types of all fields.
struct Body<'a>(&'a Data);

impl quote::ToTokens for Body<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let mut add = |fields: &Fields| fields.iter().for_each(|field| field.ty.to_tokens(tokens));
        match self.0 {
            Data::Struct(data) => add(&data.fields),
            Data::Enum(data) => data.variants.iter().for_each(|variant| add(&variant.fields)),
            Data::Union(_) => {}
        }
    }
}
