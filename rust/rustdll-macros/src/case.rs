//! The naming conventions of `rename_all`.

use heck::{ToKebabCase, ToLowerCamelCase, ToShoutyKebabCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use syn::LitStr;

/// A naming convention.
#[derive(Clone, Copy)]
pub struct Case(fn(&str) -> String);

/// The conventions by their names, each of which is written in its own convention.
const CASES: [(&str, Case); 8] = [
    ("lowercase", Case(|name| name.replace('_', "").to_lowercase())),
    ("UPPERCASE", Case(|name| name.replace('_', "").to_uppercase())),
    ("PascalCase", Case(|name| name.to_upper_camel_case())),
    ("camelCase", Case(|name| name.to_lower_camel_case())),
    ("snake_case", Case(|name| name.to_snake_case())),
    ("SCREAMING_SNAKE_CASE", Case(|name| name.to_shouty_snake_case())),
    ("kebab-case", Case(|name| name.to_kebab_case())),
    ("SCREAMING-KEBAB-CASE", Case(|name| name.to_shouty_kebab_case())),
];

impl Case {
    /// Returns the convention with that name.
    pub fn parse(name: &LitStr) -> syn::Result<Self> {
        let wanted = name.value();
        CASES
            .into_iter()
            .find(|(name, _)| *name == wanted)
            .map(|(_, case)| case)
            .ok_or_else(|| {
                let names = CASES.map(|(name, _)| format!("`{name}`")).join(", ");
                syn::Error::new_spanned(name, format!("unknown case: supported are {names}"))
            })
    }

    /// Converts a name to this convention.
    pub fn apply(self, name: &str) -> String {
        (self.0)(name)
    }
}
