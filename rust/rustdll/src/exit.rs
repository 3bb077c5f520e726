//! The end of the process: the line that a library has begun to print and not ended.
//!
//! Rust's standard output keeps a line until it ends. A Rust program sends the rest when `main` returns; a library in a
//! program of another language has to do so itself, so it asks the C library to be called when the process exits. Not on
//! Windows, where other threads are stopped before that, perhaps while one of them holds the lock of standard output.

use std::io::Write;
use std::os::raw::c_int;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long a thread that is printing may keep the process from ending.
const PATIENCE: Duration = Duration::from_millis(200);

unsafe extern "C" {
    /// Of the C library: has a function called when the process exits.
    fn atexit(function: extern "C" fn()) -> c_int;
}

/// The loader calls the functions in this section when it has mapped the library.
#[used]
#[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func"))]
#[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".init_array"))]
static AT_START: extern "C" fn() = register;

extern "C" fn register() {
    // SAFETY: `flush` takes nothing, does not unwind, and stays mapped until it was called: the C library calls it before
    // it unmaps the library. If there is no room for it, the line is lost, as it would be anyway.
    unsafe { atexit(flush) };
}

/// Sends what is left of standard output, unless a thread that is printing does not let it.
extern "C" fn flush() {
    let (done, wait) = mpsc::channel();
    // The lock of standard output cannot be tried, so another thread waits for it. Without one there is nobody to tell.
    let flusher = thread::Builder::new().name("rustdll-flush".to_owned()).spawn(move || {
        let _ = std::io::stdout().flush();
        let _ = done.send(());
    });
    if flusher.is_ok() {
        let _ = wait.recv_timeout(PATIENCE);
    }
}
