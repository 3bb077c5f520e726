//! The code that `#[derive(Record)]` and `#[derive(Enum)]` have in common.

use proc_macro2::TokenStream;
use quote::{quote, ToTokens};
use syn::{parse_quote, Data, DeriveInput, GenericParam, Ident, Lifetime, LitStr};

use crate::attributes::Attributes;
use crate::docs::documentation;
use crate::home::private;
use crate::names::{is_identifier, name_of};
use crate::problems::Problems;
use crate::types::{check_field, has_static};

/// The parts of the implementations that differ between records and enums.
pub struct Code {
    /// An expression for the type's `DefinitionKind`.
    pub kind: TokenStream,
    /// An expression that decodes a value.
    pub decode: TokenStream,
    /// An expression that encodes a value.
    pub encode: TokenStream,
    /// An expression for the name of the variant of `self`, if the type is an enum.
    pub variant: TokenStream,
}

/// Generates the implementations for a type, unless there are problems.
pub fn implement(input: &DeriveInput, attributes: &Attributes, code: Code, mut problems: Problems) -> TokenStream {
    let name = type_name(&input.ident, attributes.rename.as_ref(), &mut problems);
    let private = private(attributes.krate.as_ref());
    for parameter in &input.generics.params {
        match parameter {
            GenericParam::Lifetime(_) => {}
            GenericParam::Type(_) => problems.at(parameter, "a type for JavaScript cannot have type parameters"),
            GenericParam::Const(_) => problems.at(parameter, "a type for JavaScript cannot have const parameters"),
        }
    }
    for field in fields(&input.data) {
        check_field(&field.ty, &mut problems);
    }
    if !problems.is_empty() {
        return problems.into_tokens();
    }
    let Code {
        kind,
        decode,
        encode,
        variant,
    } = code;
    let doc = documentation(&input.attrs);
    let ident = &input.ident;
    let (generics, arguments, conditions) = input.generics.split_for_impl();

    // Values that are borrowed for the length of a call cannot be `'static`.
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
                    __rustdll_reader: &mut __rustdll::Reader<'__call>,
                ) -> ::core::result::Result<Self, __rustdll::Fault> {
                    #decode
                }
            }
        }
    });
    quote! {
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        const _: () = {
            use #private as __rustdll;
            #[allow(unused_imports)]
            use __rustdll::{FindDescribed as _, FindUndescribed as _};

            #[automatically_derived]
            impl #generics __rustdll::Describe for #ident #arguments #conditions {
                fn describe(__rustdll_catalogue: &mut __rustdll::Catalogue) -> __rustdll::Shape {
                    struct __RustdllKey;
                    __rustdll_catalogue.definition::<__RustdllKey>(
                        #name,
                        ::core::module_path!(),
                        #doc,
                        |__rustdll_catalogue| #kind,
                    )
                }
            }

            #decode

            #[automatically_derived]
            impl #generics __rustdll::Definite for #ident #arguments #conditions {
                const NAME: &'static ::core::primitive::str = #name;

                fn variant(&self) -> ::core::option::Option<&'static ::core::primitive::str> {
                    #variant
                }
            }

            #[automatically_derived]
            impl #generics __rustdll::Encode for #ident #arguments #conditions {
                #[inline]
                fn encode(&self, __rustdll_writer: &mut __rustdll::Writer) {
                    #encode
                }
            }
        };
    }
}

/// Returns the name of a type in TypeScript.
pub fn type_name(ident: &Ident, rename: Option<&LitStr>, problems: &mut Problems) -> String {
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

/// The tokens of the types of all fields.
struct Body<'a>(&'a Data);

impl ToTokens for Body<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        fields(self.0).iter().for_each(|field| field.ty.to_tokens(tokens));
    }
}

/// Returns all fields of a type, those of variants too.
fn fields(data: &Data) -> Vec<&syn::Field> {
    match data {
        Data::Struct(data) => data.fields.iter().collect(),
        Data::Enum(data) => data.variants.iter().flat_map(|variant| &variant.fields).collect(),
        Data::Union(_) => Vec::new(),
    }
}
