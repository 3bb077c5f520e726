//! Types that are passed as others: types of this crate, and types of another one.

mod host;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::rc::Rc;
use std::thread::Thread;
use std::time::Instant;

use host::{Library, Outcome};
use rustdll::{custom, export, Convert, Enum, Error, Record};
use serde_json::{json, Map, Number, Value};

/// An even number, which is a type of this crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Even(i32);

impl Convert for Even {
    type As = i32;

    fn from_as(number: i32) -> Result<Self, Error> {
        if number % 2 == 0 {
            Ok(Even(number))
        } else {
            Err(Error::new(format!("{number} is odd")).with_code("E_ODD"))
        }
    }

    fn to_as(&self) -> Result<i32, Error> {
        if self.0 == 666 {
            Err(Error::new("not this one"))
        } else {
            Ok(self.0)
        }
    }
}

/// A type that is passed as one that is converted itself.
#[derive(Debug)]
struct Halved(Even);

impl Convert for Halved {
    type As = Even;

    fn from_as(number: Even) -> Result<Self, Error> {
        Ok(Halved(Even(number.0 / 2)))
    }

    fn to_as(&self) -> Result<Even, Error> {
        Ok(Even(self.0 .0 * 2))
    }
}

// A type of another crate, by its text.
custom!(Number, String);

// The same by functions.
custom!(Thread, u32, thread, |thread| thread
    .name()
    .map_or(0, |name| name.len() as u32));

fn thread(length: u32) -> std::io::Result<Thread> {
    if length == 0 {
        return Err(std::io::Error::other("a thread has a name"));
    }
    let handle = std::thread::Builder::new()
        .name("x".repeat(length as usize))
        .spawn(|| ())?;
    let thread = handle.thread().clone();
    // It does nothing.
    let _ = handle.join();
    Ok(thread)
}

/// Another foreign type, converted in another place of this crate, and without the macro.
mod elsewhere {
    pub struct There;

    impl super::Convert<There> for super::Map<String, super::Value> {
        type As = Vec<String>;

        fn from_as(keys: Vec<String>) -> Result<Self, super::Error> {
            Ok(keys.into_iter().map(|key| (key, super::Value::Null)).collect())
        }

        fn to_as(&self) -> Result<Vec<String>, super::Error> {
            Ok(self.keys().cloned().collect())
        }
    }
}

#[derive(Record)]
struct Order {
    count: Even,
    #[rustdll(rename = "unitPrice")]
    price: Number,
    also: Vec<Option<Number>>,
    rest: HashMap<String, (i32, Even)>,
    kind: Option<Kind>,
}

#[derive(Enum)]
enum Kind {
    One(Even),
    Two(Even, Number),
    Named { deep: Box<[Even]> },
}

macro_rules! echo {
    ($($name:ident: $type:ty;)*) => { $(
        #[export]
        fn $name(value: $type) -> $type {
            value
        }
    )* };
}

echo! {
    even: Even;
    evens: Vec<Even>;
    three_evens: [Even; 3];
    queue: VecDeque<Rc<Even>>;
    halved: Vec<Halved>;
    number: Number;
    numbers: Vec<Number>;
    nested: Vec<Vec<Option<Number>>>;
    pairs: Vec<(Number, Even)>;
    keyed: BTreeMap<String, Number>;
    order: Order;
    threads: Vec<Thread>;
    keys: Map<String, Value>;
    both: (Map<String, Value>, Number);
}

#[export]
fn sum(first: &Even, rest: &[Even], last: Option<Even>) -> i32 {
    first.0 + rest.iter().map(|even| even.0).sum::<i32>() + last.map_or(0, |even| even.0)
}

#[export]
fn longest<'a>(numbers: &'a [Number], or: &'a Number) -> &'a Number {
    numbers
        .iter()
        .max_by_key(|number| number.to_string().len())
        .unwrap_or(or)
}

#[export]
fn try_even(number: i32) -> Result<Even, Error> {
    Even::from_as(number)
}

/// Not everything that is in scope is taken for a conversion of what has none.
#[export]
fn plain(value: Vec<String>) -> Option<Vec<f64>> {
    let _ = Instant::now();
    value.iter().map(|text| text.parse().ok()).collect()
}

