// Calls the example's function. Its argument is the path of the library. Prints what the list is afterwards.
const { RustDLL } = require('rustdll');

const list = [1, 2, 3, 4, 5];
new RustDLL(process.argv[2]).test('World', list);
console.log(list);
