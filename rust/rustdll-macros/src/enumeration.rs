//! Generates the code of `#[derive(Enum)]`.

use proc_macro2::TokenStream;
use quote::{quote, ToTokens};
use syn::{Data, DataEnum, DeriveInput, Fields, LitStr, Type, Variant};

use crate::attributes::Attributes;
use crate::conversion;
use crate::derive::{implement, parts, Code};
use crate::docs::documentation;
use crate::fields::{
    describe_all, differences, locate_fields, locate_values, named_fields, names, property, variable, NamedField,
};
use crate::home::private;
use crate::names::name_of;
use crate::problems::Problems;
use crate::tagging::{check_forms, Tagging};
use crate::value::Value;

/// The attributes of a value without a name.
const VALUE_ATTRIBUTES: [&str; 7] = ["as", "with", "skip", "default", "bigint", "collections", "buffer"];

/// Expands `#[derive(Enum)]`.
pub fn expand(input: DeriveInput) -> TokenStream {
    let mut problems = Problems::default();
    let supported = [
        "rename",
        "rename_all",
        "rename_all_fields",
        "tag",
        "content",
        "untagged",
        "as",
        "try_from",
        "from",
        "into",
        "allow_unknown",
        "crate",
    ];
    let mut attributes = Attributes::new(&input.attrs, &supported, &mut problems);
    let number = attributes.text.take_if(|text| text.value() == "number");
    if let Some(code) = conversion::expand(&input, &attributes, &mut problems) {
        return problems.or(code);
    }
    let code = match &input.data {
        Data::Enum(data) => of_variants(&input, data, &attributes, number.as_ref(), &mut problems),
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
    let key = key(&input, &attributes, number.is_some());
    let code = implement(&input, &attributes, code, problems);
    quote!(#code #key)
}

/// Generates the implementation by which an enum whose variants hold nothing is the key of a map.
fn key(input: &DeriveInput, attributes: &Attributes, is_number: bool) -> Option<TokenStream> {
    let Data::Enum(data) = &input.data else { return None };
    if data.variants.iter().any(|variant| !variant.fields.is_empty()) || !input.generics.params.is_empty() {
        return None;
    }
    let names = data.variants.iter().map(|variant| {
        let ignored = &mut Problems::default();
        let own = Attributes::new(&variant.attrs, &["rename", "rename_all"], ignored);
        let name = property(&variant.ident, own.rename.as_ref(), attributes.rename_all, ignored);
        let ident = &variant.ident;
        if is_number {
            return quote!(Self::#ident { .. } => ::std::string::ToString::to_string(&(Self::#ident as ::core::primitive::i128)));
        }
        quote!(Self::#ident { .. } => ::std::string::String::from(#name))
    });
    let private = private(attributes.krate.as_ref());
    let ident = &input.ident;
    let is_text = !is_number;
    Some(quote! {
        #[automatically_derived]
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        impl #private::Key for #ident {
            const IS_TEXT: ::core::primitive::bool = #is_text;

            fn text(&self) -> ::std::string::String {
                match self { #(#names),* }
            }
        }
    })
}

fn of_variants(
    input: &DeriveInput,
    data: &DataEnum,
    attributes: &Attributes,
    number: Option<&LitStr>,
    problems: &mut Problems,
) -> Option<Code> {
    if data.variants.is_empty() {
        problems.at(
            &input.ident,
            "an enum without variants has no values, thus no form in JavaScript",
        );
        return None;
    }
    let tagging = Tagging::new(data, attributes, number, problems);
    let open = attributes.allow_unknown.is_some();
    let enum_name = attributes
        .rename
        .as_ref()
        .map_or_else(|| name_of(&input.ident), LitStr::value);
    let parts = parts(&input.generics);

    let mut names: Vec<String> = Vec::new();
    let mut skipped = Vec::new();
    let (mut describe, mut read, mut write, mut called) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut find = Vec::new();
    let mut accepts = Vec::new();
    let mut differ_all = TokenStream::new();
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
        let ident = &variant.ident;
        let payload = PayloadCode::new(variant, &own, &tagging, problems);
        let described = payload.described(&tagging, &format!("{enum_name}{ident}"), &parts, open);
        let PayloadCode {
            make,
            pattern,
            write: fields,
            locate,
            needs_default,
            is_named,
            accepts: accepted,
            differ,
            ..
        } = payload;
        let (doc, index) = (documentation(&variant.attrs, None), index as u64);
        let number = tagging.number(ident);
        describe.push(quote!(__rustdll::Variant { name: #name, doc: #doc, number: #number, payload: #described }));
        read.push(match tagging.inside() {
            Some(content) if is_named => quote! {
                #index => __rustdll::within(
                    (|__rustdll_reader: &mut __rustdll::Reader<'__call>| ::core::result::Result::Ok(Self::#ident #make))(__rustdll_reader),
                    #content,
                )?
            },
            _ => quote!(#index => Self::#ident #make),
        });
        write.push(quote!(Self::#ident #pattern => { __rustdll_writer.word(#index); #fields }));
        let content = match tagging.inside() {
            Some(content) if is_named => Some(content),
            _ => tagging.content().filter(|_| !is_named),
        };
        find.extend(locate.map(|locate| match content {
            Some(content) => quote!(Self::#ident #pattern => (#locate) && __rustdll_writer.within(#content)),
            None => quote!(Self::#ident #pattern => #locate),
        }));
        skipped.extend(needs_default);
        called.push(quote!(Self::#ident { .. } => #name));
        differ_all.extend(differ);
        accepts.push((ident, accepted));
        names.push(name);
    }
    if tagging.is_untagged() {
        check_forms(data, problems);
    }
    let accepts = tagging.accepts(data, &accepts);
    let tag = tagging.described();
    let kind = quote! {
        __rustdll::DefinitionKind::Enum { tagging: #tag, variants: __rustdll::list([#(#describe),*]), open: #open }
    };
    let chosen = quote! {
        match __rustdll_variant {
            #(#read,)*
            _ => return ::core::result::Result::Err(__rustdll::Fault::NO_VARIANT),
        }
    };
    let decode = if tagging.is_untagged() {
        quote! {
            __rustdll_reader.nested(|__rustdll_reader| __rustdll::choose(
                __rustdll_reader,
                |__rustdll_catalogue| #kind,
                |__rustdll_reader, __rustdll_variant| ::core::result::Result::Ok(#chosen),
            ))
        }
    } else {
        quote! {
            __rustdll_reader.nested(|__rustdll_reader| {
                let __rustdll_variant = __rustdll_reader.word()?;
                ::core::result::Result::Ok(#chosen)
            })
        }
    };
    let others = (find.len() < data.variants.len()).then(|| quote!(_ => false));
    Some(Code {
        accepts: quote!({ #differ_all #accepts }),
        kind,
        decode,
        encode: quote!(__rustdll_writer.nested(|__rustdll_writer| match self { #(#write)* })),
        locate: (!find.is_empty()).then(|| quote!(match self { #(#find,)* #others })),
        variant: quote!(::core::option::Option::Some(match self { #(#called),* })),
        record: None,
        needs_default: skipped,
    })
}

/// The code for the payload of a variant.
struct PayloadCode {
    /// An expression for its `Payload`, or for the fields in it.
    payload: TokenStream,
    /// The tokens after the variant's name in an expression that decodes the variant.
    make: TokenStream,
    /// The tokens after the variant's name in a pattern.
    pattern: TokenStream,
    /// Statements that encode the variables that the pattern binds.
    write: TokenStream,
    /// An expression that is true if one of them cannot be written, if there are any.
    locate: Option<TokenStream>,
    /// The types of fields with `skip`, whose default is used.
    needs_default: Vec<Type>,
    /// True if it has named fields, whose list `payload` is an expression for.
    is_named: bool,
    /// Assertions that their names differ.
    differ: TokenStream,
    /// An expression for the values of JavaScript that an untagged variant is made of.
    accepts: TokenStream,
}

impl PayloadCode {
    /// Generates an expression for the `Payload`. The fields of a variant that are in a property of their own have a type,
    /// which is called `name`.
    fn described(&self, tagging: &Tagging, name: &str, parts: &TokenStream, open: bool) -> TokenStream {
        let payload = &self.payload;
        if !self.is_named {
            return quote!(#payload);
        }
        if tagging.inside().is_none() {
            return quote!(__rustdll::Payload::Record(#payload));
        }
        quote!(__rustdll::Payload::Value({
            struct __RustdllVariant;
            let __rustdll_parts = #parts;
            __rustdll_catalogue.definition::<__RustdllVariant>(
                #name,
                __rustdll_parts,
                ::core::module_path!(),
                "",
                |__rustdll_catalogue| __rustdll::DefinitionKind::Record { fields: #payload, open: #open },
            )
        }))
    }

    fn new(variant: &Variant, attributes: &Attributes, tagging: &Tagging, problems: &mut Problems) -> Self {
        let unknown = quote!(__rustdll::Accepts::UNKNOWN);
        match &variant.fields {
            Fields::Named(fields) => {
                let tag = tagging.beside_fields();
                let fields = named_fields(&fields.named, attributes.rename_all, tag, None, problems);
                let mut describe = describe_all(&fields);
                if fields.iter().any(|field| field.value.flatten) {
                    let names = names(&fields);
                    let tag = tag.map(|tag| quote!(__rustdll::FieldName::Own(#tag),));
                    describe = quote!({
                        const {
                            ::core::assert!(
                                __rustdll::are_distinct(&[
                                    #tag
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
                    payload: describe,
                    is_named: true,
                    differ: differences(&fields),
                    accepts: unknown,
                    make: quote!({ #(#make),* }),
                    pattern: quote!({ #(#idents: #variables),* }),
                    write: quote!(#(#write)*),
                    locate: locate_fields(&fields, &variables),
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
                        return value.skipped();
                    }
                    let mut decode = value.decode();
                    if passed > 1 {
                        decode = quote!(__rustdll::at(#decode, #index));
                    }
                    index += 1;
                    if let Some(content) = tagging.content() {
                        decode = quote!(__rustdll::within(#decode, #content));
                    }
                    quote!(#decode?)
                });
                let make: Vec<_> = make.collect();
                let write = variables
                    .iter()
                    .zip(&values)
                    .map(|(variable, value)| value.encode(variable));
                let describe = values.iter().filter(|value| !value.skip).map(Value::describe);
                let accepts = match passed {
                    0 => quote!(__rustdll::Accepts::NOTHING),
                    1 => values.iter().find(|value| !value.skip).map_or(unknown, Value::accepts),
                    _ => unknown,
                };
                Self {
                    is_named: false,
                    differ: quote!(),
                    accepts,
                    payload: match passed {
                        0 => quote!(__rustdll::Payload::Unit),
                        1 => quote!(__rustdll::Payload::Value(#(#describe)*)),
                        _ => quote!(__rustdll::Payload::Tuple(__rustdll::list([#(#describe),*]))),
                    },
                    make: quote!((#(#make),*)),
                    pattern: quote!((#(#variables),*)),
                    write: quote!(#(#write)*),
                    locate: locate_values(&values, &variables),
                    needs_default: values.iter().filter_map(Value::needs_default).cloned().collect(),
                }
            }
            Fields::Unnamed(_) => Self {
                payload: quote!(__rustdll::Payload::Unit),
                make: quote!(()),
                pattern: quote!(()),
                write: quote!(),
                locate: None,
                needs_default: Vec::new(),
                is_named: false,
                differ: quote!(),
                accepts: quote!(__rustdll::Accepts::NOTHING),
            },
            Fields::Unit => Self {
                payload: quote!(__rustdll::Payload::Unit),
                make: quote!(),
                pattern: quote!(),
                write: quote!(),
                locate: None,
                needs_default: Vec::new(),
                is_named: false,
                differ: quote!(),
                accepts: quote!(__rustdll::Accepts::NOTHING),
            },
        }
    }
}
