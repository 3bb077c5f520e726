//! A value inside of a type: a field of a record or of a variant, or a parameter.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned, ToTokens};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit, Type};

use crate::attributes::{Attributes, Default};
use crate::conversion::Conversion;
use crate::fields::Forms;
use crate::problems::Problems;
use crate::types::{bare, is_named, is_of_language};

/// What its type and its attributes say of a value.
pub struct Value {
    of: Type,
    conversion: Option<Conversion>,
    default: Option<Default>,
    /// True if JavaScript sees nothing of it.
    pub skip: bool,
    /// True if the fields of the value, a record, are those of the type around it.
    pub flatten: bool,
    bigint: bool,
    forms: Forms,
}

impl Value {
    /// Reads the attributes of a value.
    pub fn new(of: &Type, attributes: &Attributes, problems: &mut Problems) -> Self {
        let Attributes {
            default,
            skip,
            flatten,
            bigint,
            ..
        } = attributes;
        let conversion = Conversion::new(of, attributes, problems);
        if let Some(place) = skip {
            if attributes.rename.is_some() || flatten.is_some() || bigint.is_some() || conversion.is_some() {
                problems.at(
                    place,
                    "JavaScript sees nothing of a field with `skip`, with which only `default` goes",
                );
            }
        } else if let Some(place) = flatten {
            if attributes.rename.is_some() || default.is_some() || bigint.is_some() || conversion.is_some() {
                problems.at(
                    place,
                    "JavaScript has no field by this name, only those inside: no other attribute goes with `flatten`",
                );
            }
        }
        Self {
            of: of.clone(),
            conversion,
            default: default.clone(),
            skip: skip.is_some(),
            flatten: flatten.is_some(),
            bigint: bigint.is_some(),
            forms: Forms::of(attributes),
        }
    }

    /// The text of the default, if JavaScript may leave the value out.
    pub fn default_text(&self) -> Option<String> {
        let default = self.default.as_ref().filter(|_| !self.skip)?;
        Some(match &default.0 {
            Some(expression) => text_of(expression),
            None => usual_text(&self.of).to_owned(),
        })
    }

