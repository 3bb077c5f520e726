//! The macros work where names have other meanings, and their output causes no warning in a strict crate.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, clippy::pedantic)]
#![no_implicit_prelude]

/// Names that generated code must not use unqualified.
#[allow(non_camel_case_types, dead_code)]
pub mod shadows {
    use ::rustdll::{export, Enum, Record};

    /// Not the usual one.
    pub struct Option;
    /// Not the usual one.
    pub type Result<T> = ::core::result::Result<T, ::std::string::String>;
    /// Not the usual one.
    pub struct Vec;
    /// Not the usual one.
    pub struct String;
    /// Not the usual one.
    pub type u32 = ();
    /// Not the usual ones.
    pub mod core {}
    /// Not the usual ones.
    pub mod std {}
    /// Not the usual ones.
    pub mod rustdll {}

    /// A method that everything has.
    #[allow(dead_code)]
    trait Everything {
        fn take(&self) {}
        fn give(&self) {}
        fn describe(&self) {}
        fn outcome(&self) {}
        fn hash(&self) {}
        fn decode(&self) {}
        fn encode(&self) {}
        fn nested(&self) {}
        fn word(&self) {}
        fn finish(&self) {}
        fn into(&self) {}
    }
    impl<T: ?::core::marker::Sized> Everything for T {}

    /// A record.
    #[derive(Record)]
    pub struct Catalogue {
        /// A field that is called like a variable.
        pub reader: f64,
        /// Another.
        pub catalogue: f64,
    }

    /// Another.
    #[derive(Record)]
    pub struct Key {}

    /// An enum.
    #[derive(Enum)]
    pub enum Fault {
        /// A variant.
        Ok(Catalogue),
        /// Another.
        Err {
            /// A field.
            writer: i64,
        },
        /// Another.
        None(Key),
    }

    /// A function that is called like one in generated code, and so are its parameters.
    ///
    /// # Errors
    ///
    /// There are none.
    #[export]
    pub fn entry(arguments: i64, output: &[f64], frame: Catalogue, catalogue: Fault) -> Result<i64> {
        let _ = (output, frame, catalogue);
        ::core::result::Result::Ok(arguments)
    }

    /// A result that is not the usual one.
    #[export]
    #[must_use]
    pub fn call() -> u32 {}
}

/// Constants, statics and unit structs of every name that generated code might bind.
#[allow(non_upper_case_globals, non_camel_case_types, dead_code)]
pub mod constants {
    use ::rustdll::{export, Enum, Record};

    macro_rules! defined {
        ($($constant:ident)*; $($fixed:ident)*; $($unit:ident)*) => {
            $(const $constant: u8 = 1;)*
            $(static $fixed: u8 = 2;)*
            $(struct $unit;)*
        };
    }

    defined! {
        result reader argument0 field0 x index length writer2 number;
        output catalogue argument1 field1 value status list held text;
        arguments writer outcome frame error field2 entry parameter
    }

    /// A record.
    #[derive(Record)]
    pub struct Fields {
        /// A field.
        pub a: f64,
        /// Another.
        pub b: ::std::vec::Vec<i64>,
    }

    /// An enum.
    #[derive(Enum)]
    pub enum Variants {
        /// A variant.
        Named {
            /// A field.
            a: f64,
        },
        /// Another.
        Tuple(f64, i64, ::std::string::String),
    }

    /// A function.
    ///
    /// # Errors
    ///
    /// There are none.
    #[export]
    pub fn with_constants(first: &Fields, second: &Variants) -> ::core::result::Result<f64, ::std::string::String> {
        let _ = second;
        ::core::result::Result::Ok(first.a)
    }
}

/// The crate by another path, as one that re-exports it would have it.
pub mod facade {
    /// The crate.
    pub mod deeper {
        pub use ::rustdll as other;
    }

    /// A record.
    #[derive(::rustdll::Record)]
    #[rustdll(crate = crate::facade::deeper::other)]
    pub struct Fields {
        /// A field.
        pub a: f64,
    }

    /// An enum.
    #[derive(::rustdll::Enum)]
    #[rustdll(crate = deeper::other)]
    pub enum Variants {
        /// A variant.
        One(Fields),
    }

    /// A function.
    #[::rustdll::export(crate = deeper::other)]
    #[must_use]
    pub fn through_a_facade(value: Variants, list: &::rustdll::PyVec<f64>, text: &::rustdll::PyStr) -> f64 {
        let Variants::One(fields) = value;
        let _ = (list, text);
        fields.a
    }
}

/// A function within a function.
fn outer() -> i32 {
    #[::rustdll::export]
    fn inner(value: i32) -> i32 {
        value + 1
    }
    inner(1)
}

macro_rules! exported {
    ($name:ident, $parameter:ident: $type:ty => $body:expr) => {
        #[::rustdll::export]
        fn $name($parameter: $type) -> $type {
            $body
        }
    };
}

exported!(of_a_macro, value: &str => value);

#[::rustdll::export]
#[deprecated]
fn deprecated() {}

#[::core::prelude::v1::test]
fn it_compiles() {
    ::core::assert_eq!(outer(), 2);
    ::core::assert_eq!(of_a_macro("a"), "a");
}
