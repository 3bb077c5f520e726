//! Reads the functions that led to a panic from the text of a backtrace, as the standard library provides only the
//! text.

use std::backtrace::Backtrace;

/// A function that led to a panic, and its location if that is known: `file:line:column`.
pub(crate) type StackFrame = (String, Option<String>);

/// The names of the standard library's functions between the hook and the function that panicked, the innermost first.
const INSIDE: [&str; 5] = [
    "rust_begin_unwind",
    "__rustc::rust_begin_unwind",
    "core::panicking::",
    "std::panicking::",
    "std::panic::panic_any",
];

/// Parts of the names of the functions that call an exported function, or the first function of a thread.
const OUTSIDE: [&str; 4] = [
    "__rustdll_call",
    "__rustdll_entry",
    "rustdll::call::",
    "__rust_begin_short_backtrace",
];

/// Returns the functions from the one that panicked to the exported one, or to the first of the thread.
pub(super) fn frames(backtrace: &Backtrace) -> Vec<StackFrame> {
    trimmed(frames_of(&backtrace.to_string()))
}

/// Returns the same functions as text.
pub(super) fn text(backtrace: &Backtrace) -> String {
    let lines = frames(backtrace).into_iter().enumerate().map(|(index, (name, place))| {
        let place = place.map_or_else(String::new, |place| format!("             at {place}\n"));
        format!("{index:4}: {name}\n{place}")
    });
    lines.collect()
}

/// Parses a backtrace, which has a line with a number and a name for each function, and one with the location if it is
/// known.
fn frames_of(text: &str) -> Vec<StackFrame> {
    let mut frames: Vec<StackFrame> = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(place) = line.strip_prefix("at ") {
            if let Some((_, at)) = frames.last_mut() {
                *at = Some(place.to_owned());
            }
        } else if let Some((_, name)) = line.split_once(": ") {
            frames.push((name.to_owned(), None));
        }
    }
    frames
}

/// Returns the name of the exported function for the name of its generated code.
fn exported_by(name: &str) -> Option<String> {
    let (path, rest) = name.split_once("__RUSTDLL_EXPORT_")?;
    let (function, _) = rest.split_once("::")?;
    Some(format!("{path}{function}"))
}

fn trimmed(mut frames: Vec<StackFrame>) -> Vec<StackFrame> {
    let is_hook = |(name, _): &StackFrame| name.contains("__rust_end_short_backtrace");
    let after_hook = frames.iter().position(is_hook).map_or(0, |index| index + 1);
    frames.drain(..after_hook);
    let is_inside = |(name, _): &StackFrame| INSIDE.iter().any(|own| name.starts_with(own));
    let panicked = frames.iter().position(|frame| !is_inside(frame)).unwrap_or(0);
    frames.drain(..panicked);
    let is_outside = |(name, _): &StackFrame| OUTSIDE.iter().any(|own| name.contains(own));
    if let Some(end) = frames.iter().position(is_outside) {
        let exported = exported_by(&frames[end].0);
        frames.truncate(end);
        // The compiler may have inlined the function itself into its caller.
        if let Some(exported) = exported.filter(|name| frames.iter().all(|(other, _)| other != name)) {
            frames.push((exported, None));
        }
    }
    frames
}
