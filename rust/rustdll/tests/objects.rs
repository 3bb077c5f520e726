//! Tests of objects: the references that a host gets, and the operations on them.

#![allow(
    clippy::cloned_ref_to_slice_refs,
    reason = "a list of one argument is written as any other"
)]

mod host;

use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use host::{entry, Library, Outcome, RawFrame, Reference};
use rustdll::{export, Error, Handle, Object, Record, Unavailable};
use serde_json::{json, Value};

thread_local! {
    /// The number of counters that were dropped on the thread of the test.
    static DROPPED: Cell<usize> = const { Cell::new(0) };
}

/// Counts.
#[derive(Object, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
struct Counter {
    count: i64,
}

impl std::fmt::Display for Counter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at {}", self.count)
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        DROPPED.set(DROPPED.get() + 1);
        assert_ne!(self.count, -1, "a counter at -1 cannot be dropped");
    }
}

/// Not a member.
type Count = i64;

#[export(Display, Debug, Eq, Ord, Hash)]
impl Counter {
    /// Begins.
    pub fn new(count: Count) -> Self {
        Self { count }
    }

    pub fn parse(text: &str) -> Result<Self, Error> {
        Ok(Self { count: text.parse()? })
    }

    /// Adds.
    pub fn add(&mut self, by: Count) -> Count {
        self.count += by;
        self.count
    }

    pub fn merge(&mut self, other: &Counter) {
        self.count += other.count;
    }

    pub fn swap(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.count, &mut other.count);
    }

    #[export(getter)]
    pub fn count(&self) -> Count {
        self.count
    }

    #[export(setter)]
    pub fn set_count(&mut self, count: Count) {
        self.count = count;
    }

    pub fn finish(mut self) -> Count {
        std::mem::take(&mut self.count)
    }

    pub fn label<'a>(&'a self, text: &'a str) -> &'a str {
        text
    }

    pub fn then_add(mut self, by: Count) -> Self {
        self.count += by;
        Self { count: self.count }
    }

    fn hidden(&self) -> bool {
        false
    }

    #[export(skip)]
    pub fn skipped(&self) -> bool {
        self.hidden()
    }

    #[export(name = "shown")]
    fn private(&self) -> bool {
        !self.skipped()
    }
}

/// Has memory.
#[derive(Object)]
#[rustdll(memory = Buffer::size)]
struct Buffer(Vec<u8>);

impl Buffer {
    fn size(&self) -> usize {
        self.0.len()
    }
}

#[export]
impl Buffer {
    pub fn new(bytes: usize) -> Self {
        Self(vec![0; bytes])
    }
}

#[export]
fn same(buffer: Handle<Buffer>) -> Handle<Buffer> {
    buffer
}

#[export]
fn take_buffer(buffer: Buffer) -> usize {
    buffer.0.len()
}

/// Knows counters.
#[derive(Object, Default)]
struct Shelf {
    counters: Vec<Handle<Counter>>,
    /// Makes the type not `Send`.
    _here: Rc<()>,
}

#[derive(Record)]
struct Found {
    counter: Handle<Counter>,
    place: usize,
}

#[export]
impl Shelf {
    #[export(constructor)]
    fn empty() -> Self {
        Self::default()
    }

    pub fn put(&mut self, counter: Handle<Counter>) -> usize {
        self.counters.push(counter);
        self.counters.len()
    }

    pub fn all(&self) -> Vec<Handle<Counter>> {
        self.counters.clone()
    }

    pub fn find(&self, count: i64) -> Result<Option<Found>, Unavailable> {
        for (place, counter) in self.counters.iter().enumerate() {
            if counter.borrow()?.count == count {
                return Ok(Some(Found {
                    counter: counter.clone(),
                    place,
                }));
            }
        }
        Ok(None)
    }

    pub fn text_of(&self, counters: Vec<Handle<Counter>>) -> (Vec<Handle<Counter>>, String) {
        // SAFETY: only the crate reads the text; it finds that the text is not UTF-8 after it has written the objects.
        let text = unsafe { String::from_utf8_unchecked(vec![0xff]) };
        (counters, text)
    }
}

#[export]
fn total(counters: Vec<&Counter>, more: Option<&Counter>, list: &[&Counter]) -> i64 {
    counters
        .iter()
        .chain(&more)
        .chain(list)
        .map(|counter| counter.count)
        .sum()
}

#[export]
fn double(counter: &mut Counter) {
    counter.count *= 2;
}

#[export]
fn take(counter: Counter) -> i64 {
    counter.count
}

static BUSY: AtomicUsize = AtomicUsize::new(0);

