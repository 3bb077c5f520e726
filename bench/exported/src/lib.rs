//! The exported functions that the benchmark calls, and the same behind strings of JSON.

mod json;
mod types;

use std::thread;

use rustdll::{export, Callback, Error, Iter, Object, Record, Stream};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::hint::black_box;
use std::sync::atomic::{AtomicU32, Ordering};

/// Another allocator than that of the system.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A place with a name.
#[derive(Record, Serialize, Deserialize)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
    /// Its name.
    pub label: String,
}

/// The sum; it wraps around.
#[export]
pub fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

/// The sum.
#[export]
pub fn add_floats(a: f64, b: f64) -> f64 {
    a + b
}

/// The quotient, or an error when `b` is zero.
#[export]
pub fn divide(a: f64, b: f64) -> Result<f64, Error> {
    if b == 0.0 {
        return Err(Error::new("division by zero"));
    }
    Ok(a / b)
}

/// The text with ASCII letters in upper case.
#[export]
pub fn shout(mut text: String) -> String {
    text.make_ascii_uppercase();
    text
}

/// The sum of the values.
#[export]
pub fn total(values: Vec<f64>) -> f64 {
    values.iter().sum()
}

/// Each value and one.
#[export]
pub fn increase(mut values: Vec<f64>) -> Vec<f64> {
    for value in &mut values {
        *value += 1.0;
    }
    values
}

/// So many values.
#[export]
pub fn floats(count: u32) -> Vec<f64> {
    (0..count).map(|i| f64::from(i) + 0.5).collect()
}

/// So many names.
#[export]
pub fn names(count: u32) -> Vec<String> {
    (0..count).map(|i| format!("name {i}")).collect()
}

/// Each text with ASCII letters in upper case.
#[export]
pub fn shout_all(mut texts: Vec<String>) -> Vec<String> {
    for text in &mut texts {
        text.make_ascii_uppercase();
    }
    texts
}

/// The lengths of all texts in bytes together.
#[export]
pub fn lengths(texts: Vec<String>) -> f64 {
    texts.iter().map(|text| text.len() as f64).sum()
}

/// So many points.
#[export]
pub fn points(count: u32) -> Vec<Point> {
    let point = |i: u32| Point {
        x: f64::from(i) + 0.5,
        y: -0.5,
        label: format!("label {}", i % 1000),
    };
    (0..count).map(point).collect()
}

/// The sum of all coordinates and of the lengths of the labels in bytes.
#[export]
pub fn measure(points: Vec<Point>) -> f64 {
    points
        .iter()
        .map(|point| point.x + point.y + point.label.len() as f64)
        .sum()
}

/// Each point, one to the right and one up.
#[export]
pub fn moved(mut points: Vec<Point>) -> Vec<Point> {
    for point in &mut points {
        point.x += 1.0;
        point.y += 1.0;
    }
    points
}

/// The sum of the values of all lists; it wraps around.
#[export]
pub fn total_of_lists(lists: Vec<Vec<i64>>) -> i64 {
    lists.iter().flatten().fold(0, |sum, value| sum.wrapping_add(*value))
}

/// The lists, each value and one; it wraps around.
#[export]
pub fn increase_lists(mut lists: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
    for value in lists.iter_mut().flatten() {
        *value = value.wrapping_add(1);
    }
    lists
}

/// So many maps of three entries.
#[export]
pub fn prices(count: u32) -> Vec<BTreeMap<String, f64>> {
    let map = |i: u32| {
        ["bread", "milk", "water"]
            .map(|name| (name.to_owned(), f64::from(i) + 0.5))
            .into()
    };
    (0..count).map(map).collect()
}

/// The sum of all values.
#[export]
pub fn total_of_prices(maps: Vec<HashMap<String, f64>>) -> f64 {
    maps.iter().flat_map(HashMap::values).sum()
}

/// The number of values that are made and dropped again, which is what Rust itself takes for a result of them.
#[export]
pub fn made_floats(count: u32) -> f64 {
    black_box(floats(count)).len() as f64
}

/// The same of names.
#[export]
pub fn made_names(count: u32) -> f64 {
    black_box(names(count)).len() as f64
}

/// The same of points.
#[export]
pub fn made_points(count: u32) -> f64 {
    black_box(points(count)).len() as f64
}

/// The same of maps of three entries.
#[export]
pub fn made_prices(count: u32) -> f64 {
    black_box(prices(count)).len() as f64
}

