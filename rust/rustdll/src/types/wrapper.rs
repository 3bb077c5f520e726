//! Types around a value, which JavaScript sees nothing of. A cell is passed by its value: what is written to it later
//! does not reach JavaScript.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::hash_map::{Entry, HashMap};
use std::num::{Saturating, Wrapping};
use std::ops::Deref;
use std::ptr;
use std::rc::Rc;
use std::sync::{Mutex, PoisonError, RwLock};

use super::shape::{Catalogue, Describe, Shape};
use super::{Accepts, Decode, Encode, Of};
use crate::frame::{Arguments, Fault, Output, Reader, Writer};
use crate::Error;

macro_rules! wrappers {
    ($($wrapper:ident, $new:expr, $all:ident $(, $copy:ident)?, |$of:ident| $into:expr, |$by:ident| $read:expr;)*) => { $(
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

            fn locate(&self, writer: &mut Writer) -> bool {
                let $by = self;
                match $read {
                    Ok(value) => value.locate(writer),
                    Err(reason) => {
                        writer.refuse(reason);
                        true
                    }
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
                match $all(list, |$by: &'x Self| $read) {
                    Ok(list) => T::encode_list(list.iter().map(|value| &**value), writer),
                    Err(fault) => writer.fail(fault),
                }
            }

            fn give_list<'x>(
                list: impl ExactSizeIterator<Item = &'x Self> + Clone,
                output: &mut Output<'_>,
            ) -> Result<(), Fault>
            where
                Self: 'x,
            {
                let list = $all(list, |$by: &'x Self| $read)?;
                T::give_list(list.iter().map(|value| &**value), output)
            }
        }
    )* };
}

/// A reference, as one that is counted would be.
type Seen<T> = Result<T, Error>;

/// A value, with the interface of a reference to it.
struct Copied<T>(T);

impl<T> Deref for Copied<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

fn seen<T>(value: T) -> Seen<T> {
    Ok(value)
}

/// Borrows the values in the wrappers of a list.
fn each<'x, W: 'x, R>(
    list: impl Iterator<Item = &'x W>,
    mut read: impl FnMut(&'x W) -> Result<R, Error>,
) -> Result<Vec<R>, Fault> {
    list.enumerate()
        .map(|(index, wrapper)| read(wrapper).map_err(|reason| Fault::refused(reason).at(index)))
        .collect()
}

/// The lock of a value that may be in a list several times.
struct Shared<L>(Rc<L>);

impl<L: Deref> Deref for Shared<L> {
    type Target = L::Target;

    fn deref(&self) -> &L::Target {
        &self.0
    }
}

/// Locks the values of a list, each once: a second lock of the same one would wait for the first.
fn each_once<'x, W: 'x, L>(
    list: impl Iterator<Item = &'x W>,
    lock: impl Fn(&'x W) -> Result<L, Error>,
) -> Result<Vec<Shared<L>>, Fault> {
    let mut locked: HashMap<*const W, Rc<L>> = HashMap::new();
    each(list, |wrapper| {
        Ok(Shared(match locked.entry(ptr::from_ref(wrapper)) {
            Entry::Occupied(known) => Rc::clone(known.get()),
            Entry::Vacant(new) => Rc::clone(new.insert(Rc::new(lock(wrapper)?))),
        }))
    })
}

wrappers! {
    Wrapping, Wrapping, each, |value| value.0, |value| seen(&value.0);
    Saturating, Saturating, each, |value| value.0, |value| seen(&value.0);
    Reverse, Reverse, each, |value| value.0, |value| seen(&value.0);
    Cell, Cell::new, each, Copy, |cell| cell.into_inner(), |cell| seen(Copied(cell.get()));
    RefCell, RefCell::new, each, |cell| cell.into_inner(),
        |cell| cell.try_borrow().map_err(|_| Error::new("the value of a RefCell is being changed"));
    Mutex, Mutex::new, each_once, |lock| lock.into_inner().unwrap_or_else(PoisonError::into_inner),
        |lock| seen(lock.lock().unwrap_or_else(PoisonError::into_inner));
    RwLock, RwLock::new, each_once, |lock| lock.into_inner().unwrap_or_else(PoisonError::into_inner),
        |lock| seen(lock.read().unwrap_or_else(PoisonError::into_inner));
}