#[export]
fn in_use(counter: &mut Counter, same: Handle<Counter>) -> String {
    BUSY.store(counter.count as usize, Ordering::Relaxed);
    format!("{} / {}", same.borrow().unwrap_err(), same.borrow_mut().unwrap_err())
}

fn address(value: &Value) -> *mut Reference {
    value.as_u64().expect("an address") as *mut Reference
}

/// Releases a reference. Returns the status and the message of a panic.
fn release(value: &Value) -> u32 {
    let mut frame = RawFrame::new(16);
    // SAFETY: the tests release each reference once.
    let status = unsafe { ((*address(value)).release)(address(value), frame.pointer()) };
    frame.release();
    status
}

fn counter(library: &Library, count: i64) -> Value {
    let counter = library.value("Counter.constructor", &[json!(count)]);
    assert_eq!(*library.references.borrow(), [counter.as_u64().expect("an address")]);
    counter
}

#[test]
fn an_object_is_made_changed_read_and_dropped() {
    let library = Library::load();
    let one = counter(&library, 1);
    assert_eq!(library.value("Counter.add", &[one.clone(), json!(2)]), json!(3));
    assert!(library.references.borrow().is_empty());
    assert_eq!(library.value("Counter.count", &[one.clone()]), json!(3));
    library.value("Counter.count=", &[one.clone(), json!(10)]);
    library.value("double", &[one.clone()]);
    assert_eq!(library.value("Counter.count", &[one.clone()]), json!(20));
    assert_eq!(library.value("Counter.shown", &[one.clone()]), json!(true));
    assert_eq!(library.value("Counter.label", &[one.clone(), json!("a")]), json!("a"));
    let other = library.value("Counter.parse", &[json!("5")]);
    library.value("Counter.merge", &[one.clone(), other.clone()]);
    library.value("Counter.swap", &[one.clone(), other.clone()]);
    assert_eq!(library.value("Counter.count", &[one.clone()]), json!(5));
    let before = DROPPED.get();
    assert_eq!((release(&one), DROPPED.get()), (0, before + 1));
    assert_eq!((release(&other), DROPPED.get()), (0, before + 2));
    let failed = library.call("Counter.parse", &[json!("x")]);
    assert_eq!(
        failed,
        Outcome::Error(None, vec!["invalid digit found in string".into()])
    );
    assert!(library.references.borrow().is_empty());
}

#[test]
fn the_traits_of_an_object_are_methods() {
    let library = Library::load();
    let (one, two, same) = (counter(&library, 1), counter(&library, 2), counter(&library, 1));
    let call = |name: &str, arguments: &[&Value]| {
        let arguments: Vec<_> = arguments.iter().map(|&argument| argument.clone()).collect();
        library.value(name, &arguments)
    };
    assert_eq!(call("Counter.toString", &[&one]), json!("at 1"));
    assert_eq!(call("Counter.@debug", &[&one]), json!("Counter { count: 1 }"));
    assert_eq!(call("Counter.equals", &[&one, &same]), json!(true));
    assert_eq!(call("Counter.equals", &[&one, &two]), json!(false));
    assert_eq!(call("Counter.equals", &[&one, &one]), json!(true));
    assert_eq!(call("Counter.compareTo", &[&one, &two]), json!(-1));
    assert_eq!(call("Counter.compareTo", &[&two, &one]), json!(1));
    assert_eq!(call("Counter.compareTo", &[&same, &one]), json!(0));
    assert_eq!(call("Counter.hashCode", &[&one]), call("Counter.hashCode", &[&same]));
    assert_ne!(call("Counter.hashCode", &[&one]), call("Counter.hashCode", &[&two]));
    [one, two, same]
        .iter()
        .for_each(|counter| assert_eq!(release(counter), 0));
}

#[test]
fn handles_keep_an_object_and_are_inside_of_other_values() {
    let library = Library::load();
    let shelf = library.value("Shelf.constructor", &[]);
    let (one, two) = (counter(&library, 1), counter(&library, 2));
    library.value("Shelf.put", &[shelf.clone(), one.clone()]);
    library.value("Shelf.put", &[shelf.clone(), two.clone()]);
    let before = DROPPED.get();
    assert_eq!((release(&one), release(&two), DROPPED.get()), (0, 0, before));
    let all = library.value("Shelf.all", &[shelf.clone()]);
    let given: Vec<_> = all
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_u64)
        .rev()
        .collect();
    assert_eq!(*library.references.borrow(), given);
    library.value("Counter.add", &[all[0].clone(), json!(5)]);
    let found = library.value("Shelf.find", &[shelf.clone(), json!(6)]);
    assert_eq!(found["place"], json!(0));
    assert_ne!(found["counter"], all[0], "each time it is another reference");
    assert_eq!(library.value("Counter.count", &[found["counter"].clone()]), json!(6));
    assert_eq!(library.value("Shelf.find", &[shelf.clone(), json!(60)]), Value::Null);
    let list = json!([all[0], all[1], all[0]]);
    assert_eq!(
        library.value("total", &[list.clone(), all[1].clone(), list.clone()]),
        json!(30)
    );
    assert_eq!(library.value("total", &[json!([]), Value::Null, json!([])]), json!(0));
    // The borrows have ended.
    library.value("Counter.add", &[all[0].clone(), json!(1)]);
    for value in [&all[0], &all[1], &found["counter"]] {
        assert_eq!((release(value), DROPPED.get()), (0, before));
    }
    assert_eq!((release(&shelf), DROPPED.get()), (0, before + 2));
}

