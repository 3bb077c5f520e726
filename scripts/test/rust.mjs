// Runs the tests of the Rust crates, and builds their documentation, which must not cause a warning.
import { cargo } from '../shared/cargo.mjs';

// All features of the crate are tested at once; the other workspaces build it without any.
const tested = cargo(['test', '--locked', '--quiet', '--all-features']);
// The compiler's messages name the types that implement a trait, which are more with features.
const messages = cargo(['test', '--locked', '--quiet', '--package', 'rustdll', '--test', 'ui'], {}, ['rust']);
const documented = cargo(['doc', '--locked', '--quiet', '--no-deps', '--all-features'], {
  RUSTDOCFLAGS: '-D warnings',
});
process.exit(tested && messages && documented ? 0 : 1);
