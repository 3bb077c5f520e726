declare const brand: unique symbol;

/**
 * A type of values that are a `T` like others, but that TypeScript tells apart by a name, as `#[rustdll(transparent, brand)]` asks for:
 * a number is no `UserId`, and a `UserId` no `OrderId`. Values have nothing of it; `7 as UserId` makes one.
 */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };
