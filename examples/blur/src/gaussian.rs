//! The blur itself. As a Gaussian is separable, it is one pass along the rows and one along the columns.

/// The channels of a pixel: red, green and blue, each multiplied by alpha, and alpha.
const CHANNELS: usize = 4;

/// The number of sums that are computed side by side, in registers.
const LANES: usize = 16;

/// Blurs RGBA pixels in place, as the documentation of the exported function says.
pub fn blur(pixels: &mut [u8], width: usize, height: usize, radius: f64) {
    let size = width.checked_mul(height).and_then(|area| area.checked_mul(CHANNELS));
    assert_eq!(Some(pixels.len()), size, "pixels must hold width * height * 4 bytes");
    if pixels.is_empty() || radius.is_nan() || radius <= 0.0 {
        return;
    }
    let weights = weights(radius.min(width.max(height) as f64));
    let stride = width * CHANNELS;

    let mut picture = premultiply(pixels);
    for row in picture.chunks_exact_mut(stride) {
        blur_row(row, &weights);
    }

    let rows: Vec<&[f32]> = picture.chunks_exact(stride).collect();
    let reach = weights.len() / 2;
    let mut blurred = vec![0.0; stride];
    for (y, out) in pixels.chunks_exact_mut(stride).enumerate() {
        // The picture is extended above and below by its first and its last row.
        let near = (y..=y + 2 * reach).map(|row| rows[row.saturating_sub(reach).min(height - 1)]);
        weighted_sum(&mut blurred, &near.zip(weights.iter().copied()).collect::<Vec<_>>());
        unpremultiply(&blurred, out);
    }
}

/// The Gaussian of the standard deviation `sigma`, from three times `sigma` before its middle to as much after it. The
/// weights add up to 1.
fn weights(sigma: f64) -> Vec<f32> {
    let reach = (3.0 * sigma).ceil() as i64;
    let heights: Vec<f64> = (-reach..=reach)
        .map(|d| (-0.5 * (d as f64 / sigma).powi(2)).exp())
        .collect();
    let sum: f64 = heights.iter().sum();
    heights.iter().map(|height| (height / sum) as f32).collect()
}

/// Blurs one row in place.
fn blur_row(row: &mut [f32], weights: &[f32]) {
    let reach = weights.len() / 2;
    let (first, last) = (&row[..CHANNELS], &row[row.len() - CHANNELS..]);
    let padded = [first.repeat(reach), row.to_vec(), last.repeat(reach)].concat();

    let shifted = padded.windows(row.len()).step_by(CHANNELS);
    weighted_sum(row, &shifted.zip(weights.iter().copied()).collect::<Vec<_>>());
}

/// Sets `out` to the sum of the slices, each as long as `out` and multiplied by its weight.
fn weighted_sum(out: &mut [f32], slices: &[(&[f32], f32)]) {
    let whole = out.len() - out.len() % LANES;
    for start in (0..whole).step_by(LANES) {
        let mut sums = [0.0; LANES];
        for (slice, weight) in slices {
            for (sum, x) in sums.iter_mut().zip(&slice[start..start + LANES]) {
                *sum += weight * x;
            }
        }
        out[start..start + LANES].copy_from_slice(&sums);
    }
    for (i, out) in out.iter_mut().enumerate().skip(whole) {
        *out = slices.iter().map(|(slice, weight)| weight * slice[i]).sum();
    }
}

fn premultiply(pixels: &[u8]) -> Vec<f32> {
    let mut picture = vec![0.0; pixels.len()];
    for (pixel, out) in pixels.chunks_exact(CHANNELS).zip(picture.chunks_exact_mut(CHANNELS)) {
        let alpha = f32::from(pixel[3]);
        for (byte, out) in pixel[..3].iter().zip(&mut *out) {
            *out = f32::from(*byte) * alpha;
        }
        out[3] = alpha;
    }
    picture
}

