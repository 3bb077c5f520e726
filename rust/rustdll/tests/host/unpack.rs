//! Reads results from the frame as JSON.

use serde_json::{json, Map, Value};

use super::frame::{RawFrame, UNTOUCHED};
use super::pack::{element_bytes, Types};

/// Reads a scalar of a slot or of a word.
fn scalar(of: &str, bits: u64) -> Value {
    match of {
        "bool" => {
            assert!(bits <= 1);
            json!(bits == 1)
        }
        "char" => json!(char::from_u32(u32::try_from(bits).expect("32 bits")).expect("a character")),
        "f32" => json!(f32::from_bits(u32::try_from(bits).expect("32 bits"))),
        "f64" => json!(f64::from_bits(bits)),
        "i8" | "i16" | "i32" | "i64" | "isize" => json!(bits as i64),
        _ => json!(bits),
    }
}

/// Reads the elements of a list of scalars.
pub fn elements(of: &Value, bytes: &[u8]) -> Value {
    let size = element_bytes(of).expect("a scalar");
    let of = of.as_str().expect("a scalar");
    let element = |bytes: &[u8]| {
        let signed = of.starts_with('i') && bytes[size - 1] >= 0x80;
        let mut word = [if signed { 0xff } else { 0 }; 8];
        word[..size].copy_from_slice(bytes);
        scalar(of, u64::from_le_bytes(word))
    };
    bytes.chunks(size).map(element).collect()
}

/// The stream of a result.
pub struct Stream {
    words: std::vec::IntoIter<u64>,
    text: Vec<u16>,
}

impl Stream {
    /// Makes the stream of a frame.
    pub fn new(frame: &RawFrame) -> Self {
        let bytes = frame.bytes(frame.result as usize * 8);
        let words: Vec<_> = bytes
            .chunks(8)
            .map(|word| u64::from_le_bytes(word.try_into().expect("8 bytes")))
            .collect();
        Self {
            words: words.into_iter(),
            text: frame.text().encode_utf16().collect(),
        }
    }

    fn word(&mut self) -> u64 {
        self.words.next().expect("a word")
    }

    /// Checks that everything was read.
    pub fn finish(&self) {
        assert_eq!(self.words.len(), 0);
        assert!(self.text.is_empty());
    }
}

impl Types<'_> {
    /// Reads the result of a call.
    pub fn result(&self, of: &Value, frame: &RawFrame) -> Value {
        if let Some(plain) = of.as_str() {
            match plain {
                "unit" => {
                    assert_eq!(frame.result, UNTOUCHED);
                    return Value::Null;
                }
                "string" => {
                    assert!(frame.words.ptr.is_null());
                    return json!(frame.text());
                }
                "date" => return scalar("f64", frame.result),
                _ if element_bytes(of).is_some() => return scalar(plain, frame.result),
                _ => {}
            }
        }
        if let Some(bytes) =
            element_bytes(&of[1]).filter(|_| ["vec", "array", "typed", "slice"].iter().any(|&kind| of[0] == kind))
        {
            return elements(&of[1], frame.bytes(frame.result as usize * bytes));
        }
        if self.is_class(of) {
            return json!(frame.result);
        }
        let mut stream = Stream::new(frame);
        let value = self.value(of, &mut stream);
        stream.finish();
        value
    }

    /// Reads the next value of the stream.
    pub fn value(&self, of: &Value, stream: &mut Stream) -> Value {
        if let Some(plain) = of.as_str() {
            return match plain {
                "string" => {
                    let units = stream.word() as usize;
                    let rest = stream.text.split_off(units);
                    let text = std::mem::replace(&mut stream.text, rest);
                    json!(String::from_utf16(&text).expect("no half of a pair"))
                }
                "i128" | "u128" => {
                    let wide = u128::from(stream.word()) | u128::from(stream.word()) << 64;
                    json!(if plain == "i128" {
                        (wide as i128).to_string()
                    } else {
                        wide.to_string()
                    })
                }
                "date" => scalar("f64", stream.word()),
                _ => scalar(plain, stream.word()),
            };
        }
        let parts = of.as_array().expect("a type is a string or an array");
        match parts[0].as_str().expect("the first part is a string") {
            "option" => match stream.word() {
                0 => Value::Null,
                1 if parts[1][0] == "option" => json!([self.value(&parts[1], stream)]),
                1 => self.value(&parts[1], stream),
                other => panic!("{other} for an option"),
            },
            "vec" | "array" | "typed" | "slice" => {
                let count = stream.word() as usize;
                if let Some(bytes) = element_bytes(&parts[1]) {
                    let words = (count * bytes).div_ceil(8);
                    let packed: Vec<u8> = (0..words).flat_map(|_| stream.word().to_le_bytes()).collect();
                    assert!(
                        packed[count * bytes..].iter().all(|&byte| byte == 0),
                        "the rest of a word is zero"
                    );
                    return elements(&parts[1], &packed[..count * bytes]);
                }
                (0..count).map(|_| self.value(&parts[1], stream)).collect()
            }
            "tuple" => parts[1..].iter().map(|of| self.value(of, stream)).collect(),
            "map" => {
                let entries = (0..stream.word()).map(|_| {
                    let key = self.value(&json!("string"), stream).as_str().expect("a key").to_owned();
                    (key, self.value(&parts[1], stream))
                });
                Value::Object(entries.collect())
            }
            "iter" | "stream" => json!(stream.word()),
            "ref" => self.named(&self.0[parts[1].as_u64().expect("a number") as usize], stream),
            other => panic!("{other} in the stream"),
        }
    }

    fn fields(&self, fields: &Value, stream: &mut Stream, object: &mut Map<String, Value>) {
        for field in fields.as_array().expect("there are fields") {
            let value = self.value(&field["type"], stream);
            object.insert(field["name"].as_str().expect("a name").to_owned(), value);
        }
    }

    fn named(&self, named: &Value, stream: &mut Stream) -> Value {
        if named["kind"] == "class" {
            return json!(stream.word());
        }
        let mut object = Map::new();
        if named["kind"] == "record" {
            self.fields(&named["fields"], stream, &mut object);
            return Value::Object(object);
        }
        let variants = named["variants"].as_array().expect("there are variants");
        let variant = &variants[stream.word() as usize];
        if variants.iter().all(|variant| variant["kind"] == "unit") {
            return variant["name"].clone();
        }
        object.insert(
            named["tag"].as_str().expect("a tag").to_owned(),
            variant["name"].clone(),
        );
        match variant["kind"].as_str() {
            Some("unit") => {}
            Some("record") => self.fields(&variant["fields"], stream, &mut object),
            Some("value") => {
                object.insert("value".to_owned(), self.value(&variant["type"], stream));
            }
            _ => {
                let types = variant["types"].as_array().expect("there are types");
                let values = types.iter().map(|of| self.value(of, stream)).collect();
                object.insert("value".to_owned(), values);
            }
        }
        Value::Object(object)
    }
}
