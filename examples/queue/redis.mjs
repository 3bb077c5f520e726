/** Runs a Redis of this example's own, which keeps nothing on disk and has no port. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Starts a Redis; returns null if the machine has none. */
export async function startRedis() {
  const folder = mkdtempSync(path.join(tmpdir(), 'rustdll-redis-'));
  const socket = path.join(folder, 'redis.sock');
  const settings = { port: 0, unixsocket: socket, save: '', appendonly: 'no', dir: folder };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').finally(() => rmSync(folder, { recursive: true, force: true }));
  try {
    await Promise.race([once(child, 'spawn'), ended]);
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
  for await (const line of createInterface(child.stdout)) {
    if (/ready to accept connections/i.test(line)) {
      child.stdout.resume();
      return {
        socket,
        stop: async () => {
          child.kill();
          await ended;
        },
      };
    }
  }
  throw new Error(`redis-server ended before it was ready: ${(await ended).join(' ')}`);
}
