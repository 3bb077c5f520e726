//! A host for the tests. It follows the contract as a host in another language would, and shares no code with the
//! crate. Values are JSON: an integer of 128 bits is a string of its digits, and an option inside an option is an
//! array.

#![allow(dead_code, unused_imports, reason = "each test uses its own part of it")]

mod frame;
mod pack;
mod unpack;

use std::cell::RefCell;
use std::ffi::c_void;

use serde_json::{json, Value};

pub use frame::{Context, Function, Host, RawFrame, Reference};
use pack::{Input, Types};
use unpack::Stream;

/// The outcome of a call.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// With a value.
    Value(Value),
    /// With an `Err`: its code, and the messages.
    Error(Option<String>, Vec<String>),
    /// With an `Err`: the code and the message of it and of each of its causes.
    Errors(Vec<(Option<String>, String)>),
    /// With the refusal of a value: its parameter, the way to it there, and the reason as for `Errors`.
    Refused(Option<usize>, Vec<Value>, Vec<(Option<String>, String)>),
    /// The same, for a value that is out of range.
    OutOfRange(Option<usize>, Vec<Value>, Vec<(Option<String>, String)>),
    /// With an `Err` that is a record or an enum: the same, and the data.
    ErrorWithData(Vec<(Option<String>, String)>, Value),
    /// With an `Err` of another class: the status, and the same.
    ErrorOfClass(u32, Vec<(Option<String>, String)>),
    /// With a panic: its message and its location.
    Panic(String, Option<String>),
    /// Without a result: the status and the message.
    None(u32, String),
}

/// The library that the test itself is.
pub struct Library {
    /// The table.
    pub table: Value,
    functions: Vec<Function>,
    /// The flags of a frame.
    pub flags: u32,
    /// The number of words of room in a frame.
    pub room: usize,
    /// The references to objects that the last call has returned.
    pub references: RefCell<Vec<u64>>,
    /// The functions that led to the last panic, innermost first, with their locations, if the host has asked for them.
    pub frames: RefCell<Vec<(String, Option<String>)>>,
}

extern "C" {
    /// Writes the table to a frame, as a framed function does.
    pub fn rustdll_table(frame: *mut c_void) -> u32;
    fn rustdll_function(index: u64) -> *const c_void;
}

/// Returns the entry of a function in a table, or null if the table has none.
pub fn entry(table: &Value, name: &str) -> Value {
    let functions = table["functions"].as_array().expect("there are functions");
    let found = functions.iter().find(|function| function["name"] == name);
    found.cloned().unwrap_or_default()
}

impl Library {
    /// Loads the library that this test is.
    pub fn load() -> Self {
        let mut frame = RawFrame::new(0);
        // SAFETY: it is a framed function without arguments.
        let status = unsafe { rustdll_table(frame.pointer().cast()) };
        assert_eq!(status, 0, "{}", frame.text());
        let table: Value = serde_json::from_str(&frame.text()).expect("the table is JSON");
        frame.release();
        let count = table["functions"].as_array().expect("there are functions").len();
        let functions = (0..count as u64)
            .map(|index| {
                // SAFETY: the contract defines its parameter and its result.
                let address = unsafe { rustdll_function(index) };
                assert!(!address.is_null());
                // SAFETY: by the contract it is the address of a framed function.
                unsafe { std::mem::transmute::<*const c_void, Function>(address) }
            })
            .collect();
        // Behind the last one are the function that takes from iterators, and that with which one listens to logging.
        let behind = [0, 1, 2].map(|place| {
            // SAFETY: as above.
            let function = unsafe { rustdll_function((count + place) as u64) };
            !function.is_null()
        });
        assert_eq!(behind, [true, cfg!(any(feature = "log", feature = "tracing")), false]);
        Self::new(table, functions)
    }

    /// A library with that table and those functions.
    pub fn new(table: Value, functions: Vec<Function>) -> Self {
        Self {
            table,
            functions,
            flags: 0,
            room: 1024,
            references: RefCell::default(),
            frames: RefCell::default(),
        }
    }

    /// Returns the entry of a function in the table, and the address of the function.
    pub fn function(&self, name: &str) -> (&Value, Function) {
        let functions = self.table["functions"].as_array().expect("there are functions");
        let types = &self.table["types"];
        let index = functions.iter().position(|function| match function["class"].as_u64() {
            Some(class) => {
                let class = types[class as usize]["name"].as_str().expect("a name");
                let own = function["name"].as_str().expect("a name");
                name == format!("{class}.{own}") && function["role"] != "setter"
                    || name == format!("{class}.{own}=") && function["role"] == "setter"
            }
            None => function["name"] == name,
        });
        let index = index.unwrap_or_else(|| panic!("there is no function {name}"));
        (&functions[index], self.functions[index])
    }

