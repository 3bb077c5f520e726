//! The list that JavaScript lends to Rust.

use std::fmt;
use std::mem::{align_of, offset_of, size_of};
use std::ops::{Deref, DerefMut, Index, IndexMut};
use std::slice::{self, SliceIndex};

/// A list in memory that belongs to JavaScript, lent to Rust for the length of one call.
///
/// It derefs to a slice, so it has all methods of `[T]`.
///
/// ```
/// use rustdll::PyVec;
///
/// #[no_mangle]
/// pub extern "C" fn double(numbers: &mut PyVec<f64>) {
///     for x in numbers {
///         *x *= 2.0;
///     }
/// }
/// ```
///
/// # Layout
///
/// Like a C struct of a pointer to the first element (offset 0) and the number of elements as a `u32` (offset 8): 16
/// bytes in all, aligned to 8. The pointer is aligned for `T`. Behind a reference, as a parameter or as an element of
/// another list, it is one pointer, and null is `None` in `Option<&PyVec<T>>`.
///
/// # Ownership
///
/// A `PyVec` owns nothing and frees nothing. The holder of a `&PyVec<T>` may read the elements; the holder of a `&mut
/// PyVec<T>` has exclusive access to them, as with a `&mut [T]` whose lifetime is that of the call. As the type has no
/// lifetime, this is ensured by never letting safe code own a `PyVec`: there is no safe way to make one (not even an
/// empty one), nor to copy or clone one.
///
/// ```compile_fail,E0507
/// use rustdll::PyVec;
///
/// fn keep(lists: &mut PyVec<PyVec<i64>>) -> PyVec<i64> {
///     lists[0] // an element cannot be moved out of its list
/// }
/// ```
#[repr(C)]
pub struct PyVec<T> {
    ptr: *mut T,
    len: u32,
}

// The addon and the TypeScript layer write this layout byte by byte.
const _: () = {
    assert!(size_of::<PyVec<u8>>() == 16 && align_of::<PyVec<u8>>() == 8);
    assert!(offset_of!(PyVec<u8>, ptr) == 0 && offset_of!(PyVec<u8>, len) == 8);
    // The type of the elements does not change the layout, and references to lists are plain, nullable pointers.
    assert!(size_of::<PyVec<PyVec<f64>>>() == 16 && align_of::<PyVec<PyVec<f64>>>() == 8);
    assert!(size_of::<PyVec<&mut PyVec<i64>>>() == 16 && size_of::<&mut PyVec<i64>>() == 8);
    assert!(size_of::<Option<&PyVec<i64>>>() == 8 && size_of::<Option<&mut PyVec<i64>>>() == 8);
};

// SAFETY: a `PyVec<T>` is like a `&mut [T]`: held by value or by `&mut`, it has exclusive access to its elements.
// Sending it, or a `&mut` to it, sends that access, for which `T: Send` suffices.
unsafe impl<T: Send> Send for PyVec<T> {}

// SAFETY: with a `&PyVec<T>` the elements can only be read, through `&T`, which `T: Sync` allows from any thread.
unsafe impl<T: Sync> Sync for PyVec<T> {}

impl<T> PyVec<T> {
    /// Makes a list of `len` elements, the first of them at `ptr`, as JavaScript would for a call. This is for the
    /// tests of a library and for calling its functions from Rust.
    ///
    /// # Examples
    ///
    /// ```
    /// use rustdll::PyVec;
    ///
    /// fn sum(numbers: &PyVec<i64>) -> i64 {
    ///     numbers.iter().sum()
    /// }
    ///
    /// let mut data = [1, 2, 3];
    /// // SAFETY: `data` outlives the list and is used through it only.
    /// let numbers = unsafe { PyVec::from_raw_parts(data.as_mut_ptr(), 3) };
    /// assert_eq!(sum(&numbers), 6);
    /// ```
    ///
    /// # Safety
    ///
    /// If `len` is 0 there are no conditions; `ptr` may even be null. Otherwise:
    ///
    /// - `ptr` is aligned for `T` and points to `len` initialised values of `T` in one allocation, `isize::MAX` bytes
    ///   at the most.
    /// - They stay where they are, and nothing else reads or writes them, for as long as the list is used. If nobody
    ///   uses it mutably, others may read them.
    /// - Safe code may swap the list with any other `PyVec<T>` that it reaches by `&mut`. The second condition holds
    ///   for whichever of them has the elements then, so do not lend the list together with one that outlives the
    ///   elements.
    #[inline]
    pub const unsafe fn from_raw_parts(ptr: *mut T, len: u32) -> Self {
        Self { ptr, len }
    }

    /// Returns a pointer to the first element. If the list is empty it must not be read from.
    #[inline]
    pub const fn as_ptr(&self) -> *const T {
        self.ptr
    }

    /// Returns a mutable pointer to the first element. If the list is empty it must be neither read from nor written
    /// to.
    #[inline]
    pub fn as_mut_ptr(&mut self) -> *mut T {
        self.ptr
    }

    /// Returns the number of elements.
    #[inline]
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// Returns true if there are no elements.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns the elements as a slice.
    #[inline]
    pub fn as_slice(&self) -> &[T] {
        // Callers written in C or with ctypes may pass a null pointer for an empty list.
        if self.is_empty() {
            return &[];
        }
        // SAFETY: the creator of the list (JavaScript for the length of a call, or the caller of `from_raw_parts`)
        // guarantees `len` valid elements at `ptr`, which nobody writes to while `self` is borrowed.
        unsafe { slice::from_raw_parts(self.ptr, self.len()) }
    }

    /// Returns the elements as a mutable slice.
    #[inline]
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        if self.is_empty() {
            return &mut [];
        }
        // SAFETY: the creator of the list (JavaScript for the length of a call, or the caller of `from_raw_parts`)
        // guarantees `len` valid elements at `ptr`, which nobody else uses while `self` is mutably borrowed.
        unsafe { slice::from_raw_parts_mut(self.ptr, self.len()) }
    }

    /// Copies the elements into a `Vec`, which may be kept after the call.
    #[inline]
    pub fn to_vec(&self) -> Vec<T>
    where
        T: Clone,
    {
        self.as_slice().to_vec()
    }
}

impl<T> Deref for PyVec<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> DerefMut for PyVec<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        self.as_mut_slice()
    }
}

impl<T, I: SliceIndex<[T]>> Index<I> for PyVec<T> {
    type Output = I::Output;

    #[inline]
    fn index(&self, index: I) -> &I::Output {
        &self.as_slice()[index]
    }
}

impl<T, I: SliceIndex<[T]>> IndexMut<I> for PyVec<T> {
    #[inline]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        &mut self.as_mut_slice()[index]
    }
}

/// For functions that take any type of bytes or list, such as hash functions and parsers.
impl<T> AsRef<[T]> for PyVec<T> {
    #[inline]
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T: fmt::Debug> fmt::Debug for PyVec<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_slice(), f)
    }
}

impl<'a, T> IntoIterator for &'a PyVec<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> slice::Iter<'a, T> {
        self.as_slice().iter()
    }
}

impl<'a, T> IntoIterator for &'a mut PyVec<T> {
    type Item = &'a mut T;
    type IntoIter = slice::IterMut<'a, T>;

    #[inline]
    fn into_iter(self) -> slice::IterMut<'a, T> {
        self.as_mut_slice().iter_mut()
    }
}
