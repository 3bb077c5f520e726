//! Arrays of n dimensions: in JavaScript a typed array of the elements, and the length of each dimension.

use ndarray::{
    ArcArray, Array, ArrayBase, ArrayView, ArrayViewMut, Axis, CowArray, Data, Dimension, ShapeBuilder, StrideShape,
};

use crate::frame::{Arguments, Fault, Reader, Writer};
use crate::types::mutable;
use crate::types::shape::{Catalogue, Describe, Part, Shape};
use crate::types::typed::Number;
use crate::types::{Argument, Decode, Encode, Of, Standard};

const OUTSIDE: Fault = Fault::Arguments("the elements of an array are not where its shape says");

/// Describes an array by the type of its elements and the number of its dimensions.
fn of<T: Number, D: Dimension>() -> Shape {
    let mut parts = vec![Part::Shape(Shape::Plain(T::NAME))];
    parts.extend(D::NDIM.map(Part::Length));
    Shape::Applied("ndarray", parts)
}

/// The words before the elements of an array.
struct Layout<D> {
    lengths: D,
    /// The distance from an element to the next one along each dimension, in elements, and the place of the first
    /// element; none if the elements are in row-major order.
    strides: Option<(D, usize)>,
}

/// The part of a list that an array is made of, and how.
struct Placed<D: Dimension> {
    start: usize,
    shape: StrideShape<D>,
    /// The dimensions whose elements stand in reverse order.
    reversed: Vec<Axis>,
}

impl<D: Dimension> Layout<D> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let rank = match D::NDIM {
            Some(rank) => rank,
            None => reader.count()?,
        };
        if rank > reader.room(rank) {
            return Err(Fault::SHORT);
        }
        let mut lengths = D::zeros(rank);
        for length in lengths.slice_mut() {
            *length = reader.count()?;
        }
        match reader.word()? {
            0 => return Ok(Self { lengths, strides: None }),
            1 => {}
            _ => return Err(OUTSIDE),
        }
        let mut strides = D::zeros(rank);
        for stride in strides.slice_mut() {
            *stride = reader.word()? as usize;
        }
        let first = reader.word()? as usize;
        Ok(Self {
            lengths,
            strides: Some((strides, first)),
        })
    }

    /// Finds the array in a list of `count` elements.
    fn place(self, count: usize) -> Result<Placed<D>, Fault> {
        let Self { lengths, strides } = self;
        let size = lengths
            .slice()
            .iter()
            .try_fold(1_usize, |size, &length| size.checked_mul(length));
        let Some((mut strides, first)) = strides.filter(|_| size != Some(0)) else {
            // Without strides every element of the list is one of the array.
            return match size {
                Some(size) if size == count || size == 0 => Ok(Placed {
                    start: 0,
                    shape: lengths.into(),
                    reversed: Vec::new(),
                }),
                _ => Err(OUTSIDE),
            };
        };
        let mut start = first;
        let mut reversed = Vec::new();
        for (axis, (stride, length)) in strides.slice_mut().iter_mut().zip(lengths.slice()).enumerate() {
            let signed = *stride as isize;
            if signed < 0 {
                let distance = signed.unsigned_abs();
                start = length
                    .saturating_sub(1)
                    .checked_mul(distance)
                    .and_then(|back| start.checked_sub(back))
                    .ok_or(OUTSIDE)?;
                *stride = distance;
                reversed.push(Axis(axis));
            }
        }
        Ok(Placed {
            start,
            shape: lengths.strides(strides),
            reversed,
        })
    }

    /// Makes an array of elements.
    fn view<T>(self, elements: &[T]) -> Result<ArrayView<'_, T, D>, Fault> {
        let placed = self.place(elements.len())?;
        let elements = elements.get(placed.start..).ok_or(OUTSIDE)?;
        let mut view = ArrayView::from_shape(placed.shape, elements).map_err(|_| OUTSIDE)?;
        for axis in placed.reversed {
            view.invert_axis(axis);
        }
        Ok(view)
    }

    /// Makes an array of elements that can be changed.
    fn view_mut<T>(self, elements: &mut [T]) -> Result<ArrayViewMut<'_, T, D>, Fault> {
        let placed = self.place(elements.len())?;
        let elements = elements.get_mut(placed.start..).ok_or(OUTSIDE)?;
        let mut view = ArrayViewMut::from_shape(placed.shape, elements).map_err(|_| OUTSIDE)?;
        for axis in placed.reversed {
            view.invert_axis(axis);
        }
        Ok(view)
    }
}

impl<S: Data<Elem = T>, D: Dimension, T: Number> Describe for ArrayBase<S, D> {
    fn describe(_: &mut Catalogue) -> Shape {
        of::<T, D>()
    }
}

/// Reads an array whose elements are the host's.
fn lent<'a: 'b, 'b, T: Number + Describe, D: Dimension>(reader: &mut Reader<'a>) -> Result<ArrayView<'b, T, D>, Fault> {
    let layout = Layout::<D>::read(reader)?;
    let elements = <&'b [T] as Decode<'a, Of<Of<Standard>>>>::decode(reader)?;
    layout.view(elements)
}

macro_rules! arrays {
    ($([$($lifetime:lifetime)?] $array:ty, |$view:ident| $make:expr;)*) => { $(
        impl<'a $(: $lifetime, $lifetime)?, T: Number + Describe, D: Dimension> Decode<'a> for $array {
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                let $view = lent::<T, D>(reader)?;
                Ok($make)
            }
        }
    )* };
}

arrays! {
    [] Array<T, D>, |view| view.to_owned();
    [] ArcArray<T, D>, |view| view.to_shared();
    ['b] CowArray<'b, T, D>, |view| view.into();
    ['b] ArrayView<'b, T, D>, |view| view;
}

impl<'a: 'b, 'b, T: Number, D: Dimension> Argument<'a> for ArrayViewMut<'b, T, D> {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Applied("mut", vec![Part::Shape(of::<T, D>())])
    }

    fn take(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        let layout = Layout::read(arguments.reader())?;
        // SAFETY: the parameter is a mutable list of `T`, whose elements the host lends for the length of the call. It
        // lends no memory twice in one call if one of the two is mutable.
        let elements = unsafe { mutable::elements(arguments.list::<T>(index)?) }?;
        layout.view_mut(elements)
    }
}

impl<S: Data<Elem = T>, D: Dimension, T: Number> Encode for ArrayBase<S, D> {
    fn encode(&self, writer: &mut Writer) {
        if D::NDIM.is_none() {
            writer.word(self.ndim() as u64);
        }
        for &length in self.shape() {
            writer.word(length as u64);
        }
        // In row-major order, and not lent.
        writer.word(0);
        writer.word(0);
        writer.word(self.len() as u64);
        match self.as_slice() {
            Some(elements) => writer.packed(elements),
            None => writer.packed(&self.iter().copied().collect::<Vec<_>>()),
        }
    }
}
