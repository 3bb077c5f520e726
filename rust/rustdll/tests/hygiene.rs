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

    /// Constants match in patterns, where variables would be bound.
    #[allow(non_upper_case_globals)]
    mod constants {
        pub(crate) const argument0: i64 = 7;
        pub(crate) const result: i64 = 7;
        pub(crate) const outcome: i64 = 7;
        pub(crate) const reader: i64 = 7;
        pub(crate) const field0: i64 = 7;
    }
    #[allow(unused_imports)]
    use constants::*;

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
    impl<T: ?Sized> Everything for T {}

    /// A record.
    #[derive(Record)]
    pub struct Key {
        /// A field that is called like a variable.
        pub reader: f64,
        /// Another.
        pub catalogue: f64,
    }

    /// An enum.
    #[derive(Enum)]
    pub enum Fault {
        /// A variant.
        Ok(Key),
        /// Another.
        Err {
            /// A field.
            writer: i64,
        },
        /// Another.
        None,
    }

    /// A function that is called like one in generated code, and so are its parameters.
    #[export]
    pub fn entry(arguments: i64, output: &[f64], frame: Key, catalogue: Fault) -> Result<i64> {
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
