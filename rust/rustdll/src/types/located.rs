//! What is written to a stream, and where in it a value is that cannot be written.

use std::marker::PhantomData;

use super::Encode;
use crate::frame::{Content, Writer};

/// A value as the whole of a stream.
pub(crate) struct Whole<'a, T: ?Sized, By>(&'a T, PhantomData<By>);

impl<'a, T: ?Sized, By> Whole<'a, T, By> {
    #[inline]
    pub(crate) fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<T: Encode<By> + ?Sized, By> Content for Whole<'_, T, By> {
    #[inline]
    fn write(&self, writer: &mut Writer) {
        self.0.encode(writer);
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        self.0.locate(writer)
    }
}

/// The elements of a list as the whole of a stream.
pub(crate) struct Elements<I, By>(I, PhantomData<By>);

impl<'x, T: Encode<By> + ?Sized + 'x, I: Iterator<Item = &'x T>, By> Elements<I, By> {
    #[inline]
    pub(crate) fn new(list: I) -> Self {
        Self(list, PhantomData)
    }
}

impl<'x, T, I, By> Content for Elements<I, By>
where
    T: Encode<By> + ?Sized + 'x,
    I: ExactSizeIterator<Item = &'x T> + Clone,
{
    #[inline]
    fn write(&self, writer: &mut Writer) {
        T::encode_list(self.0.clone(), writer);
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        locate_elements(self.0.clone(), writer)
    }
}

/// Finds the first element that cannot be written, as [`Encode::locate`] does.
#[cold]
pub(crate) fn locate_elements<'x, T: Encode<By> + ?Sized + 'x, By>(
    list: impl Iterator<Item = &'x T>,
    writer: &mut Writer,
) -> bool {
    list.enumerate()
        .any(|(index, element)| element.locate(writer) && writer.at(index))
}
