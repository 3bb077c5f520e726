//! Lists and options of objects as results: each object is moved out of them, as a result is otherwise only read.

use std::marker::PhantomData;

use super::shape::{Catalogue, Describe, Shape};
use super::{Encode, Give, Of, Standard};
use crate::frame::{Fault, Output};
use crate::object::{Handle, Object};

/// The conversion of an object as it is.
#[doc(hidden)]
#[derive(Debug)]
pub struct Bare;

/// The conversion of a type with such objects inside, which are converted by `By`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Moved<By>(PhantomData<By>);

/// An object, or a list or an option of what is one.
#[doc(hidden)]
pub trait Moves<By> {
    /// The conversion of `Given`.
    type As;

    /// The same with handles of the objects.
    type Given: Encode<Self::As>;

    /// Makes handles of the objects.
    fn moved(self) -> Self::Given;
}

impl<T: Object> Moves<Bare> for T {
    type As = Standard;
    type Given = Handle<T>;

    fn moved(self) -> Handle<T> {
        Handle::new(self)
    }
}

macro_rules! moved {
    ($($around:ident $values:ident => $moved:expr;)*) => { $(
        impl<T: Moves<By>, By> Moves<Moved<By>> for $around<T> {
            type As = Of<T::As>;
            type Given = $around<T::Given>;

            fn moved(self) -> Self::Given {
                let $values = self;
                $moved
            }
        }

        impl<T: Moves<By>, By> Give<Moved<By>> for $around<T> {
            fn describe(catalogue: &mut Catalogue) -> Shape {
                <<Self as Moves<Moved<By>>>::Given as Describe<Of<T::As>>>::describe(catalogue)
            }

            fn give(self, output: &mut Output<'_>) -> Result<(), Fault> {
                Encode::give(self.moved(), output)
            }
        }
    )* };
}

moved! {
    Vec list => list.into_iter().map(T::moved).collect();
    Option option => option.map(T::moved);
}
