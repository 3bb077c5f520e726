//! Lists of scalars that Rust changes in place: `&mut [T]`, and what there is of it.

use std::slice;

use super::scalar::checked;
use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Argument, LendMut, Primitive};
use crate::frame::{Arguments, Fault};
use crate::PyVec;

/// The shape of a list of `T` that Rust changes.
fn of<T: Primitive>() -> Shape {
    Shape::Applied("mut", vec![Part::Shape(Shape::Plain(T::NAME))])
}

/// The elements of a list.
///
/// # Safety
///
/// The elements are the host's, aligned, and lent to nobody else for `'a`.
#[inline]
pub(super) unsafe fn elements<'a, T: Primitive>((first, count): (*mut T, usize)) -> Result<&'a mut [T], Fault> {
    // SAFETY: the caller vouches for the elements.
    unsafe { checked::<T>(first.cast(), count) }?;
    if count == 0 {
        return Ok(&mut []);
    }
    // SAFETY: as above, and the bytes are values of the type.
    Ok(unsafe { slice::from_raw_parts_mut(first, count) })
}

impl<'a: 'b, 'b, T: Primitive + Describe> Argument<'a> for &'b mut [T] {
    fn describe(_: &mut Catalogue) -> Shape {
        of::<T>()
    }

    #[inline]
    fn take(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        // SAFETY: the parameter is a mutable list of `T`, whose elements the host lends for the length of the call. It
        // lends no memory twice in one call if one of the two is mutable.
        unsafe { elements(arguments.list::<T>(index)?) }
    }
}

impl<'a: 'b, 'b, T: Primitive + Describe, const N: usize> Argument<'a> for &'b mut [T; N] {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Applied("mut", vec![Part::Shape(Shape::Plain(T::NAME)), Part::Length(N)])
    }

    #[inline]
    fn take(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        let list = <&'b mut [T] as Argument<'a>>::take(arguments, index)?;
        list.try_into().map_err(|_| Fault::OTHER_LENGTH)
    }
}

impl<'a: 'b, 'b, T: Primitive + Describe> Argument<'a> for Option<&'b mut [T]> {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Applied("option", vec![Part::Shape(of::<T>())])
    }

    #[inline]
    fn take(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        // SAFETY: the parameter is the descriptor of a list of `T` or null, and the list is lent as `&mut [T]` is.
        unsafe {
            arguments
                .optional_list::<T>(index)?
                .map(|list| elements(list))
                .transpose()
        }
    }
}

/// Lists, each of which is changed in place. The list of them is a copy.
impl<'a: 'b, 'b, T: Primitive + Describe> Argument<'a> for Vec<&'b mut [T]> {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Applied("mut", vec![Part::Shape(of::<T>())])
    }

    fn take(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        // SAFETY: the parameter is a list of descriptors of lists of `T`, each lent as `&mut [T]` is.
        unsafe {
            let (first, count) = arguments.list::<*mut PyVec<T>>(index)?;
            (0..count)
                .map(|row| elements(Arguments::list_at(*first.add(row))?))
                .collect()
        }
    }
}

impl<'a: 'b, 'b, T: Primitive + Describe> LendMut<'a> for [&'b mut [T]] {
    type Held = Vec<&'b mut [T]>;

    fn describe(catalogue: &mut Catalogue) -> Shape {
        <Vec<&'b mut [T]> as Argument<'a>>::describe(catalogue)
    }

    #[inline]
    fn hold(arguments: &mut Arguments<'a>, index: usize) -> Result<Self::Held, Fault> {
        Argument::take(arguments, index)
    }

    #[inline]
    fn lend(held: &mut Self::Held) -> &mut Self {
        held
    }
}
