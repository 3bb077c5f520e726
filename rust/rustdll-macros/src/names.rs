//! Names that a function, a property or a type may have in JavaScript.

use proc_macro2::Ident;
use syn::ext::IdentExt;

/// Names that JavaScript or its tools look for on every object, and those of the library object itself.
const RESERVED: &[&str] = &[
    "async",
    "close",
    "declare",
    "path",
    "constructor",
    "prototype",
    "then",
    "catch",
    "finally",
    "toJSON",
    "toString",
    "toLocaleString",
    "valueOf",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "__proto__",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__esModule",
    "inspect",
    "length",
    "nodeType",
    "nodeName",
    "tagName",
    "hasAttribute",
    "asymmetricMatch",
    "isReactComponent",
    "default",
    "splice",
    "size",
    "sample",
];

/// The name of an identifier, without the `r#` of a raw one.
pub fn name_of(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// Why a function may not have this name in JavaScript, if it may not.
pub fn function_name_problem(name: &str) -> Option<String> {
    if RESERVED.contains(&name) {
        return Some(format!(
            "a function cannot be called `{name}` in JavaScript, where the name has a meaning of its own"
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
