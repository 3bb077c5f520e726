//! The shapes of types, as the signature table describes them.

use std::any::TypeId;
use std::collections::HashMap;

/// The type of a value, as JavaScript sees it. The file of each kind of type chooses its word in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A type that is a word of the table, such as a scalar.
    Plain(&'static str),
    /// A type that is a word of the table applied to parts, such as a list and its elements.
    Applied(&'static str, Vec<Part>),
    /// A record or an enum, by its number in the [`Catalogue`].
    Definition(usize),
}

/// A part to which a word of the table is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A type.
    Shape(Shape),
    /// A number of elements.
    Length(usize),
    /// A type in Rust's own syntax.
    Text(String),
}

/// A type whose values can be represented in JavaScript.
///
/// It is implemented for the scalars, strings, lists, maps and the other types of the
/// [list](crate#types), and by `#[derive(Record)]` and `#[derive(Enum)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no form in JavaScript",
    label = "not a type that JavaScript and Rust can exchange",
    note = "supported are integers, floats, `bool`, `char`, strings, `Vec<T>`, slices and arrays, `Option<T>`, tuples, `HashMap<String, T>`, `BTreeMap<String, T>`, `Box<T>`, `Rc<T>`, `Arc<T>` and `TypedArray<T>`",
    note = "for a struct or an enum of your own add `#[derive(rustdll::Record)]` or `#[derive(rustdll::Enum)]`; a type of another crate is converted: take and return what is supported, such as its text as a `String`, or a record of your own with `From` in both directions"
)]
pub trait Describe {
    /// Describes the type. Records and enums are added to `catalogue`, and described by their number there.
    fn describe(catalogue: &mut Catalogue) -> Shape;
}

/// The records and enums that the signatures of a library name, each once.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub(crate) definitions: Vec<Definition>,
    numbers: HashMap<TypeId, usize>,
}

/// A record or an enum: a type with a name.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its name, which no other type of the catalogue has.
    pub name: String,
    /// Its documentation.
    pub doc: &'static str,
    /// Its fields or variants.
    pub kind: DefinitionKind,
}

/// The two kinds of definitions.
#[derive(Clone, Debug)]
pub enum DefinitionKind {
    /// The fields of a record.
    Record(Vec<Field>),
    /// An enum.
    Enum {
        /// The property that names the variant.
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
    pub shape: Shape,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name in JavaScript.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its payload.
    pub payload: Payload,
}

/// The payload of a variant of an enum.
#[derive(Clone, Debug)]
pub enum Payload {
    /// Nothing.
    Unit,
    /// Fields.
    Record(Vec<Field>),
    /// One value.
    Value(Shape),
    /// Several values.
    Tuple(Vec<Shape>),
}

impl Catalogue {
    /// Describes a record or an enum by its number, and adds it if it is new.
    ///
    /// `Key` is a type that identifies it: the type itself may have lifetimes, and then has no `TypeId`.
    pub fn definition<Key: 'static>(
        &mut self,
        name: &str,
        doc: &'static str,
        kind: impl FnOnce(&mut Catalogue) -> DefinitionKind,
    ) -> Shape {
        let key = TypeId::of::<Key>();
        if let Some(&number) = self.numbers.get(&key) {
            return Shape::Definition(number);
        }
        let number = self.definitions.len();
        self.numbers.insert(key, number);
        let name = self.free(name);
        // The number is assigned before the fields are described, as a field may have this very type.
        self.definitions.push(Definition {
            name,
            doc,
            kind: DefinitionKind::Record(Vec::new()),
        });
        self.definitions[number].kind = kind(self);
        Shape::Definition(number)
    }

    /// Returns the name, with a number appended if another type has it.
    fn free(&self, name: &str) -> String {
        let taken = |name: &str| self.definitions.iter().any(|other| other.name == name);
        let mut free = name.to_owned();
        let mut number = 2;
        while taken(&free) {
            free = format!("{name}{number}");
            number += 1;
        }
        free
    }
}
