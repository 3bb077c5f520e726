//! The settings of a crate.

/// Says once for a whole crate how names are written in JavaScript.
///
/// With `rename_all = "camelCase"`, the functions, the members of objects, the parameters, and the fields of records and of
/// variants have names in `camelCase`, unless an attribute says otherwise: `name` and `rename` for one of them, `rename_all`
/// for those of a type or a function.
///
/// It is written in the root of the crate, `lib.rs`, at any place. Other crates that the library consists of have settings of
/// their own.
///
/// ```
/// use rustdll::{export, Record};
///
/// rustdll::config!(rename_all = "camelCase");
///
/// #[derive(Record)]
/// pub struct Person {
///     first_name: String,
/// }
///
/// /// `fullName({ firstName: 'Ada' }, 'Lovelace')`.
/// #[export]
/// fn full_name(person: &Person, last_name: &str) -> String {
///     format!("{} {last_name}", person.first_name)
/// }
/// # fn main() {}
/// ```
///
/// Two names that become the same are a compile error.
#[macro_export]
macro_rules! config {
    (rename_all = "camelCase" $(,)?) => {
        #[doc(hidden)]
        #[allow(dead_code)]
        pub(crate) const __RUSTDLL_CAMEL_CASE: bool = {
            ::core::assert!(
                $crate::__private::is_root(::core::module_path!()),
                "`config!` is written in the root of the crate, lib.rs"
            );
            true
        };
    };
    ($($other:tt)*) => {
        ::core::compile_error!(
            "supported is `rustdll::config!(rename_all = \"camelCase\")`: other conventions are those of a type or a function"
        );
    };
}
