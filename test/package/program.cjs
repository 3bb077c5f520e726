// Calls the function of the example and prints the list afterwards. The argument is the path of the library.
const { RustDLL } = require('rustdll');

const list = [1, 2, 3, 4, 5];
new RustDLL(process.argv[2]).test('World', list);
console.log(list);
