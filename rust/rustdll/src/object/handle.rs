//! A handle: a counted reference of Rust's to an object.

use std::fmt;
use std::sync::Arc;

use super::borrow::{Borrowed, BorrowedMut, Shared, Unavailable};
use super::Object;

/// A counted reference to an object, as an `Arc` is to a value. JavaScript may refer to the same object.
///
/// As a parameter it allows a function to keep the object. In JavaScript it is the object itself; each time that it is
/// returned there is a new one, which refers to the same value.
///
/// ```
/// use rustdll::{export, Handle, Object};
///
/// #[derive(Object)]
/// pub struct Node {
///     name: String,
///     parent: Option<Handle<Node>>,
/// }
///
/// #[export]
/// impl Node {
///     pub fn new(name: String, parent: Option<Handle<Node>>) -> Self {
///         Self { name, parent }
///     }
///
///     #[export(getter)]
///     pub fn parent(&self) -> Option<Handle<Node>> {
///         self.parent.clone()
///     }
///
///     #[export(getter)]
///     pub fn name(&self) -> &str {
///         &self.name
///     }
/// }
/// ```
pub struct Handle<T: Object>(Arc<Shared<T>>);

/// What borrows a value through a handle is called so in messages.
const RUST: &str = "Rust";

impl<T: Object> Handle<T> {
    /// Makes an object of a value.
    pub fn new(value: T) -> Self {
        Self(Arc::new(Shared::new(value)))
    }

    /// Borrows the value to read it.
    ///
    /// # Errors
    ///
    /// [`Unavailable`], if the value is being changed or has been taken away from the object.
    pub fn borrow(&self) -> Result<Borrowed<'_, T>, Unavailable> {
        self.borrow_by(&RUST)
    }

    /// Borrows the value to change it.
    ///
    /// # Errors
    ///
    /// [`Unavailable`], if the value is borrowed already or has been taken away from the object.
    pub fn borrow_mut(&self) -> Result<BorrowedMut<'_, T>, Unavailable> {
        self.borrow_mut_by(&RUST)
    }

    /// Returns the object itself.
    #[inline]
    pub(crate) fn shared(&self) -> &Arc<Shared<T>> {
        &self.0
    }

    #[inline]
    pub(crate) fn borrow_by(&self, holder: &'static &'static str) -> Result<Borrowed<'_, T>, Unavailable> {
        Borrowed::new(&self.0, holder)
    }

    #[inline]
    pub(crate) fn borrow_mut_by(&self, holder: &'static &'static str) -> Result<BorrowedMut<'_, T>, Unavailable> {
        BorrowedMut::new(&self.0, holder)
    }

    #[inline]
    pub(crate) fn take_by(&self, holder: &'static &'static str) -> Result<T, Unavailable> {
        self.0.take(holder)
    }
}

impl<T: Object> Clone for Handle<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Object> From<T> for Handle<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: Object> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle<{}>", T::NAME)
    }
}

/// True for handles of the same object.
impl<T: Object> PartialEq for Handle<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Object> Eq for Handle<T> {}
