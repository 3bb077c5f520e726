//! The signature of an exported function, validated as far as is possible without resolving its types.

use syn::{FnArg, GenericParam, Pat, PatType, Receiver, ReceiverKind, ReturnType, Safety, Type};

use crate::attributes::Attributes;
use crate::function::Function;
use crate::names::name_of;
use crate::problems::Problems;
use crate::types::{
    argument_of, bare, check_parameter, check_result, has_static, is_light, is_named, without_lifetimes,
};
use crate::value::Value;

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
    /// As a closure that calls a function of JavaScript.
    Function,
}

/// A parameter.
pub struct Parameter {
    /// Its name in JavaScript.
    pub name: String,
    /// Its type without lifetimes; if it is lent, the type behind the reference.
    pub of: Type,
    /// How it is passed.
    pub passed: Passed,
    /// What its attributes say of it, if it has some.
    pub value: Option<Value>,
    /// The type of the crate that the parameter asks for, if it is no parameter in JavaScript.
    pub injected: Option<&'static str>,
    /// The function, if it is passed as one.
    pub function: Option<Function>,
}

/// The signature of an exported function.
pub struct Signature {
    /// The parameters in their order.
    pub parameters: Vec<Parameter>,
    /// The type it returns.
    pub result: Type,
    /// True for an `async fn`.
    pub is_async: bool,
}

impl Signature {
    /// Reads a signature, and adds what is wrong with it to `problems`.
    /// `class` is the type with the function, if it may be a method.
    pub fn new(signature: &syn::Signature, class: Option<&Type>, problems: &mut Problems) -> Self {
        qualifiers(signature, problems);
        let mut parameters: Vec<Parameter> = Vec::new();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(receiver) => match (class, passed_as(receiver)) {
                    (Some(class), Some(passed)) => parameters.push(Parameter {
                        name: "self".to_owned(),
                        of: class.clone(),
                        passed,
                        value: None,
                        injected: None,
                        function: None,
                    }),
                    (Some(_), None) => {
                        problems.at(receiver, "the receiver of a method is `&self`, `&mut self` or `self`")
                    }
                    (None, _) => problems.at(
                        receiver,
                        "put `#[export]` on the `impl`, whose type has `#[derive(rustdll::Object)]`",
                    ),
                },
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
        Self {
            parameters,
            result,
            is_async: signature.asyncness.is_some(),
        }
    }

    /// True if a call takes so little time that it is worth compiling all of it in place.
    pub fn is_light(&self) -> bool {
        let result = argument_of(&self.result, "Result").unwrap_or(&self.result);
        let is_own = |parameter: &Parameter| parameter.name == "self" || parameter.injected.is_some();
        (is_named(result, "Self") || is_light(result))
            && self.parameters.iter().all(|parameter| {
                is_own(parameter)
                    || (parameter.function.is_none() && parameter.value.is_none() && is_light(&parameter.of))
            })
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
        let function = Function::new(&typed.ty);
        if function.is_none() {
            check_parameter(&typed.ty, problems);
        }
        if let Some(lifetime) = has_static(&typed.ty) {
            problems.at(
                lifetime,
                "what JavaScript passes is there for the length of the call: leave the lifetime out",
            );
        }
        let (of, passed) = match bare(&typed.ty) {
            of if function.is_some() => (of, Passed::Function),
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
        let attributes = Attributes::new(&typed.attrs, &["default", "as", "with"], problems);
        let is_given = attributes.default.is_some() || attributes.text.is_some() || attributes.with.is_some();
        let value = is_given.then(|| {
            let message = match passed {
                _ if of_reference_mut(&typed.ty) => {
                    Some("what Rust changes has to be passed as it is: take a value, and return it")
                }
                Passed::Function => Some("a function of JavaScript is passed as it is"),
                Passed::Lent if injected(of).is_some() => Some("this is no parameter in JavaScript"),
                _ => None,
            };
            if let Some(message) = message {
                problems.at(&typed.ty, message);
            }
            // A string or a slice is borrowed, and other references are to a value that is made for the call.
            let of = if matches!(of, Type::Slice(_)) || is_named(of, "str") {
                bare(&typed.ty)
            } else {
                of
            };
            Value::new(&without_lifetimes(of), &attributes, problems)
        });
        Self {
            name,
            value,
            injected: if passed == Passed::Lent { injected(of) } else { None },
            of: without_lifetimes(of),
            passed,
            function,
        }
    }
}

/// Returns how a method gets its object; none if it gets a pointer of another kind.
fn passed_as(receiver: &Receiver) -> Option<Passed> {
    match &receiver.kind {
        ReceiverKind::Value => Some(Passed::Value),
        ReceiverKind::Reference(_, _, mutability) => Some(if mutability.is_some() {
            Passed::LentMut
        } else {
            Passed::Lent
        }),
        _ => None,
    }
}

/// The type of the crate that a function gets from the call and not from JavaScript, by its name.
fn injected(of: &Type) -> Option<&'static str> {
    ["Cancel", "Progress"].into_iter().find(|name| is_named(of, name))
}

/// True for `&mut T`.
fn of_reference_mut(of: &Type) -> bool {
    matches!(bare(of), Type::Reference(reference) if reference.mutability.is_some())
}

/// True for `[&mut T]`.
fn is_list_of_mutable(of: &Type) -> bool {
    let Type::Slice(list) = of else { return false };
    matches!(bare(&list.elem), Type::Reference(element) if element.mutability.is_some())
}

/// Checks everything but the parameters and the result.
fn qualifiers(signature: &syn::Signature, problems: &mut Problems) {
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

/// Removes the attributes of parameters that are for the macro.
pub fn strip_attributes(signature: &mut syn::Signature) {
    for input in &mut signature.inputs {
        if let FnArg::Typed(typed) = input {
            typed.attrs.retain(|attribute| !attribute.path().is_ident("rustdll"));
        }
    }
}
