//! Generates the code of `#[derive(Enum)]`.

use proc_macro2::TokenStream;
use quote::{quote, ToTokens};
use syn::{Data, DataEnum, DeriveInput, Fields, LitStr, Type, Variant};

use crate::attributes::Attributes;
use crate::conversion;
use crate::derive::{implement, Code};
use crate::docs::documentation;
use crate::fields::{check_property, describe_all, named_fields, names, property, variable, NamedField};
use crate::home::private;
use crate::problems::Problems;
use crate::value::Value;

/// The attributes of a value without a name.
const VALUE_ATTRIBUTES: [&str; 7] = ["as", "with", "skip", "default", "bigint", "collections", "buffer"];

/// The property for the payload of a variant without named fields.
const VALUE: &str = "value";

/// Expands `#[derive(Enum)]`.
pub fn expand(input: DeriveInput) -> TokenStream {
    let mut problems = Problems::default();
    let supported = [
        "rename",
        "rename_all",
        "rename_all_fields",
        "tag",
        "as",
        "try_from",
        "from",
        "into",
        "allow_unknown",
        "crate",
    ];
    let attributes = Attributes::new(&input.attrs, &supported, &mut problems);
    if let Some(code) = conversion::expand(&input, &attributes, &mut problems) {
        return problems.or(code);
    }
    let code = match &input.data {
        Data::Enum(data) => of_variants(&input, data, &attributes, &mut problems),
        Data::Struct(data) => {
            problems.at(
                data.struct_token,
                "this is for enums: for a struct there is `#[derive(rustdll::Record)]`",
            );
            None
        }
        Data::Union(data) => {
            problems.at(data.union_token, "this is for enums: a union has no form in JavaScript");
            None
        }
    };
    let Some(code) = code else {
        return problems.into_tokens();
    };
    let key = key(&input, &attributes);
    let code = implement(&input, &attributes, code, problems);
    quote!(#code #key)
}

/// Generates the implementation by which an enum whose variants hold nothing is the key of a map.
fn key(input: &DeriveInput, attributes: &Attributes) -> Option<TokenStream> {
    let Data::Enum(data) = &input.data else { return None };
    if data.variants.iter().any(|variant| !variant.fields.is_empty()) || !input.generics.params.is_empty() {
        return None;
    }
    let names = data.variants.iter().map(|variant| {
        let ignored = &mut Problems::default();
        let own = Attributes::new(&variant.attrs, &["rename", "rename_all"], ignored);
        let name = property(&variant.ident, own.rename.as_ref(), attributes.rename_all, ignored);
        let ident = &variant.ident;
        quote!(Self::#ident { .. } => #name)
    });
    let private = private(attributes.krate.as_ref());
    let ident = &input.ident;
    Some(quote! {
        #[automatically_derived]
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        impl #private::Key for #ident {
            const IS_TEXT: ::core::primitive::bool = true;

            fn text(&self) -> ::std::string::String {
                ::std::string::String::from(match self { #(#names),* })
            }
        }
    })
}

fn of_variants(input: &DeriveInput, data: &DataEnum, attributes: &Attributes, problems: &mut Problems) -> Option<Code> {
    if data.variants.is_empty() {
        problems.at(
            &input.ident,
            "an enum without variants has no values, thus no form in JavaScript",
        );
        return None;
    }
    let tag = checked_tag(data, attributes.tag.as_ref(), problems);

    let mut names: Vec<String> = Vec::new();
    let mut skipped = Vec::new();
    let (mut describe, mut read, mut write, mut called) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (index, variant) in data.variants.iter().enumerate() {
        let mut own = Attributes::new(&variant.attrs, &["rename", "rename_all"], problems);
        own.rename_all = own.rename_all.or(attributes.rename_all_fields);
        let name = property(&variant.ident, own.rename.as_ref(), attributes.rename_all, problems);
        if names.contains(&name) {
            let place = own
                .rename
                .as_ref()
                .map_or_else(|| variant.ident.to_token_stream(), LitStr::to_token_stream);
            problems.at(place, format!("two variants are called `{name}` in JavaScript"));
        }
        let PayloadCode {
            payload,
            make,
            pattern,
            write: fields,
            needs_default,
        } = PayloadCode::new(variant, &own, &tag, problems);
        let (ident, doc, index) = (&variant.ident, documentation(&variant.attrs, None), index as u64);
        describe.push(quote!(__rustdll::Variant { name: #name, doc: #doc, payload: #payload }));
        read.push(quote!(#index => Self::#ident #make));
        write.push(quote!(Self::#ident #pattern => { __rustdll_writer.word(#index); #fields }));
        skipped.extend(needs_default);
        called.push(quote!(Self::#ident { .. } => #name));
        names.push(name);
    }
    let open = attributes.allow_unknown.is_some();
    Some(Code {
        kind: quote! {
            __rustdll::DefinitionKind::Enum { tag: #tag, variants: __rustdll::list([#(#describe),*]), open: #open }
        },
        decode: quote! {
            __rustdll_reader.nested(|__rustdll_reader| ::core::result::Result::Ok(match __rustdll_reader.word()? {
                #(#read,)*
                _ => return ::core::result::Result::Err(__rustdll::Fault::NO_VARIANT),
            }))
        },
        encode: quote!(__rustdll_writer.nested(|__rustdll_writer| match self { #(#write)* })),
        variant: quote!(::core::option::Option::Some(match self { #(#called),* })),
        record: None,
        needs_default: skipped,
    })
}

/// Returns the property that names the variant.
fn checked_tag(data: &DataEnum, given: Option<&LitStr>, problems: &mut Problems) -> String {
    let Some(given) = given else { return "type".to_owned() };
    let tag = given.value();
    let has = |test: fn(&Fields) -> bool| data.variants.iter().any(|variant| test(&variant.fields));
    check_property(&tag, given, problems);
    if !has(|fields| !fields.is_empty()) {
        problems.at(
            given,
            "an enum whose variants hold nothing is a string in JavaScript, which has no tag",
        );
    } else if tag == VALUE && has(|fields| matches!(fields, Fields::Unnamed(_))) {
        problems.at(
            given,
            "the property `value` is for what a variant without named fields holds",
        );
    }
    tag
}

/// The code for the payload of a variant.
struct PayloadCode {
    /// An expression for its `Payload`.
    payload: TokenStream,
    /// The tokens after the variant's name in an expression that decodes the variant.
    make: TokenStream,
    /// The tokens after the variant's name in a pattern.
    pattern: TokenStream,
    /// Statements that encode the variables that the pattern binds.
    write: TokenStream,
    /// The types of fields with `skip`, whose default is used.
    needs_default: Vec<Type>,
}

impl PayloadCode {
    fn new(variant: &Variant, attributes: &Attributes, tag: &str, problems: &mut Problems) -> Self {
        match &variant.fields {
            Fields::Named(fields) => {
                let fields = named_fields(&fields.named, attributes.rename_all, Some(tag), problems);
                let mut describe = describe_all(&fields);
                if fields.iter().any(|field| field.value.flatten) {
                    let names = names(&fields);
                    describe = quote!({
                        const {
                            ::core::assert!(
                                __rustdll::are_distinct(&[
                                    __rustdll::FieldName::Own(#tag),
                                    __rustdll::FieldName::Flat(#names),
                                ]) && __rustdll::are_distinct(#names),
                                "two fields have the same name: one of them is in a field with `#[rustdll(flatten)]`"
                            )
                        }
                        #describe
                    });
                }
                let make = fields.iter().map(NamedField::decode);
                let idents = fields.iter().map(|field| &field.ident);
                let variables: Vec<_> = (0..fields.len()).map(variable).collect();
                let write = fields
                    .iter()
                    .zip(&variables)
                    .map(|(field, variable)| field.encode(variable));
                Self {
                    payload: quote!(__rustdll::Payload::Record(#describe)),
                    make: quote!({ #(#make),* }),
                    pattern: quote!({ #(#idents: #variables),* }),
                    write: quote!(#(#write)*),
                    needs_default: fields
                        .iter()
                        .filter_map(|field| field.value.needs_default())
                        .cloned()
                        .collect(),
                }
            }
            Fields::Unnamed(fields) if !fields.unnamed.is_empty() => {
                let mut value = |field: &syn::Field| {
                    let attributes = Attributes::new(&field.attrs, &VALUE_ATTRIBUTES, problems);
                    if let (Some(_), None) = (&attributes.default, &attributes.skip) {
                        problems.at(
                            &field.ty,
                            "a value without a name cannot be left out, so it has no default",
                        );
                    }
                    Value::new(&field.ty, &attributes, problems)
                };
                let values: Vec<_> = fields.unnamed.iter().map(&mut value).collect();
                let passed = values.iter().filter(|value| !value.skip).count();
                let variables: Vec<_> = (0..values.len()).map(variable).collect();
                let mut index = 0_usize;
                let make = values.iter().map(|value| {
                    if value.skip {
                        return value.default_value();
                    }
                    let decode = value.decode();
                    let at = (passed > 1).then(|| quote!(.at(#index)));
                    index += 1;
                    quote!(#decode.map_err(|__rustdll_fault| __rustdll_fault #at.within(#VALUE))?)
                });
                let make: Vec<_> = make.collect();
                let write = variables
                    .iter()
                    .zip(&values)
                    .map(|(variable, value)| value.encode(variable));
                let describe = values.iter().filter(|value| !value.skip).map(Value::describe);
                Self {
                    payload: match passed {
                        0 => quote!(__rustdll::Payload::Unit),
                        1 => quote!(__rustdll::Payload::Value(#(#describe)*)),
                        _ => quote!(__rustdll::Payload::Tuple(__rustdll::list([#(#describe),*]))),
                    },
                    make: quote!((#(#make),*)),
                    pattern: quote!((#(#variables),*)),
                    write: quote!(#(#write)*),
                    needs_default: values.iter().filter_map(Value::needs_default).cloned().collect(),
                }
            }
            Fields::Unnamed(_) => Self {
                payload: quote!(__rustdll::Payload::Unit),
                make: quote!(()),
                pattern: quote!(()),
                write: quote!(),
                needs_default: Vec::new(),
            },
            Fields::Unit => Self {
                payload: quote!(__rustdll::Payload::Unit),
                make: quote!(),
                pattern: quote!(),
                write: quote!(),
                needs_default: Vec::new(),
            },
        }
    }
}
