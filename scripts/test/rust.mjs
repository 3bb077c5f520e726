// Runs the tests of the Rust crates, and builds their documentation, which must not cause a warning.
import { cargo } from '../shared/cargo.mjs';

const tested = cargo(['test', '--locked', '--quiet']);
const documented = cargo(['doc', '--locked', '--quiet', '--no-deps'], { RUSTDOCFLAGS: '-D warnings' });
process.exit(tested && documented ? 0 : 1);
