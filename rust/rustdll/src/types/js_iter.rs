//! Iterables of JavaScript's, whose items Rust takes.

use std::fmt;
use std::panic::resume_unwind;
use std::ptr;
use std::vec;

use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Decode, Encode, Of};
use crate::callback::{call, post, Answer, CallError, Escaped, Held, Read, FOREVER};
use crate::frame::{Fault, Reader, Writer};

/// The most items that are taken at a time.
const MOST: u32 = 64;

/// An iterable of JavaScript's as a parameter: an array, a `Set`, a generator. Rust takes its items as it likes.
///
/// ```
/// use rustdll::{export, JsIter};
///
/// /// The first number above a limit.
/// #[export]
/// pub fn first_above(limit: f64, mut numbers: JsIter<f64>) -> Option<f64> {
///     numbers.find(|number| *number > limit)
/// }
/// ```
///
/// Several items are taken at a time, so JavaScript may have made some that Rust does not use; see [`JsIter::unbuffered`].
/// Dropped before its end, it ends the iterator in JavaScript, as leaving a loop does. If JavaScript throws, `next` ends the
/// call that it is in, which throws the same, and [`JsIter::try_next`] returns it.
///
/// It is `Send`. As with a [`Callback`](crate::Callback), another thread than JavaScript's waits for that when it takes items.
pub struct JsIter<T> {
    source: Taking<T>,
    items: vec::IntoIter<T>,
    /// How many items to take next; 0 once there are no more.
    most: u32,
    limit: u32,
}

/// A function of JavaScript that gives items, so many at the most.
pub(super) struct Taking<T> {
    function: Held,
    read: Read<(Vec<T>, bool)>,
}

impl<T> Taking<T> {
    /// Takes the next value of the stream, which is such a function.
    pub(super) fn decode<By>(reader: &mut Reader<'_>) -> Result<Self, Fault>
    where
        T: Answer<By>,
    {
        Ok(Self {
            // SAFETY: the word is that of a function, which the host has until the call ends.
            function: unsafe { Held::retained(reader.word()?) }?,
            read: |reader| {
                let count = reader.count()?;
                let mut items = Vec::with_capacity(reader.room(count));
                for index in 0..count {
                    items.push(T::read(reader).map_err(|fault| fault.at(index))?);
                }
                Ok((items, bool::decode(reader)?))
            },
        })
    }

    pub(super) fn function(&self) -> &Held {
        &self.function
    }

    pub(super) fn read(&self) -> Read<(Vec<T>, bool)> {
        self.read
    }

    /// Takes items.
    fn take(&self, most: u32) -> Result<(Vec<T>, bool), CallError> {
        self.ask_for(most, FOREVER)
    }

    fn ask_for(&self, most: u32, patience: u64) -> Result<(Vec<T>, bool), CallError> {
        call(
            &self.function,
            ptr::null(),
            patience,
            &|writer: &mut Writer| most.encode(writer),
            self.read,
        )
    }

    /// Tells JavaScript that no more items are wanted, at once on its own thread and soon on any other.
    pub(super) fn end(&self) {
        if let Err(CallError::WouldDeadlock) = self.ask_for(0, 0) {
            // Nobody waits for it, and without its environment there is nothing to end.
            let _ = post(&self.function, 0, &|writer: &mut Writer| 0_u32.encode(writer));
        }
    }
}

impl<T> JsIter<T> {
    /// Returns the next item, or none at the end.
    ///
    /// # Errors
    ///
    /// What JavaScript has thrown, after which the iterator has ended, or why it could not be asked.
    pub fn try_next(&mut self) -> Result<Option<T>, CallError> {
        loop {
            if let Some(item) = self.items.next() {
                return Ok(Some(item));
            }
            if self.most == 0 {
                return Ok(None);
            }
            match self.source.take(self.most) {
                Ok((items, over)) => {
                    self.items = items.into_iter();
                    self.most = if over { 0 } else { (2 * self.most).min(self.limit) };
                }
                Err(error) => {
                    self.most = 0;
                    // An item that has the wrong type does not end the iterator by itself.
                    self.source.end();
                    return Err(error);
                }
            }
        }
    }

    /// Takes an item only when Rust asks for it.
    #[must_use]
    pub fn unbuffered(mut self) -> Self {
        self.limit = 1;
        self
    }
}

impl<T> Iterator for JsIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self.try_next() {
            Ok(item) => item,
            Err(error) => resume_unwind(Box::new(Escaped(error))),
        }
    }
}

impl<T> Drop for JsIter<T> {
    fn drop(&mut self) {
        if self.most != 0 {
            self.source.end();
        }
    }
}

impl<T> fmt::Debug for JsIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsIter")
    }
}

impl<T: Answer<By>, By> Describe<Of<By>> for JsIter<T> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        Shape::Applied("iter", vec![Part::Shape(T::describe(catalogue))])
    }
}

impl<'a, T: Answer<By>, By> Decode<'a, Of<By>> for JsIter<T> {
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        Ok(Self {
            source: Taking::decode(reader)?,
            items: Vec::new().into_iter(),
            most: 1,
            limit: MOST,
        })
    }
}
