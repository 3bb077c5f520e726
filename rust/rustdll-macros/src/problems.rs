//! Collects the problems of an item, so that all of them are reported and not only the first.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Error;

/// The problems found so far.
#[derive(Default)]
pub struct Problems(Option<Error>);

impl Problems {
    /// Adds a problem at these tokens.
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

    /// True if there are no problems.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Returns the problems as an error, if there are some.
    pub fn into_result(self) -> syn::Result<()> {
        self.0.map_or(Ok(()), Err)
    }

    /// Returns the code, or that which makes the compiler report the problems if there are some.
    pub fn or(self, code: TokenStream) -> TokenStream {
        if self.is_empty() {
            code
        } else {
            self.into_tokens()
        }
    }

    /// Returns the value, or adds the error to the problems and returns the default.
    pub fn or_default<T: Default>(&mut self, result: syn::Result<T>) -> T {
        result.unwrap_or_else(|problem| {
            self.add(problem);
            T::default()
        })
    }

    /// Returns code that makes the compiler report the problems.
    pub fn into_tokens(self) -> TokenStream {
        self.0.map(Error::into_compile_error).unwrap_or_default()
    }
}
