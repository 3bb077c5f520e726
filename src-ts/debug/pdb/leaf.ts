/** The numbers of records in a PDB that are read here, by the names that Microsoft gives them. */

/** Records of types. */
export const Leaf = {
  Modifier: 0x1001,
  Pointer: 0x1002,
  Procedure: 0x1008,
  ArgumentList: 0x1201,
  FieldList: 0x1203,
  Index: 0x1404,
  Enumerate: 0x1502,
  Array: 0x1503,
  Class: 0x1504,
  Structure: 0x1505,
  Union: 0x1506,
  Enum: 0x1507,
  Member: 0x150d,
  StaticMember: 0x150e,
  NestedType: 0x1510,
} as const;

/** Records of symbols. */
export const Sym = {
  End: 0x0006,
  Block: 0x1103,
  LocalProcedure: 0x110f,
  GlobalProcedure: 0x1110,
  Compile: 0x113c,
  Local: 0x113e,
  InlineSite: 0x114d,
  InlineSiteEnd: 0x114e,
} as const;

/** The number of the language Rust. */
export const RUST = 0x15;
