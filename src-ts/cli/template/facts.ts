/** The facts in which projects differ. */
export interface ProjectFacts {
  /** The name of the crate and of the package. */
  readonly name: string;
  /** The name of the library, and of the module of its types: that of the crate, with `_` for `-`. */
  readonly library: string;
  /** The crate `rustdll` as Cargo.toml names it, in TOML. */
  readonly crate: string;
  /** The npm package `rustdll` as package.json names it. */
  readonly package: string;
  /** True if a folder above has a Cargo.toml, to whose workspace the crate is not to belong. */
  readonly isInWorkspace: boolean;
  /** True if the project is written in TypeScript. */
  readonly isTypeScript: boolean;
}
