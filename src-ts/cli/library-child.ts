/** Loads a library in a process of its own, as a library may crash when it is loaded. */

import type { Answer } from './library-reader';

async function answerFor(library: string | undefined): Promise<Answer> {
  try {
    // Imported here, so that a missing addon is an answer as well.
    const { RustDLL, tableOf } = await import('../library/library.js');
    const addon = Object.keys(require.cache).find((file) => file.endsWith('.node')) ?? null;
    return { addon, table: library === undefined ? null : tableOf(new RustDLL(library)) };
  } catch (error) {
    const { message, code, cause, stack } = error as NodeJS.ErrnoException;
    return {
      error: { message, code: code ?? '', cause: cause instanceof Error ? cause.message : '', stack: stack ?? '' },
    };
  }
}

void answerFor(process.argv[2]).then((answer) => process.send?.(answer, () => process.disconnect()));
