// Does the same as program.cjs, as an ES module.
import { RustDLL } from 'rustdll';

const list = [1, 2, 3, 4, 5];
new RustDLL(process.argv[2]).test('World', list);
console.log(list);
