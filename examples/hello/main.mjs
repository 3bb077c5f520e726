import { RustDLL } from 'rustdll';

const dll = new RustDLL(RustDLL.find('mylib', { from: import.meta.url }));
const lst = [1, 2, 3, 4, 5];
dll.test('World', lst);
console.log(lst);