#[test]
fn what_a_failed_result_refers_to_is_given_back() {
    let library = Library::load();
    let shelf = library.value("Shelf.constructor", &[]);
    let one = counter(&library, 1);
    let outcome = library.call("Shelf.text_of", &[shelf.clone(), json!([one, one])]);
    assert_eq!(
        outcome,
        Outcome::None(5, "the result has text that is not UTF-8".into())
    );
    assert!(library.references.borrow().is_empty());
    let before = DROPPED.get();
    assert_eq!((release(&one), DROPPED.get()), (0, before + 1));
    release(&shelf);
}

#[test]
fn an_object_in_use_is_refused_before_the_function() {
    refuses_what_is_in_use(&Library::load());
}

#[test]
fn and_so_it_is_by_a_call_that_is_not_disturbed() {
    let mut library = Library::load();
    library.flags = 1;
    refuses_what_is_in_use(&library);
}

fn refuses_what_is_in_use(library: &Library) {
    let one = counter(library, 1);
    let busy = |name: &str| Outcome::None(9, format!("the Counter is in use by {name}"));
    assert_eq!(
        library.call("Counter.merge", &[one.clone(), one.clone()]),
        busy("Counter.merge")
    );
    assert_eq!(
        library.call("Counter.swap", &[one.clone(), one.clone()]),
        busy("Counter.swap")
    );
    let outcome = library.value("in_use", &[one.clone(), one.clone()]);
    assert_eq!(
        outcome,
        json!("the Counter is in use by in_use / the Counter is in use by in_use")
    );
    assert_eq!(library.value("Counter.add", &[one.clone(), json!(1)]), json!(2));
    release(&one);
}

#[test]
fn an_object_that_was_taken_away_is_refused() {
    let library = Library::load();
    for (name, arguments) in [
        ("Counter.finish", vec![]),
        ("take", vec![]),
        ("Counter.then_add", vec![json!(1)]),
    ] {
        let one = counter(&library, 7);
        let before = DROPPED.get();
        let outcome = library.value(name, &[vec![one.clone()], arguments].concat());
        if name == "Counter.then_add" {
            assert_eq!(library.value("Counter.count", &[outcome.clone()]), json!(8));
            release(&outcome);
        }
        assert!(DROPPED.get() > before);
        let taken = Outcome::None(10, "the Counter has been given away".into());
        assert_eq!(library.call("Counter.add", &[one.clone(), json!(1)]), taken);
        assert_eq!(library.call("take", &[one.clone()]), taken);
        let before = DROPPED.get();
        assert_eq!((release(&one), DROPPED.get()), (0, before));
    }
}

#[test]
fn the_memory_of_an_object_is_told_by_one_reference_at_a_time() {
    let library = Library::load();
    // SAFETY: the reference exists until it is released.
    let memory = |value: &Value| unsafe { (*address(value)).memory };
    let one = counter(&library, 1);
    assert_eq!(memory(&one), 0);
    release(&one);

    let buffer = library.value("Buffer.constructor", &[json!(4096)]);
    assert_eq!(memory(&buffer), 4096);
    let again = library.value("same", &[buffer.clone()]);
    assert_eq!(memory(&again), 0);
    release(&buffer);
    let third = library.value("same", &[again.clone()]);
    assert_eq!(memory(&third), 4096);
    // One that is being changed, and one that was taken away, cannot be asked.
    release(&third);
    assert_eq!(library.value("take_buffer", &[again.clone()]), json!(4096));
    let taken = library.value("same", &[again.clone()]);
    assert_eq!(memory(&taken), 0);
    release(&again);
    release(&taken);
    let empty = library.value("Buffer.constructor", &[json!(0)]);
    assert_eq!(memory(&empty), 0);
    release(&empty);
}

