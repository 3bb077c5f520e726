//! The description of types for the signature table.

use std::any::TypeId;
use std::collections::HashMap;

/// A type as JavaScript sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A scalar, a string or nothing, by its name in the table.
    Plain(&'static str),
    /// A list of any length.
    Vec(Box<Type>),
    /// A list of a fixed length.
    Array(Box<Type>, usize),
    /// A typed array with elements of that scalar type.
    Typed(&'static str),
    /// A value or null.
    Option(Box<Type>),
    /// A list with a type for each of its elements.
    Tuple(Vec<Type>),
    /// An object whose keys are any strings.
    Map(Box<Type>),
    /// A record or an enum, by its number in the [`Catalogue`].
    Named(usize),
    /// A list of scalars that Rust changes in place.
    Mutable(&'static str),
    /// A list or string by its descriptor, in Rust's own syntax.
    Descriptor(String),
}

impl Type {
    /// A list of elements of the type `T`.
    pub(crate) fn list<T: Describe + ?Sized>(catalogue: &mut Catalogue) -> Type {
        Type::Vec(Box::new(T::describe(catalogue)))
    }
}

/// A type that JavaScript has a value for.
///
/// It is implemented for the scalars, strings, lists, maps and the other types of the
/// [list](crate#types), and by `#[derive(Record)]` and `#[derive(Enum)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no form in JavaScript",
    label = "not a type that JavaScript and Rust can exchange",
    note = "supported are integers, floats, `bool`, `char`, strings, `Vec<T>`, slices and arrays, `Option<T>`, tuples, `HashMap<String, T>`, `BTreeMap<String, T>`, `Box<T>`, `Rc<T>`, `Arc<T>` and `TypedArray<T>`",
    note = "for a struct or an enum of your own add `#[derive(rustdll::Record)]` or `#[derive(rustdll::Enum)]`"
)]
pub trait Describe {
    /// Describes the type. Records and enums are entered into `catalogue`, and described by their number there.
    fn describe(catalogue: &mut Catalogue) -> Type;
}

/// The records and enums that the signatures of a library name, each once.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub(crate) types: Vec<Named>,
    numbers: HashMap<TypeId, usize>,
}

/// A record or an enum.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its name, which no other type of the catalogue has.
    pub name: String,
    /// Its documentation.
    pub doc: &'static str,
    /// What it consists of.
    pub shape: Shape,
}

/// What a record or an enum consists of.
#[derive(Clone, Debug)]
pub enum Shape {
    /// The fields of a record.
    Record(Vec<Field>),
    /// An enum.
    Enum {
        /// The property that says which variant it is.
        tag: &'static str,
        /// The variants in their order, by which the stream numbers them.
        variants: Vec<Variant>,
    },
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in JavaScript.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its type.
    pub of: Type,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name in JavaScript.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// What it holds.
    pub holds: Holds,
}

/// What a variant of an enum holds.
#[derive(Clone, Debug)]
pub enum Holds {
    /// Nothing.
    Unit,
    /// Fields.
    Record(Vec<Field>),
    /// One value.
    Value(Type),
    /// Several values.
    Tuple(Vec<Type>),
}

impl Catalogue {
    /// Describes a record or an enum by its number, and enters it if it is new.
    ///
    /// `Key` is a type that stands for it: it may have lifetimes itself, which a `TypeId` cannot.
    pub fn named<Key: 'static>(
        &mut self,
        name: &str,
        doc: &'static str,
        shape: impl FnOnce(&mut Catalogue) -> Shape,
    ) -> Type {
        let key = TypeId::of::<Key>();
        if let Some(&number) = self.numbers.get(&key) {
            return Type::Named(number);
        }
        let number = self.types.len();
        self.numbers.insert(key, number);
        let name = self.free(name);
        // It has its number before its fields are looked at, one of which may be of this very type.
        self.types.push(Named {
            name,
            doc,
            shape: Shape::Record(Vec::new()),
        });
        self.types[number].shape = shape(self);
        Type::Named(number)
    }

    /// The name itself, or with a number if another type has it.
    fn free(&self, name: &str) -> String {
        let taken = |name: &str| self.types.iter().any(|other| other.name == name);
        let mut free = name.to_owned();
        let mut number = 2;
        while taken(&free) {
            free = format!("{name}{number}");
            number += 1;
        }
        free
    }
}
