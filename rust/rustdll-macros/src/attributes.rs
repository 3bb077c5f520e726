//! The attribute `#[rustdll(...)]` on a type, a variant or a field.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, Expr, ExprPath, LitStr, Path, Token};

use crate::case::Case;
use crate::implementation::TRAITS;
use crate::problems::Problems;

/// The options given by `#[rustdll(...)]`.
#[derive(std::default::Default)]
pub struct Attributes {
    /// The name in JavaScript.
    pub rename: Option<LitStr>,
    /// The naming convention of the fields or variants.
    pub rename_all: Option<Case>,
    /// The naming convention of the fields of all variants.
    pub rename_all_fields: Option<Case>,
    /// The property that names the variant of an enum.
    pub tag: Option<LitStr>,
    /// The property for what a variant of an enum holds.
    pub content: Option<LitStr>,
    /// The attribute of an enum whose values do not name the variant.
    pub untagged: Option<Path>,
    /// The type as which the value is passed: `String`.
    pub text: Option<LitStr>,
    /// The module whose functions convert the value.
    pub with: Option<LitStr>,
    /// The type that is passed and from which a value is made.
    pub from: Option<LitStr>,
    /// The same, if that may fail.
    pub try_from: Option<LitStr>,
    /// The type that is passed and made of a value.
    pub into: Option<LitStr>,
    /// True if maps and sets become `Map` and `Set`.
    pub collections: bool,
    /// True if bytes become a `Buffer`.
    pub buffer: bool,
    /// True for a struct that is passed as its only field.
    pub transparent: bool,
    /// The attribute of a struct that has a name of its own in TypeScript, although it is passed as its field.
    pub brand: Option<Path>,
    /// The function that tells how much memory an object has.
    pub memory: Option<ExprPath>,
    /// The default of a value that JavaScript may leave out.
    pub default: Option<Default>,
    /// The attribute of a field of which JavaScript sees nothing.
    pub skip: Option<Path>,
    /// The attribute of a field whose fields are those of the type around it.
    pub flatten: Option<Path>,
    /// The attribute of a field whose 64-bit integers are bigints.
    pub bigint: Option<Path>,
    /// The attribute of a type that ignores fields which it does not have.
    pub allow_unknown: Option<Path>,
    /// The path of the crate `rustdll`.
    pub krate: Option<Path>,
}

/// A default: an expression, or none for that of the type.
#[derive(Clone)]
pub struct Default(pub Option<Expr>);

impl Attributes {
    /// Collects the attributes of an item. `supported` are the keys that it may have.
    pub fn new(attributes: &[Attribute], supported: &[&str], problems: &mut Problems) -> Self {
        let mut collected = <Self as std::default::Default>::default();
        let mut seen = Vec::new();
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("rustdll"))
        {
            let parsed = attribute.parse_nested_meta(|meta| {
                let Some(&key) = supported.iter().find(|key| meta.path.is_ident(key)) else {
                    return Err(meta.error(unknown(&meta.path, supported)));
                };
                if seen.contains(&key) {
                    return Err(meta.error(format!("`{key}` is given twice")));
                }
                seen.push(key);
                collected.set(key, &meta)
            });
            if let Err(problem) = parsed {
                problems.add(problem);
            }
        }
        collected
    }

    fn set(&mut self, key: &str, meta: &ParseNestedMeta) -> syn::Result<()> {
        if let "transparent" | "collections" | "buffer" = key {
            match key {
                "transparent" => self.transparent = true,
                "collections" => self.collections = true,
                _ => self.buffer = true,
            }
            if meta.input.peek(Token![=]) {
                return Err(meta.error(format!("`{key}` has no value")));
            }
            return Ok(());
        }
        let flag = match key {
            "brand" => Some(&mut self.brand),
            "skip" => Some(&mut self.skip),
            "flatten" => Some(&mut self.flatten),
            "bigint" => Some(&mut self.bigint),
            "allow_unknown" => Some(&mut self.allow_unknown),
            "untagged" => Some(&mut self.untagged),
            _ => None,
        };
        if let Some(flag) = flag {
            *flag = Some(meta.path.clone());
            if meta.input.peek(Token![=]) {
                return Err(meta.error(format!("`{key}` has no value")));
            }
            return Ok(());
        }
        if key == "default" {
            let has_value = meta.input.peek(Token![=]);
            self.default = Some(Default(has_value.then(|| meta.value()?.parse()).transpose()?));
            return Ok(());
        }
        if !meta.input.peek(Token![=]) {
            return Err(meta.error(format!("`{key}` has a value: it is written `{}`", written(key))));
        }
        if key == "crate" {
            self.krate = Some(parse_crate(meta)?);
            return Ok(());
        }
        if key == "memory" {
            self.memory = Some(meta.value()?.parse()?);
            return Ok(());
        }
        let value: LitStr = meta.value()?.parse()?;
        match key {
            "rename" => self.rename = Some(value),
            "rename_all" => self.rename_all = Some(Case::parse(&value)?),
            "rename_all_fields" => self.rename_all_fields = Some(Case::parse(&value)?),
            "as" => self.text = Some(value),
            "with" => self.with = Some(value),
            "from" => self.from = Some(value),
            "try_from" => self.try_from = Some(value),
            "into" => self.into = Some(value),
            "content" => self.content = Some(value),
            _ => self.tag = Some(value),
        }
        Ok(())
    }
}

/// Parses `= path::to::rustdll`.
pub fn parse_crate(meta: &ParseNestedMeta) -> syn::Result<Path> {
    meta.value()?.call(Path::parse_mod_style)
}

/// Returns the syntax of a key with its value.
fn written(key: &str) -> String {
    match key {
        "crate" => "crate = path::to::rustdll".to_owned(),
        "memory" => "memory = Self::function".to_owned(),
        "transparent" | "brand" | "collections" | "buffer" | "skip" | "flatten" | "bigint" | "allow_unknown"
        | "untagged" => key.to_owned(),
        "default" => "default = value".to_owned(),
        _ => format!("{key} = \"...\""),
    }
}

/// Returns the message about a key that is not supported.
fn unknown(key: &Path, supported: &[&str]) -> String {
    // Only objects have this key.
    let is_object = supported.contains(&"memory");
    if let Some(name) = TRAITS.iter().find(|name| is_object && key.is_ident(name)) {
        return format!("`{name}` is for the implementation: `#[export({name})] impl ...`");
    }
    let supported: Vec<_> = supported.iter().map(|key| format!("`{}`", written(key))).collect();
    match &supported[..] {
        [] => "a field without a name has no attributes".to_owned(),
        [only] => format!("unknown attribute: supported here is {only}"),
        [first @ .., last] => format!("unknown attribute: supported here are {} and {last}", first.join(", ")),
    }
}
