/** A program with the declarations that `rustdll types` writes of types that contain themselves, and of options with defaults. */
import type { RustDLL } from '../../src-ts/library/library';
import type * as programs from './programs';

declare const lib: RustDLL<typeof programs>;

// An enum without a tag that contains itself: in a tuple, in a map and in an option.
const tree: programs.Tree = [1, { children: { a: ['b', 2] }, next: null }];
const echoed: programs.Tree = lib.echoTree(tree);
lib.echoTree({ children: {}, next: [1, 'a'] });
if (typeof echoed === 'object' && 'children' in echoed) {
  const { children, next } = echoed;
  const child: programs.Tree | undefined = children['a'];
  const beside: programs.Tree | null = next;
  void [child, beside];
}
// @ts-expect-error -- no variant is a boolean, however deep
lib.echoTree([1, ['a', true]]);
// @ts-expect-error -- a pair has two
lib.echoTree([1]);

// Options, each of which has a default.
new lib.SearchIndex();
const index = new lib.SearchIndex({ minLength: 1 });
index.search('a', {});
void lib.SearchIndex.async.new({ stopWords: [] }, { signal: AbortSignal.timeout(1) });
// @ts-expect-error -- there is no such option
index.search('a', { limits: 1 });
