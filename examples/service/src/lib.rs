//! The kernels of the service: pictures, search and passwords. Each is a plain function; JavaScript calls it in the
//! background as `lib.async.<name>`. Those that can be interrupted ask `cancel`, and those that take long report their
//! progress.

mod counts;
mod passwords;
mod pictures;
mod search;
