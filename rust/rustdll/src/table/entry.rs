//! The entries of the table, which `#[export]` generates and the linker collects.

use std::sync::OnceLock;

use crate::frame::Frame;
use crate::object::enter_take;
use crate::types::shape::{Catalogue, Shape};

/// The description of a function that `#[export]` generates.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name in JavaScript.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// The path of its module.
    pub module: &'static str,
    /// True if its 64- and 128-bit integers become bigints.
    pub bigint: bool,
    /// True if JavaScript is to get a promise from the function itself.
    pub is_async: bool,
    /// True if it has a background form.
    pub background: bool,
    /// True if JavaScript gets the result as a constant, and not the function.
    pub is_constant: bool,
    /// The class whose member it is.
    pub member: Option<Member>,
    /// Describes its types.
    pub signature: fn(&mut Catalogue) -> Signature,
    /// Calls it.
    pub function: extern "C" fn(&mut Frame) -> u32,
}

/// The place of a function in a class.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The name of the class in Rust.
    pub class: &'static str,
    /// Describes the class.
    pub describe: fn(&mut Catalogue) -> Shape,
    /// Its role there.
    pub role: Role,
}

/// The role of a function in a class, as the table calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Makes an object.
    Constructor,
    /// Is called on the class.
    Static,
    /// Is called on an object, which is its first parameter.
    Method,
    /// Returns the value of a property.
    Getter,
    /// Changes the value of a property.
    Setter,
}

impl Role {
    /// Returns the word of the table.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Constructor => "constructor",
            Self::Static => "static",
            Self::Method => "method",
            Self::Getter => "getter",
            Self::Setter => "setter",
        }
    }
}

/// A parameter of a function.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Its default in Rust's syntax, if it has one.
    pub default: Option<&'static str>,
    /// Its type.
    pub shape: Shape,
}

impl Parameter {
    /// Makes a parameter without a default.
    pub fn new(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            default: None,
            shape,
        }
    }
}

/// What generated code says of a parameter.
#[derive(Clone, Copy, Debug)]
pub struct ParameterEntry {
    /// Its name.
    pub name: &'static str,
    /// Its default in Rust's syntax, if it has one.
    pub default: Option<&'static str>,
    /// Describes its type.
    pub describe: fn(&mut Catalogue) -> Shape,
}

/// The types of a function.
#[derive(Clone, Debug)]
pub struct Signature {
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// The type of the result; for a `Result`, that of its value.
    pub result: Shape,
    /// True if the function may return an error.
    pub throws: bool,
    /// The type of the error, if JavaScript receives its data.
    pub error: Option<Shape>,
}

impl Signature {
    /// Describes a function. `error` describes the type of its error, if JavaScript receives its data.
    pub fn describe(
        catalogue: &mut Catalogue,
        parameters: &[ParameterEntry],
        result: &dyn Fn(&mut Catalogue) -> Shape,
        throws: bool,
        error: Option<fn(&mut Catalogue) -> Shape>,
    ) -> Self {
        let described = parameters.iter().map(|parameter| Parameter {
            name: parameter.name,
            default: parameter.default,
            shape: (parameter.describe)(catalogue),
        });
        Self {
            parameters: described.collect(),
            result: result(catalogue),
            throws,
            error: error.map(|describe| describe(catalogue)),
        }
    }
}

/// The slice to which `#[export]` adds its entries, in this crate and in all that depend on it.
#[linkme::distributed_slice]
#[doc(hidden)]
pub static RUSTDLL_FUNCTIONS: [Entry];

/// The function that takes the next items of an iterator or a stream. A host knows of it only if a function returns one.
pub(crate) static TAKE: Entry = Entry {
    name: "@take",
    doc: "",
    module: "rustdll",
    bigint: false,
    is_async: false,
    background: true,
    is_constant: false,
    member: None,
    signature: |_| Signature {
        parameters: vec![
            Parameter::new("iterator", Shape::Plain("u64")),
            Parameter::new("most", Shape::Plain("u64")),
        ],
        result: Shape::Plain("unit"),
        throws: true,
        error: None,
    },
    function: take_items,
};

/// The function with which a host listens to the library's logging. There is none without a feature for that.
pub(crate) static LISTEN: Option<&Entry> = {
    #[cfg(any(feature = "log", feature = "tracing"))]
    let entry = Some(&crate::logging::LISTEN);
    #[cfg(not(any(feature = "log", feature = "tracing")))]
    let entry = None;
    entry
};

extern "C" fn take_items(frame: &mut Frame) -> u32 {
    enter_take(frame, &"next", || super::hash(&TAKE))
}

/// Returns the functions, sorted by name, and after them those of classes.
pub(crate) fn functions() -> &'static [Entry] {
    static FUNCTIONS: OnceLock<Vec<Entry>> = OnceLock::new();
    FUNCTIONS.get_or_init(|| {
        let mut functions = RUSTDLL_FUNCTIONS.to_vec();
        functions.sort_by_key(|entry| {
            let member = entry.member.map(|member| (member.class, member.role));
            (member, entry.name, entry.module)
        });
        functions
    })
}
