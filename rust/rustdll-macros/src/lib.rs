//! The macros of the crate `rustdll`, which passes them on. They are described there.

mod attributes;
mod case;
mod constant;
mod conversion;
mod derive;
mod docs;
mod enumeration;
mod export;
mod fields;
mod function;
mod home;
mod implementation;
mod names;
mod object;
mod options;
mod problems;
mod record;
mod signature;
mod tagging;
mod types;
mod value;

use proc_macro::TokenStream;

/// Exports a function to JavaScript.
///
/// It is put on a function as it is, without `extern "C"`, `unsafe` or `no_mangle`. The library then carries the
/// function's signature and documentation, arguments are checked against it before the call, and errors and panics become
/// exceptions.
///
/// ```
/// use rustdll::export;
///
/// /// How often each word occurs.
/// #[export]
/// pub fn histogram(text: &str) -> std::collections::BTreeMap<String, u32> {
///     let mut counts = std::collections::BTreeMap::new();
///     for word in text.split_whitespace() {
///         *counts.entry(word.to_owned()).or_default() += 1;
///     }
///     counts
/// }
///
/// /// `null` if there are none.
/// #[export(name = "mean")]
/// fn mean_of(numbers: &[f64]) -> Option<f64> {
///     (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
/// }
/// ```
///
/// # Options
///
/// - `name = "..."`: the name in JavaScript, if it is not that of the function.
/// - `rename_all = "..."`: how the names of the function and its parameters are written in JavaScript, as for
///   [`Record`](macro@Record); on the `impl` of an object those of its members.
/// - `bigint`: integers of 64 bits come out as bigints, where otherwise they are numbers, and a `RangeError` if a number
///   cannot hold them.
/// - `collections`: maps and sets in the result become `Map` and `Set`, those of records and enums in it only where their own
///   fields say so.
/// - `buffer`: bytes in the result become a `Buffer`, likewise.
/// - `as = "String"`: the result, or the value of a `Result`, is passed as its text; `with = "module"`: as what the function
///   `to_as(result: &T) -> Other` of a module makes of it.
/// - `async`: the function itself gives a promise and runs on another thread, not only the form of it that `lib.async` has.
/// - `sync`: the function has no such form, as it is to run on the thread that calls it.
/// - `crate = path::to::rustdll`: where the crate is, if it is not a dependency of this one but re-exported by another. One
///   that has another name in Cargo.toml is found.
///
/// A parameter with `#[rustdll(default = expression)]` or `#[rustdll(default)]` may be left out in JavaScript. One with
/// `#[rustdll(as = "String")]` or `#[rustdll(with = "module")]` is passed as another type, as a field of a
/// [`Record`](macro@Record) is.
///
/// # What it goes on
///
/// A function that is not generic (lifetimes are fine), not `async`, not `unsafe` and not a method, with at most 32
/// parameters, of the types that the documentation of the crate lists. Parameters may be patterns.
///
/// A parameter of the type `&Cancel` or `&Progress` is none in JavaScript: the function gets it from the call.
///
/// On a `const` or a `static` it makes the value, which may be of any type that can be a result, a property of the library.
///
/// An `extern "C"` function may be exported too. It keeps its ABI and its symbol for those who call it from elsewhere, and
/// its parameters may be `&PyStr` and `&PyVec<T>`.
#[proc_macro_attribute]
pub fn export(options: TokenStream, item: TokenStream) -> TokenStream {
    export::expand(options.into(), item.into()).into()
}

/// Makes the values of a struct or an enum objects: they stay in Rust, and JavaScript refers to them.
///
/// [`export`](macro@export) on an `impl` of the type makes its functions the members of a class. See the trait `Object`.
///
/// # Attributes
///
/// - `#[rustdll(rename = "...")]`: the name of the class in JavaScript.
/// - `#[rustdll(memory = Self::bytes)]`: a function that tells how much memory a value has besides its own size.
/// - `#[rustdll(crate = path::to::rustdll)]`: where the crate is, as for [`export`](macro@export).
#[proc_macro_derive(Object, attributes(rustdll))]
pub fn object(item: TokenStream) -> TokenStream {
    object::expand(&syn::parse_macro_input!(item)).into()
}

