//! The functions of `bench/exported` as a napi-rs addon: the same names (in JavaScript's spelling), types and bodies,
//! written as napi-rs's guide writes them.

use std::future::Future;
use std::thread;

use napi::bindgen_prelude::{AsyncGenerator, AsyncTask, Function, Generator};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Error, Result, Status, Task};
use napi_derive::napi;

/// A place with a name.
#[napi(object)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
    /// Its name.
    pub label: String,
}

/// The sum; it wraps around.
#[napi]
pub fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

/// The sum.
#[napi]
pub fn add_floats(a: f64, b: f64) -> f64 {
    a + b
}

/// The quotient, or an error when `b` is zero.
#[napi]
pub fn divide(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 {
        return Err(Error::from_reason("division by zero"));
    }
    Ok(a / b)
}

/// The text with ASCII letters in upper case.
#[napi]
pub fn shout(mut text: String) -> String {
    text.make_ascii_uppercase();
    text
}

/// The sum of the values.
#[napi]
pub fn total(values: Vec<f64>) -> f64 {
    values.iter().sum()
}

/// Each value and one.
#[napi]
pub fn increase(mut values: Vec<f64>) -> Vec<f64> {
    for value in &mut values {
        *value += 1.0;
    }
    values
}

/// So many names.
#[napi]
pub fn names(count: u32) -> Vec<String> {
    (0..count).map(|i| format!("name {i}")).collect()
}

/// Each text with ASCII letters in upper case.
#[napi]
pub fn shout_all(mut texts: Vec<String>) -> Vec<String> {
    for text in &mut texts {
        text.make_ascii_uppercase();
    }
    texts
}

/// The sum of all coordinates and of the lengths of the labels in bytes.
#[napi]
pub fn measure(points: Vec<Point>) -> f64 {
    points
        .iter()
        .map(|point| point.x + point.y + point.label.len() as f64)
        .sum()
}

/// Each point, one to the right and one up.
#[napi]
pub fn moved(mut points: Vec<Point>) -> Vec<Point> {
    for point in &mut points {
        point.x += 1.0;
        point.y += 1.0;
    }
    points
}

/// The sum of the values of all lists; it wraps around.
#[napi]
pub fn total_of_lists(lists: Vec<Vec<i64>>) -> i64 {
    lists.iter().flatten().fold(0, |sum, value| sum.wrapping_add(*value))
}

/// The lists, each value and one; it wraps around.
#[napi]
pub fn increase_lists(mut lists: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
    for value in lists.iter_mut().flatten() {
        *value = value.wrapping_add(1);
    }
    lists
}

/// Adds on another thread.
pub struct AddFloats {
    a: f64,
    b: f64,
}

impl Task for AddFloats {
    type Output = f64;
    type JsValue = f64;

    fn compute(&mut self) -> Result<f64> {
        Ok(self.a + self.b)
    }

    fn resolve(&mut self, _: Env, sum: f64) -> Result<f64> {
        Ok(sum)
    }
}

/// The sum, added on another thread.
#[napi]
pub fn add_floats_task(a: f64, b: f64) -> AsyncTask<AddFloats> {
    AsyncTask::new(AddFloats { a, b })
}

/// The sum, by a future.
#[napi]
pub async fn add_floats_later(a: f64, b: f64) -> f64 {
    a + b
}

/// The numbers below one.
#[napi(iterator)]
pub struct NumbersBelow {
    next: u32,
    end: u32,
}

#[napi]
impl NumbersBelow {
    /// Begins at 0.
    #[napi(constructor)]
    pub fn new(end: u32) -> Self {
        Self { next: 0, end }
    }
}

#[napi]
impl Generator for NumbersBelow {
    type Yield = u32;
    type Next = ();
    type Return = ();

    fn next(&mut self, _: Option<()>) -> Option<u32> {
        let next = self.next;
        self.next += 1;
        (next < self.end).then_some(next)
    }
}

/// The numbers below one, in their time.
#[napi(async_iterator)]
pub struct NumbersLater {
    next: u32,
    end: u32,
}

#[napi]
impl NumbersLater {
    /// Begins at 0.
    #[napi(constructor)]
    pub fn new(end: u32) -> Self {
        Self { next: 0, end }
    }
}

#[napi]
impl AsyncGenerator for NumbersLater {
    type Yield = u32;
    type Next = ();
    type Return = ();

    fn next(&mut self, _: Option<()>) -> impl Future<Output = Result<Option<u32>>> + Send + 'static {
        let next = self.next;
        let is_there = next < self.end;
        self.next += 1;
        async move { Ok(is_there.then_some(next)) }
    }
}

/// Counts.
#[napi]
pub struct Counter {
    count: f64,
}

#[napi]
impl Counter {
    /// Begins at a number.
    #[napi(constructor)]
    pub fn new(count: f64) -> Self {
        Self { count }
    }

    /// Adds to the count, and returns it.
    #[napi]
    pub fn add(&mut self, by: f64) -> f64 {
        self.count += by;
        self.count
    }
}

/// The sum of what a function returns for the numbers below one.
#[napi]
pub fn call_times(count: u32, f: Function<'_, f64, f64>) -> Result<f64> {
    let mut sum = 0.0;
    for number in 0..count {
        sum += f.call(f64::from(number))?;
    }
    Ok(sum)
}

/// Posts the numbers below one, on a thread of its own.
#[napi]
pub fn post_times(count: u32, on: ThreadsafeFunction<f64, (), f64, Status, false>) {
    thread::spawn(move || {
        for number in 0..count {
            on.call(f64::from(number), ThreadsafeFunctionCallMode::NonBlocking);
        }
    });
}