#[test]
fn a_reference_is_counted() {
    let library = Library::load();
    let one = counter(&library, 3);
    // SAFETY: the reference exists until it has been released twice.
    unsafe { ((*address(&one)).retain)(address(&one)) };
    let before = DROPPED.get();
    assert_eq!((release(&one), DROPPED.get()), (0, before));
    assert_eq!(library.value("Counter.count", &[one.clone()]), json!(3));
    assert_eq!((release(&one), DROPPED.get()), (0, before + 1));
}

#[test]
fn a_destructor_that_panics_is_told_or_swallowed() {
    let library = Library::load();
    // The second of the two is that with frames, which RUST_BACKTRACE asks for.
    assert!(matches!(release(&counter(&library, -1)), 2 | 8));
    let one = counter(&library, -1);
    // SAFETY: the reference is released once here.
    let status = unsafe { ((*address(&one)).release)(address(&one), std::ptr::null_mut()) };
    assert_eq!(status, 2);
}

#[test]
fn an_object_of_another_type_or_none_is_refused() {
    let library = Library::load();
    let shelf = library.value("Shelf.constructor", &[]);
    let other = Outcome::None(4, "an object is of another type".into());
    assert_eq!(library.call("Counter.add", &[shelf.clone(), json!(1)]), other);
    let none = Outcome::None(4, "the address of an object is null or not aligned".into());
    for wrong in [0, 1, 12] {
        assert_eq!(library.call("Counter.add", &[json!(wrong), json!(1)]), none);
        assert_eq!(library.call("total", &[json!([wrong]), Value::Null, json!([])]), none);
    }
    release(&shelf);
}

#[test]
fn objects_are_used_on_several_threads() {
    let library = Library::load();
    let one = counter(&library, 0);
    let add = library.function("Counter.add").1;
    let word = one.as_u64().expect("an address");
    let refused = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..500 {
                    let mut frame = RawFrame::new(16);
                    frame.args[..2].copy_from_slice(&[word, 1]);
                    // SAFETY: the frame has the arguments of the signature.
                    match unsafe { add(frame.pointer()) } {
                        0 => {}
                        9 => _ = refused.fetch_add(1, Ordering::Relaxed),
                        other => panic!("{other}"),
                    }
                    frame.release();
                }
            });
        }
    });
    let count = library
        .value("Counter.count", &[one.clone()])
        .as_u64()
        .expect("a count");
    assert_eq!(count as usize + refused.into_inner(), 2000);
    release(&one);
}

#[test]
fn the_table_describes_classes_and_their_members() {
    let library = Library::load();
    let types = library.table["types"].as_array().expect("there are types");
    let class = |name: &str| types.iter().position(|of| of["name"] == name).expect("it is there");
    let (counter, shelf) = (class("Counter"), class("Shelf"));
    assert_eq!(
        types[counter],
        json!({ "kind": "class", "name": "Counter", "doc": "Counts.", "send": true, "sync": true })
    );
    assert_eq!(types[shelf]["send"], json!(false));
    assert_eq!(types[shelf]["sync"], json!(false));
    let (add, _) = library.function("Counter.add");
    assert_eq!(add["doc"], "Adds.");
    assert_eq!(
        (&add["name"], &add["class"], &add["role"]),
        (&json!("add"), &json!(counter), &json!("method"))
    );
    assert_eq!(
        add["parameters"],
        json!([{ "name": "self", "type": ["mut", ["ref", counter]] }, { "name": "by", "type": "i64" }])
    );
    let role = |name: &str| library.function(name).0["role"].clone();
    assert_eq!(role("Counter.constructor"), "constructor");
    assert_eq!(role("Counter.parse"), "static");
    assert_eq!(role("Counter.count"), "getter");
    assert_eq!(role("Counter.count="), "setter");
    assert_eq!(role("Shelf.constructor"), "constructor");
    let own = &library.function("Counter.finish").0["parameters"][0]["type"];
    assert_eq!(*own, json!(["own", ["ref", counter]]));
    assert_eq!(
        library.function("Counter.constructor").0["result"],
        json!(["ref", counter])
    );
    assert_eq!(library.function("Counter.count").0["background"], json!(false));
    assert_eq!(entry(&library.table, "hidden"), Value::Null);
    for absent in ["hidden", "skipped", "private"] {
        assert_eq!(entry(&library.table, absent), Value::Null);
    }
    // Functions come first, ordered by name.
    let names: Vec<_> = library.table["functions"]
        .as_array()
        .expect("there are functions")
        .iter()
        .map(|function| (!function["class"].is_null(), function["name"].as_str().expect("a name")))
        .collect();
    let firsts: Vec<_> = names.iter().filter(|(member, _)| !member).collect();
    assert!(names.starts_with(&firsts.iter().map(|&&name| name).collect::<Vec<_>>()));
    assert!(firsts.windows(2).all(|pair| pair[0].1 < pair[1].1));
}
