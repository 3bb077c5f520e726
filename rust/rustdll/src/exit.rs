//! Flushes standard output when the process exits, and prints the panics that still wait for a call.
//!
//! Rust's standard output is line-buffered. A Rust program flushes it when `main` returns; a library in a program of
//! another language has to do so itself, in a function registered with `atexit`. On Windows other threads are terminated
//! before that, perhaps while one of them holds the lock of standard output, so there a host calls `rustdll_flush` in time.

use std::io::Write;
#[cfg(unix)]
use std::os::raw::c_int;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The longest time for which a thread that is printing delays the exit of the process.
const PATIENCE: Duration = Duration::from_millis(200);

#[cfg(unix)]
unsafe extern "C" {
    /// Registers a function to be called when the process exits (C library).
    fn atexit(function: extern "C" fn()) -> c_int;
}

/// The loader calls the functions in this section when it has mapped the library.
#[cfg(unix)]
#[used]
#[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func"))]
#[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".init_array"))]
static AT_START: extern "C" fn() = register;

#[cfg(unix)]
extern "C" fn register() {
    // SAFETY: `flush` takes no arguments, does not unwind, and stays mapped until it has been called: the C library
    // calls it before it unmaps the library. If it cannot be registered, the line is lost, as it would be without it.
    unsafe { atexit(flush) };
}

/// Flushes standard output, unless a thread that is printing holds its lock for too long.
#[cfg_attr(windows, export_name = "rustdll_flush")]
pub extern "C" fn flush() {
    let (done, wait) = mpsc::channel();
    // There is no `try_lock` for standard output, so another thread waits for the lock. If that thread cannot be
    // started, the output is lost.
    let flusher = thread::Builder::new().name("rustdll-flush".to_owned()).spawn(move || {
        crate::call::tell_all();
        let _ = std::io::stdout().flush();
        let _ = done.send(());
    });
    if flusher.is_ok() {
        let _ = wait.recv_timeout(PATIENCE);
    }
}
