//! Fields whose integers of 64 bits are bigints in JavaScript.

use super::shape::{Part, Shape};

/// Describes a field with `bigint`, by the type of its value.
pub fn exact(shape: Shape) -> Shape {
    Shape::Applied("bigint", vec![Part::Shape(shape)])
}
