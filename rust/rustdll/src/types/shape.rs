//! The shapes of types: what the signature table says of them.

use std::any::TypeId;
use std::collections::HashMap;

/// The type of a value, as JavaScript sees it. Each kind of type chooses its own word of the table, in the file of that kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A type that is a word of the table, such as a scalar.
    Plain(&'static str),
    /// A type that is a word of the table and what it is applied to, such as a list and its elements.
    Applied(&'static str, Vec<Part>),
    /// A record or an enum, by its number in the [`Catalogue`].
    Definition(usize),
}

/// One of the things that a word of the table is applied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A type.
    Shape(Shape),
    /// A number of elements.
    Length(usize),
    /// A type in Rust's own syntax.
    Text(String),
}

/// A type that JavaScript has a value for.
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
    /// Describes the type. Records and enums are entered into `catalogue`, and described by their number there.
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
    /// What it consists of.
    pub kind: DefinitionKind,
}

/// The two kinds of definitions.
#[derive(Clone, Debug)]
pub enum DefinitionKind {
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
    pub shape: Shape,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name in JavaScript.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// What it holds.
    pub payload: Payload,
}

/// What a variant of an enum holds.
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
    /// Describes a record or an enum by its number, and enters it if it is new.
    ///
    /// `Key` is a type that stands for it: it may have lifetimes itself, which a `TypeId` cannot.
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
        // It has its number before its fields are looked at, one of which may be of this very type.
        self.definitions.push(Definition {
            name,
            doc,
            kind: DefinitionKind::Record(Vec::new()),
        });
        self.definitions[number].kind = kind(self);
        Shape::Definition(number)
    }

    /// The name itself, or with a number if another type has it.
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
