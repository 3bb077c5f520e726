//! Names that a function, a property or a type may have in JavaScript.

use proc_macro2::Ident;
use syn::ext::IdentExt;

/// Names that JavaScript itself looks for on every object: to await it, to turn it into text, JSON or a number, and to
/// tell what it is.
const RESERVED: &[&str] = &[
    "then",
    "toJSON",
    "toString",
    "toLocaleString",
    "valueOf",
    "constructor",
    "__proto__",
];

/// The name of an identifier, without the `r#` of a raw one.
pub fn name_of(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// Why a function may not have this name in JavaScript, if it may not.
pub fn function_name_problem(name: &str) -> Option<String> {
    if RESERVED.contains(&name) {
        return Some(format!(
            "a function cannot be called `{name}` in JavaScript, which looks for that name on every object by itself"
        ));
    }
    if !is_identifier(name) {
        return Some(format!("{name:?} is not a name that a function can have in JavaScript"));
    }
    None
}

/// Whether this is an identifier in Rust as well as in JavaScript, be it a keyword of either.
pub fn is_identifier(name: &str) -> bool {
    name != "_" && syn::parse::Parser::parse_str(Ident::parse_any, name).is_ok_and(|ident| ident == name)
}