/// Makes a struct with named fields an object in JavaScript, and a tuple struct an array.
///
/// Its fields are the object's properties, and may be of any type that can be exchanged. Of an object from JavaScript,
/// properties that are missing or unknown are errors; only those of an `Option<T>` may be missing.
///
/// ```
/// use rustdll::{export, Record};
///
/// #[derive(Record)]
/// #[rustdll(rename_all = "camelCase")]
/// pub struct Person {
///     /// What friends call them.
///     pub first_name: String,
///     #[rustdll(rename = "born")]
///     pub year_of_birth: Option<i32>,
/// }
///
/// #[export]
/// fn greeting(person: &Person) -> String {
///     format!("Hello {}!", person.first_name)
/// }
/// ```
///
/// # Attributes
///
/// - On the struct `#[rustdll(rename = "...")]`: the name of its type in TypeScript.
/// - On the struct `#[rustdll(rename_all = "...")]`: how the fields' names are written in JavaScript: `lowercase`,
///   `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case` or
///   `SCREAMING-KEBAB-CASE`.
/// - On a field `#[rustdll(rename = "...")]`: its name in JavaScript.
/// - On a field `#[rustdll(default = expression)]` or `#[rustdll(default)]`: it may be left out of an argument, and then has
///   this value, or that of `Default`.
/// - On the struct `#[rustdll(default)]`: all fields may be left out, and then have their values in the struct's `Default`.
/// - On a field `#[rustdll(skip)]`: JavaScript sees nothing of it, and in an argument it has its default.
/// - On a field `#[rustdll(flatten)]`: the fields of its type, a record too, are those of the object.
/// - On a field `#[rustdll(bigint)]`: its integers of 64 bits come out as bigints.
/// - On the struct `#[rustdll(allow_unknown)]`: properties that are unknown are no errors, and ignored.
/// - On the struct `#[rustdll(crate = path::to::rustdll)]`: where the crate is, as for [`export`](macro@export).
///
/// A type that is taken as an argument does not compile if a field with `skip` has no default:
///
/// ```compile_fail
/// use rustdll::{export, Record};
/// use std::time::Instant;
///
/// #[derive(Record)]
/// struct Session {
///     user: String,
///     #[rustdll(skip)]
///     begun: Instant,
/// }
///
/// #[export]
/// fn user_of(session: Session) -> String {
///     session.user
/// }
/// ```
///
/// - On a field `#[rustdll(collections)]`: maps and sets in it become `Map` and `Set` in JavaScript, which are otherwise an
///   object, if the keys are texts, and an array.
/// - On a field `#[rustdll(buffer)]`: bytes in it become a `Buffer` in JavaScript, and not a `Uint8Array`.
///
/// # Passing a type as another one
///
/// - On the struct `#[rustdll(as = "String")]`: it is passed as its text, by its `FromStr` and `Display`.
/// - On the struct `#[rustdll(try_from = "Other", into = "Other")]`: it is passed as an `Other`, by its `TryFrom<Other>` (with
///   `from`, by its `From<Other>`), and by the `From<Struct>` of the other type. It has to be `Clone`.
/// - On a struct with one field `#[rustdll(transparent)]`: it is passed as that field is. With `#[rustdll(transparent, brand)]`
///   it has a type of its own in TypeScript, by its name or `rename`, which is told apart from others.
/// - On a field `#[rustdll(as = "String")]`: the same for the field.
/// - On a field `#[rustdll(with = "module")]`: it is converted by two functions of a module,
///   `fn from_as(value: Other) -> Result<Field, E>` and `fn to_as(field: &Field) -> Other`.
///
/// A value that is refused is a `TypeError` with the path to it, as the trait `Convert` describes. That trait is for whatever
/// else there is, and the macro `custom!` for types of other crates.
///
/// ```
/// use rustdll::{export, Record};
///
/// #[derive(Record)]
/// #[rustdll(transparent)]
/// pub struct UserId(u32);
///
/// mod hex {
///     pub fn from_as(text: String) -> Result<u32, std::num::ParseIntError> {
///         u32::from_str_radix(&text, 16)
///     }
///
///     pub fn to_as(number: &u32) -> String {
///         format!("{number:x}")
///     }
/// }
///
/// #[derive(Record)]
/// pub struct User {
///     id: UserId,
///     #[rustdll(with = "hex")]
///     colour: u32,
///     #[rustdll(as = "String")]
///     home: std::net::SocketAddr,
/// }
///
/// #[export]
/// fn is_at_home(user: &User, port: u16) -> bool {
///     user.home.port() == port
/// }
/// ```
///
/// A struct may be generic, and each use of it is a type of its own in TypeScript: `Page<f64>` is `PageF64`. The parameters
/// are types that can be exchanged.
///
/// A struct may have lifetimes, and then borrows from what JavaScript has passed. One that has `'static` in a field's
/// type can be returned, but not taken.
#[proc_macro_derive(Record, attributes(rustdll))]
pub fn record(item: TokenStream) -> TokenStream {
    record::expand(syn::parse_macro_input!(item)).into()
}

