//! Stores arguments, which are JSON, in slots and in the stream.

use std::any::Any;

use serde_json::{json, Value};

use super::frame::RawFrame;

/// The records and enums of a table.
pub struct Types<'t>(pub &'t [Value]);

/// Returns the size of the elements if the type is a list of scalars.
pub fn element_bytes(of: &Value) -> Option<usize> {
    match of.as_str()? {
        "i8" | "u8" | "bool" => Some(1),
        "i16" | "u16" => Some(2),
        "i32" | "u32" | "f32" | "char" => Some(4),
        "i64" | "u64" | "isize" | "usize" | "f64" => Some(8),
        _ => None,
    }
}

/// Returns a scalar as the 64 bits of a slot.
fn bits(of: &str, value: &Value) -> u64 {
    match of {
        "bool" => u64::from(value.as_bool().expect("a boolean")),
        "char" => u64::from(
            value
                .as_str()
                .and_then(|text| text.chars().next())
                .expect("a character"),
        ),
        "f32" => u64::from((value.as_f64().expect("a number") as f32).to_bits()),
        "f64" => value.as_f64().expect("a number").to_bits(),
        _ => value
            .as_u64()
            .or(value.as_i64().map(|value| value as u64))
            .expect("an integer"),
    }
}

/// A descriptor.
#[repr(C)]
struct Descriptor {
    first: *mut u8,
    len: u32,
    /// Unused.
    rest: u32,
}

/// The arguments of a call, and the memory that slots point to.
#[derive(Default)]
pub struct Input {
    pub words: Vec<u64>,
    pub text: String,
    slots: Vec<(usize, u64)>,
    memory: Vec<Box<dyn Any>>,
}

/// Returns the kind of a type that is not plain, and the parts to which it is applied.
fn parts(of: &Value) -> (&str, &[Value]) {
    let parts = of.as_array().expect("a type is a string or an array");
    (parts[0].as_str().expect("the first part is a string"), &parts[1..])
}

impl Input {
    /// Stores an argument in its slot or in the stream.
    pub fn argument(&mut self, types: &Types<'_>, index: usize, of: &Value, value: &Value) {
        let slot = match of.as_str() {
            Some("string") => self.descriptor(&json!("u8"), &bytes_of(value)),
            Some("date") => bits("f64", value),
            Some(scalar) if element_bytes(of).is_some() => bits(scalar, value),
            Some(_) => return types.pack(self, of, value),
            None => match parts(of) {
                ("vec" | "typed" | "mut" | "slice", [element]) if element_bytes(element).is_some() => {
                    self.descriptor(element, value.as_array().expect("a list"))
                }
                ("mut" | "own", [of]) if types.is_class(of) => value.as_u64().expect("an address"),
                ("ref", _) if types.is_class(of) => value.as_u64().expect("an address"),
                ("py", [name]) => self.py(name.as_str().expect("a name"), value),
                _ => return types.pack(self, of, value),
            },
        };
        self.slots.push((index, slot));
    }

    /// Makes a descriptor for a type in Rust's syntax, and returns its address.
    fn py(&mut self, name: &str, value: &Value) -> u64 {
        let name = name
            .strip_prefix("Option<")
            .and_then(|name| name.strip_suffix('>'))
            .unwrap_or(name);
        if value.is_null() {
            return 0;
        }
        let name = name.trim_start_matches('&').trim_start_matches("mut ");
        if value.is_string() {
            assert!(["PyStr", "PyVec<u8>"].contains(&name));
            return self.descriptor(&json!("u8"), &bytes_of(value));
        }
        let element = name
            .strip_prefix("PyVec<")
            .and_then(|name| name.strip_suffix('>'))
            .expect("a list");
        let values = value.as_array().expect("a list");
        if element_bytes(&json!(element)).is_some() {
            return self.descriptor(&json!(element), values);
        }
        let pointers: Vec<_> = values
            .iter()
            .map(|value| self.py(element, value) as *const Descriptor)
            .collect();
        self.describe(pointers, values.len())
    }

    /// Makes the descriptor of a list of scalars, and returns its address.
    fn descriptor(&mut self, element: &Value, values: &[Value]) -> u64 {
        self.describe(packed(element, values), values.len())
    }

    /// Makes the descriptor of a list, and returns its address.
    fn describe<T: 'static>(&mut self, mut elements: Vec<T>, len: usize) -> u64 {
        // Even an empty list has an address.
        elements.reserve(1);
        let (first, len) = (elements.as_mut_ptr().cast(), u32::try_from(len).expect("a short list"));
        let mut descriptor = vec![Descriptor {
            first,
            len,
            rest: u32::MAX,
        }];
        let address = descriptor.as_mut_ptr() as u64;
        self.memory.push(Box::new(elements));
        self.memory.push(Box::new(descriptor));
        address
    }

    /// Fills a frame, which refers to memory that this keeps.
    pub fn fill(&mut self, frame: &mut RawFrame) {
        frame.in_words = self.words.as_ptr();
        frame.in_count = self.words.len() as u64;
        frame.in_text = self.text.as_ptr();
        frame.in_bytes = self.text.len() as u64;
        frame.in_units = self.text.encode_utf16().count() as u64;
        for &(index, slot) in &self.slots {
            frame.args[index] = slot;
        }
    }

    /// Returns an argument after the call, if it is a list of scalars.
    pub fn after(&self, index: usize, of: &Value) -> Value {
        let element = match of.as_array().map(Vec::as_slice) {
            Some([kind, element]) if kind == "mut" && element[0] != "ref" => element.clone(),
            Some([kind, name]) if kind == "py" => {
                let name = name.as_str().expect("a name");
                let Some(name) = name.strip_prefix("&mut PyVec<") else {
                    return Value::Null;
                };
                json!(name.strip_suffix('>').expect("a list"))
            }
            _ => return Value::Null,
        };
        let slot = self.slots.iter().find(|slot| slot.0 == index).expect("a slot").1;
        let Some(bytes) = element_bytes(&element) else {
            return Value::Null;
        };
        // SAFETY: `describe` has stored the address of a descriptor there. The descriptor and its elements still exist.
        let list = unsafe {
            let descriptor = &*(slot as *const Descriptor);
            std::slice::from_raw_parts(descriptor.first, descriptor.len as usize * bytes)
        };
        super::unpack::elements(&element, list)
    }
}

