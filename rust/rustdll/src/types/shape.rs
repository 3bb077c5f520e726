//! The shapes of types, as the signature table describes them.

use std::any::TypeId;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::mem;

use super::accepts::Accepts;
use super::convert::Standard;

/// The type of a value, as JavaScript sees it. The file of each kind of type chooses its word in the table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A type that is a word of the table, such as a scalar.
    Plain(&'static str),
    /// A type that is a word of the table applied to parts, such as a list and its elements.
    Applied(&'static str, Vec<Part>),
    /// A record, an enum or an object, by its number in the [`Catalogue`].
    Definition(usize),
}

impl Shape {
    /// Describes a type that has a name of its own in TypeScript, and is `self` otherwise.
    #[must_use]
    pub fn branded(self, name: &str, module: &str) -> Self {
        let (name, module) = (Part::Text(name.to_owned()), Part::Text(module.to_owned()));
        Shape::Applied("brand", vec![name, module, Part::Shape(self)])
    }

    /// Returns the type without its name.
    pub(crate) fn unbranded(&self) -> &Self {
        match self {
            Shape::Applied("brand", parts) => match parts.last() {
                Some(Part::Shape(shape)) => shape.unbranded(),
                _ => self,
            },
            _ => self,
        }
    }
}

/// A part to which a word of the table is applied.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A type.
    Shape(Shape),
    /// Several types, as a list.
    Shapes(Vec<Shape>),
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
    note = "supported are integers, floats, `bool`, `char`, strings, `Vec<T>`, slices and arrays, `Option<T>`, tuples, `HashMap<K, T>`, `BTreeMap<K, T>`, `Box<T>`, `Rc<T>`, `Arc<T>` and `TypedArray<T>`",
    note = "for a struct or an enum of your own add `#[derive(rustdll::Record)]` or `#[derive(rustdll::Enum)]`; if its values stay in Rust, `#[derive(rustdll::Object)]`, and inside of other values take and return a `rustdll::Handle<T>`; a type of another crate is passed as its text by `rustdll::custom!(Type, String)`, or as any other type, see `rustdll::Convert`"
)]
pub trait Describe<By = Standard> {
    /// True for an option, also behind a pointer.
    #[doc(hidden)]
    const IS_OPTION: bool = false;

    /// The values of JavaScript that the type is made of, as far as that is known.
    #[doc(hidden)]
    const ACCEPTS: Accepts = Accepts::UNKNOWN;

    /// Describes the type. Records and enums are added to `catalogue`, and described by their number there.
    fn describe(catalogue: &mut Catalogue) -> Shape;

    /// Describes a reference to the type.
    #[doc(hidden)]
    fn describe_ref(catalogue: &mut Catalogue) -> Shape {
        Self::describe(catalogue)
    }

    /// Describes a reference to a slice of the type.
    #[doc(hidden)]
    fn describe_slice(catalogue: &mut Catalogue) -> Shape
    where
        Self: Sized,
    {
        Shape::Applied("vec", vec![Part::Shape(Self::describe(catalogue))])
    }
}

/// The records, enums and objects that the signatures of a library name, each once.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub(crate) definitions: Vec<Definition>,
    /// The numbers of the definitions, by their keys and the parts of generic ones.
    numbers: HashMap<(TypeId, Vec<Part>), usize>,
    /// True if an iterator is among the types.
    pub(crate) has_iterators: bool,
    /// True while maps and sets are described as `Map` and `Set`.
    pub(crate) collections: bool,
    /// True while bytes are described as a `Buffer`.
    pub(crate) buffers: bool,
}

/// A record, an enum or an object: a type with a name.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its name, which no other type of the catalogue has once [`Catalogue::finish`] has told them apart.
    pub name: String,
    /// The path of the module it is in.
    pub module: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its fields or variants.
    pub kind: DefinitionKind,
}

