//! Values of every type are passed and returned unchanged.

mod host;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::ffi::OsStr;
use std::path::Path;
use std::rc::Rc;
use std::slice;
use std::sync::Arc;
use std::time::SystemTime;

use host::Library;
use rustdll::{export, Enum, PyStr, PyVec, Record, TypedArray};
use serde_json::{json, Value};

#[export]
fn extension<'a>(path: &'a Path, name: &OsStr) -> Option<&'a str> {
    path.with_file_name(name).extension().and(path.extension())?.to_str()
}

#[test]
fn a_string_may_be_a_path() {
    let library = Library::load();
    assert_eq!(library.value("extension", &[json!("é/a.b"), json!("c.d")]), json!("b"));
    assert_eq!(library.value("extension", &[json!("a.b"), json!("c")]), json!(null));
}

#[derive(Clone, Record)]
struct Point {
    x: f64,
    y: f64,
    label: Option<String>,
}

#[derive(Record)]
#[rustdll(rename_all = "camelCase")]
struct Renamed<'a> {
    first_name: &'a str,
    #[rustdll(rename = "born")]
    year_of_birth: i32,
    r#type: Cow<'a, [f64]>,
}

#[derive(Record)]
struct Empty {}

#[derive(Record)]
struct Tree {
    name: String,
    children: Vec<Tree>,
}

#[derive(Enum)]
enum Level {
    Low,
    #[rustdll(rename = "so-so")]
    Middle,
    High,
}

#[derive(Enum)]
enum Shape {
    Circle { radius: f64 },
    Rect(f64, f64),
    Name(String),
    Group(Vec<Shape>),
    Inside(Box<Shape>),
    Empty,
    Nothing(),
}

#[derive(Enum)]
#[rustdll(tag = "kind", rename_all = "kebab-case")]
enum Event<'a> {
    #[rustdll(rename_all = "camelCase")]
    KeyDown {
        key_code: u32,
        #[rustdll(rename = "time-stamp")]
        at: Option<f64>,
    },
    MouseDown(i32, i32),
    #[rustdll(rename = "said")]
    Heard(&'a str),
}

