/** Faults in Rust that end the process, which nobody can prevent. The process ends at once with a message. */

import * as os from 'node:os';
import type { Child, ChildOptions } from '../support/child';
import { runScript, type Script } from '../support/hazards';

/** Printed after the child has made healthy calls, so that only the fault can have ended it. */
const REACHED = 'the fault comes now';

function end(script: Script, options?: ChildOptions): Child {
  const child = runScript(script, options);
  expect(child.stdout).toContain(REACHED);
  expect(child.stdout).not.toContain('survived');
  expect(child.code).not.toBe(0);
  return child;
}

const onUnix = process.platform === 'win32' ? test.skip : test;

describe('documented aborts', () => {
  onUnix('fault 48: a panic in a plain extern "C" function aborts, its message on stderr', () => {
    const { signal, stderr } = end(({ declare, healthy }) => {
      healthy();
      console.log('the fault comes now');
      declare('fn panics()').panics!();
      console.log('survived');
    });
    expect(signal).toBe('SIGABRT');
    expect(stderr).toContain('panics() was called');
    expect(stderr).toContain('hazards.rs');
  });

  onUnix('fault 48: so does an index beyond the end of a list', () => {
    const { signal, stderr } = end(({ declare, healthy }) => {
      healthy();
      console.log('the fault comes now');
      try {
        declare('fn set_at(v: &mut PyVec<i64>, i: usize, x: i64)').set_at!([1, 2, 3], 3, 9);
      } finally {
        console.log('survived');
      }
    });
    expect(signal).toBe('SIGABRT');
    expect(stderr).toMatch(/index out of bounds: the len is 3 but the index is 3/);
  });

  onUnix('fault 48: in a Worker it ends the whole process', () => {
    const { signal, stderr } = end(async ({ worker, healthy }) => {
      healthy();
      console.log('the fault comes now');
      await worker(({ kernels }) => kernels.panics!()).ended;
      console.log('survived');
    });
    expect(signal).toBe('SIGABRT');
    expect(stderr).toContain('panics() was called');
  });

  onUnix('fault 49: a stack overflow ends the process by a signal', () => {
    const { signal } = end(({ declare, healthy }) => {
      healthy();
      console.log('the fault comes now');
      declare('fn overflow_stack()').overflow_stack!();
      console.log('survived');
    });
    expect(['SIGSEGV', 'SIGABRT', 'SIGBUS']).toContain(signal);
  });

  onUnix('fault 49: an allocation that fails aborts', () => {
    const { signal, stderr } = end(({ declare, healthy }) => {
      healthy();
      console.log('the fault comes now');
      declare('fn exhaust_memory()').exhaust_memory!();
      console.log('survived');
    });
    expect(signal).toBe('SIGABRT');
    expect(stderr).toMatch(/memory allocation of \d+ bytes failed/);
  });

  onUnix('fault 49: a call that does not end cannot be ended from JavaScript, but by a signal', () => {
    const { signal } = end(({ declare, healthy, require }) => {
      healthy();
      const { spawn } = require('node:child_process') as typeof import('node:child_process');
      // Timers and signal handlers of JavaScript wait for the call as well.
      process.on('SIGTERM', () => console.log('survived'));
      setTimeout(() => console.log('survived'), 1);
      spawn('/bin/sh', ['-c', `sleep 1; kill -TERM ${process.pid}; sleep 1; kill -KILL ${process.pid}`]);
      console.log('the fault comes now');
      declare('fn spin_ms(ms: u64)').spin_ms!(60_000);
      console.log('survived');
    });
    expect(os.constants.signals).toHaveProperty(String(signal));
    expect(signal).toBe('SIGKILL');
  });
});
