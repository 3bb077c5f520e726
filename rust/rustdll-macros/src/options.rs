//! The options of `#[export(...)]`.

use proc_macro2::TokenStream;
use syn::meta::{parser, ParseNestedMeta};
use syn::parse::Parser;
use syn::{Attribute, LitStr, Meta, Path, Token, Type};

use crate::attributes::{parse_crate, Attributes};
use crate::case::Case;
use crate::conversion::Conversion;
use crate::fields::Forms;
use crate::home::private;
use crate::implementation::Role;
use crate::names::{function_name_problem, Name};
use crate::problems::Problems;
use crate::types::argument_of;

/// The options of `#[export(...)]`.
#[derive(Default)]
pub struct Options {
    /// The name in JavaScript, if it differs from that in Rust.
    pub name: Option<LitStr>,
    /// The naming convention of the function and its parameters.
    pub rename_all: Option<Case>,
    /// True if integers of 64 and 128 bits become bigints.
    pub bigint: bool,
    /// The forms of what is in its result.
    pub forms: Forms,
    /// What its result is passed as: a text, or what a function of a module makes of it.
    pub passed: Attributes,
    /// The form of its calls in JavaScript.
    pub calls: Calls,
    /// True if its future runs in tokio's runtime.
    pub tokio: bool,
    /// The role of a function in its class, if it is not that of its signature.
    pub role: Option<Role>,
    /// True for a function of an `impl` that is not exported.
    pub skip: bool,
    /// The path of the crate `rustdll`.
    pub krate: Option<Path>,
}

/// The way in which JavaScript calls a function.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Calls {
    /// As it likes.
    #[default]
    Both,
    /// Always in the background.
    Async,
    /// Never in the background.
    Sync,
}

impl Options {
    /// Parses the tokens in the parentheses.
    pub fn parse(tokens: TokenStream) -> syn::Result<Self> {
        let mut options = Self::default();
        parser(|option| options.option(&option)).parse2(tokens)?;
        Ok(options)
    }

    /// Parses the attribute `#[export(...)]` of a function of an `impl`.
    pub fn of_member(attribute: &Attribute) -> syn::Result<Self> {
        let mut options = Self::default();
        if !matches!(attribute.meta, Meta::Path(_)) {
            attribute.parse_nested_meta(|option| options.member_option(&option))?;
        }
        Ok(options)
    }

    fn member_option(&mut self, option: &ParseNestedMeta) -> syn::Result<()> {
        let role = match option.path.get_ident().map(ToString::to_string).as_deref() {
            Some("getter") => Role::Getter,
            Some("setter") => Role::Setter,
            Some("constructor") => Role::Constructor,
            Some("skip") => {
                self.skip = true;
                return Ok(());
            }
            Some("crate") => return Err(option.error("`crate` is given on the `impl`")),
            Some("name" | "rename_all" | "bigint" | "collections" | "buffer" | "as" | "with" | "async" | "sync" | "tokio") => return self.option(option),
            _ => {
                return Err(option.error(
                    "unknown option: supported are `name = \"...\"`, `rename_all = \"...\"`, `bigint`, `collections`, `buffer`, `as = \"...\"`, `with = \"...\"`, `async`, `sync`, `tokio`, `getter`, `setter`, `constructor` and `skip`",
                ))
            }
        };
        if self.role.is_some() {
            return Err(option.error("a member has one role"));
        }
        self.role = Some(role);
        Ok(())
    }

    /// Notes that the function is an `async fn`, and adds to `problems` what does not go with that, or needs it.
    pub fn for_function(&mut self, signature: &syn::Signature, problems: &mut Problems) {
        let Some(token) = &signature.asyncness else {
            if self.tokio {
                problems.at(
                    &signature.ident,
                    "`tokio` is for an `async fn`, whose future runs in tokio's runtime",
                );
            }
            return;
        };
        if self.calls == Calls::Sync {
            problems.at(
                token,
                "an `async fn` has no synchronous form: leave `sync` out, or write a function that waits",
            );
        }
        if let Some(abi) = &signature.abi {
            problems.at(abi, "an `async fn` is exported without an ABI: C has no futures");
        }
        self.calls = Calls::Async;
    }

    /// Returns a name in the convention of the function, or of the crate.
    pub fn named(&self, name: &str) -> Name {
        Name::of(name, self.rename_all)
    }

