// The exported functions of libderived.so. Written by `rustdll types`: edits are lost when it runs again.
/* eslint-disable */

import type {
  Background,
  BytesLike,
  CallOptions,
  ListLike,
  MapLike,
  RustError,
  RustObject,
  WithoutBackground,
} from 'rustdll';

/**
 * Fails if `which` is less than 4.
 *
 * @throws RustError whose `data` is {@link AppError}.
 */
export declare function attempt(which: number, size: number | bigint): number;

/**
 * Does the same, with integers that lose no digits.
 *
 * @throws RustError whose `data` is {@link AppError}.
 */
export declare function attempt_exactly(which: number, size: number | bigint): number;

/**
 * Does the same, and names the argument.
 *
 * @throws RustError whose `data` is {@link AppError}.
 */
export declare function attempt_with(text: string, list: ListLike<string>): string;

/** Counts priorities. */
export declare function count_priorities(list: ListLike<Priority>): Map<Priority, number>;

/** Returns the depth of a tree. */
export declare function depth_of_nest(nest: NestInput): number;

/** Returns addresses. */
export declare function echo_addresses(addresses: ListLike<AddressInput>): Address[];

/** Returns values. */
export declare function echo_all_mixed(values: ListLike<MixedInput>): Mixed<bigint>[];

/** Returns a tree. */
export declare function echo_branches(tree: BranchesInput): Branches;

/** Returns a change. */
export declare function echo_change(change: Change): Change;

/** Returns a page of corners. */
export declare function echo_corners(page: PageCornerInput): PageCorner;

/** Returns counts. */
export declare function echo_counts(counts: CountsInput): Counts;

/** Returns one of two. */
export declare function echo_either(either: EitherU8PageCornerInput): EitherU8PageCorner;

/** Returns an event. */
export declare function echo_event(event: EventInput): Event;

/** Returns a grid. */
export declare function echo_grid(grid: GridI162Input): GridI162;

/** Returns a message. */
export declare function echo_holding(number: HoldingF64, text: HoldingString): [HoldingF64, HoldingString];

/** Returns all options in a list, and in a map. */
export declare function echo_many(
  list: ListLike<OptionsInput | null | undefined>,
  map: MapLike<CornerInput>,
): [(Options | null)[], Record<string, Corner>];

/** Returns a message. */
export declare function echo_message(message: MessageInput): Message;

/** Returns a value, and the variant that it was. */
export declare function echo_mixed(value: MixedInput): [Mixed, string];

/** Returns a tree. */
export declare function echo_nest(nest: NestInput): Nest;

/** Returns nothing. */
export declare function echo_nothing(nothing: Nothing): Nothing;

/** Returns a page of numbers. */
export declare function echo_numbers(page: PageF64Input): PageF64;

/** Returns an offset, unless it is none. */
export declare function echo_offset(offset?: Offset | null | undefined): Offset | null;

/** Returns one of two. */
export declare function echo_one_of(one: OneOfStringVecOneOfBoolI32Input): OneOfStringVecOneOfBoolI32;

/** Returns options as they arrive. */
export declare function echo_options(options: OptionsInput): Options;

/** Returns a page of pages. */
export declare function echo_pages(page: PagePageOptionStringInput): PagePageOptionString;

/** Returns a pair. */
export declare function echo_pair(pair: PairInput): Pair;

/** Returns a person. */
export declare function echo_person(person: PersonInput): Person;

/** Returns them. */
export declare function echo_priorities(map: MapLike<boolean, Priority>): Map<Priority, boolean>;

/** Returns a priority. */
export declare function echo_priority(priority: Priority): Priority;

/** Returns settings. */
export declare function echo_settings(settings: SettingsInput): Settings;

/** Returns someone. */
export declare function echo_someone(someone: SomeoneInput): Someone;

/**
 * Fails with a record.
 *
 * @throws RustError whose `data` is {@link Cause}.
 */
export declare function fail_cause(why: string): void;

/**
 * Fails with a `TypeError`, a `RangeError`, or an error that has one as its source.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function fail_class(which: number): number;

/**
 * Fails with an object.
 *
 * @throws RustError whose `data` is {@link Held}.
 */
