//! Iterators: in JavaScript one too, whose items are made when they are asked for.

use std::fmt;
use std::marker::PhantomData;

use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Encode, Of};
use crate::error::Error;
use crate::frame::Writer;
use crate::object::{Handle, Sequence};

/// An iterator of Rust's as a result: in JavaScript an iterator, for `for (const item of ...)`, whose items are made when
/// they are asked for.
///
/// ```
/// use rustdll::{export, Iter};
///
/// #[export]
/// pub fn squares() -> Iter<f64> {
///     Iter::new((1..).map(|n| f64::from(n).powi(2)))
/// }
/// ```
///
/// It is `Send` and owns what it iterates over, as JavaScript keeps it for as long as it likes. It is dropped when it has
/// ended, when JavaScript leaves its loop, and when JavaScript no longer refers to it.
///
/// Rust is ahead of JavaScript, which takes several items at a time if they are small and made quickly; see
/// [`Iter::unbuffered`]. If the iterator panics, JavaScript gets the items before that, then the panic, and then the
/// iterator has ended.
pub struct Iter<T> {
    sequence: Handle<Sequence>,
    items: PhantomData<fn() -> T>,
}

impl<T: 'static> Iter<T> {
    /// Passes on the items of an iterator.
    pub fn new<By: 'static>(iterator: impl Iterator<Item = T> + Send + 'static) -> Self
    where
        T: Encode<By>,
    {
        Self::of(iterator.map(Ok))
    }

    /// Passes on the items of an iterator that may fail, such as the lines of a file. JavaScript gets the items before the
    /// first `Err`, then the error as an exception, and then the iterator has ended.
    ///
    /// ```
    /// use std::fs::File;
    /// use std::io::{self, BufRead, BufReader};
    ///
    /// use rustdll::{export, Iter};
    ///
    /// #[export]
    /// pub fn lines(path: &str) -> io::Result<Iter<String>> {
    ///     Ok(Iter::fallible(BufReader::new(File::open(path)?).lines()))
    /// }
    /// ```
    pub fn fallible<E: Into<Error>, By: 'static>(iterator: impl Iterator<Item = Result<T, E>> + Send + 'static) -> Self
    where
        T: Encode<By>,
    {
        Self::of(iterator.map(|item| item.map_err(Into::into)))
    }

    fn of<By: 'static>(iterator: impl Iterator<Item = Result<T, Error>> + Send + 'static) -> Self
    where
        T: Encode<By>,
    {
        Self {
            sequence: Handle::new(Sequence::new(iterator)),
            items: PhantomData,
        }
    }

    /// Makes an item only when JavaScript asks for it. It takes longer, and is for iterators where it matters when they are
    /// asked: that wait for something, or change what others see.
    #[must_use]
    pub fn unbuffered(self) -> Self {
        if let Ok(mut sequence) = self.sequence.borrow_mut() {
            sequence.take_one_at_a_time();
        }
        self
    }
}

impl<T> fmt::Debug for Iter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iter")
    }
}

impl<T: Describe<By>, By> Describe<Of<By>> for Iter<T> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        catalogue.has_iterators = true;
        Shape::Applied("iter", vec![Part::Shape(T::describe(catalogue))])
    }
}

impl<T: Encode<By>, By> Encode<Of<By>> for Iter<T> {
    fn encode(&self, writer: &mut Writer) {
        writer.object(self.sequence.clone());
    }
}