fn unpremultiply(row: &[f32], out: &mut [u8]) {
    for (pixel, out) in row.chunks_exact(CHANNELS).zip(out.chunks_exact_mut(CHANNELS)) {
        let alpha = pixel[3];
        let scale = if alpha > 0.0 { alpha.recip() } else { 0.0 };
        // A conversion from float to integer keeps within the integer's range.
        let byte = |x: f32| (x + 0.5) as u8;
        out.copy_from_slice(&[
            byte(pixel[0] * scale),
            byte(pixel[1] * scale),
            byte(pixel[2] * scale),
            byte(alpha),
        ]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a picture with pixels of every kind, the same each time.
    fn noise(width: usize, height: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        (0..width * height * CHANNELS).map(|_| next()).collect()
    }

    fn blurred(pixels: &[u8], width: usize, height: usize, radius: f64) -> Vec<u8> {
        let mut pixels = pixels.to_vec();
        blur(&mut pixels, width, height, radius);
        pixels
    }

    /// Computes a pixel from the definition: the sum over both directions at once, in `f64`.
    fn expected(pixels: &[u8], width: usize, height: usize, radius: f64, x: usize, y: usize) -> [f64; CHANNELS] {
        let reach = (3.0 * radius).ceil() as i64;
        let gauss = |d: i64| (-((d * d) as f64) / (2.0 * radius * radius)).exp();
        let clamp = |at: usize, d: i64, len: usize| (at as i64 + d).clamp(0, len as i64 - 1) as usize;
        let (mut sums, mut total) = ([0.0; CHANNELS], 0.0);
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let weight = gauss(dx) * gauss(dy);
                let pixel = &pixels[(clamp(y, dy, height) * width + clamp(x, dx, width)) * CHANNELS..][..CHANNELS];
                let alpha = f64::from(pixel[3]);
                for channel in 0..3 {
                    sums[channel] += weight * f64::from(pixel[channel]) * alpha;
                }
                sums[3] += weight * alpha;
                total += weight;
            }
        }
        [sums[0] / sums[3], sums[1] / sums[3], sums[2] / sums[3], sums[3] / total]
    }

    #[test]
    fn it_is_the_gaussian_at_every_pixel() {
        for (width, height, radius) in [
            (23, 17, 2.0),
            (9, 11, 0.4),
            (5, 3, 4.5),
            (1, 8, 1.5),
            (12, 1, 1.5),
            (1, 1, 3.0),
        ] {
            let pixels = noise(width, height);
            let result = blurred(&pixels, width, height, radius);
            for (i, pixel) in result.chunks_exact(CHANNELS).enumerate() {
                let expected = expected(&pixels, width, height, radius, i % width, i / width);
                for (actual, expected) in pixel.iter().zip(expected) {
                    let difference = (f64::from(*actual) - expected).abs();
                    assert!(
                        difference < 0.51,
                        "{width}x{height}, {radius}, pixel {i}: {actual} for {expected}"
                    );
                }
            }
        }
    }

    #[test]
    fn one_colour_stays_as_it_is_up_to_the_edges() {
        for pixel in [[200, 100, 50, 255], [255, 255, 255, 255], [1, 2, 3, 4]] {
            let pixels = pixel.repeat(7 * 5);
            assert_eq!(blurred(&pixels, 7, 5, 3.0), pixels);
        }
    }

    #[test]
    fn what_is_transparent_does_not_bleed() {
        let (red, clear_green) = ([255, 0, 0, 255], [0, 255, 0, 0]);
        let pixels = [red.repeat(8), clear_green.repeat(8)].concat();
        let result = blurred(&pixels, 16, 1, 2.0);
        for pixel in result.chunks_exact(CHANNELS).filter(|pixel| pixel[3] > 0) {
            assert_eq!(pixel[..3], [255, 0, 0]);
        }
        assert!(result[8 * CHANNELS + 3] > 0, "some of the red goes over the border");
        assert_eq!(result[15 * CHANNELS..], [0, 0, 0, 0]);
    }

    #[test]
    fn a_radius_that_is_none_changes_nothing() {
        let pixels = noise(6, 4);
        for radius in [0.0, -0.0, -2.0, f64::NAN, f64::NEG_INFINITY] {
            assert_eq!(blurred(&pixels, 6, 4, radius), pixels);
        }
        let opaque: Vec<u8> = pixels
            .chunks_exact(CHANNELS)
            .flat_map(|p| [p[0], p[1], p[2], 255])
            .collect();
        assert_eq!(blurred(&opaque, 6, 4, f64::MIN_POSITIVE), opaque);
    }

    #[test]
    fn a_radius_counts_as_no_more_than_the_longer_side() {
        let pixels = noise(6, 4);
        assert_eq!(blurred(&pixels, 6, 4, 1e9), blurred(&pixels, 6, 4, 6.0));
        assert_eq!(blurred(&pixels, 6, 4, f64::INFINITY), blurred(&pixels, 6, 4, 6.0));
    }

    #[test]
    fn a_picture_may_have_no_pixels() {
        for (width, height) in [(0, 0), (0, 7), (7, 0)] {
            assert_eq!(blurred(&[], width, height, 2.0), []);
        }
    }

    #[test]
    #[should_panic(expected = "pixels must hold width * height * 4 bytes")]
    fn pixels_of_another_number_than_the_size_says_are_refused() {
        blurred(&[0; 2 * 3 * CHANNELS], 2, 4, 1.0);
    }

    #[test]
    #[should_panic(expected = "pixels must hold width * height * 4 bytes")]
    fn a_size_too_large_to_multiply_is_refused() {
        blurred(&[], usize::MAX, 2, 1.0);
    }
}