export declare function fail_held(secret: string): void;

/**
 * Fails with the name of a variant.
 *
 * @throws RustError whose `data` is {@link Signal}.
 */
export declare function fail_signal(go: boolean): void;

/**
 * Fails with a reason.
 *
 * @throws RustError whose `data` is {@link Reason}.
 */
export declare function fail_with_reason(at?: number | null | undefined): void;

/** What is hidden in options. */
export declare function hidden_in(options: OptionsInput): number;

/**
 * Joins words, with defaults for all but the first parameter.
 *
 * @param between - The default is `", "`.
 * @param upper - The default is `false`.
 * @param corner - The default is `Corner { x: 4, y: 5 }`.
 * @param weights - The default is `vec![1.0, 2.0]`.
 * @param bytes - The default is `&[1, 2, 3]`.
 * @param limit - The default is `u64::MAX`.
 */
export declare function joined(
  words: ListLike<string>,
  between?: string | undefined,
  upper?: boolean | undefined,
  corner?: CornerInput | undefined,
  weights?: ListLike<number> | Float64Array | undefined,
  bytes?: BytesLike | undefined,
  limit?: number | bigint | undefined,
): string;

/** Tells which one it is. */
export declare function kind_of_address(address: AddressInput): string;

/** Tells which one it is. */
export declare function kind_of_degree(degree: Degree): string;

/**
 * A default that is not at the end.
 *
 * @param first - The default is `10`.
 */
export declare function middle(first: number | undefined, second: number): number;

/** Has a name of its own, and parameters in the convention. */
export declare function other_name(onlyNumber: number): number;

/**
 * A default that panics.
 *
 * @param number - The default is `panic!("no default")`.
 */
export declare function panicking(number?: number | undefined): number;

/**
 * Adds two numbers.
 *
 * @param secondNumber - The default is `1`.
 */
export declare function sumOfBoth(firstNumber: number, secondNumber?: number | undefined): number;

/** Returns a direction. */
export declare function turn_around(direction: Direction): Direction;

/** True for an error of this library whose `data` is of the type {@link AppError}. */
export declare const isAppError: WithoutBackground<
  (error: unknown) => error is RustError<AppError<number | bigint>, AppError['type']>
>;

/** True for an error of this library whose `data` is of the type {@link Cause}. */
export declare const isCause: WithoutBackground<(error: unknown) => error is RustError<Cause, 'ERR_RUSTDLL_RUST'>>;

/** True for an error of this library whose `data` is of the type {@link Held}. */
export declare const isHeld: WithoutBackground<(error: unknown) => error is RustError<Held, 'ERR_RUSTDLL_RUST'>>;

/** True for an error of this library whose `data` is of the type {@link Signal}. */
export declare const isSignal: WithoutBackground<(error: unknown) => error is RustError<Signal, 'STOP_NOW' | 'GO_ON'>>;

/** True for an error of this library whose `data` is of the type {@link Reason}. */
export declare const isReason: WithoutBackground<(error: unknown) => error is RustError<Reason, 'Text' | 'At'>>;

/** How important it is. */
export declare const Priority: {
  /** Later. */
  readonly Low: 1;
  /** Now. */
  readonly High: 10;
  /** The one behind it. */
  readonly Highest: 11;
};

/** Numbers below zero and large ones. */
export declare const Offset: {
  /** The least. */
  readonly LEAST: -9007199254740991;
  /** None. */
  readonly NO_OFFSET: 0;
  /** The greatest. */
  readonly GREATEST: 9007199254740991;
};

/** A signal, and nothing else. */
export declare const Signal: {
  /** Stop. */
  readonly STOP_NOW: 'STOP_NOW';
  /** Go. */
  readonly GO_ON: 'GO_ON';
};

/** Where it goes. */
export declare const Direction: {
  /** To the left. */
  readonly 'left-hand': 'left-hand';
  /** To the right. */
  readonly 'right-hand': 'right-hand';
};

