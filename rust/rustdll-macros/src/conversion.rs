//! Conversions by attributes: of a whole type, of a field, or of a parameter.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned, ToTokens};
use syn::parse::Parse;
use syn::spanned::Spanned;
use syn::{parse_quote, Data, DeriveInput, Fields, LitStr, Member, Path, Type};

use crate::attributes::Attributes;
use crate::derive::Generic;
use crate::home::private;
use crate::names::name_of;
use crate::problems::Problems;

/// A conversion of a field or a parameter: the paths of two functions.
pub struct Conversion {
    /// `fn(As) -> Result<T, E>`
    pub from: TokenStream,
    /// `fn(&T) -> As`
    pub to: TokenStream,
    /// True if it is passed as its text.
    pub is_text: bool,
}

impl Conversion {
    /// Returns the conversion that the attributes of a field or a parameter of this type ask for.
    pub fn new(of: &Type, attributes: &Attributes, problems: &mut Problems) -> Option<Self> {
        if let (Some(text), Some(_)) = (&attributes.text, &attributes.with) {
            problems.at(text, "`as` and `with` both say how the value is passed");
        }
        if let Some(text) = &attributes.text {
            check_text(text, problems);
            return Some(Self {
                from: quote!(__rustdll::parse::<#of>),
                to: quote!(__rustdll::print::<#of>),
                is_text: true,
            });
        }
        let module: Path = parsed(attributes.with.as_ref()?, problems)?;
        Some(Self {
            from: quote!(#module::from_as),
            to: quote!(#module::to_as),
            is_text: false,
        })
    }
}

/// Reports an `as` that is no string.
fn check_text(text: &LitStr, problems: &mut Problems) {
    if text.value() != "String" {
        problems.at(
            text,
            "supported are `as = \"String\"`, for a type with `FromStr` and `Display`, and on an enum whose variants hold nothing `as = \"number\"`: any other type is named by `try_from` and `into`, or converted by the functions of a module, `with = \"module\"`",
        );
    }
}

/// Parses what is in a string, and reports what is none.
fn parsed<T: Parse>(text: &LitStr, problems: &mut Problems) -> Option<T> {
    text.parse().map_err(|problem| problems.add(problem)).ok()
}

/// True if an attribute says as what the type is passed.
pub fn is_converted(attributes: &Attributes) -> bool {
    let Attributes {
        text,
        from,
        try_from,
        into,
        transparent,
        ..
    } = attributes;
    *transparent || [text, from, try_from, into].into_iter().any(Option::is_some)
}

/// Expands a derive for a type with an attribute that says as what it is passed; none if it has none.
pub fn expand(input: &DeriveInput, attributes: &Attributes, problems: &mut Problems) -> Option<TokenStream> {
    let Attributes {
        text,
        from,
        try_from,
        into,
        transparent,
        ..
    } = attributes;
    let ways = [
        text.is_some(),
        from.is_some() || try_from.is_some() || into.is_some(),
        *transparent,
    ];
    match ways.into_iter().filter(|way| *way).count() {
        0 => return None,
        1 => {}
        _ => problems.at(
            &input.ident,
            "`as`, `transparent`, and `try_from` with `into` each say how the type is passed: it takes one of them",
        ),
    }
    if let Some(brand) = &attributes.brand {
        if !*transparent {
            problems.at(
                brand,
                "a brand is for a struct that is passed as its field: `#[rustdll(transparent, brand)]`",
            );
        } else if input.generics.type_params().next().is_some() || input.generics.const_params().next().is_some() {
            problems.at(
                brand,
                "a generic type has no brand, as each of its uses would be another type of that name",
            );
        }
    }
    let renamed = attributes.rename.as_ref().filter(|_| attributes.brand.is_none());
    if let Some(shape) = [&renamed.cloned(), &attributes.tag, &attributes.content]
        .into_iter()
        .flatten()
        .next()
    {
        problems.at(shape, "JavaScript sees nothing of a type that is passed as another one");
    }
    let code = if *transparent {
        inner(input, problems).map(|(member, of)| passed_as_field(input, attributes, &member, of))
    } else {
        converted(input, attributes, problems)
    };
    Some(code.unwrap_or_default())
}

/// Generates the implementation of `Convert`.
fn converted(input: &DeriveInput, attributes: &Attributes, problems: &mut Problems) -> Option<TokenStream> {
    let Attributes { text, from, .. } = attributes;
    let (other, from, to) = if let Some(text) = text {
        check_text(text, problems);
        (
            quote!(::std::string::String),
            quote!(__rustdll::parse::<Self>),
            quote!(__rustdll::print::<Self>),
        )
    } else {
        let other = other(input, attributes, problems)?;
        let from = match from {
            Some(_) => quote!(|value| ::core::result::Result::Ok::<Self, ::core::convert::Infallible>(
                <Self as ::core::convert::From<#other>>::from(value)
            )),
            None => quote!(<Self as ::core::convert::TryFrom<#other>>::try_from),
        };
        let to =
            quote!(|value: &Self| <#other as ::core::convert::From<Self>>::from(::core::clone::Clone::clone(value)));
        (quote!(#other), from, to)
    };
    let private = private(attributes.krate.as_ref());
    let ident = &input.ident;
    let (generics, arguments, conditions) = input.generics.split_for_impl();
    Some(quote! {
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        const _: () = {
            use #private as __rustdll;

            #[automatically_derived]
            impl #generics __rustdll::Convert for #ident #arguments #conditions {
                type As = #other;

                fn from_as(value: #other) -> ::core::result::Result<Self, __rustdll::Error> {
                    __rustdll::from_as(value, #from)
                }

                fn to_as(&self) -> ::core::result::Result<#other, __rustdll::Error> {
                    ::core::result::Result::Ok(__rustdll::to_as(self, #to))
                }
            }
        };
    })
}

/// Returns the type that `try_from` or `from`, and `into`, name.
fn other(input: &DeriveInput, attributes: &Attributes, problems: &mut Problems) -> Option<Type> {
    let Attributes {
        from, try_from, into, ..
    } = attributes;
    if let (Some(from), Some(_)) = (from, try_from) {
        problems.at(from, "a value is made by `from` or by `try_from`, not by both");
    }
    let (Some(made_from), Some(into)) = (try_from.as_ref().or(from.as_ref()), into.as_ref()) else {
        problems.at(
            &input.ident,
            "the type that is passed is named by `try_from = \"...\"` (or `from`) and `into = \"...\"`",
        );
        return None;
    };
    let of: Type = parsed(made_from, problems)?;
    if parsed::<Type>(into, problems)?.to_token_stream().to_string() != of.to_token_stream().to_string() {
        problems.at(into, "`into` names the type from which a value is made");
    }
    Some(of)
}

/// Returns the only field of a struct.
fn inner<'i>(input: &'i DeriveInput, problems: &mut Problems) -> Option<(Member, &'i Type)> {
    if let Data::Struct(data) = &input.data {
        let field = match &data.fields {
            Fields::Named(fields) => fields.named.first().filter(|_| fields.named.len() == 1),
            Fields::Unnamed(fields) => fields.unnamed.first().filter(|_| fields.unnamed.len() == 1),
            Fields::Unit => None,
        };
        if let Some(field) = field {
            let attributes: &[syn::Attribute] = &field.attrs;
            Attributes::new(attributes, &[], problems);
            return Some((field.ident.clone().map_or(Member::from(0), Member::from), &field.ty));
        }
    }
    problems.at(
        &input.ident,
        "`transparent` is for a struct with one field, as which it is passed",
    );
    None
}

/// Generates an expression that describes the type, with its brand if it has one, and an assertion that it may have that.
fn branded(input: &DeriveInput, attributes: &Attributes, of: &Type) -> (TokenStream, TokenStream) {
    let describe = quote!(<#of as __rustdll::Describe<_>>::describe(__rustdll_catalogue));
    let Some(brand) = &attributes.brand else {
        return (describe, TokenStream::new());
    };
    let name = attributes
        .rename
        .as_ref()
        .map_or_else(|| name_of(&input.ident), LitStr::value);
    let is_given = quote_spanned! {brand.span()=>
        const {
            ::core::assert!(
                !<#of as __rustdll::Describe<_>>::IS_OPTION,
                "null has no brand: have the `Option` around this type instead of inside"
            );
        }
    };
    (quote!(#describe.branded(#name, ::core::module_path!())), is_given)
}

/// Generates the implementations of a type that is passed as its only field is.
fn passed_as_field(input: &DeriveInput, attributes: &Attributes, member: &Member, of: &Type) -> TokenStream {
    let private = private(attributes.krate.as_ref());
    let ident = &input.ident;
    let (generics, arguments, conditions) = input.generics.split_for_impl();
    let Generic { by, of: having, .. } = &Generic::new(&input.generics);
    let describing = having(&|of, by| parse_quote!(#of: __rustdll::Describe<#by>));
    let (describing, _, describing_conditions) = describing.split_for_impl();
    let encoding = having(&|of, by| parse_quote!(#of: __rustdll::Encode<#by>));
    let (encoding, _, encoding_conditions) = encoding.split_for_impl();
    let lifetimes: Vec<_> = input
        .generics
        .lifetimes()
        .map(|parameter| &parameter.lifetime)
        .collect();
    let mut decoding = having(&|of, by| parse_quote!(#of: __rustdll::Decode<'__call, #by>));
    decoding.params.insert(0, parse_quote!('__call: #(#lifetimes)+*));
    let (decoding, _, decoding_conditions) = decoding.split_for_impl();
    let (describe, is_given) = branded(input, attributes, of);
    let make = |value: TokenStream| quote!(Self { #member: #value });
    let (decoded, argument, each) = (
        make(quote!(<#of as __rustdll::Decode<'__call, _>>::decode(__rustdll_reader)?)),
        make(quote!(<#of as __rustdll::Decode<'__call, _>>::argument(__rustdll_arguments, __rustdll_index)?)),
        make(quote!(__rustdll_value)),
    );
    quote! {
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        const _: () = {
            use #private as __rustdll;

            #[automatically_derived]
            impl #describing __rustdll::Describe<#by> for #ident #arguments #describing_conditions {
                const IS_OPTION: ::core::primitive::bool = <#of as __rustdll::Describe<_>>::IS_OPTION;
                const ACCEPTS: __rustdll::Accepts = <#of as __rustdll::Describe<_>>::ACCEPTS;

                fn describe(__rustdll_catalogue: &mut __rustdll::Catalogue) -> __rustdll::Shape {
                    #is_given
                    #describe
                }
            }

            #[automatically_derived]
            impl #generics __rustdll::Transparent for #ident #arguments #conditions {
                type Field = #of;

                #[inline]
                fn field(&self) -> &Self::Field {
                    &self.#member
                }
            }

            #[automatically_derived]
            impl #decoding __rustdll::Decode<'__call, #by> for #ident #arguments #decoding_conditions {
                #[inline]
                fn decode(
                    __rustdll_reader: &mut __rustdll::Reader<'__call>,
                ) -> ::core::result::Result<Self, __rustdll::Fault> {
                    ::core::result::Result::Ok(#decoded)
                }

                #[inline]
                fn argument(
                    __rustdll_arguments: &mut __rustdll::Arguments<'__call>,
                    __rustdll_index: ::core::primitive::usize,
                ) -> ::core::result::Result<Self, __rustdll::Fault> {
                    ::core::result::Result::Ok(#argument)
                }

                #[inline]
                fn decode_list(
                    __rustdll_reader: &mut __rustdll::Reader<'__call>,
                    __rustdll_count: ::core::primitive::usize,
                ) -> ::core::result::Result<::std::vec::Vec<Self>, __rustdll::Fault> {
                    let __rustdll_list = <#of as __rustdll::Decode<'__call, _>>::decode_list(__rustdll_reader, __rustdll_count)?;
                    ::core::result::Result::Ok(__rustdll_list.into_iter().map(|__rustdll_value| #each).collect())
                }

                #[inline]
                fn list_argument(
                    __rustdll_arguments: &mut __rustdll::Arguments<'__call>,
                    __rustdll_index: ::core::primitive::usize,
                ) -> ::core::result::Result<::std::vec::Vec<Self>, __rustdll::Fault> {
                    let __rustdll_list = <#of as __rustdll::Decode<'__call, _>>::list_argument(__rustdll_arguments, __rustdll_index)?;
                    ::core::result::Result::Ok(__rustdll_list.into_iter().map(|__rustdll_value| #each).collect())
                }
            }

            #[automatically_derived]
            impl #encoding __rustdll::Encode<#by> for #ident #arguments #encoding_conditions {
                #[inline]
                fn encode(&self, __rustdll_writer: &mut __rustdll::Writer) {
                    <#of as __rustdll::Encode<_>>::encode(&self.#member, __rustdll_writer)
                }

                #[cold]
                fn locate(&self, __rustdll_writer: &mut __rustdll::Writer) -> ::core::primitive::bool {
                    <#of as __rustdll::Encode<_>>::locate(&self.#member, __rustdll_writer)
                }

                #[inline]
                fn give(self, __rustdll_output: &mut __rustdll::Output<'_>) -> ::core::result::Result<(), __rustdll::Fault> {
                    <#of as __rustdll::Encode<_>>::give(self.#member, __rustdll_output)
                }

                #[inline]
                fn give_ref(&self, __rustdll_output: &mut __rustdll::Output<'_>) -> ::core::result::Result<(), __rustdll::Fault> {
                    <#of as __rustdll::Encode<_>>::give_ref(&self.#member, __rustdll_output)
                }

                #[inline]
                fn encode_list<'__list>(
                    __rustdll_list: impl ::core::iter::ExactSizeIterator<Item = &'__list Self>,
                    __rustdll_writer: &mut __rustdll::Writer,
                ) where
                    Self: '__list,
                {
                    <#of as __rustdll::Encode<_>>::encode_list(__rustdll_list.map(|__rustdll_value| &__rustdll_value.#member), __rustdll_writer)
                }

                #[inline]
                fn give_list<'__list>(
                    __rustdll_list: impl ::core::iter::ExactSizeIterator<Item = &'__list Self> + ::core::clone::Clone,
                    __rustdll_output: &mut __rustdll::Output<'_>,
                ) -> ::core::result::Result<(), __rustdll::Fault>
                where
                    Self: '__list,
                {
                    <#of as __rustdll::Encode<_>>::give_list(__rustdll_list.map(|__rustdll_value| &__rustdll_value.#member), __rustdll_output)
                }

                #[inline]
                fn give_vec(
                    __rustdll_list: ::std::vec::Vec<Self>,
                    __rustdll_output: &mut __rustdll::Output<'_>,
                ) -> ::core::result::Result<(), __rustdll::Fault> {
                    let __rustdll_list = __rustdll_list.into_iter().map(|__rustdll_value| __rustdll_value.#member).collect();
                    <#of as __rustdll::Encode<_>>::give_vec(__rustdll_list, __rustdll_output)
                }
            }
        };
    }
}