/// The sum of values that are made, added up and dropped again, which is what Rust itself takes for an argument of them.
#[export]
pub fn added_floats(count: u32) -> f64 {
    total(black_box(floats(count)))
}

/// The same of the lengths of names.
#[export]
pub fn added_names(count: u32) -> f64 {
    lengths(black_box(names(count)))
}

/// The same of the coordinates of points.
#[export]
pub fn added_points(count: u32) -> f64 {
    measure(black_box(points(count)))
}

/// The same of lists of ten integers.
#[export]
pub fn added_lists(count: u32) -> i64 {
    let lists: Vec<Vec<i64>> = (0..i64::from(count)).map(|i| (i..i + 10).collect()).collect();
    total_of_lists(black_box(lists))
}

/// The same of maps of three entries that are not sorted.
#[export]
pub fn added_prices(count: u32) -> f64 {
    let map = |i: u32| ["bread", "milk", "water"].map(|name| (name.to_owned(), f64::from(i) + 0.5));
    let maps: Vec<HashMap<String, f64>> = (0..count).map(|i| map(i).into()).collect();
    total_of_prices(black_box(maps))
}

/// The same of maps of ten numbers, by number.
#[export]
pub fn made_table(rows: u32) -> f64 {
    black_box(table(rows)).len() as f64
}

/// The same, with the sum of the numbers.
#[export]
pub fn added_table(rows: u32) -> f64 {
    total_of_table(black_box(table(rows)))
}

/// Does the same as [`shout_all`] with texts that it copies from one, and drops them. Returns how many they are.
#[export]
pub fn shouted_texts(count: u32) -> f64 {
    let all = black_box("label 12345, ".repeat(2000));
    let texts = (0..count as usize).map(|k| all[13 * k % 25_987..][..13].to_owned());
    black_box(shout_all(black_box(texts.collect()))).len() as f64
}

/// So many maps of ten numbers each, by number.
#[export]
pub fn table(rows: u32) -> BTreeMap<u32, BTreeMap<u32, f64>> {
    let row = |i: u32| (0..10).map(|k| (k, f64::from(i + k) + 0.5)).collect();
    (0..rows).map(|i| (i, row(i))).collect()
}

/// The sum of all values.
#[export]
pub fn total_of_table(table: BTreeMap<u32, BTreeMap<u32, f64>>) -> f64 {
    table.values().flat_map(BTreeMap::values).sum()
}

/// The sum, by a future.
#[export]
pub async fn add_floats_later(a: f64, b: f64) -> f64 {
    a + b
}

/// The numbers below one, in their time.
#[export]
pub fn numbers_later(end: u32) -> Stream<u32> {
    Stream::unfold(0, move |next| async move { (next < end).then_some((next, next + 1)) })
}

/// The sum of the numbers, which takes about as long as their number says.
#[export]
pub fn spin(rounds: u32) -> f64 {
    (0..rounds).fold(0.5, |sum: f64, number| black_box(sum.mul_add(0.5, f64::from(number))))
}

/// Does `spin` so many times, on so many threads that take one after the other, as those of a pool do.
#[export]
pub fn spin_on_threads(threads: u32, times: u32, rounds: u32) -> f64 {
    let taken = AtomicU32::new(0);
    let work = || {
        let mut sum = 0.0;
        while taken.fetch_add(1, Ordering::Relaxed) < times {
            sum += spin(rounds);
        }
        sum
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or(f64::NAN))
            .sum()
    })
}

/// The numbers below one.
#[export]
pub fn numbers_below(end: u32) -> Iter<u32> {
    Iter::new(0..end)
}

/// Counts.
#[derive(Object)]
pub struct Counter {
    count: f64,
}

#[export]
impl Counter {
    /// Begins at a number.
    pub fn new(count: f64) -> Self {
        Self { count }
    }

    /// Adds to the count, and returns it.
    pub fn add(&mut self, by: f64) -> f64 {
        self.count += by;
        self.count
    }
}

/// The sum of what a function returns for the numbers below one.
#[export]
pub fn call_times(count: u32, f: &dyn Fn(f64) -> f64) -> f64 {
    (0..count).map(|number| f(f64::from(number))).sum()
}

/// Posts the numbers below one, on a thread of its own.
#[export]
pub fn post_times(count: u32, on: Callback<(f64,)>) {
    thread::spawn(move || {
        // The loop ends with the environment.
        let _ = (0..count).try_for_each(|number| on.post((f64::from(number),)));
    });
}
