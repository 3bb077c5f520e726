//! The reasons why a call has no result although the function itself has neither failed nor panicked.

use std::error::Error as StdError;
use std::mem;

use crate::error::Error;
use crate::object::Unavailable;

/// The reason why a call has no result although the function itself has neither failed nor panicked.
#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq))]
pub enum Fault {
    /// A string of the stream begins or ends between the two halves of a surrogate pair.
    SplitSurrogate,
    /// The arguments do not match the function's signature, which is a fault of the host.
    Arguments(&'static str),
    /// The result cannot be represented in JavaScript.
    Result(&'static str),
    /// The arguments are nested too deeply for the current stack.
    DeepArguments,
    /// The result is nested too deeply for the current stack.
    DeepResult,
    /// An object among the arguments cannot be borrowed.
    Unavailable(Unavailable),
    /// A value has a form that its type in Rust does not accept, or none in JavaScript.
    Refused(Box<Refusal>),
}

/// The refusal of a value, and the value's place.
#[derive(Debug)]
pub struct Refusal {
    /// The reason.
    pub(crate) error: Error,
    /// The parameter whose argument the value is in, counted from 0. None for the result.
    pub(crate) parameter: Option<usize>,
    /// The way from the argument to the value, with the last step first.
    pub(crate) path: Vec<Step>,
}

impl Refusal {
    /// The reason, with the place before it if that is known.
    pub(crate) fn placed(&self) -> String {
        let mut place = match self.parameter {
            Some(index) => format!("argument {}", index + 1),
            None if self.path.is_empty() => return self.error.to_string(),
            None => "the result".to_owned(),
        };
        for step in self.path.iter().rev() {
            place += &match step {
                Step::Index(index) => format!("[{index}]"),
                Step::Name(name) if is_identifier(name) => format!(".{name}"),
                Step::Name(name) => format!("[{name:?}]"),
            };
        }
        format!("{place}: {}", self.error)
    }
}

/// True if JavaScript can have the name behind a point.
fn is_identifier(name: &str) -> bool {
    let is_part = |part: char| part.is_alphanumeric() || part == '_' || part == '$';
    name.starts_with(|first: char| is_part(first) && !first.is_numeric()) && name.chars().all(is_part)
}

#[cfg(test)]
impl PartialEq for Refusal {
    fn eq(&self, other: &Self) -> bool {
        format!("{self:?}") == format!("{other:?}")
    }
}

/// A step from a value to one inside it.
#[derive(Debug)]
pub(crate) enum Step {
    /// The index of an element.
    Index(usize),
    /// The name of a property.
    Name(String),
}

impl Fault {
    /// The stream ends before the arguments do.
    pub(crate) const SHORT: Fault = Fault::Arguments("the stream of arguments ends too early");
    /// An array has another length than its type.
    pub(crate) const OTHER_LENGTH: Fault = Fault::Arguments("an array has not as many elements as its type says");
    /// The number of a variant is greater than that of the enum's last variant.
    #[doc(hidden)]
    pub const NO_VARIANT: Fault = Fault::Arguments("an enum has no such variant");
    /// A `String` is not valid UTF-8, which only unsafe code can cause.
    pub(crate) const NOT_UTF8: Fault = Fault::Result("the result has text that is not UTF-8");

    /// The refusal of a value, for this reason.
    #[cold]
    pub fn refused(reason: impl Into<Box<dyn StdError + Send + Sync>>) -> Fault {
        Fault::Refused(Box::new(Refusal {
            error: Error::from_boxed(reason.into()),
            parameter: None,
            path: Vec::new(),
        }))
    }

    /// The same fault of a value that is the element at `index` of another one.
    #[cold]
    #[inline(never)]
    #[doc(hidden)]
    pub fn at(self, index: usize) -> Fault {
        self.inside(|| Step::Index(index))
    }

    /// The same fault of a value that is the property `name` of another one.
    #[doc(hidden)]
    #[cold]
    #[inline(never)]
    pub fn within(self, name: &str) -> Fault {
        self.inside(|| Step::Name(name.to_owned()))
    }

    /// The same fault of a value in a key.
    #[cold]
    pub(crate) fn in_key(mut self) -> Fault {
        if let Fault::Refused(refusal) = &mut self {
            let error = mem::replace(&mut refusal.error, Error::new(""));
            refusal.error = error.prefixed("in a key: ");
            refusal.path.clear();
        }
        self
    }

    /// The same fault of a value in the argument of the parameter at `index`.
    #[doc(hidden)]
    #[cold]
    #[inline(never)]
    pub fn of_parameter(mut self, index: usize) -> Fault {
        if let Fault::Refused(refusal) = &mut self {
            refusal.parameter = Some(index);
        }
        self
    }

    /// The same fault of a value in one of the arguments of a callback, which is the first step of its path.
    #[cold]
    pub(crate) fn of_argument(mut self) -> Fault {
        if let Fault::Refused(refusal) = &mut self {
            if let Some(&Step::Index(index)) = refusal.path.last() {
                refusal.path.pop();
                refusal.parameter = Some(index);
            }
        }
        self
    }

    fn inside(mut self, step: impl FnOnce() -> Step) -> Fault {
        if let Fault::Refused(refusal) = &mut self {
            refusal.path.push(step());
        }
        self
    }
}

// Generated code calls these functions for each value. Closures there would be compiled for each value, and not for each
// type.

/// Returns what was decoded; a fault becomes that of the property `name` of another value.
#[inline]
pub fn within<T>(decoded: Result<T, Fault>, name: &str) -> Result<T, Fault> {
    match decoded {
        Ok(value) => Ok(value),
        Err(fault) => Err(fault.within(name)),
    }
}

/// Returns what was decoded; a fault becomes that of the element at `index` of another value.
#[inline]
pub fn at<T>(decoded: Result<T, Fault>, index: usize) -> Result<T, Fault> {
    match decoded {
        Ok(value) => Ok(value),
        Err(fault) => Err(fault.at(index)),
    }
}

/// Returns what was decoded; a fault becomes that of the argument of the parameter at `index`.
#[inline]
pub fn of_parameter<T>(decoded: Result<T, Fault>, index: usize) -> Result<T, Fault> {
    match decoded {
        Ok(value) => Ok(value),
        Err(fault) => Err(fault.of_parameter(index)),
    }
}