#[test]
fn values_are_passed_as_those_of_the_other_type() {
    let library = Library::load();
    for (name, value) in [
        ("even", json!(4)),
        ("evens", json!([4, -2, 0])),
        ("evens", json!([])),
        ("three_evens", json!([4, -2, 0])),
        ("queue", json!([4, -2, 0])),
        ("halved", json!([8, 0])),
        ("number", json!("1.5")),
        ("numbers", json!(["1.5", "0"])),
        ("nested", json!([[], ["1", null], ["2.5"]])),
        ("pairs", json!([["1", 2], ["3", 4]])),
        ("keyed", json!({ "a": "1", "b": "2" })),
        ("threads", json!([3, 1])),
        ("keys", json!(["a", "b"])),
        ("both", json!([["a"], "7"])),
        (
            "order",
            json!({ "count": 2, "unitPrice": "9.75", "also": ["1", null], "rest": { "x": [1, 2] }, "kind": null }),
        ),
        (
            "order",
            json!({ "count": 2, "unitPrice": "1", "also": [], "rest": {}, "kind": { "type": "Two", "value": [2, "3"] } }),
        ),
        (
            "order",
            json!({ "count": 2, "unitPrice": "1", "also": [], "rest": {}, "kind": { "type": "Named", "deep": [2, 4] } }),
        ),
    ] {
        assert_eq!(library.value(name, std::slice::from_ref(&value)), value, "{name}");
    }
    assert_eq!(library.value("sum", &[json!(2), json!([4, 6]), json!(8)]), json!(20));
    assert_eq!(
        library.value("longest", &[json!(["1", "222", "33"]), json!("0")]),
        json!("222")
    );
    assert_eq!(library.value("longest", &[json!([]), json!("0")]), json!("0"));
    assert_eq!(library.value("plain", &[json!(["1", "2"])]), json!([1.0, 2.0]));
}

#[test]
fn the_table_has_the_other_types() {
    let table = Library::load().table;
    let types = |name: &str| {
        let entry = host::entry(&table, name);
        (entry["parameters"][0]["type"].clone(), entry["result"].clone())
    };
    let same = |shape: Value| (shape.clone(), shape);
    assert_eq!(types("evens"), same(json!(["vec", "i32"])));
    assert_eq!(types("halved"), same(json!(["vec", "i32"])));
    assert_eq!(types("pairs"), same(json!(["vec", ["tuple", "string", "i32"]])));
    assert_eq!(types("longest"), (json!(["vec", "string"]), json!("string")));
}

#[test]
fn a_refused_value_is_found() {
    let library = Library::load();
    let odd = |number: i32| vec![(Some("E_ODD".to_owned()), format!("{number} is odd"))];
    let order = |value: Value| {
        let mut order = json!({ "count": 2, "unitPrice": "1", "also": [], "rest": {}, "kind": null });
        order
            .as_object_mut()
            .expect("an object")
            .extend(value.as_object().expect("an object").clone());
        order
    };
    for (name, arguments, parameter, path) in [
        ("even", json!([3]), 0, json!([])),
        ("evens", json!([[2, 3]]), 0, json!([1])),
        ("three_evens", json!([[2, 4, 3]]), 0, json!([2])),
        ("queue", json!([[2, 3]]), 0, json!([1])),
        ("halved", json!([[2, 2, 3]]), 0, json!([2])),
        ("sum", json!([3, [], null]), 0, json!([])),
        ("sum", json!([2, [2, 3], null]), 1, json!([1])),
        ("sum", json!([2, [], 3]), 2, json!([])),
        ("pairs", json!([[["1", 2], ["1", 3]]]), 0, json!([1, 1])),
        ("order", json!([order(json!({ "count": 3 }))]), 0, json!(["count"])),
        (
            "order",
            json!([order(json!({ "rest": { "a": [1, 2], "b": [1, 3] } }))]),
            0,
            json!(["rest", "b", 1]),
        ),
        (
            "order",
            json!([order(json!({ "kind": { "type": "One", "value": 3 } }))]),
            0,
            json!(["kind", "value"]),
        ),
        (
            "order",
            json!([order(json!({ "kind": { "type": "Two", "value": [3, "1"] } }))]),
            0,
            json!(["kind", "value", 0]),
        ),
        (
            "order",
            json!([order(json!({ "kind": { "type": "Named", "deep": [2, 3] } }))]),
            0,
            json!(["kind", "deep", 1]),
        ),
    ] {
        assert_eq!(
            library.call(name, arguments.as_array().expect("arguments")),
            Outcome::Refused(Some(parameter), path.as_array().expect("a path").clone(), odd(3)),
            "{name} {arguments}"
        );
    }
    let Outcome::Refused(parameter, path, errors) = library.call("order", &[order(json!({ "unitPrice": "one" }))])
    else {
        panic!("it is refused")
    };
    assert_eq!((parameter, path), (Some(0), vec![json!("unitPrice")]));
    assert!(
        matches!(&errors[..], [(None, message)] if message.contains("invalid number")),
        "{errors:?}"
    );
}

#[test]
fn a_result_that_cannot_be_converted_is_refused() {
    let library = Library::load();
    let reason = vec![(None, "not this one".to_owned())];
    for (name, argument) in [
        ("even", json!(666)),
        ("evens", json!([1000, 666])),
        ("three_evens", json!([0, 2, 666])),
        ("pairs", json!([["1", 666], ["2", 666]])),
        ("try_even", json!(666)),
    ] {
        let Outcome::Refused(None, _, errors) = library.call(name, &[argument]) else {
            panic!("{name} returns it")
        };
        assert_eq!(errors, reason);
    }
    assert_eq!(
        library.call("try_even", &[json!(3)]),
        Outcome::Error(Some("E_ODD".to_owned()), vec!["3 is odd".to_owned()])
    );
    // The frame is as good as new.
    assert_eq!(library.value("even", &[json!(2)]), json!(2));
}
