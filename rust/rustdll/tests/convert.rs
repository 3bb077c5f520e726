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

/// Types with attributes.
mod derived {
    use std::fmt;
    use std::str::FromStr;

    use rustdll::{export, Enum, Record};

    /// By its text.
    #[derive(Clone, Debug, PartialEq, Record)]
    #[rustdll(as = "String")]
    pub struct Version(u32, u32);

    impl FromStr for Version {
        type Err = String;

        fn from_str(text: &str) -> Result<Self, String> {
            let (major, minor) = text.split_once('.').ok_or("a version has a point")?;
            let number = |digits: &str| digits.parse().map_err(|_| format!("{digits:?} is no number"));
            Ok(Version(number(major)?, number(minor)?))
        }
    }

    impl fmt::Display for Version {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}.{}", self.0, self.1)
        }
    }

    /// An enum, by its text.
    #[derive(Enum)]
    #[rustdll(as = "String")]
    pub enum Align {
        Left,
        Other(String),
    }

    impl FromStr for Align {
        type Err = std::convert::Infallible;

        fn from_str(text: &str) -> Result<Self, Self::Err> {
            Ok(if text == "left" {
                Align::Left
            } else {
                Align::Other(text.to_owned())
            })
        }
    }

    impl fmt::Display for Align {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(match self {
                Align::Left => "left",
                Align::Other(text) => text,
            })
        }
    }

    #[derive(Record)]
    pub struct Bounds {
        from: f64,
        to: f64,
    }

    /// By another record, whose values it does not all accept.
    #[derive(Clone, Record)]
    #[rustdll(try_from = "Bounds", into = "Bounds")]
    pub struct Span {
        from: f64,
        length: f64,
    }

    impl TryFrom<Bounds> for Span {
        type Error = &'static str;

        fn try_from(Bounds { from, to }: Bounds) -> Result<Self, Self::Error> {
            if from > to {
                return Err("it ends before it begins");
            }
            Ok(Span {
                from,
                length: to - from,
            })
        }
    }

    impl From<Span> for Bounds {
        fn from(span: Span) -> Self {
            Bounds {
                from: span.from,
                to: span.from + span.length,
            }
        }
    }

    /// By a list, of which any makes one.
    #[derive(Clone, Record)]
    #[rustdll(from = "Vec<u8>", into = "Vec<u8>")]
    pub struct Sorted(Vec<u8>);

    impl From<Vec<u8>> for Sorted {
        fn from(mut list: Vec<u8>) -> Self {
            list.sort_unstable();
            Sorted(list)
        }
    }

    impl From<Sorted> for Vec<u8> {
        fn from(Sorted(list): Sorted) -> Self {
            list
        }
    }

    #[derive(Record)]
    #[rustdll(transparent)]
    pub struct UserId(u64);

    #[derive(Record)]
    #[rustdll(transparent)]
    pub struct Samples {
        list: Vec<f64>,
    }

    #[derive(Record)]
    #[rustdll(transparent)]
    pub struct Borrowed<'a>(&'a str);

    #[derive(Record)]
    #[rustdll(transparent)]
    pub struct Maybe(Option<Version>);

    /// Hexadecimal digits.
    mod hex {
        pub fn from_as(text: String) -> Result<u32, std::num::ParseIntError> {
            u32::from_str_radix(&text, 16)
        }

        #[allow(clippy::trivially_copy_pass_by_ref, reason = "it is how values are converted")]
        pub fn to_as(number: &u32) -> String {
            format!("{number:x}")
        }
    }

    #[derive(Record)]
    pub struct Colour {
        #[rustdll(with = "hex")]
        rgb: u32,
        #[rustdll(as = "String", rename = "minContrast")]
        contrast: std::num::NonZeroU8,
    }

    #[derive(Enum)]
    pub enum Paint {
        Flat(#[rustdll(with = "hex")] u32),
        Mixed(
            #[rustdll(with = "hex")] u32,
            #[rustdll(as = "String")] std::num::NonZeroU8,
        ),
        Named {
            #[rustdll(with = "hex")]
            rgb: u32,
        },
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
        version: Version;
        versions: Vec<Version>;
        aligns: Vec<Align>;
        span: Span;
        spans: Vec<Option<Span>>;
        sorted: Sorted;
        user: UserId;
        users: Vec<UserId>;
        three_users: [UserId; 3];
        samples: Samples;
        sample_lists: Vec<Samples>;
        borrowed: Borrowed<'_>;
        maybe: Maybe;
        maybes: Vec<Maybe>;
        colour: Colour;
        paints: Vec<Paint>;
    }

    #[export]
    fn total(users: &[UserId], one: &UserId) -> u64 {
        users.iter().map(|user| user.0).sum::<u64>() + one.0
    }
}

