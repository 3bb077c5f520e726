const { RustDLL } = require('rustdll');

const dll = new RustDLL(RustDLL.find('mylib', { from: __filename }));
const lst = [1, 2, 3, 4, 5];
dll.test('World', lst);
console.log(lst);
