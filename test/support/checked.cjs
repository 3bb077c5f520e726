// Makes a guess that debug information contradicts, and prints the result or the first line of the error.
const { RustDLL } = require('../..');

const dll = new RustDLL(process.env.LIBRARY);
try {
  console.log(dll.add(1, 2, 3));
} catch (error) {
  console.log(error.message.split('\n')[0]);
}
