//! The table describes the functions.

mod host;

use std::collections::HashSet;

use host::{entry, Library, RawFrame};
use rustdll::{export, Enum, PyStr, PyVec, Record};
use serde_json::{json, Value};

/// A point.
///
///   Indented.
#[derive(Record)]
struct Point {
    /// To the right.
    x: f64,
    #[doc = "Upwards: \"y\" \\ \t\u{1}"]
    y: f64,
}

mod other {
    #[derive(rustdll::Record)]
    pub struct Point {
        pub z: Vec<super::Point>,
    }

    pub mod again {
        /// In French.
        #[derive(rustdll::Record)]
        #[rustdll(rename = "Point")]
        pub struct Pointe {
            pub inner: Option<Box<Pointe>>,
        }
    }
}

#[derive(Enum)]
enum Level {
    /// Little.
    Low,
    High,
}

#[derive(Enum)]
#[rustdll(tag = "kind")]
enum Shape {
    Circle { radius: f64 },
    Name(String),
    Rect(f64, f64),
    Empty,
}

/// Centre of the points.
///
/// ```
/// let x = 1; /* */
/// ```
#[export]
fn centroid(points: Vec<Point>) -> Result<Point, String> {
    points.into_iter().next().ok_or_else(String::new)
}

#[export(name = "shapes2", bigint)]
fn shapes(r#type: &[Shape], level: Option<Level>, (_, _): (i8, u128)) -> u64 {
    level.map_or(0, |_| r#type.len() as u64)
}

#[export]
fn r#match(a: &[u8], b: &mut [u8], c: [char; 3]) {
    let _ = (a, b, c);
}

#[export]
fn points(a: other::Point, b: other::again::Pointe, _c: Point) -> (bool, f32) {
    drop((a, b));
    (true, 0.0)
}

#[export]
#[allow(clippy::type_complexity, reason = "the type is what is tested")]
fn seeds(
    a: &PyStr,
    b: &PyVec<&rustdll::PyStr>,
    c: &mut PyVec<&mut PyVec<f64>>,
    d: Option<&PyVec<u8>>,
    e: &PyVec<PyVec<i64>>,
    f: &PyVec<Option<&PyStr>>,
) {
    let _ = (a, b, c, d, e, f);
}

#[export]
#[doc = include_str!("host/frame.rs")]
/// And more.
fn included() {}

#[export]
#[cfg(any())]
fn absent(value: NoSuchType) {}

#[export]
#[cfg(test)]
fn present() {}

#[test]
fn it_has_all_functions_sorted_by_name() {
    let table = Library::load().table;
    assert_eq!(table["contract"], 2);
    assert_eq!(table["rustdll"], env!("CARGO_PKG_VERSION"));
    assert_eq!(
        table["target"],
        format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS)
    );
    assert_eq!(table["panic"], "unwind");
    let names: Vec<_> = table["functions"]
        .as_array()
        .expect("functions")
        .iter()
        .map(|f| f["name"].clone())
        .collect();
    assert_eq!(
        names,
        ["centroid", "included", "match", "points", "present", "seeds", "shapes2"]
    );
}

