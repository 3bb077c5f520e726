//! The functions of `bench/exported` as a Python module: the same names, types and bodies, written as PyO3's guide writes
//! them.

use pyo3::prelude::*;

/// A place with a name, which is a dict in Python.
#[derive(FromPyObject, IntoPyObject)]
pub struct Point {
    /// To the right.
    #[pyo3(item)]
    pub x: f64,
    /// Upwards.
    #[pyo3(item)]
    pub y: f64,
    /// Its name.
    #[pyo3(item)]
    pub label: String,
}

/// The functions.
#[pymodule]
mod bench_pyo3 {
    use super::Point;
    use pyo3::prelude::*;

    /// The sum.
    #[pyfunction]
    fn add_floats(a: f64, b: f64) -> f64 {
        a + b
    }

    /// The text with ASCII letters in upper case.
    #[pyfunction]
    fn shout(mut text: String) -> String {
        text.make_ascii_uppercase();
        text
    }

    /// Each value and one.
    #[pyfunction]
    fn increase(mut values: Vec<f64>) -> Vec<f64> {
        for value in &mut values {
            *value += 1.0;
        }
        values
    }

    /// So many names.
    #[pyfunction]
    fn names(count: u32) -> Vec<String> {
        (0..count).map(|i| format!("name {i}")).collect()
    }

    /// Each text with ASCII letters in upper case.
    #[pyfunction]
    fn shout_all(mut texts: Vec<String>) -> Vec<String> {
        for text in &mut texts {
            text.make_ascii_uppercase();
        }
        texts
    }

    /// The sum of all coordinates and of the lengths of the labels in bytes.
    #[pyfunction]
    fn measure(points: Vec<Point>) -> f64 {
        points
            .iter()
            .map(|point| point.x + point.y + point.label.len() as f64)
            .sum()
    }

    /// Each point, one to the right and one up.
    #[pyfunction]
    fn moved(mut points: Vec<Point>) -> Vec<Point> {
        for point in &mut points {
            point.x += 1.0;
            point.y += 1.0;
        }
        points
    }

    /// The sum of the values of all lists; it wraps around.
    #[pyfunction]
    fn total_of_lists(lists: Vec<Vec<i64>>) -> i64 {
        lists.iter().flatten().fold(0, |sum, value| sum.wrapping_add(*value))
    }
}
