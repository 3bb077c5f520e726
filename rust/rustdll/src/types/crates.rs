//! The types of other crates, each behind the feature that is called as its crate.

#[cfg(any(feature = "arrayvec", feature = "bytes", feature = "indexmap", feature = "smallvec"))]
mod collections;
#[cfg(feature = "either")]
mod either;
#[cfg(feature = "serde")]
mod json;
#[cfg(feature = "ndarray")]
mod ndarray;
#[cfg(any(feature = "half", feature = "num-complex"))]
mod numbers;
#[cfg(any(feature = "rust_decimal", feature = "url", feature = "uuid"))]
mod texts;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod times;

#[cfg(feature = "serde")]
pub use json::Json;