/** Keeps a secret. */
export declare class Vault {
  #private;
  /**
   * Makes a vault, if there is a secret.
   *
   * @throws RustError whose `data` is {@link AppError}.
   */
  constructor(secret: string);
  /**
   * Opens the vault with the right key.
   *
   * @throws RustError whose `data` is {@link AppError}.
   */
  open(key: string): string;
  /** The same functions and the constructor, on other threads. */
  static readonly async: { readonly new: (secret: string, options?: CallOptions) => Promise<Vault> };
  /** The same methods, on other threads. */
  get async(): Background<Pick<Vault, 'open'>>;
}
export interface Vault extends RustObject {}

/** A total of numbers. */
export declare class Tally {
  #private;
  /** Makes one. */
  constructor(firstSum: number);
  /** Adds. */
  addNumber(nextNumber: number): number;
  /** As it is. */
  as_it_is(): number;
  /** The sum. */
  get wholeSum(): number;
  /** Sets it. */
  set wholeSum(newSum: number);
  /** The same functions and the constructor, on other threads. */
  static readonly async: { readonly new: (firstSum: number, options?: CallOptions) => Promise<Tally> };
  /** The same methods, on other threads. */
  get async(): Background<Pick<Tally, 'addNumber' | 'as_it_is'>>;
}
export interface Tally extends RustObject {}

/** What can go wrong in the application. */
export type AppError<Int extends number | bigint = number> =
  /** There is no such file. */
  | {
      type: 'NotFound';
      /** Where it was looked for. */
      path: string;
      /** Its size when it was last there. */
      size: Int;
    }
  /** It is not well written. */
  | { type: 'Syntax'; value: [number, number] }
  /** Because of another one. */
  | { type: 'Cause'; value: Cause }
  /** Nothing is known. */
  | { type: 'Unknown' };

/** The cause of another error. */
export interface Cause {
  /** Why it happened. */
  why: string;
}

/** How important it is. */
export type Priority =
  /** Later. */
  | 1
  /** Now. */
  | 10
  /** The one behind it. */
  | 11;

/** A tree of lists and objects. */
export type Nest =
  /** A leaf. */
  | number
  /** A list. */
  | Nest[]
  /** Named ones. */
  | { [Name in string]: Nest };

/**
 * A tree of lists and objects.
 *
 * What can be passed as {@link Nest}.
 */
export type NestInput =
  /** A leaf. */
  | number
  /** A list. */
  | readonly NestInput[] | (Iterable<NestInput> & { readonly buffer?: never; readonly charAt?: never })
  /** Named ones. */
  | { readonly [name: string]: NestInput } | ReadonlyMap<string, NestInput>;

/** A text that Rust reads as one of several types. */
export type Address =
  /** Of version 4. */
  | string
  /** Of version 6. */
  | string
  /** A port. */
  | number
  /** A list of names. */
  | string[]
  /** A list of texts. */
  | string[];

/**
 * A text that Rust reads as one of several types.
 *
 * What can be passed as {@link Address}.
 */
export type AddressInput =
  /** Of version 4. */
  | string
  /** Of version 6. */
  | string
  /** A port. */
  | number
  /** A list of names. */
  | ListLike<string>
  /** A list of texts. */
  | ListLike<string>;

/** A value of one of several forms. */
export type Mixed<Int extends number | bigint = number> =
  /** Nothing. */
  | null
  /** True or false. */
  | boolean
  /** A small number. */
  | number
  /** Any other number. */
  | number
  /** A large integer. */
  | Int
  /** A text. */
  | string
  /** A place. */
  | Spot
  /** A range. */
  | {
      /** The least. */
      fromNumber: number;
      /** The greatest. */
      toNumber: number | null;
    }
  /** A pair. */
  | [string, number]
  /** Many. */
  | number[]
  /** Named numbers. */
  | Record<string, number>;

/**
 * A value of one of several forms.
 *
 * What can be passed as {@link Mixed}.
 */
export type MixedInput =
  /** Nothing. */
  | null
  /** True or false. */
  | boolean
  /** A small number. */
  | number
  /** Any other number. */
  | number
  /** A large integer. */
  | number | bigint
  /** A text. */
  | string
  /** A place. */
  | Spot
  /** A range. */
  | {
      /** The least. */
      fromNumber: number;
      /** The greatest. */
      toNumber?: number | null | undefined;
    }
  /** A pair. */
  | readonly [string, number]
  /** Many. */
  | ListLike<number> | Float64Array
  /** Named numbers. */
  | MapLike<number>;

