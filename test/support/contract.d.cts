/** A library's function or table, as JSON; anything may be in it. */
type Json = Record<string, unknown>;

export declare const HASH: string;
export declare function compile(folder: string, ...defines: string[]): string;
export declare function exported(name: string, parameters?: Json, result?: unknown, others?: Json): Json;
export declare function tableOf(functions: Json[], types?: unknown[], others?: Json): Json;
export declare function claim(table: unknown, others?: { hash?: string; none?: number; pad?: number }): void;
export declare function randomFrom(seed: number): (below: number) => number;
export declare function reply(
  fields?: Record<string, number | bigint | readonly (number | bigint)[] | string | Uint8Array>,
): void;
