// The program that is bundled. Its arguments are the paths of two libraries. It calls the function of the example, and
// prints the names of the errors of the other one. The first may also be the name of a library beside the bundle.
/* global __filename */
import { RustDLL, RustDLLError, RustError, RustPanic } from 'rustdll';

const [example, exported] = process.argv.slice(2);
const list = [1, 2, 3, 4, 5];
const file = example.includes('.') ? example : RustDLL.find(example, { from: __filename });
new RustDLL(file).test('World', list);
console.log(list);

function failure(call) {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

const lib = new RustDLL(exported);
for (const [error, kind] of [
  [failure(() => lib.fail_code()), RustError],
  [failure(() => lib.panic_str()), RustPanic],
  [failure(() => new RustDLL('libnone.so')), RustDLLError],
]) {
  console.log(error.name, kind.name, error instanceof kind, error.stack.split(':')[0]);
}
