/**
 * The streams to which libraries print, as they are made ready on macOS. What that does to a pipe is seen on any POSIX
 * system with a library whose writes the addon does not bind to its own.
 */

import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createServer, connect, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { makeStandardStreamsBlocking } from '../../../src-ts/runtime/standard-streams';
import { ensureBuilt } from '../../support/built';
import { ROOT } from '../../support/child';
import { libraryPath } from '../../support/kernels';

const onPosix = process.platform === 'win32' ? describe.skip : describe;

onPosix('the standard streams', () => {
  const made: string[] = [];
  const stream = (name: string) => () => ({ _handle: { setBlocking: (on: boolean) => made.push(`${name} ${on}`) } });
  const never = () => {
    throw new Error('the stream was made');
  };

  beforeEach(() => made.splice(0));

  test('are made only if they are pipes or sockets', () => {
    const file = openSync(os.devNull, 'r');
    try {
      makeStandardStreamsBlocking([[file, never]]);
    } finally {
      closeSync(file);
    }
    makeStandardStreamsBlocking([[file, never]]);
    expect(made).toEqual([]);
  });

  test('block if they are', async () => {
    const server = createServer().listen(path.join(os.tmpdir(), `rustdll-${process.pid}.sock`));
    await new Promise((resolve) => server.once('listening', resolve));
    const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
    const socket = connect(server.address() as string);
    const other = await accepted;
    try {
      const { fd } = (socket as unknown as { _handle: { fd: number } })._handle;
      makeStandardStreamsBlocking([
        [fd, stream('first')],
        [fd, () => ({ _handle: null })],
        [fd, () => ({})],
        [fd, () => undefined],
        [fd, stream('second')],
      ]);
    } finally {
      socket.destroy();
      other.destroy();
      server.close();
    }
    expect(made).toEqual(['first true', 'second true']);
  });

  test.each([
    ['blocks', 'process.stdout._handle.setBlocking(true);', 'code 0'],
    ['does not block', '', 'code 1'],
  ])('a pipe that is read slowly takes all that the C library writes if it %s', (_, ready, code) => {
    ensureBuilt();
    const program = `const { RustDLL } = require('rustdll'); const dll = new RustDLL(${JSON.stringify(libraryPath('clib'))});
      console.log('begin'); ${ready}
      process.exit(dll.c_print(Buffer.from('0123456\\n'.repeat(200000))) === 1600000 ? 0 : 1);`;
    const script = '{ { "$0" -e "$1" 2>&3; echo "code $?" >&3; } | { sleep 1; cat >/dev/null; }; } 3>&2';
    const { stderr } = spawnSync('/bin/sh', ['-c', script, process.execPath, program], { cwd: ROOT, encoding: 'utf8' });
    expect(stderr.trim()).toBe(code);
  });
});