macro_rules! echo {
    ($($(#[$attribute:meta])* $name:ident: $type:ty;)*) => { $(
        $(#[$attribute])*
        #[export]
        fn $name(value: $type) -> $type {
            value
        }
    )* };
}

echo! {
    scalar_i8: i8;
    scalar_i64: i64;
    scalar_isize: isize;
    scalar_u8: u8;
    scalar_u64: u64;
    scalar_usize: usize;
    scalar_f32: f32;
    scalar_f64: f64;
    scalar_bool: bool;
    scalar_char: char;
    wide_i128: i128;
    wide_u128: u128;
    wides: Vec<i128>;
    string: String;
    string_slice: &str;
    string_cow: Cow<str>;
    string_box: Box<str>;
    string_rc: Rc<str>;
    string_arc: Arc<str>;
    time: SystemTime;
    time_box: Box<SystemTime>;
    times: Vec<Option<SystemTime>>;
    list_i8: Vec<i8>;
    list_i16: Vec<i16>;
    list_u32: Vec<u32>;
    list_i64: Vec<i64>;
    list_f32: Vec<f32>;
    list_f64: Vec<f64>;
    list_bool: Vec<bool>;
    list_char: Vec<char>;
    list_slice: &[u16];
    list_box: Box<[f64]>;
    list_rc: Rc<[f64]>;
    list_arc: Arc<[String]>;
    list_cow: Cow<[i32]>;
    #[allow(clippy::vec_box, reason = "the type is what is tested")]
    list_of_boxes: Vec<Box<f64>>;
    list_of_rcs: Vec<Rc<String>>;
    typed: TypedArray<f32>;
    typed_inside: Vec<TypedArray<i64>>;
    deque: VecDeque<i64>;
    deque_of_strings: VecDeque<String>;
    hash_set: HashSet<u8>;
    btree_set: BTreeSet<String>;
    array: [i16; 3];
    array_of_strings: [String; 2];
    array_empty: [f64; 0];
    arrays: Vec<[u8; 3]>;
    lists: Vec<Vec<i64>>;
    lists_of_bools: Vec<Vec<bool>>;
    lists_of_chars: Vec<&[char]>;
    slices: Vec<&[f64]>;
    strings: Vec<String>;
    string_slices: Vec<&str>;
    option: Option<f64>;
    option_string: Option<&str>;
    options: Vec<Option<String>>;
    tuple: (i64, String, Option<f64>);
    tuples: ((f32, bool), Vec<(char, u8)>);
    tuple_of_one: (f64,);
    hash_map: HashMap<String, f64>;
    btree_map: BTreeMap<Arc<str>, Vec<Point>>;
    map_of_maps: BTreeMap<Cow<str>, HashMap<Box<str>, Option<i64>>>;
    record: Point;
    record_box: Box<Point>;
    record_arc: Arc<Point>;
    records: Vec<Point>;
    record_renamed: Renamed;
    record_empty: Empty;
    records_empty: Vec<Empty>;
    tree: Tree;
    level: Level;
    levels: Vec<Level>;
    shape: Shape;
    shapes: Vec<Shape>;
    event: Event;
}

#[export]
fn hash_map_borrowed<'a>(value: HashMap<&'a str, &'a [f64]>) -> HashMap<&'a str, &'a [f64]> {
    value
}

fn check_all(library: &Library) {
    let cases: &[(&str, &[Value])] = &[
        ("scalar_i8", &[json!(-128), json!(127)]),
        ("scalar_i64", &[json!(i64::MIN), json!(i64::MAX), json!(-1)]),
        ("scalar_isize", &[json!(isize::MIN), json!(0)]),
        ("scalar_u8", &[json!(0), json!(255)]),
        ("scalar_u64", &[json!(u64::MAX)]),
        ("scalar_usize", &[json!(usize::MAX)]),
        ("scalar_f32", &[json!(1.5), json!(f32::MAX)]),
        ("scalar_f64", &[json!(-0.1), json!(f64::MIN_POSITIVE)]),
        ("scalar_bool", &[json!(true), json!(false)]),
        ("scalar_char", &[json!("\0"), json!("\u{1f980}"), json!("\u{ffff}")]),
        (
            "wide_i128",
            &[json!(i128::MIN.to_string()), json!(i128::MAX.to_string()), json!("-1")],
        ),
        ("wide_u128", &[json!(u128::MAX.to_string()), json!("0")]),
        ("wides", &[json!(["-18446744073709551617", "1"]), json!([])]),
        ("time", &[json!(0.0), json!(1.7e12), json!(-62_135_596_800_001.0)]),
        ("time_box", &[json!(1.0)]),
        ("times", &[json!([1.0, null, -1.0])]),
        ("list_i8", &[json!([-128, 127, 0]), json!([])]),
        ("list_i16", &[json!([-32768, 32767, 1, 2, 3])]),
        ("list_u32", &[json!([u32::MAX, 1, 2])]),
        ("list_i64", &[json!([i64::MIN, i64::MAX])]),
        ("list_f32", &[json!([0.5, -0.25, 3.0])]),
        ("list_f64", &[json!([0.1, 1e300]), json!(vec![0.5; 3000])]),
        ("list_bool", &[json!([true, false, true])]),
        ("list_char", &[json!(["a", "\u{1f980}", "\0"])]),
        ("list_slice", &[json!([1, 65535]), json!([])]),
        ("list_box", &[json!([1.0])]),
        ("list_rc", &[json!([1.0, 2.0])]),
        ("list_arc", &[json!(["a", "", "c"])]),
        ("list_cow", &[json!([i32::MIN, 7])]),
        ("list_of_boxes", &[json!([1.5, 2.5]), json!([])]),
        ("list_of_rcs", &[json!(["x", "y"])]),
        ("typed", &[json!([0.5, 1.5]), json!([])]),
        ("typed_inside", &[json!([[1, 2], [], [3]])]),
        ("deque", &[json!([3, 1, 2])]),
        ("deque_of_strings", &[json!(["b", "a"])]),
        ("hash_set", &[json!([7]), json!([])]),
        ("btree_set", &[json!(["a", "b"])]),
        ("array", &[json!([-1, 0, 1])]),
        ("array_of_strings", &[json!(["\u{e9}", ""])]),
        ("array_empty", &[json!([])]),
        ("arrays", &[json!([[1, 2, 3], [4, 5, 6]])]),
        ("lists", &[json!([[1, 2], [], [3]]), json!(vec![vec![1; 10]; 300])]),
        ("lists_of_bools", &[json!([[true], [], [false, true]])]),
        ("lists_of_chars", &[json!([["x", "\u{1f980}"], []])]),
        ("slices", &[json!([[1.5, 2.5], [], [3.5]])]),
        ("option", &[json!(null), json!(0.0)]),
        ("option_string", &[json!(null), json!(""), json!("\u{1f980}")]),
        ("options", &[json!(["a", null, ""])]),
        ("tuple", &[json!([-1, "text", null]), json!([1, "", 0.5])]),
        ("tuples", &[json!([[0.5, true], [["x", 1], ["\u{1f980}", 255]]])]),
        ("tuple_of_one", &[json!([1.0])]),
        ("hash_map", &[json!({"a": 1.0, "\u{1f980}": 2.0}), json!({})]),
        ("hash_map_borrowed", &[json!({"a": [1.0], "b": []})]),
        (
            "btree_map",
            &[json!({"": [], "x": [{"x": 1.0, "y": 2.0, "label": null}]})],
        ),
        ("map_of_maps", &[json!({"a": {"b": 1, "c": null}, "d": {}})]),
        (
            "record_renamed",
            &[json!({"firstName": "Ada", "born": 1815, "type": [0.5]})],
        ),
        ("record_empty", &[json!({})]),
        ("records_empty", &[json!([{}, {}, {}])]),
        (
            "tree",
            &[json!({"name": "a", "children": [{"name": "b", "children": []}, {"name": "", "children": []}]})],
        ),
        ("level", &[json!("Low"), json!("so-so"), json!("High")]),
        ("levels", &[json!(["High", "Low"])]),
        (
            "event",
            &[
                json!({"kind": "key-down", "keyCode": 65, "time-stamp": null}),
                json!({"kind": "mouse-down", "value": [-1, 1]}),
                json!({"kind": "said", "value": "hello"}),
            ],
        ),
    ];
    let point = json!({"x": 1.5, "y": -2.0, "label": "\u{fc}ber"});
    let shapes = json!([
        {"type": "Circle", "radius": 1.0},
        {"type": "Rect", "value": [1.0, 2.0]},
        {"type": "Name", "value": "square"},
        {"type": "Group", "value": [{"type": "Empty"}, {"type": "Group", "value": []}]},
        {"type": "Inside", "value": {"type": "Name", "value": ""}},
        {"type": "Empty"},
        {"type": "Nothing"},
    ]);
    let texts = [
        "",
        "a",
        "null\0null",
        "Gr\u{fc}\u{df}e",
        "\u{4e09}",
        "\u{1f980}\u{1f980}",
        "\u{7ff}\u{800}\u{ffff}\u{10000}",
    ];

    let echo = |name: &str, value: &Value| assert_eq!(&library.value(name, slice::from_ref(value)), value, "{name}");
    for (name, values) in cases {
        values.iter().for_each(|value| echo(name, value));
    }
    for text in texts {
        for name in [
            "string",
            "string_slice",
            "string_cow",
            "string_box",
            "string_rc",
            "string_arc",
        ] {
            echo(name, &json!(text));
        }
    }
    for name in ["strings", "string_slices"] {
        echo(name, &json!(texts));
        echo(name, &json!(["only", "ASCII", ""]));
        echo(name, &json!(vec!["\u{fc}"; 700]));
    }
    for name in ["record", "record_box", "record_arc"] {
        echo(name, &point);
    }
    echo("records", &json!(vec![point; 200]));
    echo("shapes", &shapes);
    for shape in shapes.as_array().expect("a list") {
        echo("shape", shape);
    }
}

#[test]
fn every_type_goes_in_and_comes_out_as_it_is() {
    let mut library = Library::load();
    // Rooms that are just too small, and no room at all, are tried as well.
    for room in [1024, 3, 1, 0] {
        library.room = room;
        check_all(&library);
    }
}

#[export]
fn join(texts: &[String], separator: &str) -> String {
    texts.join(separator)
}

#[export]
fn by_reference(list: &Vec<f64>, map: &HashMap<&str, i32>, point: &Point, scalar: &i64, text: &String) -> String {
    format!("{list:?} {map:?} {} {scalar} {text}", point.x)
}

#[export]
fn borrowed(lists: &[&[i64]], texts: &[&str], maybe: &Option<Point>, tuple: &(f64, bool)) -> String {
    format!("{lists:?} {texts:?} {} {tuple:?}", maybe.is_some())
}

#[export]
fn longest<'a>(a: &'a str, b: &'a str) -> &'a str {
    if a.len() < b.len() {
        b
    } else {
        a
    }
}

#[export]
fn no_longer_than<'a, 'b>(list: &'a [f64], texts: Vec<&'b str>) -> (&'a [f64], Vec<&'b str>)
where
    'a: 'b,
{
    (list, texts)
}

type Text<'a> = &'a str;
type Numbers = Vec<f64>;

#[export]
fn by_alias(text: Text, numbers: &Numbers) -> (String, Numbers) {
    (text.to_owned(), numbers.clone())
}

#[export]
fn pattern((a, b): (i64, i64), [x, y]: [f64; 2], _: bool, mut flag: bool, Point { x: c, .. }: Point) -> f64 {
    flag = !flag;
    (a + b) as f64 + x + y + c + f64::from(u8::from(flag))
}

#[test]
fn parameters_may_be_references_aliases_and_patterns() {
    let library = Library::load();
    assert_eq!(library.value("join", &[json!(["a", "b"]), json!(", ")]), json!("a, b"));
    let point = json!({"x": 0.5, "y": 0.0, "label": null});
    assert_eq!(
        library.value(
            "by_reference",
            &[json!([1.0]), json!({"a": 1}), point.clone(), json!(-1), json!("t")]
        ),
        json!("[1.0] {\"a\": 1} 0.5 -1 t")
    );
    assert_eq!(
        library.value(
            "borrowed",
            &[json!([[1], []]), json!(["a"]), point.clone(), json!([0.5, true])]
        ),
        json!("[[1], []] [\"a\"] true (0.5, true)")
    );
    assert_eq!(
        library.value("longest", &[json!("short"), json!("longer")]),
        json!("longer")
    );
    assert_eq!(
        library.value("no_longer_than", &[json!([1.0]), json!(["a"])]),
        json!([[1.0], ["a"]])
    );
    assert_eq!(
        library.value("by_alias", &[json!("a"), json!([1.0])]),
        json!(["a", [1.0]])
    );
    let arguments = [json!([1, 2]), json!([0.25, 0.5]), json!(true), json!(false), point];
    assert_eq!(library.value("pattern", &arguments), json!(5.25));
}

#[export]
fn normalize(v: &mut [f64]) {
    let sum: f64 = v.iter().sum();
    v.iter_mut().for_each(|x| *x /= sum);
}

#[export]
fn invert(flags: &mut [bool], letters: &mut [char]) -> usize {
    flags.iter_mut().for_each(|flag| *flag = !*flag);
    letters.fill('x');
    flags.len()
}

#[export]
extern "C" fn seed(name: &PyStr, numbers: &mut PyVec<i64>) -> f64 {
    numbers.iter_mut().for_each(|number| *number += 1);
    name.len() as f64
}

#[export]
extern "C" fn nested(texts: &PyVec<&PyStr>, lists: &mut PyVec<&mut PyVec<f64>>, none: Option<&PyVec<u8>>) -> f64 {
    assert!(none.is_none());
    lists.iter_mut().for_each(|list| list.reverse());
    texts.iter().map(|text| text.len()).sum::<usize>() as f64 + lists[0][0]
}

#[test]
fn lists_are_changed_in_place() {
    let library = Library::load();
    let (_, after) = library.call_in_place("normalize", &[json!([1.0, 3.0])]);
    assert_eq!(after, [json!([0.25, 0.75])]);
    let (_, after) = library.call_in_place("invert", &[json!([true, false]), json!(["a"])]);
    assert_eq!(after, [json!([false, true]), json!(["x"])]);
    assert_eq!(library.value("invert", &[json!([]), json!([])]), json!(0));
    let (_, after) = library.call_in_place("seed", &[json!("\u{fc}"), json!([1, 2])]);
    assert_eq!(after[1], json!([2, 3]));
    assert_eq!(library.value("seed", &[json!("\u{fc}"), json!([])]), json!(2.0));
    let texts = json!(["a", "bc", ""]);
    assert_eq!(
        library.value("nested", &[texts, json!([[1.0, 5.0], []]), json!(null)]),
        json!(8.0)
    );
}

#[test]
fn an_extern_function_is_called_from_rust_as_before() {
    let mut data = [1, 2];
    // SAFETY: `data` outlives the list, and only the list accesses it.
    let mut numbers = unsafe { PyVec::from_raw_parts(data.as_mut_ptr(), 2) };
    let mut name = *b"name";
    // SAFETY: the same applies to `name`.
    let name = unsafe { PyVec::from_raw_parts(name.as_mut_ptr(), 4) };
    let function: extern "C" fn(&PyStr, &mut PyVec<i64>) -> f64 = seed;
    assert_eq!(function(&name, &mut numbers), 4.0);
    assert_eq!(data, [2, 3]);
}
