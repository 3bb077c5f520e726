//! Generates the code of `#[derive(Object)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput};

use crate::attributes::Attributes;
use crate::derive::type_name;
use crate::docs::documentation;
use crate::home::private;
use crate::problems::Problems;

/// Expands `#[derive(Object)]`.
pub fn expand(input: &DeriveInput) -> TokenStream {
    let mut problems = Problems::default();
    let attributes = Attributes::new(&input.attrs, &["rename", "memory", "crate"], &mut problems);
    let name = type_name(&input.ident, attributes.rename.as_ref(), &mut problems);
    if let Data::Union(data) = &input.data {
        problems.at(data.union_token, "an object is a struct or an enum");
    }
    if let Some(parameter) = input.generics.params.first() {
        problems.at(
            parameter,
            "an object has no parameters: JavaScript keeps it for as long as it likes, and it is one class there",
        );
    }
    if !problems.is_empty() {
        return problems.into_tokens();
    }
    let private = private(attributes.krate.as_ref());
    let doc = documentation(&input.attrs, None);
    let ident = &input.ident;
    let memory = attributes.memory.map(|function| {
        quote_spanned! {function.span()=>
            const MEMORY: ::core::option::Option<fn(&Self) -> ::core::primitive::usize> = ::core::option::Option::Some(#function);
        }
    });
    quote! {
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        const _: () = {
            use #private as __rustdll;
            #[allow(unused_imports)]
            use __rustdll::{NotSend as _, NotSync as _};

            #[automatically_derived]
            impl __rustdll::Describe for #ident {
                fn describe(__rustdll_catalogue: &mut __rustdll::Catalogue) -> __rustdll::Shape {
                    __rustdll_catalogue.definition::<Self>(#name, ::std::vec::Vec::new(), ::core::module_path!(), #doc, |_| {
                        let threads = __rustdll::Threads::<#ident>::new();
                        __rustdll::DefinitionKind::Class { send: threads.is_send(), sync: threads.is_sync() }
                    })
                }
            }

            #[automatically_derived]
            impl __rustdll::Object for #ident {
                const NAME: &'static ::core::primitive::str = #name;
                #memory
            }

            #[automatically_derived]
            impl<'__call> __rustdll::Lend<'__call> for #ident {
                type Held = __rustdll::Borrowed<'__call, Self>;

                fn describe(__rustdll_catalogue: &mut __rustdll::Catalogue) -> __rustdll::Shape {
                    <Self as __rustdll::Describe>::describe(__rustdll_catalogue)
                }

                #[inline]
                fn hold(
                    __rustdll_arguments: &mut __rustdll::Arguments<'__call>,
                    __rustdll_index: ::core::primitive::usize,
                ) -> ::core::result::Result<Self::Held, __rustdll::Fault> {
                    __rustdll::Objects::borrow(__rustdll_arguments, __rustdll_index)
                }

                #[inline]
                fn lend<'__held>(__rustdll_held: &'__held Self::Held) -> &'__held Self
                where
                    '__call: '__held,
                {
                    __rustdll_held
                }
            }

            #[automatically_derived]
            impl<'__call> __rustdll::LendMut<'__call> for #ident {
                type Held = __rustdll::BorrowedMut<'__call, Self>;

                fn describe(__rustdll_catalogue: &mut __rustdll::Catalogue) -> __rustdll::Shape {
                    __rustdll::Objects::describe_changed::<Self>(__rustdll_catalogue)
                }

                #[inline]
                fn hold(
                    __rustdll_arguments: &mut __rustdll::Arguments<'__call>,
                    __rustdll_index: ::core::primitive::usize,
                ) -> ::core::result::Result<Self::Held, __rustdll::Fault> {
                    __rustdll::Objects::borrow_mut(__rustdll_arguments, __rustdll_index)
                }

                #[inline]
                fn lend(__rustdll_held: &mut Self::Held) -> &mut Self {
                    __rustdll_held
                }
            }

            #[automatically_derived]
            impl<'__call: '__lent, '__lent> __rustdll::Argument<'__call> for &'__lent mut #ident {
                fn describe(__rustdll_catalogue: &mut __rustdll::Catalogue) -> __rustdll::Shape {
                    __rustdll::Objects::describe_changed::<#ident>(__rustdll_catalogue)
                }

                #[inline]
                fn take(
                    __rustdll_arguments: &mut __rustdll::Arguments<'__call>,
                    __rustdll_index: ::core::primitive::usize,
                ) -> ::core::result::Result<Self, __rustdll::Fault> {
                    __rustdll::Objects::borrow_mut_kept(__rustdll_arguments, __rustdll_index)
                }
            }

            #[automatically_derived]
            impl<'__call> __rustdll::Argument<'__call> for #ident {
                fn describe(__rustdll_catalogue: &mut __rustdll::Catalogue) -> __rustdll::Shape {
                    __rustdll::Objects::describe_taken::<Self>(__rustdll_catalogue)
                }

                #[inline]
                fn take(
                    __rustdll_arguments: &mut __rustdll::Arguments<'__call>,
                    __rustdll_index: ::core::primitive::usize,
                ) -> ::core::result::Result<Self, __rustdll::Fault> {
                    __rustdll::Objects::take(__rustdll_arguments, __rustdll_index)
                }
            }

            #[automatically_derived]
            impl<'__call: '__lent, '__lent> __rustdll::Decode<'__call, __rustdll::Of<__rustdll::Standard>> for &'__lent #ident {
                #[inline]
                fn decode(
                    __rustdll_reader: &mut __rustdll::Reader<'__call>,
                ) -> ::core::result::Result<Self, __rustdll::Fault> {
                    __rustdll::Objects::read(__rustdll_reader)
                }

                #[inline]
                fn argument(
                    __rustdll_arguments: &mut __rustdll::Arguments<'__call>,
                    __rustdll_index: ::core::primitive::usize,
                ) -> ::core::result::Result<Self, __rustdll::Fault> {
                    __rustdll::Objects::borrow_kept(__rustdll_arguments, __rustdll_index)
                }
            }

            #[automatically_derived]
            impl __rustdll::Give for #ident {
                fn describe(__rustdll_catalogue: &mut __rustdll::Catalogue) -> __rustdll::Shape {
                    <Self as __rustdll::Describe>::describe(__rustdll_catalogue)
                }

                #[inline]
                fn give(self, __rustdll_output: &mut __rustdll::Output<'_>) -> ::core::result::Result<(), __rustdll::Fault> {
                    __rustdll::Objects::give(self, __rustdll_output);
                    ::core::result::Result::Ok(())
                }
            }
        };
    }
}