#[test]
fn it_has_the_signatures_and_the_documentation() {
    let table = Library::load().table;
    let mut centroid = entry(&table, "centroid");
    assert!(centroid["hash"].take().as_str().is_some_and(|hash| hash.len() == 16));
    let point = centroid["result"][1].clone();
    assert_eq!(
        centroid,
        json!({
            "name": "centroid",
            "doc": "Centre of the points.\n\n```\nlet x = 1; /* */\n```",
            "module": "table",
            "parameters": [{"name": "points", "type": ["vec", ["ref", point]]}],
            "result": ["ref", point],
            "throws": true,
            "bigint": false,
            "hash": null,
        })
    );
    let doc = entry(&table, "included")["doc"].clone();
    assert_eq!(
        doc.as_str(),
        Some(concat!(include_str!("host/frame.rs"), "\nAnd more."))
    );

    let shapes = entry(&table, "shapes2");
    let (shape, level) = (
        &shapes["parameters"][0]["type"][1][1],
        &shapes["parameters"][1]["type"][1][1],
    );
    assert_eq!(
        shapes["parameters"],
        json!([
            {"name": "type", "type": ["vec", ["ref", shape]]},
            {"name": "level", "type": ["option", ["ref", level]]},
            {"name": "arg3", "type": ["tuple", "i8", "u128"]},
        ])
    );
    assert_eq!(
        (&shapes["result"], &shapes["bigint"], &shapes["throws"]),
        (&json!("u64"), &json!(true), &json!(false))
    );
    let types = |of: &Value| table["types"][of.as_u64().expect("a number") as usize].clone();
    assert_eq!(
        types(shape),
        json!({"kind": "enum", "name": "Shape", "doc": "", "tag": "kind", "variants": [
            {"name": "Circle", "doc": "", "kind": "record", "fields": [{"name": "radius", "doc": "", "type": "f64"}]},
            {"name": "Name", "doc": "", "kind": "value", "type": "string"},
            {"name": "Rect", "doc": "", "kind": "tuple", "types": ["f64", "f64"]},
            {"name": "Empty", "doc": "", "kind": "unit"},
        ]})
    );
    assert_eq!(
        types(level),
        json!({"kind": "enum", "name": "Level", "doc": "", "tag": "type", "variants": [
            {"name": "Low", "doc": "Little.", "kind": "unit"},
            {"name": "High", "doc": "", "kind": "unit"},
        ]})
    );
    assert_eq!(
        types(&point),
        json!({"kind": "record", "name": "Point", "doc": "A point.\n\n  Indented.", "fields": [
            {"name": "x", "doc": "To the right.", "type": "f64"},
            {"name": "y", "doc": "Upwards: \"y\" \\ \t\u{1}", "type": "f64"},
        ]})
    );
    assert_eq!(
        entry(&table, "match")["parameters"],
        json!([
            {"name": "a", "type": ["vec", "u8"]},
            {"name": "b", "type": ["mut", "u8"]},
            {"name": "c", "type": ["array", "char", 3]},
        ])
    );
    let seeds = entry(&table, "seeds");
    let descriptors: Vec<_> = (0..6).map(|index| seeds["parameters"][index]["type"].clone()).collect();
    assert_eq!(
        json!(descriptors),
        json!([
            ["py", "&PyStr"],
            ["py", "&PyVec<&PyStr>"],
            ["py", "&mut PyVec<&mut PyVec<f64>>"],
            ["py", "Option<&PyVec<u8>>"],
            ["py", "&PyVec<PyVec<i64>>"],
            ["py", "&PyVec<Option<&PyStr>>"],
        ])
    );
}

#[test]
fn types_of_one_name_are_told_apart() {
    let table = Library::load().table;
    let points = entry(&table, "points");
    let number = |index: usize| points["parameters"][index]["type"][1].as_u64().expect("a number") as usize;
    // Types are numbered in the order in which they are found: `Point` with `centroid`, then those of `points`.
    let names: Vec<_> = (0..3)
        .map(|index| table["types"][number(index)]["name"].clone())
        .collect();
    assert_eq!(names, ["OtherPoint", "AgainPoint", "Point"]);
    let inner = &table["types"][number(1)]["fields"][0]["type"];
    assert_eq!(*inner, json!(["option", ["ref", number(1)]]));
    assert_eq!(points["parameters"][2]["name"], "_c");
}

#[test]
fn each_function_knows_its_hash() {
    let library = Library::load();
    let functions = library.table["functions"].as_array().expect("functions");
    let mut hashes = HashSet::new();
    for entry in functions {
        let hash = entry["hash"].as_str().expect("a hash");
        let mut frame = RawFrame::new(0);
        frame.operation = 1;
        let function = library.function(entry["name"].as_str().expect("a name")).1;
        // SAFETY: with this operation a function has no arguments.
        assert_eq!(unsafe { function(frame.pointer()) }, 0);
        assert_eq!(format!("{:016x}", frame.result), hash);
        assert!(
            hashes.insert(hash.to_owned()),
            "{} has the hash of another",
            entry["name"]
        );
    }
}
