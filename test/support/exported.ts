/**
 * Opens the libraries of exported functions, with the package as it is and with a copy of it that behaves as if code
 * generation were forbidden.
 */

import * as generated from '../../src-ts/index';
import { libraryPath } from './kernels';

type Package = typeof generated;

/** Both libraries, opened by one copy of the package. */
export interface Way {
  readonly rustdll: Package;
  readonly lib: generated.RustDLL;
  readonly faults: generated.RustDLL;
}

function openInterpreted(): Way {
  let way: Way | undefined;
  jest.isolateModules(() => {
    jest.doMock('../../src-ts/runtime/code', () => ({ canSpecialize: false }));
    way = open(jest.requireActual<Package>('../../src-ts/index'));
    // This copy also has to load now what it would load at need, as later it would get the modules of the other one.
    Reflect.get(way.lib.async, 'add_i64');
    new way.rustdll.RustDLL(libraryPath('objects')).below(0).return();
    new way.rustdll.RustDLL(libraryPath('callbacks')).tick(() => undefined);
    new way.rustdll.RustDLL(libraryPath('derived')).echo_nest(1);
    new way.rustdll.RustDLL(libraryPath('logging'), { log: () => undefined }).close();
    const futures = new way.rustdll.RustDLL(libraryPath('futures_fixture'));
    futures.total_of([1]);
    void futures.stuck([]).return();
    jest.dontMock('../../src-ts/runtime/code');
  });
  return way as Way;
}

function open(rustdll: Package): Way {
  const { RustDLL } = rustdll;
  return { rustdll, lib: new RustDLL(libraryPath('exported')), faults: new RustDLL(libraryPath('exported_faults')) };
}

/** For `describe.each`. */
export const WAYS: readonly (readonly [string, Way])[] = [
  ['generated', open(generated)],
  ['interpreted', openInterpreted()],
];

/** The address of the first list of a call if no other call has memory. */
const FIRST = WAYS.map(([, { faults }]) => faults.address_f64([1]) as number);

/** Checks that no call, successful or not, has left memory allocated or words in the block. */
export function expectWorking(): void {
  WAYS.forEach(([, { lib, faults }], index) => {
    // Without a stream, then with one; each kind of result.
    expect(lib.add_i64(2, 3)).toBe(5);
    expect(lib.echo_str('né')).toBe('né');
    expect(faults.address_f64([1])).toBe(FIRST[index]);
    expect(lib.words('a é')).toEqual(['a', 'é']);
    const points = [{ x: 1, y: 2, label: 'p' }];
    expect(lib.echo_points(points)).toEqual(points);
    expect(lib.add_f64(0.5, 1)).toBe(1.5);
  });
}
