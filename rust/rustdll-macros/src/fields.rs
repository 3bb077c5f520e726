//! The fields of a record, or of a variant with named fields.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned, ToTokens};
use syn::punctuated::Punctuated;
use syn::{parse_quote, Field, Ident, LitStr, Token};

use crate::attributes::{Attributes, Default};
use crate::case::Case;
use crate::docs::documentation;
use crate::names::{name_of, Name};
use crate::problems::Problems;
use crate::value::Value;

/// A field with a name.
pub struct NamedField {
    /// Its identifier in Rust.
    pub ident: Ident,
    /// Its name in JavaScript.
    pub name: Name,
    /// Its value.
    pub value: Value,
    doc: TokenStream,
    /// An assertion that its name differs from those before it.
    differs: Option<TokenStream>,
}

/// Reads named fields. None may have the name `tag`, if it is given. Those without a default of their own have that of the
/// struct `defaults`, if it is given.
pub fn named_fields(
    fields: &Punctuated<Field, Token![,]>,
    rename_all: Option<Case>,
    tag: Option<&str>,
    defaults: Option<&Ident>,
    problems: &mut Problems,
) -> Vec<NamedField> {
    let mut named: Vec<NamedField> = Vec::new();
    for field in fields {
        let Some(ident) = field.ident.clone() else { continue };
        let supported = [
            "rename",
            "default",
            "skip",
            "flatten",
            "bigint",
            "as",
            "with",
            "collections",
            "buffer",
        ];
        let mut attributes = Attributes::new(&field.attrs, &supported, problems);
        let inherited = defaults.filter(|_| attributes.default.is_none() && attributes.flatten.is_none());
        if inherited.is_some() {
            let default = parse_quote!(<Self as ::core::default::Default>::default().#ident);
            attributes.default = Some(Default(Some(default)));
        }
        let value = Value::new(&field.ty, &attributes, problems);
        let default_text = match inherited {
            Some(of) => value
                .default_text()
                .map(|_| format!("{of}::default().{}", name_of(&ident))),
            None => value.default_text(),
        };
        let name = match &attributes.rename {
            Some(rename) => Name::fixed(rename.value()),
            None => Name::of(&name_of(&ident), rename_all),
        };
        let place = attributes
            .rename
            .as_ref()
            .map_or_else(|| ident.to_token_stream(), LitStr::to_token_stream);
        check_property(name.plain(), &place, problems);
        let mut differs = None;
        if value.skip || value.flatten {
            // JavaScript has no field by this name.
        } else if named.iter().any(|other| other.is_called(name.plain(), Name::plain)) {
            problems.at(place, two(name.plain()));
        } else if named.iter().any(|other| other.is_called(name.camel(), Name::camel)) {
            differs = Some(Name::refused(&two(name.camel()), ident.span()));
        } else if tag == Some(name.camel()) && name.is_open() {
            differs = Some(Name::refused(&names_variant(name.camel()), ident.span()));
        } else if tag == Some(name.plain()) {
            problems.at(place, names_variant(name.plain()));
        }
        named.push(NamedField {
            differs,
            ident,
            name,
            doc: documentation(&field.attrs, default_text.as_deref()),
            value,
        });
    }
    named
}

fn two(name: &str) -> String {
    format!("two fields are called `{name}` in JavaScript")
}

fn names_variant(name: &str) -> String {
    format!(
        "the property `{name}` names the variant: choose another for that with `#[rustdll(tag = \"...\")]` on the enum, or rename the field"
    )
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
    /// True if JavaScript has the field by this name.
    fn is_called(&self, name: &str, form: fn(&Name) -> &str) -> bool {
        form(&self.name) == name && !self.value.skip && !self.value.flatten
    }

    /// Generates an expression that describes the field.
    fn describe(&self) -> TokenStream {
        let Self { name, doc, value, .. } = self;
        if value.flatten {
            let of = value.of();
            return quote!(__rustdll::FieldEntry::Flat(<#of as __rustdll::Fields<_>>::fields));
        }
        let describe = value.describer();
        quote!(__rustdll::FieldEntry::Own { name: #name, doc: #doc, describe: #describe })
    }

    /// Generates the field's part of the expression that decodes the struct or variant.
    pub fn decode(&self) -> TokenStream {
        let Self { ident, name, value, .. } = self;
        if value.skip {
            let skipped = value.skipped();
            return quote!(#ident: #skipped);
        }
        let decode = value.decode();
        if value.flatten {
            return quote!(#ident: #decode?);
        }
        quote!(#ident: __rustdll::within(#decode, #name)?)
    }

    /// Generates a statement that encodes the field, to which `place` is a reference.
    pub fn encode(&self, place: impl ToTokens) -> TokenStream {
        self.value.encode(place)
    }
}

/// Generates an expression that is true if one of the fields, to which `places` are references, cannot be written.
pub fn locate_fields<P: ToTokens>(fields: &[NamedField], places: impl IntoIterator<Item = P>) -> Option<TokenStream> {
    any(fields
        .iter()
        .zip(places)
        .filter_map(|(NamedField { name, value, .. }, place)| {
            let locate = value.locate(place)?;
            Some(if value.flatten {
                locate
            } else {
                quote!((#locate && __rustdll_writer.within(#name)))
            })
        }))
}

/// Does the same for values that have no names, of which there are several in an array.
pub fn locate_values<P: ToTokens>(values: &[Value], places: impl IntoIterator<Item = P>) -> Option<TokenStream> {
    let passed: Vec<_> = values.iter().zip(places).filter(|(value, _)| !value.skip).collect();
    let is_array = passed.len() > 1;
    any(passed.into_iter().enumerate().filter_map(|(index, (value, place))| {
        let locate = value.locate(place)?;
        Some(if is_array {
            quote!((#locate && __rustdll_writer.at(#index)))
        } else {
            locate
        })
    }))
}

/// Generates an expression that is true if one of these is, unless there are none.
fn any(located: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let located: Vec<_> = located.collect();
    (!located.is_empty()).then(|| quote!(#(#located)||*))
}

/// The forms in JavaScript that are asked for.
#[derive(Clone, Copy, Default)]
pub struct Forms {
    /// Maps and sets become `Map` and `Set`.
    pub collections: bool,
    /// Bytes become a `Buffer`.
    pub buffer: bool,
}

impl Forms {
    /// Returns what the attributes of a field ask for.
    pub fn of(attributes: &Attributes) -> Self {
        Self {
            collections: attributes.collections,
            buffer: attributes.buffer,
        }
    }

    /// True if there are any.
    pub fn are_some(self) -> bool {
        self.collections || self.buffer
    }

    /// Generates an expression that describes a type in these forms, of one that describes it.
    pub fn around(self, mut describe: TokenStream, span: Span) -> TokenStream {
        if self.collections {
            describe = quote_spanned!(span=> __rustdll_catalogue.collections(|__rustdll_catalogue| #describe));
        }
        if self.buffer {
            describe = quote_spanned!(span=> __rustdll_catalogue.buffers(|__rustdll_catalogue| #describe));
        }
        describe
    }
}

/// Generates assertions that the names of fields differ in the convention of the crate.
pub fn differences(fields: &[NamedField]) -> TokenStream {
    fields.iter().filter_map(|field| field.differs.clone()).collect()
}

/// Generates an expression for the list of the shapes of fields.
pub fn describe_all(fields: &[NamedField]) -> TokenStream {
    let fields = fields
        .iter()
        .filter(|field| !field.value.skip)
        .map(NamedField::describe);
    quote!(__rustdll_catalogue.fields(&[#(#fields),*]))
}

/// Generates an expression for the names of fields, and of those inside of them.
pub fn names(fields: &[NamedField]) -> TokenStream {
    let names = fields.iter().filter(|field| !field.value.skip).map(|field| {
        let (name, of) = (&field.name, field.value.of());
        if field.value.flatten {
            quote!(__rustdll::FieldName::Flat(<#of as __rustdll::Fields<_>>::NAMES))
        } else {
            quote!(__rustdll::FieldName::Own(#name))
        }
    });
    quote!(&[#(#names),*])
}

/// Returns the name of the variable for a field.
pub fn variable(index: usize) -> Ident {
    Ident::new(&format!("__rustdll_field{index}"), Span::mixed_site())
}
