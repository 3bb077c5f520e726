//! The functions whose calls are counted in instructions. They do as little as they can, so that the counts are those of
//! the calls.

use rustdll::{export, PyStr, PyVec, Record};

/// A place with a name.
#[derive(Record)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
    /// Its name.
    pub label: String,
}

/// Valgrind begins a new count at each call of this function.
#[no_mangle]
pub extern "C" fn next_count() {}

/// The sum; it wraps around.
#[no_mangle]
pub extern "C" fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

/// The length in bytes.
#[no_mangle]
pub extern "C" fn length(text: &PyStr) -> u32 {
    text.len() as u32
}

/// Adds one to the first value, and returns how many there are.
#[no_mangle]
pub extern "C" fn raise_first(values: &mut PyVec<f64>) -> u32 {
    values[0] += 1.0;
    values.len() as u32
}

/// Adds one to the first number, and returns the length of the name and of the list.
#[no_mangle]
pub extern "C" fn greet(name: &PyStr, numbers: &mut PyVec<i64>) -> u64 {
    numbers[0] = numbers[0].wrapping_add(1);
    (name.len() + numbers.len()) as u64
}

/// The number of points, and of bytes of the last label.
#[export]
pub fn measure(points: Vec<Point>) -> usize {
    points.len() + points.last().map_or(0, |point| point.label.len())
}

/// So many points.
#[export]
pub fn points(count: u32) -> Vec<Point> {
    (0..count)
        .map(|i| Point {
            x: f64::from(i),
            y: -1.0,
            label: "a label".to_owned(),
        })
        .collect()
}