fn bytes_of(value: &Value) -> Vec<Value> {
    value
        .as_str()
        .expect("a string")
        .bytes()
        .map(|byte| json!(byte))
        .collect()
}

/// Returns scalars at their own size, filled up to whole words.
fn packed(element: &Value, values: &[Value]) -> Vec<u64> {
    let size = element_bytes(element).expect("a scalar");
    let element = element.as_str().expect("a scalar");
    let mut bytes = Vec::new();
    for value in values {
        bytes.extend_from_slice(&bits(element, value).to_le_bytes()[..size]);
    }
    bytes.resize(bytes.len().next_multiple_of(8), 0);
    bytes
        .chunks(8)
        .map(|word| u64::from_le_bytes(word.try_into().expect("8 bytes")))
        .collect()
}

impl Types<'_> {
    /// True for the type of an object.
    pub fn is_class(&self, of: &Value) -> bool {
        of[0] == "ref" && self.0[of[1].as_u64().expect("a number") as usize]["kind"] == "class"
    }

    /// Writes a value to the stream.
    fn pack(&self, input: &mut Input, of: &Value, value: &Value) {
        if let Some(plain) = of.as_str() {
            return match plain {
                "string" => {
                    let text = value.as_str().expect("a string");
                    input.words.push(text.encode_utf16().count() as u64);
                    input.text.push_str(text);
                }
                "i128" | "u128" => {
                    let digits = value.as_str().expect("digits");
                    let wide = digits
                        .parse()
                        .unwrap_or_else(|_| digits.parse::<i128>().expect("an integer") as u128);
                    input.words.extend([wide as u64, (wide >> 64) as u64]);
                }
                "date" => input.words.push(bits("f64", value)),
                scalar => input.words.push(bits(scalar, value)),
            };
        }
        match parts(of) {
            ("option", [of]) => {
                input.words.push(u64::from(!value.is_null()));
                match value {
                    Value::Null => {}
                    Value::Array(inner) if of[0] == "option" => self.pack(input, of, &inner[0]),
                    _ => self.pack(input, of, value),
                }
            }
            (kind @ ("vec" | "array" | "typed" | "slice"), [of, ..]) => {
                if kind == "slice" {
                    // The host may lend the memory, and this one does not.
                    input.words.push(0);
                }
                let values = value.as_array().expect("a list");
                input.words.push(values.len() as u64);
                if element_bytes(of).is_some() {
                    input.words.extend(packed(of, values));
                } else {
                    values.iter().for_each(|value| self.pack(input, of, value));
                }
            }
            ("tuple", types) => self.pack_all(input, types, value),
            ("map", [of]) => {
                let entries = value.as_object().expect("an object");
                input.words.push(entries.len() as u64);
                for (key, value) in entries {
                    self.pack(input, &json!("string"), &json!(key));
                    self.pack(input, of, value);
                }
            }
            ("ref", [number]) => self.pack_named(input, &self.0[number.as_u64().expect("a number") as usize], value),
            other => panic!("{other:?} in the stream"),
        }
    }

    fn pack_all(&self, input: &mut Input, types: &[Value], value: &Value) {
        let values = value.as_array().expect("a list");
        assert_eq!(types.len(), values.len());
        types
            .iter()
            .zip(values)
            .for_each(|(of, value)| self.pack(input, of, value));
    }

    fn pack_fields(&self, input: &mut Input, fields: &Value, value: &Value) {
        for field in fields.as_array().expect("there are fields") {
            self.pack(input, &field["type"], &value[field["name"].as_str().expect("a name")]);
        }
    }

    fn pack_named(&self, input: &mut Input, named: &Value, value: &Value) {
        if named["kind"] == "class" {
            return input.words.push(value.as_u64().expect("an address"));
        }
        if named["kind"] == "record" {
            return self.pack_fields(input, &named["fields"], value);
        }
        let variants = named["variants"].as_array().expect("there are variants");
        let name = if value.is_string() {
            value
        } else {
            &value[named["tag"].as_str().expect("a tag")]
        };
        let index = variants
            .iter()
            .position(|variant| variant["name"] == *name)
            .expect("there is such a variant");
        input.words.push(index as u64);
        let variant = &variants[index];
        match variant["kind"].as_str() {
            Some("unit") => {}
            Some("record") => self.pack_fields(input, &variant["fields"], value),
            Some("value") => self.pack(input, &variant["type"], &value["value"]),
            _ => self.pack_all(
                input,
                variant["types"].as_array().expect("there are types"),
                &value["value"],
            ),
        }
    }
}
