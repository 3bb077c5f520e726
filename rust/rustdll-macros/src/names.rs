//! Names that a function, a property or a type may have in JavaScript.

use proc_macro2::Ident;
use syn::ext::IdentExt;

/// Names that JavaScript looks for on every object: to await it, to convert it to a string, JSON or a number, and to
/// classify it.
const RESERVED: &[&str] = &[
    "then",
    "toJSON",
    "toString",
    "toLocaleString",
    "valueOf",
    "constructor",
    "__proto__",
];

/// Returns the name of an identifier, without the `r#` of a raw one.
pub fn name_of(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// Returns the reason why a function cannot have this name in JavaScript, if there is one.
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

/// Does the same for a member of a class, which may override what JavaScript looks for.
pub fn member_name_problem(name: &str) -> Option<String> {
    if ["then", "constructor", "__proto__", "prototype"].contains(&name) {
        return Some(format!(
            "a member cannot be called `{name}` in JavaScript, which has a use of its own for that name"
        ));
    }
    (!is_identifier(name)).then(|| format!("{name:?} is not a name that a member can have in JavaScript"))
}

/// True if this is an identifier in both Rust and JavaScript; keywords count as identifiers.
pub fn is_identifier(name: &str) -> bool {
    name != "_" && syn::parse::Parser::parse_str(Ident::parse_any, name).is_ok_and(|ident| ident == name)
}
