//! Writes the functions that `src/lib.rs` includes.

use std::{env, fs, path::Path};

/// The number of functions of each kind.
const EACH: u32 = 50;

/// One function of each kind; `@` stands for a number. The kinds differ in how their arguments and results are passed.
const KINDS: &str = r#"
/// The sum of both; it wraps around.
#[export]
pub fn add_@(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

/// The quotient, or an error when `b` is zero.
#[export]
pub fn divide_@(a: f64, b: f64) -> Result<f64, Error> {
    if b == 0.0 {
        return Err(Error::new("division by zero"));
    }
    Ok(a / b)
}

/// Sets each byte.
#[export]
pub fn fill_@(bytes: &mut [u8], value: u8) {
    bytes.fill(value);
}

/// Where a name is.
#[export]
pub fn find_@(names: Vec<String>, name: String) -> Option<u32> {
    names.iter().position(|other| *other == name).map(|index| index as u32)
}

/// A place with a name.
#[derive(Record)]
pub struct Point@ {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
    /// Its name.
    pub label: String,
}

/// The same name, elsewhere.
#[export]
pub fn moved_@(point: Point@, by: f64) -> Point@ {
    Point@ { x: point.x + by, y: point.y + by, label: point.label }
}

/// The value, so many times larger.
#[export]
pub fn scaled_@(value: f64, factor: u32, negative: bool) -> f64 {
    value * f64::from(factor) * if negative { -1.0 } else { 1.0 }
}

/// The text with ASCII letters in upper case.
#[export]
pub fn shout_@(mut text: String) -> String {
    text.make_ascii_uppercase();
    text
}

/// The sum of the values.
#[export]
pub fn total_@(values: Vec<f64>) -> f64 {
    values.iter().sum()
}
"#;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let source: String = (0..EACH)
        .map(|number| KINDS.replace('@', &number.to_string()))
        .collect();
    let folder = env::var("OUT_DIR").expect("Cargo names the folder");
    fs::write(Path::new(&folder).join("functions.rs"), source).expect("the folder can be written to");
}
