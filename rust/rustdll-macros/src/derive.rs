//! The code that `#[derive(Record)]` and `#[derive(Enum)]` have in common.

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote, ToTokens};
use syn::{parse_quote, Data, DeriveInput, GenericParam, Generics, Ident, Lifetime, LitStr, Type, WherePredicate};

use crate::attributes::Attributes;
use crate::docs::documentation;
use crate::home::private;
use crate::names::{convention, is_identifier, name_of};
use crate::problems::Problems;
use crate::types::{check_field, has_static};

/// The parts of the implementations that differ between records and enums.
pub struct Code {
    /// An expression for the values of JavaScript that the type is made of.
    pub accepts: TokenStream,
    /// An expression for the type's `DefinitionKind`.
    pub kind: TokenStream,
    /// An expression that decodes a value.
    pub decode: TokenStream,
    /// An expression that encodes a value.
    pub encode: TokenStream,
    /// An expression that is true if a part of a value cannot be written, if there are values of which that is so.
    pub locate: Option<TokenStream>,
    /// An expression for the name of the variant of `self`, if the type is an enum.
    pub variant: TokenStream,
    /// The fields, if the type is a record that others may contain with `flatten`.
    pub record: Option<Record>,
    /// The types whose default is used: those of fields with `skip`, and a struct that has `default`.
    pub needs_default: Vec<Type>,
}

/// The fields of a record.
pub struct Record {
    /// An expression for their names.
    pub names: TokenStream,
    /// An expression for the list of their shapes.
    pub fields: TokenStream,
    /// True if some of them are those of another record.
    pub flat: bool,
}

