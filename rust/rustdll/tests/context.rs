//! Tests of the parameters that a function gets from its call and not from JavaScript.

mod host;

use std::ptr;
use std::slice;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Mutex;
use std::thread;

use host::{Context, Host, Library, Outcome};
use rustdll::{export, Cancel, Error, Progress};
use serde_json::{json, Value};

/// Parameters from JavaScript are before and after the injected ones.
#[export]
fn between(first: &Cancel, a: i64, progress: &Progress, b: &str, list: &[f64], last: &rustdll::Cancel) -> String {
    progress.set(a, 10);
    format!(
        "{a} {b} {} {} {}",
        list.len(),
        first.is_cancelled(),
        last.is_cancelled()
    )
}

#[export]
fn stops(cancel: &Cancel) -> Result<u32, Error> {
    cancel.check()?;
    Ok(7)
}

#[export]
fn counts(progress: &Progress) {
    progress.message("begins");
    progress.set_done(1_u8);
    progress.set(2_usize, 4_u64);
    progress.set_done(3_i32);
    progress.message("");
    progress.set(-1, -1);
    thread::scope(|scope| {
        scope.spawn(|| progress.set(u64::MAX, u64::MAX - 1));
    });
}

#[export(async, name = "always")]
fn always_async() {}

#[export(sync)]
fn never_async() {}

type Event = (u64, Option<u64>, Option<String>);

static EVENTS: Mutex<Vec<Event>> = Mutex::new(Vec::new());

extern "C" fn record(context: *const Context, done: u64, total: u64, text: *const u8, bytes: u64) {
    assert!(!context.is_null());
    let text = (!text.is_null()).then(|| {
        // SAFETY: the library has that many bytes there.
        let bytes = unsafe { slice::from_raw_parts(text, bytes as usize) };
        String::from_utf8(bytes.to_vec()).expect("text is UTF-8")
    });
    let total = (total != u64::MAX).then_some(total);
    EVENTS.lock().expect("nobody panics").push((done, total, text));
}

static HOST: Host = Host {
    size: 16,
    reserved: 0,
    progress: record,
};

const CANCELLED: u32 = 1;
const LISTENS: u32 = 4;

fn call(name: &str, arguments: &[Value], flags: u32) -> Outcome {
    let context = Context {
        host: &HOST,
        flags: AtomicU32::new(flags),
    };
    Library::load().call_in_context(name, arguments, &context).0
}

#[test]
fn they_are_no_parameters_of_javascript() {
    let library = Library::load();
    let (entry, _) = library.function("between");
    assert_eq!(
        entry["parameters"],
        json!([{"name": "a", "type": "i64"}, {"name": "b", "type": "string"}, {"name": "list", "type": ["vec", "f64"]}])
    );
    let arguments = [json!(3), json!("é"), json!([1.0, 2.0])];
    assert_eq!(library.value("between", &arguments), "3 é 2 false false");
    assert_eq!(
        call("between", &arguments, CANCELLED),
        Outcome::Value(json!("3 é 2 true true"))
    );
}

#[test]
fn a_call_is_given_up_by_its_flag() {
    assert_eq!(call("stops", &[], 0), Outcome::Value(json!(7)));
    // Unknown flags, such as those of a later host, have no effect.
    assert_eq!(call("stops", &[], !CANCELLED), Outcome::Value(json!(7)));
    let given_up = Outcome::Error(None, vec!["the call has been given up".to_owned()]);
    assert_eq!(call("stops", &[], CANCELLED), given_up);
    assert_eq!(Library::load().value("stops", &[]), 7);
}

#[test]
fn the_host_is_told_if_it_listens() {
    let (silent, _) = Library::load().call_in_context("counts", &[], ptr::null());
    assert_eq!(
        (silent, call("counts", &[], CANCELLED)),
        (Outcome::Value(Value::Null), Outcome::Value(Value::Null))
    );
    assert_eq!(*EVENTS.lock().expect("nobody panics"), []);
    call("counts", &[], LISTENS);
    assert_eq!(
        *EVENTS.lock().expect("nobody panics"),
        [
            (0, None, Some("begins".to_owned())),
            (1, None, None),
            (2, Some(4), None),
            (3, Some(4), None),
            (3, Some(4), Some(String::new())),
            (0, Some(0), None),
            (u64::MAX, Some(u64::MAX - 1), None),
        ]
    );
}

#[test]
fn a_flag_can_be_set_while_the_function_runs() {
    let context = Context {
        host: &HOST,
        flags: AtomicU32::new(0),
    };
    assert_eq!(
        Library::load().call_in_context("stops", &[], &context).0,
        Outcome::Value(json!(7))
    );
    context.flags.store(CANCELLED, Ordering::Relaxed);
    assert!(matches!(
        Library::load().call_in_context("stops", &[], &context).0,
        Outcome::Error(..)
    ));
}

#[test]
fn the_table_tells_how_a_function_is_called() {
    let library = Library::load();
    let how = |name: &str| {
        let (entry, _) = library.function(name);
        (entry.get("async").cloned(), entry.get("background").cloned())
    };
    assert_eq!(how("always"), (Some(json!(true)), None));
    assert_eq!(how("never_async"), (None, Some(json!(false))));
    assert_eq!(how("stops"), (None, None));
}
