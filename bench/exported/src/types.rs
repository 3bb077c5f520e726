//! Types that are strings in JavaScript, a point in time, and values of serde's, each into Rust and out of it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustdll::{export, Error, Json};
use uuid::Uuid;

use crate::Point;

/// A text of 36 characters, which is a path too.
const TEXT: &str = "/usr/share/doc/a-folder/file-one.txt";

/// The length of a string.
#[export]
pub fn string_length(value: String) -> f64 {
    value.len() as f64
}

/// The length of a string that is lent.
#[export]
pub fn str_length(value: &str) -> f64 {
    value.len() as f64
}

/// The length of a path.
#[export]
pub fn path_buf_length(value: PathBuf) -> f64 {
    value.as_os_str().len() as f64
}

/// The length of a path that is lent.
#[export]
pub fn path_length(value: &Path) -> f64 {
    value.as_os_str().len() as f64
}

/// The length of the text of a UUID.
#[export]
pub fn uuid_length(value: Uuid) -> f64 {
    f64::from(u8::from(value.is_nil())) + 36.0
}

/// 36 for a point in time since 1970.
#[export]
pub fn time_length(value: SystemTime) -> f64 {
    f64::from(u8::from(value < SystemTime::UNIX_EPOCH)) + 36.0
}

/// A string.
#[export]
pub fn a_string() -> String {
    TEXT.to_owned()
}

/// A string that is lent.
#[export]
pub fn a_str() -> &'static str {
    TEXT
}

/// A path.
#[export]
pub fn a_path_buf() -> PathBuf {
    TEXT.into()
}

/// A path that is lent.
#[export]
pub fn a_path() -> &'static Path {
    Path::new(TEXT)
}

/// A UUID.
#[export]
pub fn a_uuid() -> Uuid {
    Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8)
}

/// A point in time.
#[export]
pub fn a_time() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_000)
}

/// So many maps of three entries, each a `Map`.
#[export(collections)]
pub fn price_maps(count: u32) -> Vec<BTreeMap<String, f64>> {
    crate::prices(count)
}

/// The sum of all values.
#[export]
pub fn total_of_price_maps(maps: Vec<HashMap<String, f64>>) -> f64 {
    crate::total_of_prices(maps)
}

/// Returns the points that it is given.
#[export]
pub fn echo_json(points: Json<Vec<Point>>) -> Json<Vec<Point>> {
    points
}

/// The same, of a text of JSON.
#[export]
pub fn echo_json_by_hand(text: &str) -> Result<String, Error> {
    let points: Vec<Point> = serde_json::from_str(text).map_err(|error| Error::new(error.to_string()))?;
    serde_json::to_string(&points).map_err(|error| Error::new(error.to_string()))
}

/// Returns the sum of the coordinates of points.
#[export]
pub fn total_of_json(points: Json<Vec<Point>>) -> f64 {
    points.0.iter().map(|point| point.x + point.y).sum()
}

/// The same, of a text of JSON.
#[export]
pub fn total_of_json_by_hand(text: &str) -> Result<f64, Error> {
    let points: Vec<Point> = serde_json::from_str(text).map_err(|error| Error::new(error.to_string()))?;
    Ok(points.iter().map(|point| point.x + point.y).sum())
}
