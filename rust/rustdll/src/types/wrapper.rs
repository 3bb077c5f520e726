//! Types around a value, which JavaScript sees nothing of. A cell is passed by its value: what is written to it later
//! does not reach JavaScript.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::num::{Saturating, Wrapping};
use std::sync::{Mutex, PoisonError, RwLock};

use super::shape::{Catalogue, Describe, Shape};
use super::{Accepts, Decode, Encode, Of};
use crate::frame::{Arguments, Fault, Output, Reader, Writer};
use crate::Error;

macro_rules! wrappers {
    ($($wrapper:ident, $new:expr $(, $copy:ident)?, |$of:ident| $into:expr, |$by:ident| $read:expr;)*) => { $(
        impl<T: Describe<By>, By> Describe<Of<By>> for $wrapper<T> {
            const IS_OPTION: bool = T::IS_OPTION;
            const ACCEPTS: Accepts = T::ACCEPTS;

            fn describe(catalogue: &mut Catalogue) -> Shape {
                T::describe(catalogue)
            }
        }

        impl<'a, T: Decode<'a, By>, By> Decode<'a, Of<By>> for $wrapper<T> {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                T::decode(reader).map($new)
            }

            #[inline]
            fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
                T::argument(arguments, index).map($new)
            }

            #[inline]
            fn decode_list(reader: &mut Reader<'a>, count: usize) -> Result<Vec<Self>, Fault> {
                Ok(T::decode_list(reader, count)?.into_iter().map($new).collect())
            }

            #[inline]
            fn list_argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Vec<Self>, Fault> {
                Ok(T::list_argument(arguments, index)?.into_iter().map($new).collect())
            }
        }

        impl<T: Encode<By> $(+ $copy)?, By> Encode<Of<By>> for $wrapper<T> {
            #[inline]
            fn encode(&self, writer: &mut Writer) {
                let $by = self;
                match $read {
                    Ok(value) => value.encode(writer),
                    Err(reason) => writer.refuse(reason),
                }
            }

            #[inline]
            fn give(self, output: &mut Output<'_>) -> Result<(), Fault> {
                let $of = self;
                $into.give(output)
            }

            #[inline]
            fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
                let $by = self;
                $read.map_err(Fault::refused)?.give_ref(output)
            }

            fn encode_list<'x>(list: impl ExactSizeIterator<Item = &'x Self>, writer: &mut Writer)
            where
                Self: 'x,
            {
                // Values behind locks are borrowed together, and a list of scalars has them one beside the other.
                let read: Result<Vec<_>, Error> = list.map(|$by| $read).collect();
                match read {
                    Ok(list) => T::encode_list(list.iter().map(|value| &**value), writer),
                    Err(reason) => writer.refuse(reason),
                }
            }

            fn give_list<'x>(
                list: impl ExactSizeIterator<Item = &'x Self> + Clone,
                output: &mut Output<'_>,
            ) -> Result<(), Fault>
            where
                Self: 'x,
            {
                let read: Result<Vec<_>, Error> = list.map(|$by| $read).collect();
                T::give_list(read.map_err(Fault::refused)?.iter().map(|value| &**value), output)
            }
        }
    )* };
}

/// A reference, as one that is counted would be.
type Seen<T> = Result<T, Error>;

/// A value, with the interface of a reference to it.
struct Copied<T>(T);

impl<T> std::ops::Deref for Copied<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

fn seen<T>(value: T) -> Seen<T> {
    Ok(value)
}

wrappers! {
    Wrapping, Wrapping, |value| value.0, |value| seen(&value.0);
    Saturating, Saturating, |value| value.0, |value| seen(&value.0);
    Reverse, Reverse, |value| value.0, |value| seen(&value.0);
    Cell, Cell::new, Copy, |cell| cell.into_inner(), |cell| seen(Copied(cell.get()));
    RefCell, RefCell::new, |cell| cell.into_inner(),
        |cell| cell.try_borrow().map_err(|_| Error::new("the value of a RefCell is being changed"));
    Mutex, Mutex::new, |lock| lock.into_inner().unwrap_or_else(PoisonError::into_inner),
        |lock| seen(lock.lock().unwrap_or_else(PoisonError::into_inner));
    RwLock, RwLock::new, |lock| lock.into_inner().unwrap_or_else(PoisonError::into_inner),
        |lock| seen(lock.read().unwrap_or_else(PoisonError::into_inner));
}
