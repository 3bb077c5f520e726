//! The signature of an exported function, validated as far as is possible without resolving its types.

use syn::{FnArg, GenericParam, Pat, PatType, ReceiverKind, ReturnType, Safety, Type};

use crate::names::name_of;
use crate::problems::Problems;
use crate::types::{bare, check_parameter, check_result, has_static, is_named, without_lifetimes};

/// The most parameters of an exported function.
const MAX_PARAMETERS: usize = 32;

/// How an argument is passed to the function.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// By value; also a `&mut [T]`, which is one here.
    Value,
    /// By shared reference to what the wrapper holds.
    Lent,
    /// By mutable reference to what the wrapper holds.
    LentMut,
}

/// A parameter.
pub struct Parameter {
    /// Its name in JavaScript.
    pub name: String,
    /// Its type without lifetimes; if it is lent, the type behind the reference.
    pub of: Type,
    /// How it is passed.
    pub passed: Passed,
    /// The type of the crate that the parameter asks for, if it is no parameter in JavaScript.
    pub injected: Option<&'static str>,
}

/// The signature of an exported function.
pub struct Signature {
    /// The parameters in their order.
    pub parameters: Vec<Parameter>,
    /// The type it returns.
    pub result: Type,
}

impl Signature {
    /// Reads a signature, and adds what is wrong with it to `problems`.
    pub fn new(signature: &syn::Signature, problems: &mut Problems) -> Self {
        qualifiers(signature, problems);
        let mut parameters: Vec<Parameter> = Vec::new();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(receiver) => {
                    let message = "a method cannot be exported: supported are functions without `self`";
                    match &receiver.kind {
                        ReceiverKind::Reference(and, ..) => {
                            let this = &receiver.self_token;
                            problems.at(quote::quote!(#and #this), message);
                        }
                        _ => problems.at(receiver.self_token, message),
                    }
                }
                FnArg::Typed(typed) => parameters.push(Parameter::new(typed, &parameters, problems)),
            }
        }
        let mut in_javascript = signature
            .inputs
            .iter()
            .zip(&parameters)
            .filter(|(_, parameter)| parameter.injected.is_none());
        if let Some((beyond, _)) = in_javascript.nth(MAX_PARAMETERS) {
            let message =
                format!("an exported function has at most {MAX_PARAMETERS} parameters: pass a record instead");
            problems.at(beyond, message);
        }
        let result = match &signature.output {
            ReturnType::Default => syn::parse_quote!(()),
            ReturnType::Type(_, of) => {
                check_result(of, problems);
                without_lifetimes(of)
            }
        };
        Self { parameters, result }
    }
}

impl Parameter {
    fn new(typed: &PatType, before: &[Parameter], problems: &mut Problems) -> Self {
        for attribute in &typed.attrs {
            if attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr") {
                problems.at(
                    attribute,
                    "a parameter that is not always there is not supported: put `#[cfg]` on the function",
                );
            }
        }
        check_parameter(&typed.ty, problems);
        if let Some(lifetime) = has_static(&typed.ty) {
            problems.at(
                lifetime,
                "what JavaScript passes is there for the length of the call: leave the lifetime out",
            );
        }
        let (of, passed) = match bare(&typed.ty) {
            Type::Reference(reference) if reference.mutability.is_none() => (bare(&reference.elem), Passed::Lent),
            Type::Reference(reference) if is_list_of_mutable(bare(&reference.elem)) => {
                (bare(&reference.elem), Passed::LentMut)
            }
            of => (of, Passed::Value),
        };
        let mut name = match &*typed.pat {
            Pat::Ident(pattern) => name_of(&pattern.ident),
            _ => format!("arg{}", before.len() + 1),
        };
        while before.iter().any(|other| other.name == name) {
            name.push('_');
        }
        Self {
            name,
            injected: if passed == Passed::Lent { injected(of) } else { None },
            of: without_lifetimes(of),
            passed,
        }
    }
}

/// The type of the crate that a function gets from the call and not from JavaScript, by its name.
fn injected(of: &Type) -> Option<&'static str> {
    ["Cancel", "Progress"].into_iter().find(|name| is_named(of, name))
}

/// True for `[&mut T]`.
fn is_list_of_mutable(of: &Type) -> bool {
    let Type::Slice(list) = of else { return false };
    matches!(bare(&list.elem), Type::Reference(element) if element.mutability.is_some())
}

/// Checks everything but the parameters and the result.
fn qualifiers(signature: &syn::Signature, problems: &mut Problems) {
    if let Some(token) = &signature.asyncness {
        problems.at(
            token,
            "an `async` function cannot be exported: export one that returns its result",
        );
    }
    if let Safety::Unsafe(token) = &signature.safety {
        problems.at(
            token,
            "an `unsafe` function cannot be exported: JavaScript could not keep its conditions",
        );
    }
    if let Some(abi) = &signature.abi {
        if abi.name.as_ref().is_some_and(|name| name.value() != "C") {
            problems.at(
                &abi.name,
                "supported are functions without an ABI and those that are `extern \"C\"`",
            );
        }
    }
    if let Some(variadic) = &signature.variadic {
        problems.at(
            variadic,
            "an exported function has a fixed number of parameters: pass a slice or a `Vec` instead",
        );
    }
    for parameter in &signature.generics.params {
        let message = match parameter {
            GenericParam::Lifetime(_) => continue,
            GenericParam::Type(_) => "an exported function has one signature: it cannot have type parameters",
            GenericParam::Const(_) => "an exported function has one signature: it cannot have const parameters",
        };
        problems.at(parameter, message);
    }
}
