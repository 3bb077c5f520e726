//! Types with the same name get distinct names, in whatever order they are found; deprecation is part of the
//! documentation.

#![allow(deprecated, reason = "it is what is tested")]

mod host;

use host::{entry, Library};
use rustdll::{export, Enum, Record};
use serde_json::Value;

macro_rules! point {
    ($($field:ident)?) => {
        #[derive(rustdll::Record)]
        pub struct Point {
            $(pub $field: f64,)?
        }
    };
}

mod geo {
    point!();
    pub mod flat {
        point!();
    }
}

mod user_interface {
    point!();
    pub mod flat {
        point!();
    }
}

mod taken {
    #[derive(rustdll::Record)]
    pub struct GeoFlatPoint {}
}

mod r#type {
    #[derive(rustdll::Enum)]
    #[rustdll(rename = "Level")]
    pub enum Kind {
        Low,
    }
}

#[derive(Enum)]
enum Level {
    High,
}

#[export]
fn a(_a: user_interface::flat::Point, _b: geo::flat::Point, _c: taken::GeoFlatPoint) {}

#[export]
fn b(_a: geo::Point, _b: user_interface::Point, _c: r#type::Kind, _d: Level) {}

mod inside {
    use rustdll::export;

    pub fn first() {
        #[derive(rustdll::Record)]
        struct Local {
            a: f64,
        }

        #[export]
        fn c(local: Local) -> f64 {
            local.a
        }
    }

    pub fn second() {
        #[derive(rustdll::Record)]
        struct Local {
            b: f64,
        }

        #[export]
        fn d(local: Local) -> f64 {
            local.b
        }
    }
}

/// Old.
#[deprecated(since = "0.2.0", note = "use\n    `new`   instead")]
#[export]
fn old() {}

#[export]
#[deprecated]
fn older() {}

/// Oldest.
///
#[export]
#[deprecated = "gone soon"]
fn oldest(_past: Past, _age: Age) {}

/// Past.
#[derive(Record)]
#[deprecated(since = "0.1.0")]
struct Past {
    /// A year.
    #[deprecated(note = "not used")]
    year: u32,
}

#[derive(Enum)]
enum Age {
    #[deprecated]
    Stone,
}

/// Returns the types of the parameters of a function.
fn types(table: &Value, name: &str) -> Vec<Value> {
    let function = entry(table, name);
    let parameters = function["parameters"].as_array().expect("parameters");
    let number = |of: &Value| of["type"][1].as_u64().expect("a number") as usize;
    parameters.iter().map(|of| table["types"][number(of)].clone()).collect()
}

fn names(table: &Value, name: &str) -> Vec<Value> {
    types(table, name).iter().map(|of| of["name"].clone()).collect()
}

#[test]
fn types_have_the_names_of_their_modules_where_their_own_are_not_enough() {
    inside::first();
    inside::second();
    let table = Library::load().table;
    // Both modules are called `flat`, and one of the types has the name of another.
    assert_eq!(
        names(&table, "a"),
        ["UserInterfaceFlatPoint", "NamesGeoFlatPoint", "GeoFlatPoint"]
    );
    assert_eq!(
        names(&table, "b"),
        ["GeoPoint", "UserInterfacePoint", "TypeLevel", "Level"]
    );
    // Both types are in one module.
    assert_eq!(names(&table, "c"), ["NamesInsideLocal"]);
    assert_eq!(names(&table, "d"), ["NamesInsideLocal2"]);
}

#[test]
fn deprecation_is_the_last_paragraph_of_the_documentation() {
    let table = Library::load().table;
    let doc = |name: &str| entry(&table, name)["doc"].clone();
    assert_eq!(doc("old"), "Old.\n\n@deprecated since 0.2.0: use `new` instead");
    assert_eq!(doc("older"), "@deprecated");
    assert_eq!(doc("oldest"), "Oldest.\n\n\n@deprecated gone soon");
    let of = types(&table, "oldest");
    assert_eq!(of[0]["doc"], "Past.\n\n@deprecated since 0.1.0");
    assert_eq!(of[0]["fields"][0]["doc"], "A year.\n\n@deprecated not used");
    assert_eq!(of[1]["variants"][0]["doc"], "@deprecated");
    let _ = (|past: Past| past, [Level::High], [r#type::Kind::Low], [Age::Stone]);
}