/** A place. */
export interface Spot {
  /** To the right. */
  x: number;
  /** Down. */
  y: number;
}

/** A tree as a tuple struct. */
export type Branches = [number, Branches[]];

/**
 * A tree as a tuple struct.
 *
 * What can be passed as {@link Branches}.
 */
export type BranchesInput = readonly [number, ListLike<BranchesInput>];

/** Something that happens. */
export type Change =
  /** Of a place. */
  | {
      type: 'moved_to';
      /** To the right. */
      toRight: number;
      /** Down. */
      down: number;
    }
  /** Of a size. */
  | {
      type: 'grown';
      /** By so much. */
      BYMUCH: number;
    };

/** A corner of a drawing. */
export interface Corner {
  /**
   * To the right.
   *
   * @defaultValue `0`
   */
  x: number;
  /**
   * Down.
   *
   * @defaultValue `-1`
   */
  y: number;
}

/**
 * A corner of a drawing.
 *
 * What can be passed as {@link Corner}.
 */
export interface CornerInput {
  /**
   * To the right.
   *
   * @defaultValue `0`
   */
  x?: number | undefined;
  /**
   * Down.
   *
   * @defaultValue `-1`
   */
  y?: number | undefined;
}

/** A page of anything. */
export interface PageCorner {
  /** What is on it. */
  items: Corner[];
  /** The page after it. */
  next: PageCorner | null;
}

/**
 * A page of anything.
 *
 * What can be passed as {@link PageCorner}.
 */
export interface PageCornerInput {
  /** What is on it. */
  items: ListLike<CornerInput>;
  /** The page after it. */
  next?: PageCornerInput | null | undefined;
}

/** Counts. */
export interface Counts {
  /** A small number. */
  small: number;
  /** A large one. */
  large: bigint;
  /** Large ones. */
  many: (bigint | null)[];
  /**
   * Others.
   *
   * @defaultValue `[]`
   */
  others: Total<bigint>[];
  /** The last one, if there was one. */
  last: bigint | null;
  /** One more. */
  total: Total;
}

/**
 * Counts.
 *
 * What can be passed as {@link Counts}.
 */
export interface CountsInput {
  /** A small number. */
  small: number | bigint;
  /** A large one. */
  large: number | bigint;
  /** Large ones. */
  many: ListLike<number | bigint | null | undefined>;
  /**
   * Others.
   *
   * @defaultValue `[]`
   */
  others?: ListLike<TotalInput> | undefined;
  /** The last one, if there was one. */
  last?: number | bigint | null | undefined;
  /** One more. */
  total: TotalInput;
}

/** A total. */
export interface Total<Int extends number | bigint = number> {
  /** The sum. */
  sum: Int;
}

/**
 * A total.
 *
 * What can be passed as {@link Total}.
 */
export interface TotalInput {
  /** The sum. */
  sum: number | bigint;
}

/** One of two. */
export type EitherU8PageCorner =
  /** The first. */
  | { type: 'Left'; value: number }
  /** The second. */
  | {
      type: 'Right';
      /** The value. */
      value: PageCorner;
    };

/**
 * One of two.
 *
 * What can be passed as {@link EitherU8PageCorner}.
 */
export type EitherU8PageCornerInput =
  /** The first. */
  | { type: 'Left'; value: number }
  /** The second. */
  | {
      type: 'Right';
      /** The value. */
      value: PageCornerInput;
    };

/** An event of which others may know more. */
export type Event =
  /** A key. */
  | {
      kind: 'Key';
      /** Its code. */
      code: number;
    }
  /** The end. */
  | { kind: 'End' };

/**
 * An event of which others may know more.
 *
 * What can be passed as {@link Event}.
 */
export type EventInput =
  /** A key. */
  | {
      kind: 'Key';
      /** Its code. */
      code: number;
      [name: string]: unknown;
    }
  /** The end. */
  | { kind: 'End'; [name: string]: unknown };

/** A grid of a fixed width. */
export interface GridI162 {
  /** The rows. */
  rows: [number, number][];
}

