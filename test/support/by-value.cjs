// Calls the functions of test/fixtures/c/clib.c that take and return structures by value, which each platform passes in
// another way. Exports a function that checks them and returns the names of those that the platform cannot pass.
'use strict';

const assert = require('node:assert/strict');

const STRUCTURES = `
  #[repr(C)] struct Ints { x: i32, y: i32 }
  #[repr(C)] struct Real { value: f64 }
  #[repr(C)] struct Floats { x: f32, y: f32 }
  #[repr(C)] struct Triple { x: f32, y: f32, z: f32 }
  #[repr(C)] struct Small { a: u8, b: u16 }
  #[repr(C)] struct Color { rgb: [u8; 3] }
  #[repr(C)] struct Range { from: i64, to: i64 }
  #[repr(C)] struct Point { x: f64, y: f64 }
  #[repr(C)] struct Mixed { id: i64, weight: f64 }
  #[repr(C)] struct Matrix { m: [f64; 4] }
  #[repr(C)] struct Large { range: Range, name: *const c_char, open: bool }
`;

/** A value of each structure, what its function returns for it behind 0.5, and the arguments of which it is made. */
const CASES = {
  Ints: [{ x: -3, y: 2 ** 31 - 1 }, 0.5 - 3 + 10 * (2 ** 31 - 1), 'x: i32, y: i32', [-3, 2 ** 31 - 1]],
  Real: [{ value: 1e-3 }, 0.501, 'value: f64', [1e-3]],
  Floats: [{ x: 1.5, y: -2 }, -18, 'x: f32, y: f32', [1.5, -2]],
  Triple: [{ x: 1.5, y: -2, z: 0.25 }, 7, 'x: f32, y: f32, z: f32', [1.5, -2, 0.25]],
  Small: [{ a: 255, b: 65535 }, 255.5 + 655350, 'a: u8, b: u16', [255, 65535]],
  Color: [{ rgb: [1, 2, 255] }, 25521.5, 'r: u8, g: u8, b: u8', [1, 2, 255]],
  Range: [{ from: -(2 ** 40), to: 2 ** 41 }, 0.5 - 2 ** 40 + 10 * 2 ** 41, 'from: i64, to: i64', [-(2 ** 40), 2 ** 41]],
  Point: [{ x: 0.25, y: -1.5 }, -14.25, 'x: f64, y: f64', [0.25, -1.5]],
  Mixed: [{ id: -7, weight: 2.5 }, 18.5, 'id: i64, weight: f64', [-7, 2.5]],
  Matrix: [{ m: [1, 2, 3, 4] }, 4321.5, 'a: f64, b: f64, c: f64, d: f64', [1, 2, 3, 4]],
  Large: [
    { range: { from: 3, to: -4 }, name: 'large', open: true },
    0.5 + 3 - 40 + 100 * 108 + 1000000,
    'from: i64, to: i64, open: bool',
    [3, -4, true],
  ],
};

/** The products of 1, 2, 3... with the first primes, 1 being one. */
const SUM = 1 + 4 + 9 + 20 + 35 + 66 + 91 + 136 + 171 + 230 + 319 + 372 + 481;

/** Has a callback get a structure, and return one if the platform has it in one register. */
function checkCallbacks(dll, name, value) {
  const give = `c_give_${name.toLowerCase()}`;
  const lib = dll.declare(
    `${STRUCTURES} fn ${give}(v: *const ${name}, call: extern "C" fn(before: f64, v: ${name}, n: i8) -> f64) -> f64;`,
  );
  const got = [];
  assert.equal(
    lib[give](value, (...args) => {
      got.push(args);
      // Another call fills the same registers.
      assert.equal(
        lib[give](value, () => 3),
        3,
        give,
      );
      return 0.25;
    }),
    0.25,
    give,
  );
  assert.deepEqual(got, [[0.5, value, -9]], give);
  const take = `c_take_${name.toLowerCase()}`;
  let taking;
  try {
    taking = dll.declare(
      `${STRUCTURES} fn ${take}(call: extern "C" fn(before: f64) -> ${name}, #[out] into: *mut ${name});`,
    );
  } catch (error) {
    assert.match(error.message, /a callback cannot return a/);
    assert.ok(!['Ints', 'Real', 'Small'].includes(name), name);
    return;
  }
  assert.deepEqual(taking[take](() => value).into, value, take);
}

exports.checkByValue = function checkByValue(dll) {
  const refused = [];
  for (const [name, [value, sum, parameters, args]] of Object.entries(CASES)) {
    const of = `c_of_${name.toLowerCase()}`;
    const to = `c_to_${name.toLowerCase()}`;
    const lib = dll.declare(`${STRUCTURES} fn ${of}(before: f64, v: ${name}) -> f64;`);
    assert.equal(lib[of](0.5, value), sum, of);
    const made = dll.declare(`${STRUCTURES} fn ${to}(${parameters}) -> ${name};`);
    assert.deepEqual(made[to](...args), value, to);
    checkCallbacks(dll, name, value);
  }
  const call = (signature, ...args) => {
    try {
      const lib = dll.declare(`${STRUCTURES} ${signature} -> f64;`);
      return Object.values(lib)[0](...args);
    } catch (error) {
      // Apple has other rules for what is on the stack.
      assert.match(error.message, /does not fit the registers and the stack/);
      refused.push(signature.slice(3, signature.indexOf('(')));
      return SUM;
    }
  };
  const range = (from, to) => ({ from, to });
  const point = (x, y) => ({ x, y });
  assert.equal(
    call(
      'fn c_after_ints(a: i64, b: i64, c: i64, d: i64, e: i64, r: Range, f: i64, s: Range, t: Ints, g: i64)',
      ...[1, 2, 3, 4, 5, range(6, 7), 8, range(9, 10), point(11, 12), 13],
    ),
    SUM,
  );
  assert.equal(
    call(
      `fn c_after_floats(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64, p: Point, h: f64, q: Floats, m: Mixed, i: i8)`,
      ...[1, 2, 3, 4, 5, 6, 7, point(8, 9), 10, point(11, 12), { id: 13, weight: 43 }, -41],
    ),
    // The last two terms cancel out.
    SUM,
  );
  return refused;
};
