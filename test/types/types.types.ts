/** A program with the declarations that `rustdll types` writes of each type in the tables of the guide. */
import type { RustDLL } from '../../src-ts/library/library';
import type * as types from './types';

declare const lib: RustDLL<typeof types>;

const shape: types.Shape = lib.echo_enum({ type: 'Rect', value: [1, 2] });
if (shape.type === 'Circle') void (shape.radius satisfies number);
const map: Map<number, number> = lib.echo_number_hash_map({ 1: 2 });
const option: number | null = lib.echo_option();
void [map, option];
// @ts-expect-error -- a Set has no order of its own, so it is no tuple
lib.echo_tuple(new Set([1, 'a']));
