//! The descriptors themselves, `PyVec` and `PyStr`, as parameters.

use super::shape::{Catalogue, Part, Shape};
use super::{Argument, Lend, Primitive};
use crate::frame::{Arguments, Fault};
use crate::PyVec;

/// A type that a `PyVec` may hold.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an element of a `PyVec` that JavaScript lends",
    label = "not a scalar and not a `PyVec`",
    note = "supported are integers of up to 64 bits, floats, `bool`, `char`, `PyVec<T>`, `&PyVec<T>`, `&mut PyVec<T>` and `Option`s of such references"
)]
pub trait Element {
    /// Appends the type in Rust's syntax.
    fn write(name: &mut String);

    /// Appends the type of a list of such elements.
    fn write_list(name: &mut String) {
        name.push_str("PyVec<");
        Self::write(name);
        name.push('>');
    }
}

impl<T: Primitive> Element for T {
    fn write(name: &mut String) {
        name.push_str(T::NAME);
    }
}

/// The element type of a `PyStr`, which would otherwise be described as the `PyVec<u8>` that it is.
#[doc(hidden)]
#[derive(Debug)]
pub struct StringMark;

impl Element for StringMark {
    fn write(name: &mut String) {
        name.push_str("u8");
    }

    fn write_list(name: &mut String) {
        name.push_str("PyStr");
    }
}

impl<T: Element> Element for PyVec<T> {
    fn write(name: &mut String) {
        T::write_list(name);
    }
}

macro_rules! references {
    ($($reference:ty, $before:literal, $after:literal;)*) => { $(
        impl<T: Element> Element for $reference {
            fn write(name: &mut String) {
                name.push_str($before);
                T::write_list(name);
                name.push_str($after);
            }
        }
    )* };
}

references! {
    &PyVec<T>, "&", "";
    &mut PyVec<T>, "&mut ", "";
    Option<&PyVec<T>>, "Option<&", ">";
    Option<&mut PyVec<T>>, "Option<&mut ", ">";
}

fn describe<T: Element>() -> Shape {
    let mut name = String::new();
    T::write(&mut name);
    Shape::Applied("py", vec![Part::Text(name)])
}

const NULL: Fault = Fault::Arguments("a list is null");

impl<'a, T: Element + 'a> Lend<'a> for PyVec<T> {
    type Held = &'a PyVec<T>;

    fn describe(_: &mut Catalogue) -> Shape {
        describe::<&PyVec<T>>()
    }

    #[inline]
    fn hold(arguments: &mut Arguments<'a>, index: usize) -> Result<&'a PyVec<T>, Fault> {
        Argument::take(arguments, index)
    }

    #[inline]
    fn lend<'h>(held: &'h &'a PyVec<T>) -> &'h PyVec<T>
    where
        'a: 'h,
    {
        held
    }
}

impl<'a: 'b, 'b, T: Element> Argument<'a> for &'b PyVec<T> {
    fn describe(_: &mut Catalogue) -> Shape {
        describe::<Self>()
    }

    #[inline]
    fn take(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        <Option<Self> as Argument<'a>>::take(arguments, index)?.ok_or(NULL)
    }
}

impl<'a: 'b, 'b, T: Element> Argument<'a> for &'b mut PyVec<T> {
    fn describe(_: &mut Catalogue) -> Shape {
        describe::<Self>()
    }

    #[inline]
    fn take(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        <Option<Self> as Argument<'a>>::take(arguments, index)?.ok_or(NULL)
    }
}

impl<'a: 'b, 'b, T: Element> Argument<'a> for Option<&'b PyVec<T>> {
    fn describe(_: &mut Catalogue) -> Shape {
        describe::<Self>()
    }

    #[inline]
    fn take(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        // SAFETY: the parameter is a descriptor of this type, which the host lends for the length of the call; nothing
        // behind a shared reference is written to.
        unsafe { Ok(arguments.descriptor::<T>(index)?.map(|list| &*list)) }
    }
}

impl<'a: 'b, 'b, T: Element> Argument<'a> for Option<&'b mut PyVec<T>> {
    fn describe(_: &mut Catalogue) -> Shape {
        describe::<Self>()
    }

    #[inline]
    fn take(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        // SAFETY: the parameter is a descriptor of this type, which the host lends for the length of the call and only
        // once.
        unsafe { Ok(arguments.descriptor::<T>(index)?.map(|list| &mut *list)) }
    }
}