    /// Returns the conversion of a result of this type, or of the value of a `Result`.
    pub fn conversion(&self, result: &Type) -> Option<Conversion> {
        let of = argument_of(result, "Result").unwrap_or(result);
        Conversion::new(of, &self.passed, &mut Problems::default())
    }

    /// Returns the path of the module to which generated code refers.
    pub fn private(&self) -> TokenStream {
        private(self.krate.as_ref())
    }

    fn option(&mut self, option: &ParseNestedMeta) -> syn::Result<()> {
        if option.path.is_ident("name") {
            if !option.input.peek(Token![=]) {
                return Err(option.error("`name` has a value: it is written `name = \"...\"`"));
            }
            let name: LitStr = option.value()?.parse()?;
            if self.name.is_some() {
                return Err(option.error("`name` is given twice"));
            }
            if let Some(problem) = function_name_problem(&name.value()) {
                return Err(syn::Error::new_spanned(name, problem));
            }
            self.name = Some(name);
        } else if option.path.is_ident("rename_all") {
            if !option.input.peek(Token![=]) {
                return Err(option.error("`rename_all` has a value: it is written `rename_all = \"camelCase\"`"));
            }
            if self.rename_all.is_some() {
                return Err(option.error("`rename_all` is given twice"));
            }
            self.rename_all = Some(Case::parse(&option.value()?.parse()?)?);
        } else if option.path.is_ident("bigint") {
            if self.bigint {
                return Err(option.error("`bigint` is given twice"));
            }
            if option.input.peek(Token![=]) {
                return Err(option.error("`bigint` has no value: it is written `#[export(bigint)]`"));
            }
            self.bigint = true;
        } else if option.path.is_ident("collections") || option.path.is_ident("buffer") {
            let (form, word) = if option.path.is_ident("buffer") {
                (&mut self.forms.buffer, "buffer")
            } else {
                (&mut self.forms.collections, "collections")
            };
            if std::mem::replace(form, true) {
                return Err(option.error(format!("`{word}` is given twice")));
            }
            if option.input.peek(Token![=]) {
                return Err(option.error(format!("`{word}` has no value: it is written `#[export({word})]`")));
            }
        } else if option.path.is_ident("as") || option.path.is_ident("with") {
            let (given, word) = if option.path.is_ident("as") {
                (&mut self.passed.text, "as")
            } else {
                (&mut self.passed.with, "with")
            };
            if given.is_some() {
                return Err(option.error(format!("`{word}` is given twice")));
            }
            if !option.input.peek(Token![=]) {
                return Err(option.error(format!("`{word}` has a value: it is written `{word} = \"...\"`")));
            }
            let value: LitStr = option.value()?.parse()?;
            let mut problems = Problems::default();
            *given = Some(value);
            Conversion::new(&syn::parse_quote!(()), &self.passed, &mut problems);
            problems.into_result()?;
        } else if option.path.is_ident("async") || option.path.is_ident("sync") {
            let (calls, word) = if option.path.is_ident("async") {
                (Calls::Async, "async")
            } else {
                (Calls::Sync, "sync")
            };
            if self.calls == calls {
                return Err(option.error(format!("`{word}` is given twice")));
            }
            if self.calls != Calls::Both {
                return Err(option.error("a function is `async` or `sync`, not both"));
            }
            if option.input.peek(Token![=]) {
                return Err(option.error(format!("`{word}` has no value: it is written `#[export({word})]`")));
            }
            self.calls = calls;
        } else if option.path.is_ident("tokio") {
            if std::mem::replace(&mut self.tokio, true) {
                return Err(option.error("`tokio` is given twice"));
            }
            if option.input.peek(Token![=]) {
                return Err(option.error("`tokio` has no value: it is written `#[export(tokio)]`"));
            }
        } else if option.path.is_ident("crate") {
            if self.krate.is_some() {
                return Err(option.error("`crate` is given twice"));
            }
            if !option.input.peek(Token![=]) {
                return Err(option.error("`crate` has a value: it is written `crate = path::to::rustdll`"));
            }
            self.krate = Some(parse_crate(option)?);
        } else {
            return Err(option
                .error("unknown option: supported are `name = \"...\"`, `rename_all = \"...\"`, `bigint`, `collections`, `buffer`, `as = \"...\"`, `with = \"...\"`, `async`, `sync`, `tokio` and `crate = path::to::rustdll`"));
        }
        Ok(())
    }
}