/**
 * A grid of a fixed width.
 *
 * What can be passed as {@link GridI162}.
 */
export interface GridI162Input {
  /** The rows. */
  rows: ListLike<readonly [number, number] | Int16Array>;
}

/** A message with a value of any type. */
export type HoldingF64 =
  /** One. */
  | { type: 'One'; value: HoldingOneF64 }
  /** None. */
  | { type: 'None' };

export interface HoldingOneF64 {
  /** The value. */
  of: number;
}

/** A message with a value of any type. */
export type HoldingString =
  /** One. */
  | { type: 'One'; value: HoldingOneString }
  /** None. */
  | { type: 'None' };

export interface HoldingOneString {
  /** The value. */
  of: string;
}

/** Options for drawing. */
export interface Options {
  /** The title. */
  title: string;
  /**
   * The width of lines.
   *
   * @defaultValue `1.5`
   */
  width: number;
  /**
   * The names of layers.
   *
   * @defaultValue `[]`
   */
  layers: string[];
  /**
   * How often.
   *
   * @defaultValue `Some(3)`
   */
  times: number | null;
  /**
   * @defaultValue `"plain"`
   *
   * @deprecated use `layers`
   */
  style: string;
  /**
   * The corner.
   *
   * @defaultValue `Default::default()`
   */
  corner: Corner;
}

/**
 * Options for drawing.
 *
 * What can be passed as {@link Options}.
 */
export interface OptionsInput {
  /** The title. */
  title: string;
  /**
   * The width of lines.
   *
   * @defaultValue `1.5`
   */
  width?: number | undefined;
  /**
   * The names of layers.
   *
   * @defaultValue `[]`
   */
  layers?: ListLike<string> | undefined;
  /**
   * How often.
   *
   * @defaultValue `Some(3)`
   */
  times?: number | null | undefined;
  /**
   * @defaultValue `"plain"`
   *
   * @deprecated use `layers`
   */
  style?: string | undefined;
  /**
   * The corner.
   *
   * @defaultValue `Default::default()`
   */
  corner?: CornerInput | undefined;
}

/** A message. */
export type Message =
  /** No content. */
  | { kind: 'ping' }
  /** A text. */
  | { kind: 'text'; body: string }
  /** Two numbers. */
  | { kind: 'move'; body: [number, number] }
  /** Named ones. */
  | { kind: 'sized'; body: MessageSized }
  /** Another one. */
  | { kind: 'nested'; body: Message };

/**
 * A message.
 *
 * What can be passed as {@link Message}.
 */
export type MessageInput =
  /** No content. */
  | { kind: 'ping' }
  /** A text. */
  | { kind: 'text'; body: string }
  /** Two numbers. */
  | { kind: 'move'; body: readonly [number, number] }
  /** Named ones. */
  | { kind: 'sized'; body: MessageSizedInput }
  /** Another one. */
  | { kind: 'nested'; body: MessageInput };

export interface MessageSized {
  /** How wide. */
  width: number;
  /** How high. */
  height: number | null;
}

/** What can be passed as {@link MessageSized}. */
export interface MessageSizedInput {
  /** How wide. */
  width: number;
  /** How high. */
  height?: number | null | undefined;
}

/** Nothing. */
export type Nothing = Record<string, never>;

/** A page of anything. */
export interface PageF64 {
  /** What is on it. */
  items: number[];
  /** The page after it. */
  next: PageF64 | null;
}

/**
 * A page of anything.
 *
 * What can be passed as {@link PageF64}.
 */
export interface PageF64Input {
  /** What is on it. */
  items: ListLike<number> | Float64Array;
  /** The page after it. */
  next?: PageF64Input | null | undefined;
}

/** Numbers below zero and large ones. */
export type Offset =
  /** The least. */
  | -9007199254740991
  /** None. */
  | 0
  /** The greatest. */
  | 9007199254740991;

/** One of two, of any type. */
export type OneOfBoolI32 =
  /** The first. */
  | boolean
  /** The second. */
  | number;

/** One of two, of any type. */
export type OneOfStringVecOneOfBoolI32 =
  /** The first. */
  | string
  /** The second. */
  | OneOfBoolI32[];

