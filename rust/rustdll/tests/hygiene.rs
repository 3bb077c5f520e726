//! The macros work where names mean something else, and add nothing that a strict crate would refuse.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, clippy::pedantic)]
#![no_implicit_prelude]

/// Names that generated code could fall for.
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
