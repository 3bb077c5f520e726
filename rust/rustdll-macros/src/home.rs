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
        let read = |folder: &File| fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        let manifest = read(File::new(&folder));
        let renamed = renamed(&manifest).or_else(|| {
            let around = File::new(&folder).ancestors().skip(1).map(read);
            let workspace = around.into_iter().find(|manifest| manifest.contains("[workspace"))?;
            inherited(&manifest, &workspace)
        });
        renamed.unwrap_or_else(|| "rustdll".to_owned())
    })
}

/// Returns the name to which a workspace renames the crate, if the manifest of a member takes it from there:
/// `other.workspace = true`.
fn inherited(manifest: &str, workspace: &str) -> Option<String> {
    let name = renamed(workspace)?;
    let mut table = "";
    let is_taken = manifest.lines().map(str::trim).any(|line| {
        if let Some(header) = line.strip_prefix('[') {
            table = header.split(']').next().unwrap_or_default();
        }
        let compact: String = line.chars().filter(|character| !character.is_whitespace()).collect();
        let key = if compact.starts_with("workspace=true") {
            table.rsplit('.').next()
        } else if compact.contains(".workspace=true") {
            compact.split('.').next()
        } else if compact.contains("{workspace=true") || compact.contains(",workspace=true") {
            compact.split('=').next()
        } else {
            None
        };
        table.contains("dependencies") && key.is_some_and(|key| key.trim_matches(['"', '\'']).replace('-', "_") == name)
    });
    is_taken.then_some(name)
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
    use super::{inherited, renamed};

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

    #[test]
    fn the_name_in_a_workspace_is_found_where_it_is_inherited() {
        let workspace = "[workspace]\nmembers = [\"a\"]\n[workspace.dependencies]\nbridge-rs = { version = \"0.1\", package = \"rustdll\" }";
        for (manifest, name) in [
            ("[dependencies]\nbridge-rs.workspace = true", Some("bridge_rs")),
            ("[dependencies]\nbridge-rs = { workspace = true }", Some("bridge_rs")),
            (
                "[dependencies]\nbridge-rs = { features = [], workspace = true }",
                Some("bridge_rs"),
            ),
            ("[dependencies.bridge-rs]\nworkspace = true", Some("bridge_rs")),
            (
                "[target.'cfg(unix)'.dependencies]\n\"bridge-rs\".workspace = true",
                Some("bridge_rs"),
            ),
            ("[dependencies]\nother.workspace = true", None),
            ("[package]\nversion.workspace = true", None),
            ("[dependencies]\nrustdll = \"0.1\"", None),
        ] {
            assert_eq!(inherited(manifest, workspace).as_deref(), name, "{manifest}");
        }
        assert_eq!(
            inherited(
                "[dependencies]\nrustdll.workspace = true",
                "[workspace.dependencies]\nrustdll = \"0.1\""
            ),
            None
        );
    }
}