/// True if a type depends on a parameter.
fn has_parameter(of: &Type, generics: &Generics) -> bool {
    let names: Vec<_> = generics
        .params
        .iter()
        .map(|parameter| match parameter {
            GenericParam::Type(parameter) => &parameter.ident,
            GenericParam::Const(parameter) => &parameter.ident,
            GenericParam::Lifetime(parameter) => &parameter.lifetime.ident,
        })
        .collect();
    holds(quote!(#of), &names)
}

/// True if one of the identifiers is among tokens.
fn holds(tokens: TokenStream, names: &[&Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => names.contains(&&ident),
        TokenTree::Group(group) => holds(group.stream(), names),
        _ => false,
    })
}

/// Generates the implementations for a type, unless there are problems.
pub fn implement(input: &DeriveInput, attributes: &Attributes, code: Code, mut problems: Problems) -> TokenStream {
    let name = type_name(&input.ident, attributes.rename.as_ref(), &mut problems);
    let private = private(attributes.krate.as_ref());
    for field in fields(&input.data) {
        check_field(&field.ty, &mut problems);
    }
    if !problems.is_empty() {
        return problems.into_tokens();
    }
    let Code {
        accepts,
        kind,
        decode,
        encode,
        locate,
        variant,
        record,
        needs_default,
    } = code;
    let doc = documentation(&input.attrs, None);
    let ident = &input.ident;
    let (plain, arguments, conditions) = input.generics.split_for_impl();
    let Generic { by, parts, of } = &Generic::new(&input.generics);
    let describing = of(&|of, by| parse_quote!(#of: __rustdll::Describe<#by>));
    let (describing, _, describing_conditions) = describing.split_for_impl();
    let locate = match locate {
        Some(locate) => quote!(__rustdll_writer.locate_nested(|__rustdll_writer| #locate)),
        None => quote!(false),
    };
    let encoding = of(&|of, by| parse_quote!(#of: __rustdll::Encode<#by>));
    let (encoding, _, encoding_conditions) = encoding.split_for_impl();

    // Values that are borrowed for the length of a call cannot be `'static`.
    let decode = has_static(&Body(&input.data)).is_none().then(|| {
        let lifetimes: Vec<Lifetime> = input
            .generics
            .lifetimes()
            .map(|parameter| parameter.lifetime.clone())
            .collect();
        let mut with_call = of(&|of, by| parse_quote!(#of: __rustdll::Decode<'__call, #by>));
        with_call.params.insert(0, parse_quote!('__call: #(#lifetimes)+*));
        // With a lifetime, the compiler examines these conditions only where the implementation is used. Types without
        // parameters are examined where the value is made, which tells what is wrong.
        with_call.make_where_clause().predicates.extend(
            needs_default
                .iter()
                .filter(|of| has_parameter(of, &input.generics))
                .map(|of| -> WherePredicate { parse_quote!(for<'__any> #of: ::core::default::Default) }),
        );
        let (generics, _, conditions) = with_call.split_for_impl();
        quote! {
            #[automatically_derived]
            impl #generics __rustdll::Decode<'__call, #by> for #ident #arguments #conditions {
                fn decode(
                    __rustdll_reader: &mut __rustdll::Reader<'__call>,
                ) -> ::core::result::Result<Self, __rustdll::Fault> {
                    #decode
                }
            }
        }
    });
    let record = record.map(|Record { names, fields, flat }| {
        let check = flat.then(|| {
            quote!(
                const {
                    ::core::assert!(
                        __rustdll::are_distinct(<Self as __rustdll::Fields<#by>>::NAMES),
                        "two fields have the same name: one of them is in a field with `#[rustdll(flatten)]`"
                    )
                }
            )
        });
        // Without parameters, the names are compared even if no function has the type.
        let check_always = (flat && input.generics.params.is_empty()).then(|| {
            quote!(
                const _: () = ::core::assert!(
                    __rustdll::are_distinct(<#ident as __rustdll::Fields<#by>>::NAMES),
                    "two fields have the same name: one of them is in a field with `#[rustdll(flatten)]`"
                );
            )
        });
        quote! {
            #[automatically_derived]
            impl #describing __rustdll::Fields<#by> for #ident #arguments #describing_conditions {
                const NAMES: &'static [__rustdll::FieldName] = #names;

                fn fields(__rustdll_catalogue: &mut __rustdll::Catalogue) -> ::std::vec::Vec<__rustdll::Field> {
                    #check
                    #fields
                }
            }

            #check_always
        }
    });
    // Without parameters, the variants of an untagged enum are compared even if no function has the type.
    let accepts_always = input
        .generics
        .params
        .is_empty()
        .then(|| quote!(const _: __rustdll::Accepts = <#ident as __rustdll::Describe>::ACCEPTS;));
    let convention = convention(&quote!(#accepts #kind #decode #record));
    quote! {
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        const _: () = {
            use #private as __rustdll;
            #convention
            #[allow(unused_imports)]
            use __rustdll::{FindDescribed as _, FindUndescribed as _, FindUnwritten as _, FindWritten as _};

            #[automatically_derived]
            impl #describing __rustdll::Describe<#by> for #ident #arguments #describing_conditions {
                const ACCEPTS: __rustdll::Accepts = #accepts;

                fn describe(__rustdll_catalogue: &mut __rustdll::Catalogue) -> __rustdll::Shape {
                    struct __RustdllKey;
                    let _ = const { <Self as __rustdll::Describe<#by>>::ACCEPTS };
                    let __rustdll_parts = #parts;
                    __rustdll_catalogue.definition::<__RustdllKey>(
                        #name,
                        __rustdll_parts,
                        ::core::module_path!(),
                        #doc,
                        |__rustdll_catalogue| #kind,
                    )
                }
            }

            #accepts_always

            #record

            #decode

            #[automatically_derived]
            impl #plain __rustdll::Definite for #ident #arguments #conditions {
                const NAME: &'static ::core::primitive::str = #name;

                fn variant(&self) -> ::core::option::Option<&'static ::core::primitive::str> {
                    #variant
                }
            }

            #[automatically_derived]
            impl #encoding __rustdll::Encode<#by> for #ident #arguments #encoding_conditions {
                fn encode(&self, __rustdll_writer: &mut __rustdll::Writer) {
                    #encode
                }

                #[cold]
                #[allow(unused_variables)]
                fn locate(&self, __rustdll_writer: &mut __rustdll::Writer) -> ::core::primitive::bool {
                    #locate
                }
            }
        };
    }
}

/// Generates an expression for the parts by which one use of a type differs from another.
pub fn parts(generics: &Generics) -> TokenStream {
    Generic::new(generics).parts
}

/// Makes the condition for a type parameter and its conversion.
type Condition = dyn Fn(&Ident, &Ident) -> WherePredicate;

/// The parameters of a type.
pub struct Generic<'g> {
    /// The conversion of the type, which has those of its parameters.
    pub by: TokenStream,
    /// An expression for the parts by which one use of the type differs from another.
    pub parts: TokenStream,
    /// Makes the parameters of an implementation, with a condition for each type among them.
    pub of: Box<dyn Fn(&Condition) -> Generics + 'g>,
}

impl<'g> Generic<'g> {
    /// Reads the parameters.
    pub fn new(generics: &'g Generics) -> Self {
        let types: Vec<_> = generics.type_params().map(|parameter| &parameter.ident).collect();
        let bys: Vec<_> = (0..types.len())
            .map(|index| format_ident!("__RustdllBy{index}"))
            .collect();
        let by = match &bys[..] {
            [] => quote!(__rustdll::Standard),
            [by] => quote!(__rustdll::Of<#by>),
            _ => quote!(__rustdll::Of<(#(#bys),*)>),
        };
        let mut next = bys.iter();
        let parts = generics.params.iter().filter_map(|parameter| match parameter {
            GenericParam::Lifetime(_) => None,
            GenericParam::Type(of) => {
                let (of, by) = (&of.ident, next.next());
                Some(quote!(__rustdll::Part::Shape(<#of as __rustdll::Describe<#by>>::describe(__rustdll_catalogue))))
            }
            GenericParam::Const(of) => {
                let of = &of.ident;
                Some(quote!(__rustdll::Part::Text(::std::string::ToString::to_string(&#of))))
            }
        });
        let parts = quote!(__rustdll::list([#(#parts),*]));
        let of = move |condition: &Condition| {
            let mut generics = generics.clone();
            generics
                .params
                .extend(bys.iter().map(|by| -> GenericParam { parse_quote!(#by) }));
            let conditions = types.iter().zip(&bys).map(|(of, by)| condition(of, by));
            generics.make_where_clause().predicates.extend(conditions);
            generics
        };
        Self {
            by,
            parts,
            of: Box::new(of),
        }
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
