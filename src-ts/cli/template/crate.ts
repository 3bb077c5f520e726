/** The crate of a new project. */

import type { ProjectFacts } from './facts';

export function cargoToml({ name, crate, isInWorkspace }: ProjectFacts): string {
  const workspace = `
# This crate is no part of the workspace in the folders above.
[workspace]
`;
  return `[package]
name = "${name}"
version = "0.1.0"
edition = "2021"
publish = false

[lib]
# Node opens the cdylib; tests in the folder tests and other crates use the rlib.
crate-type = ["cdylib", "rlib"]

[dependencies]
rustdll = ${crate}

[profile.release]
lto = true
strip = true
${isInWorkspace ? workspace : ''}`;
}

export const LIB_RS = `//! Functions that JavaScript calls.

use std::collections::HashMap;

use rustdll::{export, Error, Object, Record};

/// A place in the plane.
#[derive(Record)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
    /// The name of the place.
    pub label: Option<String>,
}

/// Greets somebody.
#[export]
pub fn greet(name: &str) -> String {
    format!("Hello, {name}!")
}

/// The centre of the points.
#[export]
pub fn centroid(points: Vec<Point>) -> Result<Point, Error> {
    if points.is_empty() {
        return Err(Error::new("there are no points").with_code("E_EMPTY"));
    }
    let count = points.len() as f64;
    Ok(Point {
        x: points.iter().map(|point| point.x).sum::<f64>() / count,
        y: points.iter().map(|point| point.y).sum::<f64>() / count,
        label: None,
    })
}

/// Divides a list by its sum, in place.
#[export]
pub fn normalize(values: &mut [f64]) {
    let sum: f64 = values.iter().sum();
    values.iter_mut().for_each(|value| *value /= sum);
}

/// Counts words. It stays in Rust: JavaScript has an object that refers to it.
#[derive(Object, Default)]
pub struct WordCount {
    counts: HashMap<String, u32>,
}

#[export]
impl WordCount {
    /// Has counted nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts the words of a text.
    pub fn add(&mut self, text: &str) {
        for word in text.split_whitespace() {
            *self.counts.entry(word.to_lowercase()).or_default() += 1;
        }
    }

    /// How often a word was there.
    pub fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or(0)
    }

    /// How many words there are that differ.
    #[export(getter)]
    pub fn size(&self) -> usize {
        self.counts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exported_function_is_a_function() {
        assert_eq!(greet("World"), "Hello, World!");
    }

    #[test]
    fn there_is_no_centre_of_nothing() {
        assert!(centroid(vec![]).is_err());
    }

    #[test]
    fn an_object_is_a_struct() {
        let mut words = WordCount::new();
        words.add("to be or not to be");
        assert_eq!((words.count("be"), words.size()), (2, 4));
    }
}
`;
