/** A program with the declarations of derived types that `rustdll types` writes. */
import type { RustError } from '../../src-ts/errors/rust-error';
import type { RustDLL } from '../../src-ts/library/library';
import type * as derived from './derived';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function expectTrue<_T extends true>(): void {}

declare const lib: RustDLL<typeof derived>;
declare const error: unknown;

// Errors with data.
if (lib.isAppError(error)) {
  expectTrue<
    Equal<typeof error, RustError<derived.AppError<number | bigint>, 'NotFound' | 'Syntax' | 'Cause' | 'Unknown'>>
  >();
  if (error.data.type === 'NotFound') {
    const path: string = error.data.path;
    const size: number | bigint = error.data.size;
    void [path, size];
  }
  // @ts-expect-error -- there is no such variant
  void (error.code === 'Other');
}
if (lib.isSignal(error)) expectTrue<Equal<typeof error.code, 'STOP_NOW' | 'GO_ON'>>();
if (lib.isCause(error)) expectTrue<Equal<typeof error.data.why, string>>();
// @ts-expect-error -- a type guard has no background form
void lib.async.isCause;

// Defaults, open records, generic types and tuple structs.
expectTrue<Equal<derived.Options['width'], number>>();
expectTrue<Equal<derived.OptionsInput['width'], number | undefined>>();
void lib.echo_options({ title: 'a' }).width.toFixed();
void lib.joined(['a'], undefined, true);
void lib.echo_settings({ level: 1, other: 2 });
// @ts-expect-error -- an unknown field
void lib.echo_options({ title: 'a', other: 1 });
expectTrue<Equal<derived.PageCorner['items'], derived.Corner[]>>();
expectTrue<Equal<derived.Pair, [string, number]>>();
expectTrue<Equal<derived.Counts['large'], bigint>>();
expectTrue<Equal<derived.Counts['others'], derived.Total<bigint>[]>>();

// Enums without a tag, with content, of numbers, and as objects.
expectTrue<Equal<derived.Priority, 1 | 10 | 11>>();
expectTrue<Equal<typeof lib.Priority.High, 10>>();
expectTrue<Equal<(typeof lib.Direction)['left-hand'], 'left-hand'>>();
const turned: derived.Direction = lib.turn_around(lib.Direction['left-hand']);
void turned;
void lib.echo_nest([1, { a: [2] }, new Map([['b', 3]]), new Set([4])]);
// @ts-expect-error -- no variant is a string
void lib.echo_nest([1, ['a']]);
const nest: derived.Nest = lib.echo_nest(1);
if (Array.isArray(nest)) void (nest[0] satisfies derived.Nest | undefined);
void lib.echo_mixed({ x: 1, y: 2 });
void lib.echo_mixed({ fromNumber: 1 });
// @ts-expect-error -- nothing takes undefined
void lib.echo_mixed(undefined);
expectTrue<Equal<derived.Message['kind'], 'ping' | 'text' | 'move' | 'sized' | 'nested'>>();
void lib.echo_message({ kind: 'sized', body: { width: 1 } });
// @ts-expect-error -- the fields are in the body
void lib.echo_message({ kind: 'sized', width: 1 });
// @ts-expect-error -- there is no such priority
void lib.echo_priority(2);
void lib.count_priorities([lib.Priority.Low]).get(1);
if (lib.isReason(error)) expectTrue<Equal<typeof error.code, 'Text' | 'At'>>();