#[test]
fn attributes_say_as_what_a_type_is_passed() {
    let library = Library::load();
    for (name, value) in [
        ("version", json!("1.2")),
        ("versions", json!(["1.2", "0.7"])),
        ("aligns", json!(["left", "justify"])),
        ("span", json!({ "from": 1.0, "to": 3.0 })),
        ("spans", json!([{ "from": 1.0, "to": 3.0 }, null])),
        ("sorted", json!([1, 2])),
        ("user", json!(7)),
        ("users", json!([7, 8])),
        ("three_users", json!([7, 8, 9])),
        ("samples", json!([0.5, 1.5])),
        ("sample_lists", json!([[0.5, 1.5], []])),
        ("borrowed", json!("text")),
        ("maybe", json!(null)),
        ("maybes", json!([null, "1.2"])),
        ("colour", json!({ "rgb": "ff00aa", "minContrast": "3" })),
        (
            "paints",
            json!([
                { "type": "Flat", "value": "ff" },
                { "type": "Mixed", "value": ["ff", "1"] },
                { "type": "Named", "rgb": "0" },
            ]),
        ),
    ] {
        assert_eq!(library.value(name, std::slice::from_ref(&value)), value, "{name}");
    }
    assert_eq!(library.value("sorted", &[json!([3, 1, 2])]), json!([1, 2, 3]));
    assert_eq!(library.value("total", &[json!([1, 2]), json!(3)]), json!(6));
    let result = |name: &str| host::entry(&library.table, name)["result"].clone();
    assert_eq!(result("users"), json!(["vec", "u64"]));
    assert_eq!(result("maybes"), json!(["vec", ["option", "string"]]));
    assert_eq!(result("sorted"), json!(["vec", "u8"]));
}

#[test]
fn what_attributes_convert_is_refused_with_its_place() {
    let library = Library::load();
    for (name, argument, path, message) in [
        ("version", json!("1"), json!([]), "a version has a point"),
        ("versions", json!(["1.2", "1.x"]), json!([1]), "\"x\" is no number"),
        ("maybes", json!([null, "x"]), json!([1]), "a version has a point"),
        (
            "span",
            json!({ "from": 3.0, "to": 1.0 }),
            json!([]),
            "it ends before it begins",
        ),
        (
            "spans",
            json!([null, { "from": 3.0, "to": 1.0 }]),
            json!([1]),
            "it ends before it begins",
        ),
        (
            "colour",
            json!({ "rgb": "x", "minContrast": "3" }),
            json!(["rgb"]),
            "invalid digit found in string",
        ),
        (
            "colour",
            json!({ "rgb": "0", "minContrast": "0" }),
            json!(["minContrast"]),
            "number would be zero for non-zero type",
        ),
        (
            "paints",
            json!([{ "type": "Flat", "value": "x" }]),
            json!([0, "value"]),
            "invalid digit found in string",
        ),
        (
            "paints",
            json!([{ "type": "Mixed", "value": ["0", "0"] }]),
            json!([0, "value", 1]),
            "number would be zero for non-zero type",
        ),
        (
            "paints",
            json!([{ "type": "Named", "rgb": "x" }]),
            json!([0, "rgb"]),
            "invalid digit found in string",
        ),
    ] {
        let path = path.as_array().expect("a path").clone();
        let reason = vec![(None, message.to_owned())];
        assert_eq!(
            library.call(name, std::slice::from_ref(&argument)),
            Outcome::Refused(Some(0), path, reason),
            "{name} {argument}"
        );
    }
}
