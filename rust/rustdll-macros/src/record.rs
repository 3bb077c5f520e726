//! Generates the code of `#[derive(Record)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{parse_quote, Data, DeriveInput, Field, Fields, Token};

use crate::attributes::{Attributes, Default};
use crate::conversion;
use crate::derive::{implement, Code, Record};
use crate::fields::{describe_all, differences, locate_fields, locate_values, named_fields, names, NamedField};
use crate::problems::Problems;
use crate::value::Value;

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
        "brand",
        "allow_unknown",
        "default",
        "crate",
    ];
    let attributes = Attributes::new(&input.attrs, &supported, &mut problems);
    check_default(&input, &attributes, &mut problems);
    if let Some(code) = conversion::expand(&input, &attributes, &mut problems) {
        return problems.or(code);
    }
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => {
                let defaults = attributes.default.as_ref().map(|_| &input.ident);
                named_fields(&fields.named, attributes.rename_all, None, defaults, &mut problems)
            }
            Fields::Unnamed(fields) => return of_tuple(&input, &attributes, &fields.unnamed, problems),
            // A unit struct is a record without fields.
            Fields::Unit => {
                let code = code(&[], &attributes, quote!(Self));
                return implement(&input, &attributes, code, problems);
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
    let decode = fields.iter().map(NamedField::decode);
    let mut code = code(&fields, &attributes, quote!(Self { #(#decode),* }));
    if attributes.default.is_some() {
        let (ident, (_, arguments, _)) = (&input.ident, input.generics.split_for_impl());
        code.needs_default.push(parse_quote!(#ident #arguments));
    }
    implement(&input, &attributes, code, problems)
}

/// Reports `default` on a type that has no named fields of which there could be defaults.
fn check_default(input: &DeriveInput, attributes: &Attributes, problems: &mut Problems) {
    let has_fields = matches!(&input.data, Data::Struct(data) if matches!(data.fields, Fields::Named(_)));
    match &attributes.default {
        Some(Default(Some(value))) => problems.at(
            value,
            "the defaults of all fields are those of the struct's `Default`: `default` has no value here",
        ),
        Some(Default(None)) if !has_fields || conversion::is_converted(attributes) => problems.at(
            &input.ident,
            "only the named fields of an object can be left out: `default` is nothing to this type",
        ),
        _ => {}
    }
}

/// Generates the code of a record, where `make` is an expression that decodes one.
fn code(fields: &[NamedField], attributes: &Attributes, make: TokenStream) -> Code {
    let encode = fields.iter().map(|field| {
        let ident = &field.ident;
        field.encode(quote!(&self.#ident))
    });
    let places = fields.iter().map(|NamedField { ident, .. }| quote!(&self.#ident));
    let locate = locate_fields(fields, places);
    let open = attributes.allow_unknown.is_some();
    let differ = differences(fields);
    Code {
        accepts: quote!({ #differ __rustdll::Accepts::UNKNOWN }),
        kind: quote!(__rustdll::DefinitionKind::Record {
            fields: <Self as __rustdll::Fields<_>>::fields(__rustdll_catalogue),
            open: #open,
        }),
        decode: quote!(__rustdll_reader.nested(|__rustdll_reader| ::core::result::Result::Ok(#make))),
        encode: quote!(__rustdll_writer.nested(|__rustdll_writer| { #(#encode)* })),
        locate,
        variant: quote!(::core::option::Option::None),
        needs_default: fields
            .iter()
            .filter_map(|field| field.value.needs_default())
            .cloned()
            .collect(),
        record: Some(Record {
            names: names(fields),
            fields: describe_all(fields),
            flat: fields.iter().any(|field| field.value.flatten),
        }),
    }
}

/// Generates the code of a tuple struct.
fn of_tuple(
    input: &DeriveInput,
    attributes: &Attributes,
    fields: &Punctuated<Field, Token![,]>,
    mut problems: Problems,
) -> TokenStream {
    let values: Vec<_> = fields
        .iter()
        .map(|field| {
            let attributes = Attributes::new(
                &field.attrs,
                &["as", "with", "skip", "default", "bigint"],
                &mut problems,
            );
            if let (Some(_), None) = (&attributes.default, &attributes.skip) {
                problems.at(
                    &field.ty,
                    "a value without a name cannot be left out, so it has no default",
                );
            }
            Value::new(&field.ty, &attributes, &mut problems)
        })
        .collect();
    let passed: Vec<_> = values.iter().filter(|value| !value.skip).collect();
    if passed.len() < 2 {
        problems.at(
            &input.ident,
            "a tuple struct is an array in JavaScript, of at least two values: one with a single field is passed as that by `#[rustdll(transparent)]`",
        );
    }
    for place in [&attributes.allow_unknown].into_iter().flatten() {
        problems.at(place, "a tuple struct is an array in JavaScript, which has no fields");
    }
    let describe = passed.iter().map(|value| value.describe());
    let mut index = 0_usize;
    let decode: Vec<_> = values
        .iter()
        .map(|value| {
            if value.skip {
                return value.skipped();
            }
            let decode = value.decode();
            let at = index;
            index += 1;
            quote!(__rustdll::at(#decode, #at)?)
        })
        .collect();
    let encode = values.iter().enumerate().map(|(index, value)| {
        let index = syn::Index::from(index);
        value.encode(quote!(&self.#index))
    });
    let places = (0..values.len())
        .map(syn::Index::from)
        .map(|index| quote!(&self.#index));
    let locate = locate_values(&values, places);
    let code = Code {
        accepts: quote!(__rustdll::Accepts::UNKNOWN),
        kind: quote!(__rustdll::DefinitionKind::Tuple(__rustdll::list([#(#describe),*]))),
        decode: quote!(__rustdll_reader.nested(|__rustdll_reader| ::core::result::Result::Ok(Self(#(#decode),*)))),
        encode: quote!(__rustdll_writer.nested(|__rustdll_writer| { #(#encode)* })),
        locate,
        variant: quote!(::core::option::Option::None),
        needs_default: values.iter().filter_map(Value::needs_default).cloned().collect(),
        record: None,
    };
    implement(input, attributes, code, problems)
}
