//! A Gaussian blur of a picture, in place in JavaScript's memory.

mod gaussian;

use rustdll::PyVec;

/// Blurs a picture in place.
///
/// `pixels` holds `width * height` pixels, row by row from the top, each of four bytes: red, green, blue and alpha, not
/// premultiplied, as a PNG decoder and a canvas give them. `radius` is the standard deviation of the Gaussian in pixels, as
/// in CSS `blur()`; nothing changes if it is 0, negative or not a number, and it counts as no more than the longer side of
/// the picture.
///
/// The picture is extended beyond its edges by the pixels at the edge. Colours are weighted by their alpha, so that those of
/// transparent pixels do not bleed into others.
///
/// # Panics
///
/// If `pixels` is not `width * height * 4` bytes long. That aborts the process.
#[no_mangle]
pub extern "C" fn blur(pixels: &mut PyVec<u8>, width: u32, height: u32, radius: f64) {
    gaussian::blur(pixels, width as usize, height as usize, radius);
}
