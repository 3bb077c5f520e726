//! Attributes that say as what a type is passed.

use rustdll::{export, Enum, Record};

#[derive(Record)]
#[rustdll(as = "f64")]
struct Number(f64);

#[derive(Record)]
#[rustdll(as = "String", transparent)]
struct Both(String);

#[derive(Record)]
#[rustdll(try_from = "String")]
struct OneWay(String);

#[derive(Record)]
#[rustdll(try_from = "String", into = "&'static str")]
struct TwoTypes(String);

#[derive(Record)]
#[rustdll(try_from = "String", from = "String", into = "String")]
struct TwoWays(String);

#[derive(Record)]
#[rustdll(transparent)]
struct TwoFields(String, String);

#[derive(Record)]
#[rustdll(transparent, rename = "Other")]
struct Renamed(String);

#[derive(Record)]
#[rustdll(transparent = "yes")]
struct WithValue(String);

#[derive(Record)]
#[rustdll(as = "String", brand)]
struct BrandedText(u32);

#[derive(Record)]
#[rustdll(transparent, brand)]
struct BrandedAny<T>(T);

#[derive(Record)]
#[rustdll(transparent, brand = "Name")]
struct BrandedName(u32);

#[derive(Enum)]
#[rustdll(as = "integer")]
enum Numbered {
    One = 1,
}

#[derive(Enum)]
#[rustdll(transparent)]
enum Level {
    High,
}

#[derive(Record)]
struct Fields {
    #[rustdll(as = "String", with = "module")]
    both: u32,
    #[rustdll(as = "u8")]
    number: u32,
    #[rustdll(with = "not a path")]
    module: u32,
}

/// It has neither `FromStr` nor `Display`.
#[derive(Record)]
#[rustdll(as = "String")]
struct NoText;

struct Opaque;

#[export]
fn without_text(#[rustdll(as = "String")] opaque: Opaque) {}

#[export]
fn changed(#[rustdll(as = "String")] list: &mut [u8]) {}

#[export]
fn called(#[rustdll(with = "module")] function: &dyn Fn(u8)) {}

#[export(as = "String")]
fn gives_no_text() -> Opaque {
    Opaque
}

#[export(as = "number")]
fn gives_a_number() -> Opaque {
    Opaque
}

#[export(as = "String", with = "module", as)]
fn gives_twice() -> Opaque {
    Opaque
}

#[export(with)]
fn gives_nothing() -> Opaque {
    Opaque
}

fn main() {}
