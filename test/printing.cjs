// Has a library print a line that does not end, which has to arrive all the same. scripts/test/prebuilds.mjs runs it.
const { RustDLL } = require('rustdll');

new RustDLL(process.argv[2]).print_text('begun, not ended');
