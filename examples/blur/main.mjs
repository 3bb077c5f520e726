// Blurs a picture with the Rust kernel of this folder, in place in a Uint8Array, and with the same algorithm in
// JavaScript; compares the pictures and the times, and writes the pictures to examples/out.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { RustDLL } from 'rustdll';
import { blur as blurInJavaScript } from './gaussian.mjs';

const RADIUS = 5;
const ROUNDS = 9;

const dll = new RustDLL(RustDLL.find('blur', { from: import.meta.url }));
const rust = dll.declare('fn blur(pixels: &mut PyVec<u8>, width: u32, height: u32, radius: f64)');

const input = PNG.sync.read(readFileSync(new URL('lighthouse.png', import.meta.url)));
const { width, height } = input;

const byRust = { blur: rust.blur, pixels: new Uint8Array(input.data.length), times: [] };
const byJavaScript = { blur: blurInJavaScript, pixels: new Uint8Array(input.data.length), times: [] };
for (let round = 0; round < ROUNDS; round++) {
  for (const { blur, pixels, times } of [byRust, byJavaScript]) {
    pixels.set(input.data);
    const start = performance.now();
    blur(pixels, width, height, RADIUS);
    times.push(performance.now() - start);
  }
}
const rustMs = median(byRust.times);
const javaScriptMs = median(byJavaScript.times);
const difference = greatestDifference(byRust.pixels, byJavaScript.pixels);
const changed = greatestDifference(byRust.pixels, input.data);

console.log(`lighthouse.png: ${width} x ${height} pixels, Gaussian of ${RADIUS} pixels, median of ${ROUNDS} rounds`);
console.log(`Rust:       ${rustMs.toFixed(1)} ms`);
console.log(`JavaScript: ${javaScriptMs.toFixed(1)} ms`);
console.log(`Rust takes ${(rustMs / javaScriptMs).toFixed(2)} of the time JavaScript takes`);
console.log(`greatest difference of a channel between the two: ${difference}`);
assert.ok(difference <= 1, 'the two pictures should be the same but for rounding');
assert.ok(changed > 1, 'the picture should have changed');

const out = new URL('../out/', import.meta.url);
mkdirSync(out, { recursive: true });
for (const [name, pixels] of [
  ['input', input.data],
  ['rust', byRust.pixels],
  ['javascript', byJavaScript.pixels],
]) {
  const picture = new PNG({ width, height });
  picture.data.set(pixels);
  writeFileSync(new URL(`${name}.png`, out), PNG.sync.write(picture));
}
console.log('wrote input.png, rust.png and javascript.png to examples/out');

function median(times) {
  return times.toSorted((a, b) => a - b)[times.length >> 1];
}

function greatestDifference(a, b) {
  return a.reduce((greatest, x, i) => Math.max(greatest, Math.abs(x - b[i])), 0);
}
