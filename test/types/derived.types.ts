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
