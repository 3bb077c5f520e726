/** A program with the declarations of converted types that `rustdll types` writes. */
import type { Branded, NdArray } from '../../src-ts/index';
import type { RustDLL } from '../../src-ts/library/library';
import type * as conversions from './conversions';
import type * as crates from './crates';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function expectTrue<_T extends true>(): void {}

declare const lib: RustDLL<typeof conversions>;
declare const others: RustDLL<typeof crates>;

// Types with a brand are told apart, and are what they are otherwise.
const order = 7 as conversions.OrderId;
expectTrue<Equal<conversions.OrderId, Branded<number, 'OrderId'>>>();
const echoed: conversions.OrderId = lib.echo_order_id(order);
const plain: number = echoed;
// @ts-expect-error -- a number is no OrderId
lib.echo_order_id(plain);
// @ts-expect-error -- an OrderId of another module is another type
lib.echo_other_order_id(order);
lib.echo_other_order_id('7' as conversions.OrderId2);
lib.echo_ticks(7n as conversions.Ticks);
lib.echo_order_ids(new Set([order]));
// @ts-expect-error -- the elements are no numbers
lib.echo_order_ids([7]);
const basket = lib.echo_basket({ order, others: [order], ticks: 1 as conversions.Ticks });
const before: conversions.OrderId | null = basket.before;
lib.next_tick(1 as conversions.Ticks, (id) => id);
void [plain, before];

// Arrays of n dimensions.
const data = new Float64Array(6);
const result = others.echo_array2({ data, shape: [2, 3] });
const [rows, columns]: [number, number] = result.shape;
const array: NdArray = result;
others.array_sum(array);
others.array_sum({ data, shape: [2, 2], strides: [3, 1], offset: 1 });
others.echo_picture({
  pixels: { data: new Uint8ClampedArray(4), shape: [1, 1, 4] },
  channels: [{ data: new Float32Array(1), shape: [1, 1] }, result],
});
// @ts-expect-error -- the elements are doubles
others.array_sum({ data: new Float32Array(6), shape: [2, 3] });
// @ts-expect-error -- there is no shape
others.array_sum({ data });
void [rows, columns];