    /// Calls a function.
    pub fn call(&self, name: &str, arguments: &[Value]) -> Outcome {
        self.call_in_place(name, arguments).0
    }

    /// Calls a function that has to return a value.
    pub fn value(&self, name: &str, arguments: &[Value]) -> Value {
        match self.call(name, arguments) {
            Outcome::Value(value) => value,
            other => panic!("{name}: {other:?}"),
        }
    }

    /// Calls a function, and returns its arguments after the call as well.
    pub fn call_in_place(&self, name: &str, arguments: &[Value]) -> (Outcome, Vec<Value>) {
        self.call_in_context(name, arguments, std::ptr::null())
    }

    /// Calls a function in a context, and returns its arguments after the call as well.
    pub fn call_in_context(&self, name: &str, arguments: &[Value], context: *const Context) -> (Outcome, Vec<Value>) {
        let (entry, function) = self.function(name);
        let types = Types(self.table["types"].as_array().expect("there are types"));
        let mut input = Input::default();
        let parameters = entry["parameters"].as_array().expect("there are parameters");
        assert_eq!(parameters.len(), arguments.len(), "{name}");
        for (index, (parameter, argument)) in parameters.iter().zip(arguments).enumerate() {
            input.argument(&types, index, &parameter["type"], argument);
        }
        let mut frame = RawFrame::new(self.room);
        input.fill(&mut frame);
        frame.context = context;
        frame.flags = self.flags;
        // SAFETY: the function is this one, the frame has the arguments of its signature, and `input` still exists.
        let status = unsafe { function(frame.pointer()) };
        self.references.replace(frame.references());
        let outcome = match status {
            0 => Outcome::Value(types.result(&entry["result"], &frame)),
            1 => {
                let stream = &mut Stream::new(&frame);
                let code = types.value(&json!(["option", "string"]), stream);
                let messages = types.value(&json!(["vec", "string"]), stream);
                stream.finish();
                Outcome::Error(
                    code.as_str().map(str::to_owned),
                    serde_json::from_value(messages).expect("strings"),
                )
            }
            2 | 8 => {
                let stream = &mut Stream::new(&frame);
                let message = types.value(&json!("string"), stream);
                let location = types.value(&json!(["option", "string"]), stream);
                let frames = if status == 8 {
                    types.value(&json!(["vec", ["tuple", "string", ["option", "string"]]]), stream)
                } else {
                    json!([])
                };
                self.frames
                    .replace(serde_json::from_value(frames).expect("names and places"));
                stream.finish();
                Outcome::Panic(
                    message.as_str().expect("a string").to_owned(),
                    location.as_str().map(str::to_owned),
                )
            }
            6 | 12 | 13 | 14 => {
                let stream = &mut Stream::new(&frame);
                let errors = types.value(&json!(["vec", ["tuple", ["option", "string"], "string"]]), stream);
                let errors = serde_json::from_value(errors).expect("codes and strings");
                let outcome = match status {
                    6 => Outcome::Errors(errors),
                    12 => Outcome::ErrorWithData(errors, types.value(&entry["error"], stream)),
                    _ => Outcome::ErrorOfClass(status, errors),
                };
                stream.finish();
                outcome
            }
            11 => {
                let stream = &mut Stream::new(&frame);
                let parameter = types.value(&json!(["option", "usize"]), stream);
                let steps = types.value(&json!("u32"), stream).as_u64().expect("a number");
                let path = (0..steps).map(|_| match types.value(&json!("u32"), stream).as_u64() {
                    Some(0) => types.value(&json!("usize"), stream),
                    _ => types.value(&json!("string"), stream),
                });
                let path = path.collect();
                let is_range = types.value(&json!("bool"), stream).as_bool().expect("a bool");
                let errors = types.value(&json!(["vec", ["tuple", ["option", "string"], "string"]]), stream);
                stream.finish();
                let make = if is_range {
                    Outcome::OutOfRange
                } else {
                    Outcome::Refused
                };
                make(
                    serde_json::from_value(parameter).expect("a parameter"),
                    path,
                    serde_json::from_value(errors).expect("codes and strings"),
                )
            }
            _ => Outcome::None(status, frame.text()),
        };
        frame.release();
        let after = parameters
            .iter()
            .enumerate()
            .map(|(index, parameter)| input.after(index, &parameter["type"]));
        (outcome, after.collect())
    }
}