/// Makes an enum a string in JavaScript, or an object if its variants hold data.
///
/// ```
/// use rustdll::{export, Enum};
///
/// /// `'Low' | 'High'`.
/// #[derive(Enum)]
/// pub enum Level {
///     Low,
///     High,
/// }
///
/// #[derive(Enum)]
/// pub enum Shape {
///     /// `{ type: 'Circle', radius: 1 }`.
///     Circle { radius: f64 },
///     /// `{ type: 'Rect', value: [1, 2] }`.
///     Rect(f64, f64),
///     /// `{ type: 'Name', value: 'square' }`.
///     Name(String),
///     /// `{ type: 'Empty' }`.
///     Empty,
/// }
///
/// #[export]
/// fn area(shape: Shape) -> Option<f64> {
///     match shape {
///         Shape::Circle { radius } => Some(std::f64::consts::PI * radius * radius),
///         Shape::Rect(width, height) => Some(width * height),
///         Shape::Name(_) => None,
///         Shape::Empty => Some(0.0),
///     }
/// }
/// ```
///
/// # Attributes
///
/// - On the enum `#[rustdll(tag = "...")]`: the property that names the variant, if it is not `type`.
/// - On the enum `#[rustdll(content = "...")]`: the property for all that a variant holds, also for named fields.
/// - On the enum `#[rustdll(untagged)]`: a value is what its variant holds, and null if that is nothing. An argument is the
///   first variant that it fits; a variant behind one that takes all of its values is a compile error.
/// - On an enum whose variants hold nothing `#[rustdll(as = "number")]`: a variant is its discriminant and not its name.
/// - On the enum `#[rustdll(rename = "...")]`: the name of its type in TypeScript.
/// - On the enum `#[rustdll(rename_all = "...")]`: how the variants' names are written in JavaScript, as for
///   [`Record`](macro@Record).
/// - On the enum `#[rustdll(rename_all_fields = "...")]`: how the names of the fields of all variants are written.
/// - On a variant `#[rustdll(rename = "...")]`: its name in JavaScript.
/// - On a variant with fields `#[rustdll(rename_all = "...")]`: how their names are written.
/// - On a field `#[rustdll(rename = "...")]`: its name in JavaScript.
/// - On a field `#[rustdll(collections)]` and `#[rustdll(buffer)]`: as for [`Record`](macro@Record).
/// - On the enum `#[rustdll(as = "String")]`, or `#[rustdll(try_from = "Other", into = "Other")]`, and on a field also
///   `#[rustdll(with = "module")]`: it is passed as another type, as for [`Record`](macro@Record).
/// - On the enum `#[rustdll(crate = path::to::rustdll)]`: where the crate is, as for [`export`](macro@export).
#[proc_macro_derive(Enum, attributes(rustdll))]
pub fn enumeration(item: TokenStream) -> TokenStream {
    enumeration::expand(syn::parse_macro_input!(item)).into()
}
