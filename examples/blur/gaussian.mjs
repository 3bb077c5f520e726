/**
 * The blur of src/gaussian.rs in JavaScript, written to be fast: typed arrays, no allocation within a loop, the sums of
 * a pixel in local variables.
 */

/**
 * Blurs a picture in place.
 *
 * @param {Uint8Array} pixels - `width * height` pixels of red, green, blue and alpha, row by row from the top.
 * @param {number} width - In pixels.
 * @param {number} height - In pixels.
 * @param {number} radius - The standard deviation of the Gaussian, in pixels; greater than 0.
 */
export function blur(pixels, width, height, radius) {
  const weights = gaussian(radius);
  const picture = premultiplied(pixels);
  blurRows(picture, width, height, weights);
  blurColumns(picture, pixels, width, height, weights);
}

/** Returns the Gaussian from three times `sigma` before its middle to as much after it; the weights add up to 1. */
function gaussian(sigma) {
  const reach = Math.ceil(3 * sigma);
  const heights = Float32Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / sigma) ** 2));
  const sum = heights.reduce((total, height) => total + height);
  return heights.map((height) => height / sum);
}

/** Multiplies colours by alpha, so that those of transparent pixels do not bleed into others. */
function premultiplied(pixels) {
  const picture = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3];
    picture[i] = pixels[i] * alpha;
    picture[i + 1] = pixels[i + 1] * alpha;
    picture[i + 2] = pixels[i + 2] * alpha;
    picture[i + 3] = alpha;
  }
  return picture;
}

/** Blurs along the rows, in place. A row is extended beyond its edges by the pixels at the edge. */
function blurRows(picture, width, height, weights) {
  const reach = weights.length >> 1;
  const stride = 4 * width;
  const padded = new Float32Array(stride + 8 * reach);
  for (let start = 0; start < picture.length; start += stride) {
    padded.set(picture.subarray(start, start + stride), 4 * reach);
    for (let x = 0; x < 4 * reach; x++) {
      padded[x] = picture[start + (x & 3)];
      padded[4 * reach + stride + x] = picture[start + stride - 4 + (x & 3)];
    }
    for (let x = 0; x < stride; x += 4) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      for (let k = 0, at = x; k < weights.length; k++, at += 4) {
        const weight = weights[k];
        red += weight * padded[at];
        green += weight * padded[at + 1];
        blue += weight * padded[at + 2];
        alpha += weight * padded[at + 3];
      }
      picture[start + x] = red;
      picture[start + x + 1] = green;
      picture[start + x + 2] = blue;
      picture[start + x + 3] = alpha;
    }
  }
}

/** Blurs along the columns, into `pixels`. The picture is extended above and below by its first and last row. */
function blurColumns(picture, pixels, width, height, weights) {
  const reach = weights.length >> 1;
  const stride = 4 * width;
  const starts = new Int32Array(weights.length);
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < starts.length; k++) starts[k] = stride * Math.min(Math.max(y + k - reach, 0), height - 1);
    for (let x = 0; x < stride; x += 4) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      for (let k = 0; k < weights.length; k++) {
        const weight = weights[k];
        const at = starts[k] + x;
        red += weight * picture[at];
        green += weight * picture[at + 1];
        blue += weight * picture[at + 2];
        alpha += weight * picture[at + 3];
      }
      const scale = alpha > 0 ? 1 / alpha : 0;
      const out = stride * y + x;
      pixels[out] = red * scale + 0.5;
      pixels[out + 1] = green * scale + 0.5;
      pixels[out + 2] = blue * scale + 0.5;
      pixels[out + 3] = alpha + 0.5;
    }
  }
}
