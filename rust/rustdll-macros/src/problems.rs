//! The problems found in a piece of source: all of them are reported, not only the first.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Error;

/// The problems found so far.
#[derive(Default)]
pub struct Problems(Option<Error>);

impl Problems {
    /// Adds a problem with these tokens.
    pub fn at(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.add(Error::new_spanned(tokens, message));
    }

    /// Adds a problem.
    pub fn add(&mut self, problem: Error) {
        match &mut self.0 {
            Some(first) => first.combine(problem),
            None => self.0 = Some(problem),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The value, or `default` and a problem more.
    pub fn or_default<T: Default>(&mut self, result: syn::Result<T>) -> T {
        result.unwrap_or_else(|problem| {
            self.add(problem);
            T::default()
        })
    }

    /// What makes the compiler report them.
    pub fn into_tokens(self) -> TokenStream {
        self.0.map(Error::into_compile_error).unwrap_or_default()
    }
}
