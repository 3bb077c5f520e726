//! Finds the path of the crate `rustdll` in the crate that uses the macros.

use std::path::Path as File;
use std::sync::OnceLock;
use std::{env, fs};

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Ident, Path};

/// Returns the path of the module to which generated code refers. `given` is the path of the crate from an attribute.
pub fn private(given: Option<&Path>) -> TokenStream {
    match given {
        Some(path) => quote!(#path::__private),
        None => {
            let name = Ident::new(name(), Span::call_site());
            quote!(::#name::__private)
        }
    }
}

/// Returns the name of the crate in the crate that is being compiled. A compiler process compiles only one crate.
fn name() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let folder = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
        let manifest = fs::read_to_string(File::new(&folder).join("Cargo.toml")).unwrap_or_default();
        renamed(&manifest).unwrap_or_else(|| "rustdll".to_owned())
    })
}

/// Returns the name to which a manifest renames the crate, if it does, in either of two forms:
///
/// ```toml
/// [dependencies]
/// other = { version = "0.1", package = "rustdll" }
///
/// [dependencies.other]
/// package = "rustdll"
/// ```
fn renamed(manifest: &str) -> Option<String> {
    let mut table = "";
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            table = header.split(']').next().unwrap_or_default();
        }
        let compact: String = line.chars().filter(|character| !character.is_whitespace()).collect();
        let compact = compact.replace('\'', "\"");
        let key = if compact.starts_with("package=\"rustdll\"") {
            table.rsplit('.').next()
        } else if compact.contains("{package=\"rustdll\"") || compact.contains(",package=\"rustdll\"") {
            line.split('=').next()
        } else {
            None
        };
        if let Some(key) = key.filter(|_| table.contains("dependencies")) {
            let name = key.trim().trim_matches(['"', '\'']).replace('-', "_");
            return syn::parse_str::<Ident>(&name).is_ok().then_some(name);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn the_name_of_a_dependency_is_found() {
        for (manifest, name) in [
            ("[dependencies]\nrustdll = \"0.1\"", None),
            ("[dependencies]\nrustdll = { version = \"0.1\" }", None),
            (
                "[package]\nname = \"a\"\n[dependencies]\nother-one = {package=\"rustdll\",version=\"0.1\"}",
                Some("other_one"),
            ),
            (
                "[dependencies]\nb = { version = \"0.1\", package = 'rustdll' }",
                Some("b"),
            ),
            (
                "[target.'cfg(unix)'.dependencies.c]\nversion = \"1\"\npackage = \"rustdll\"",
                Some("c"),
            ),
            (
                "[dev-dependencies]\nd = { path = \"..\" , package = \"rustdll\" } # so",
                Some("d"),
            ),
            ("[workspace.metadata]\ne = { package = \"rustdll\" }", None),
            ("[dependencies]\nf = { package = \"rustdll-macros\" }", None),
            ("", None),
        ] {
            assert_eq!(renamed(manifest).as_deref(), name, "{manifest}");
        }
    }
}