    /// Generates an expression for the default.
    pub fn default_value(&self) -> TokenStream {
        let Some(expression) = self.default.as_ref().and_then(|default| default.0.as_ref()) else {
            return quote!(::core::default::Default::default());
        };
        let is_text = matches!(expression, Expr::Lit(ExprLit { lit: Lit::Str(_), .. }));
        if is_text && !matches!(bare(&self.of), Type::Reference(_)) {
            return quote!(::core::convert::Into::into(#expression));
        }
        // A `return` or a `?` in it is one of its own.
        let of = &self.of;
        quote!((|| -> #of { #expression })())
    }

    /// Generates an expression for the value of a field that JavaScript does not see.
    pub fn skipped(&self) -> TokenStream {
        if self.needs_default().is_none() {
            return self.default_value();
        }
        let of = &self.of;
        quote_spanned! {of.span()=> {
            #[allow(unused_imports)]
            use __rustdll::WithoutDefault as _;
            <__rustdll::Unseen<#of>>::value()
        }}
    }

    /// The type that has to have a default for values to be decoded.
    pub fn needs_default(&self) -> Option<&Type> {
        let has_own = self.default.as_ref().is_some_and(|default| default.0.is_some());
        (self.skip && !has_own).then_some(&self.of)
    }

    /// Generates an expression for the shape.
    pub fn describe(&self) -> TokenStream {
        let of = &self.of;
        self.described(|Conversion { from, to, .. }| {
            quote!(__rustdll::describe_as::<#of, _, _, _>(#from, #to, __rustdll_catalogue))
        })
    }

    /// Generates an expression for the function that describes it.
    pub fn describer(&self) -> TokenStream {
        let of = &self.of;
        let is_described_by_type =
            self.conversion.is_none() && !self.bigint && self.default.is_none() && !self.forms.are_some();
        if is_described_by_type {
            // A closure would be compiled for each value.
            return quote!(<#of as __rustdll::Describe<_>>::describe);
        }
        let shape = self.describe();
        quote!(|__rustdll_catalogue| #shape)
    }

    /// Generates an expression for the shape of a parameter, whose value Rust does not give back.
    pub fn describe_parameter(&self) -> TokenStream {
        let of = &self.of;
        self.described(
            |Conversion { from, .. }| quote!(__rustdll::describe_from::<#of, _, _, _>(#from, __rustdll_catalogue)),
        )
    }

    fn described(&self, converted: impl FnOnce(&Conversion) -> TokenStream) -> TokenStream {
        let of = &self.of;
        let mut shape = match &self.conversion {
            Some(conversion) => converted(conversion),
            None => quote!(<#of as __rustdll::Describe<_>>::describe(__rustdll_catalogue)),
        };
        shape = self.forms.around(shape, Span::call_site());
        if self.bigint {
            shape = quote!(__rustdll::exact(#shape));
        }
        if self.default.is_some() {
            shape = quote!(__rustdll::with_default(#shape));
        }
        shape
    }

    /// Generates an expression for the values of JavaScript that it is made of.
    pub fn accepts(&self) -> TokenStream {
        let of = &self.of;
        match &self.conversion {
            Some(conversion) if conversion.is_text => quote!(__rustdll::Accepts::STRINGS.converted()),
            Some(_) => quote!(__rustdll::Accepts::UNKNOWN),
            None => quote!(<#of as __rustdll::Describe<_>>::ACCEPTS),
        }
    }

    /// Generates an expression that takes the argument of the parameter at `index`, or is a fault.
    pub fn take(&self, index: usize) -> TokenStream {
        match &self.conversion {
            Some(Conversion { from, .. }) if self.default.is_none() => {
                quote!(__rustdll::argument_as(#from, __rustdll_arguments, #index))
            }
            _ => {
                let decode = self.decode();
                quote!({
                    let __rustdll_reader = __rustdll::Arguments::reader(__rustdll_arguments);
                    #decode
                })
            }
        }
    }

    /// Generates an expression that reads the value, or is a fault.
    pub fn decode(&self) -> TokenStream {
        let of = &self.of;
        let decode = match &self.conversion {
            Some(Conversion { from, .. }) => quote!(__rustdll::decode_as(#from, __rustdll_reader)),
            None => quote!((&&__rustdll::Inside::<#of>::new()).rustdll_inside().decode(__rustdll_reader)),
        };
        if self.default.is_none() {
            return decode;
        }
        let default = self.default_value();
        quote!(match __rustdll::is_given(__rustdll_reader) {
            ::core::result::Result::Ok(true) => #decode,
            ::core::result::Result::Ok(false) => ::core::result::Result::Ok::<#of, _>(#default),
            ::core::result::Result::Err(__rustdll_fault) => ::core::result::Result::Err(__rustdll_fault),
        })
    }

    /// Generates a statement that writes the value, to which `place` is a reference.
    pub fn encode(&self, place: impl ToTokens) -> TokenStream {
        let of = &self.of;
        if self.skip {
            return quote!(let _ = #place;);
        }
        let given = self.default.is_some().then(|| quote!(__rustdll_writer.word(1);));
        let encode = match &self.conversion {
            Some(Conversion { to, .. }) => quote!(__rustdll::encode_as(#to, #place, __rustdll_writer);),
            None => quote!((&&__rustdll::Inside::<#of>::new()).rustdll_inside().encode(#place, __rustdll_writer);),
        };
        quote!(#given #encode)
    }

    /// Generates an expression that is true if the value, to which `place` is a reference, cannot be written. There is none if
    /// any value can be.
    pub fn locate(&self, place: impl ToTokens) -> Option<TokenStream> {
        let of = &self.of;
        if self.skip || self.conversion.is_none() && is_of_language(of) {
            return None;
        }
        Some(match &self.conversion {
            Some(Conversion { to, .. }) => quote!(__rustdll::locate_as(#to, #place, __rustdll_writer)),
            None => quote!((&&__rustdll::Inside::<#of>::new()).rustdll_written().locate(#place, __rustdll_writer)),
        })
    }

    /// The type.
    pub fn of(&self) -> &Type {
        &self.of
    }
}

/// Returns an expression as people write it, on one line.
fn text_of(expression: &Expr) -> String {
    let mut text = expression.to_token_stream().to_string();
    for (apart, together) in [
        (" :: ", "::"),
        (" . ", "."),
        (" , ", ", "),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" [", "["),
        ("[ ", "["),
        (" ]", "]"),
        (" !", "!"),
        ("& ", "&"),
        ("- ", "-"),
        (" ;", ";"),
        (" : ", ": "),
    ] {
        text = text.replace(apart, together);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the default of a type as JavaScript has it, if that is known by the type's name.
fn usual_text(of: &Type) -> &'static str {
    let of = bare(of);
    let has = |names: &[&str]| names.iter().any(|name| is_named(of, name));
    match of {
        Type::Reference(reference) if is_named(&reference.elem, "str") => "''",
        Type::Reference(reference) if matches!(bare(&reference.elem), Type::Slice(_)) => "[]",
        _ if has(&["String"]) => "''",
        _ if has(&["bool"]) => "false",
        _ if has(&["Vec", "VecDeque", "HashSet", "BTreeSet"]) => "[]",
        _ if has(&["HashMap", "BTreeMap"]) => "{}",
        _ if has(&["Option"]) => "null",
        _ if has(&[
            "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize", "f32", "f64",
        ]) =>
        {
            "0"
        }
        _ => "Default::default()",
    }
}