/// The kinds of definitions.
#[derive(Clone, Debug)]
pub enum DefinitionKind {
    /// A record.
    Record {
        /// Its fields.
        fields: Vec<Field>,
        /// True if objects may have others.
        open: bool,
    },
    /// The types of the values of a tuple struct.
    Tuple(Vec<Shape>),
    /// An enum.
    Enum {
        /// The way in which an object tells the variant.
        tagging: Tagging,
        /// The variants in their order, by which the stream numbers them.
        variants: Vec<Variant>,
        /// True if objects may have fields that their variant does not have.
        open: bool,
    },
    /// An object.
    Class {
        /// True if its values may be used on another thread.
        send: bool,
        /// True if they may be read on several threads at once.
        sync: bool,
    },
}

/// The way in which a value of an enum tells its variant.
#[derive(Clone, Copy, Debug)]
pub enum Tagging {
    /// A property names it.
    Tag {
        /// The property.
        name: &'static str,
        /// The property for what a variant without named fields holds, or any variant if it is not `value`.
        content: &'static str,
    },
    /// The value is what its variant holds, and nothing tells the variant.
    Untagged,
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

/// What generated code says of a field of a record. One loop makes a [`Field`] of each, as code for every field of every
/// record would take the compiler long.
#[derive(Clone, Copy, Debug)]
pub enum FieldEntry {
    /// A field.
    Own {
        /// Its name in JavaScript.
        name: &'static str,
        /// Its documentation.
        doc: &'static str,
        /// Describes its type.
        describe: fn(&mut Catalogue) -> Shape,
    },
    /// The fields of another record, which this describes.
    Flat(fn(&mut Catalogue) -> Vec<Field>),
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name in JavaScript.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// The number that it is in JavaScript, if it is one.
    pub number: Option<i64>,
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
    /// `Key` is a type that identifies it: the type itself may have lifetimes, and then has no `TypeId`. `parts` are the
    /// types and constants that are its parameters: each use of a generic type is a definition of its own.
    pub fn definition<Key: 'static>(
        &mut self,
        name: &str,
        parts: Vec<Part>,
        module: &'static str,
        doc: &'static str,
        kind: fn(&mut Catalogue) -> DefinitionKind,
    ) -> Shape {
        self.define(TypeId::of::<Key>(), name, parts, module, doc, kind)
    }

    fn define(
        &mut self,
        key: TypeId,
        name: &str,
        parts: Vec<Part>,
        module: &'static str,
        doc: &'static str,
        kind: fn(&mut Catalogue) -> DefinitionKind,
    ) -> Shape {
        let whole_name = parts
            .iter()
            .fold(name.to_owned(), |name, part| name + &self.part_name(part));
        let key = (key, parts);
        if let Some(&number) = self.numbers.get(&key) {
            return Shape::Definition(number);
        }
        let number = self.definitions.len();
        self.numbers.insert(key, number);
        // The number is assigned before the fields are described, as a field may have this very type.
        self.definitions.push(Definition {
            name: whole_name,
            module,
            doc,
            kind: DefinitionKind::Tuple(Vec::new()),
        });
        // The attributes of what has this type are not those of its fields.
        let outer = (mem::take(&mut self.collections), mem::take(&mut self.buffers));
        self.definitions[number].kind = kind(self);
        (self.collections, self.buffers) = outer;
        Shape::Definition(number)
    }

    /// Describes the fields of a record.
    pub fn fields(&mut self, entries: &[FieldEntry]) -> Vec<Field> {
        let mut fields = Vec::with_capacity(entries.len());
        for entry in entries {
            match *entry {
                FieldEntry::Own { name, doc, describe } => fields.push(Field {
                    name,
                    doc,
                    shape: describe(self),
                }),
                FieldEntry::Flat(describe) => fields.extend(describe(self)),
            }
        }
        fields
    }