/**
 * One of two, of any type.
 *
 * What can be passed as {@link OneOfStringVecOneOfBoolI32}.
 */
export type OneOfStringVecOneOfBoolI32Input =
  /** The first. */
  | string
  /** The second. */
  | ListLike<OneOfBoolI32>;

/** A page of anything. */
export interface PageOptionString {
  /** What is on it. */
  items: (string | null)[];
  /** The page after it. */
  next: PageOptionString | null;
}

/**
 * A page of anything.
 *
 * What can be passed as {@link PageOptionString}.
 */
export interface PageOptionStringInput {
  /** What is on it. */
  items: ListLike<string | null | undefined>;
  /** The page after it. */
  next?: PageOptionStringInput | null | undefined;
}

/** A page of anything. */
export interface PagePageOptionString {
  /** What is on it. */
  items: PageOptionString[];
  /** The page after it. */
  next: PagePageOptionString | null;
}

/**
 * A page of anything.
 *
 * What can be passed as {@link PagePageOptionString}.
 */
export interface PagePageOptionStringInput {
  /** What is on it. */
  items: ListLike<PageOptionStringInput>;
  /** The page after it. */
  next?: PagePageOptionStringInput | null | undefined;
}

/** A pair of a name and a number. */
export type Pair = [string, number];

/**
 * A pair of a name and a number.
 *
 * What can be passed as {@link Pair}.
 */
export type PairInput = readonly [string, number];

/** A person. */
export interface Person {
  /** The name. */
  fullName: string;
  /** The town. */
  town: string;
  /**
   * To the right.
   *
   * @defaultValue `0`
   */
  x: number;
  /**
   * Down.
   *
   * @defaultValue `-1`
   */
  y: number;
  /** A note. */
  note: string | null;
  /** The age. */
  age: number;
}

/**
 * A person.
 *
 * What can be passed as {@link Person}.
 */
export interface PersonInput {
  /** The name. */
  fullName: string;
  /** The town. */
  town: string;
  /**
   * To the right.
   *
   * @defaultValue `0`
   */
  x?: number | undefined;
  /**
   * Down.
   *
   * @defaultValue `-1`
   */
  y?: number | undefined;
  /** A note. */
  note?: string | null | undefined;
  /** The age. */
  age: number;
}

/** Settings of which others may know more. */
export interface Settings {
  /** The level. */
  level: number;
  /** A name. */
  name: string | null;
}

/**
 * Settings of which others may know more.
 *
 * What can be passed as {@link Settings}.
 */
export interface SettingsInput {
  /** The level. */
  level: number;
  /** A name. */
  name?: string | null | undefined;
  [name: string]: unknown;
}

/** Someone. */
export type Someone =
  /** A person. */
  | {
      type: 'Known';
      /** The town. */
      town: string;
      /**
       * To the right.
       *
       * @defaultValue `0`
       */
      x: number;
      /**
       * Down.
       *
       * @defaultValue `-1`
       */
      y: number;
    }
  /** Nobody. */
  | { type: 'Unknown' };

/**
 * Someone.
 *
 * What can be passed as {@link Someone}.
 */
export type SomeoneInput =
  /** A person. */
  | {
      type: 'Known';
      /** The town. */
      town: string;
      /**
       * To the right.
       *
       * @defaultValue `0`
       */
      x?: number | undefined;
      /**
       * Down.
       *
       * @defaultValue `-1`
       */
      y?: number | undefined;
    }
  /** Nobody. */
  | { type: 'Unknown' };

/** An error that has objects. */
export interface Held {
  /** What is held. */
  vault: Vault;
}

/** A signal, and nothing else. */
export type Signal =
  /** Stop. */
  | 'STOP_NOW'
  /** Go. */
  | 'GO_ON';

/** An error that is what it is. */
export type Reason =
  /** A text. */
  | string
  /** A place. */
  | Spot;

/** A number, by its name or as it is. */
export type Degree =
  /** By its name. */
  | Direction
  /** As a number. */
  | Priority
  /** Any other text. */
  | string
  /** Any other number. */
  | number;

/** Where it goes. */
export type Direction =
  /** To the left. */
  | 'left-hand'
  /** To the right. */
  | 'right-hand';
