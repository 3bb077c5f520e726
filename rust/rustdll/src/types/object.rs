//! Objects as arguments and results: in the frame, the address of a reference of the host's.

use std::ptr;

use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Decode, Encode};
use crate::frame::{Arguments, Fault, Output, Reader, Writer};
use crate::object::{Borrowed, BorrowedMut, Given, Handle, Object, Passed};

/// The conversions of an object, which `#[derive(Object)]` makes implementations for its type of.
#[doc(hidden)]
#[derive(Debug)]
pub struct Objects;

impl Objects {
    /// Describes a `&mut T`.
    pub fn describe_changed<T: Object>(catalogue: &mut Catalogue) -> Shape {
        Shape::Applied("mut", vec![Part::Shape(T::describe(catalogue))])
    }

    /// Describes a `T` that a function takes.
    pub fn describe_taken<T: Object>(catalogue: &mut Catalogue) -> Shape {
        Shape::Applied("own", vec![Part::Shape(T::describe(catalogue))])
    }

    /// Borrows the object that is the argument at `index`, to read it.
    #[inline]
    pub fn borrow<'a, T: Object>(arguments: &Arguments<'a>, index: usize) -> Result<Borrowed<'a, T>, Fault> {
        Self::passed(arguments, index)?.borrow(arguments)
    }

    /// Borrows it to change it.
    #[inline]
    pub fn borrow_mut<'a, T: Object>(arguments: &Arguments<'a>, index: usize) -> Result<BorrowedMut<'a, T>, Fault> {
        Self::passed(arguments, index)?.borrow_mut(arguments)
    }

    /// Borrows it to change it, until the call ends.
    pub fn borrow_mut_kept<'a, T: Object>(arguments: &mut Arguments<'a>, index: usize) -> Result<&'a mut T, Fault> {
        let mut borrowed = Self::borrow_mut::<T>(arguments, index)?;
        let value = ptr::from_mut(&mut *borrowed);
        arguments.reader.keep(borrowed);
        // SAFETY: the borrow lasts until the call ends, and so for longer than what generated code does with it.
        Ok(unsafe { &mut *value })
    }

    /// Reads an object and borrows it to read it, until the call ends.
    pub fn read<'a, T: Object>(reader: &mut Reader<'a>) -> Result<&'a T, Fault> {
        // SAFETY: the word is that of an object, which the host refers to for the length of the call.
        let handle = unsafe { Given::<T>::handle_of(reader.word()?) }?;
        let borrowed = handle.borrow_by(reader.function).map_err(Fault::Unavailable)?;
        let value = ptr::from_ref(&*borrowed);
        reader.keep(borrowed);
        // SAFETY: as above.
        Ok(unsafe { &*value })
    }

    /// Does the same for the argument at `index`.
    pub fn borrow_kept<'a, T: Object>(arguments: &mut Arguments<'a>, index: usize) -> Result<&'a T, Fault> {
        let borrowed = Self::borrow::<T>(arguments, index)?;
        let value = ptr::from_ref(&*borrowed);
        arguments.reader.keep(borrowed);
        // SAFETY: as above.
        Ok(unsafe { &*value })
    }

    /// Takes the value of the object that is the argument at `index`.
    #[inline]
    pub fn take<T: Object>(arguments: &Arguments<'_>, index: usize) -> Result<T, Fault> {
        let handle = Self::passed::<T>(arguments, index)?.handle;
        handle.take_by(arguments.reader.function).map_err(Fault::Unavailable)
    }

    #[inline]
    fn passed<'a, T: Object>(arguments: &Arguments<'a>, index: usize) -> Result<Passed<'a, T>, Fault> {
        // SAFETY: the parameter is an object, which the host refers to for the length of the call.
        unsafe { Given::passed_by(arguments.slot(index)) }
    }

    /// Writes an object as the result.
    #[inline]
    pub fn give<T: Object>(value: T, output: &mut Output<'_>) {
        output.object(Handle::new(value));
    }
}

impl<T: Object> Describe for Handle<T> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        T::describe(catalogue)
    }
}

impl<'a, T: Object> Decode<'a> for Handle<T> {
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        // SAFETY: the word is that of an object, which the host refers to for the length of the call.
        unsafe { Given::handle_of(reader.word()?) }.cloned()
    }

    #[inline]
    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        Objects::passed(arguments, index).map(|passed| passed.handle.clone())
    }
}

impl<T: Object> Encode for Handle<T> {
    fn encode(&self, writer: &mut Writer) {
        writer.object(self.clone());
    }

    #[inline]
    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        output.object(self.clone());
        Ok(())
    }
}