    /// Returns the part of a type's name that stands for one of its parameters: `VecPoint` for `Vec<Point>`.
    fn part_name(&self, part: &Part) -> String {
        match part {
            Part::Shape(Shape::Plain(word)) => capitalized(word),
            Part::Shape(Shape::Applied("brand", parts)) => match &parts[..] {
                [Part::Text(name), ..] => name.clone(),
                _ => String::new(),
            },
            Part::Shape(Shape::Applied(word, parts)) => {
                let parts: String = parts.iter().map(|part| self.part_name(part)).collect();
                capitalized(word) + &parts
            }
            Part::Shapes(shapes) => {
                let parts = shapes.iter().map(|shape| self.part_name(&Part::Shape(shape.clone())));
                parts.collect()
            }
            Part::Shape(Shape::Definition(number)) => self.definitions[*number].name.clone(),
            Part::Length(length) => length.to_string(),
            Part::Text(text) => text
                .chars()
                .map(|c| if c.is_alphanumeric() { c } else { '_' })
                .collect(),
        }
    }

    /// Describes a type whose maps and sets become `Map` and `Set`.
    pub fn collections(&mut self, describe: impl FnOnce(&mut Self) -> Shape) -> Shape {
        let outer = mem::replace(&mut self.collections, true);
        let shape = describe(self);
        self.collections = outer;
        shape
    }

    /// Describes a type whose bytes become a `Buffer`.
    pub fn buffers(&mut self, describe: impl FnOnce(&mut Self) -> Shape) -> Shape {
        let outer = mem::replace(&mut self.buffers, true);
        let shape = describe(self);
        self.buffers = outer;
        shape
    }

    /// Returns the definitions, with names that differ.
    ///
    /// Types of one name are told apart by the ends of their modules' paths, each by as much as it takes: `geo::Point` and
    /// `ui::Point` are `GeoPoint` and `UiPoint`. Only one whose module is further up than those of all others keeps the
    /// plain name. So names do not depend on the order in which types are described.
    pub(crate) fn finish(self) -> Vec<Definition> {
        let mut definitions = self.definitions;
        let mut groups = BTreeMap::<String, Vec<usize>>::new();
        for (number, Definition { name, .. }) in definitions.iter().enumerate() {
            groups.entry(name.clone()).or_default().push(number);
        }
        let mut taken: HashSet<String> = groups.keys().cloned().collect();
        for (name, mut group) in groups {
            group.sort_by_key(|&number| definitions[number].module);
            let modules: Vec<_> = group.iter().map(|&number| definitions[number].module).collect();
            let least = modules.iter().map(|module| depth(module)).min();
            let is_topmost = |module: &str| Some(depth(module)) == least;
            let keeps = modules.iter().filter(|module| is_topmost(module)).count() == 1;
            for (&number, module) in group.iter().zip(&modules) {
                if keeps && is_topmost(module) {
                    continue;
                }
                let own = apart(&name, module, &modules, &taken);
                taken.insert(own.clone());
                definitions[number].name = own;
            }
        }
        definitions
    }
}

/// Chooses a name for a type in `module`, where types in each of `modules` are called `name`.
fn apart(name: &str, module: &str, modules: &[&str], taken: &HashSet<String>) -> String {
    let own = |depth: usize| {
        let first = prefix(module, depth);
        let others = modules.iter().filter(|other| prefix(other, depth) == first);
        let candidate = format!("{first}{name}");
        (others.count() == 1 && !taken.contains(&candidate)).then_some(candidate)
    };
    if let Some(own) = (1..=depth(module)).find_map(own) {
        return own;
    }
    // Types inside of functions of one module.
    let whole = format!("{}{name}", prefix(module, depth(module)));
    let mut free = whole.clone();
    let mut count = 2;
    while taken.contains(&free) {
        free = format!("{whole}{count}");
        count += 1;
    }
    free
}

/// Returns the number of names in a module's path.
fn depth(module: &str) -> usize {
    module.split("::").count()
}

/// Returns the last names of a module's path in the case of types: `GeoFlat` for 2 of `mylib::geo::flat`.
fn prefix(module: &str, depth: usize) -> String {
    let mut parts: Vec<_> = module.rsplit("::").take(depth).collect();
    parts.reverse();
    let words = parts
        .iter()
        .flat_map(|part| part.strip_prefix("r#").unwrap_or(part).split('_'));
    words.map(capitalized).collect()
}

/// Returns a word with a capital.
fn capitalized(word: &str) -> String {
    let mut rest = word.chars();
    rest.next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(rest)
        .collect()
}
