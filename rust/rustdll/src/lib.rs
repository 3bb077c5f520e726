#![doc = include_str!("../README.md")]

#[cfg(not(target_pointer_width = "64"))]
compile_error!("rustdll needs a 64-bit target: its layouts have 8-byte pointers");

// The macros generate paths that begin with `::rustdll`, in this crate as well.
extern crate self as rustdll;

mod allocator;
mod call;
mod callback;
mod cancel;
mod config;
mod error;
#[cfg(all(any(unix, windows), not(miri)))]
mod exit;
mod frame;
mod future;
#[cfg(any(feature = "log", feature = "tracing"))]
mod logging;
mod object;
mod progress;
mod pystr;
mod pyvec;
mod table;
#[cfg(test)]
mod tests;
mod threads;
mod types;

pub use callback::{CallError, Callback, CallbackArguments, JsError};
pub use cancel::{Cancel, Cancelled};
pub use error::Error;
pub use object::{Borrowed, BorrowedMut, Handle, Object, Unavailable};
pub use progress::Progress;
pub use pystr::PyStr;
pub use pyvec::PyVec;
pub use rustdll_macros::{export, Enum, Object, Record};
#[cfg(feature = "serde")]
pub use types::Json;
pub use types::{Convert, Iter, JsIter, JsStream, SendError, Sender, Standard, Stream, TypedArray};

/// The runtime of tokio for the functions of `#[export(tokio)]`.
#[cfg(feature = "tokio")]
pub mod tokio {
    pub use crate::future::runtime::set;
}

/// The items to which generated code refers. They are not public API, and may change at any time.
#[doc(hidden)]
pub mod __private {
    pub use crate::call::{enter, enter_inlined, Definite, Status};
    pub use crate::call::{
        FindFallible, FindFallibleByMessage, FindFallibleByPointer, FindOnlyData, FindPlain, FindWithData,
        FindWithDataAndMessage, Returns,
    };
    pub use crate::callback::{
        describe_function, describe_option, Answer, Answers, ClosureArguments, FindAnswer, FindFallibleAnswer,
        LentFunction,
    };
    pub use crate::frame::{at, of_parameter, within, Arguments, Content, Fault, Frame, Output, Reader, Writer};
    #[cfg(feature = "tokio")]
    pub use crate::future::runtime::in_runtime;
    pub use crate::future::{enter_future, settle, work, Work};
    pub use crate::object::{Borrowed, BorrowedMut};
    pub use crate::table::{hash, Entry, Member, ParameterEntry, Role, Signature, RUSTDLL_FUNCTIONS};
    pub use crate::threads::{an_async_method_changes, an_async_method_reads, NotSend, NotSync, Threads};
    pub use crate::types::shape::{
        Catalogue, DefinitionKind, Describe, Field, FieldEntry, Part, Payload, Shape, Tagging, Variant,
    };
    pub use crate::types::{are_distinct, exact, is_given, with_default, FieldName, Fields, Unseen, WithoutDefault};
    pub use crate::types::{
        argument_as, decode_as, describe_as, describe_from, encode_as, from_as, locate_as, parse, print, to_as, Passed,
    };
    pub use crate::types::{choose, discriminant, Accepts};
    pub use crate::types::{
        Argument, Decode, Encode, Give, Key, Lend, LendMut, Objects, Of, Standard, StringMark, Transparent,
    };
    pub use crate::types::{FindDescribed, FindUndescribed, FindUnwritten, FindWritten, Inside};
    pub use crate::{Cancel, Convert, Error, Object, Progress, PyVec};
    pub use linkme;

    /// The names of a crate without [`config!`](crate::config).
    pub mod unconfigured {
        /// True if the names of the crate are in `camelCase`.
        pub const __RUSTDLL_CAMEL_CASE: bool = false;
    }

    /// True for the path of a crate, and not of a module in it.
    pub const fn is_root(path: &str) -> bool {
        let bytes = path.as_bytes();
        let mut index = 0;
        while index < bytes.len() {
            if bytes[index] == b':' {
                return false;
            }
            index += 1;
        }
        true
    }

    /// Makes a vector of these items.
    pub fn list<T, const N: usize>(items: [T; N]) -> Vec<T> {
        Vec::from(items)
    }
}
