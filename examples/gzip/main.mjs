// Compresses a large file with the Rust stream of this folder: what is read goes through Rust on threads of its own and is
// written as it comes, so that the memory of the process stays level. Then Node's own zlib reads the result.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { clearInterval, setInterval } from 'node:timers';
import { createGunzip } from 'node:zlib';
import { RustDLL } from 'rustdll';

const MEGABYTES = 128;

const lib = new RustDLL(RustDLL.find('gzip', { from: import.meta.url }));
const folder = mkdtempSync(path.join(tmpdir(), 'gzip-'));
try {
  const [plain, compressed] = ['plain.txt', 'plain.txt.gz'].map((name) => path.join(folder, name));
  await pipeline(Readable.from(pieces()), createWriteStream(plain));

  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  const start = performance.now();
  await pipeline(lib.gzip(createReadStream(plain, { highWaterMark: 1 << 18 })), createWriteStream(compressed));
  const seconds = (performance.now() - start) / 1000;
  clearInterval(timer);

  const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1);
  console.log(
    `${megabytes(statSync(plain).size)} MB became ${megabytes(statSync(compressed).size)} MB in ${seconds.toFixed(1)} s`,
  );
  console.log(`the process took at most ${megabytes(most - before)} MB more meanwhile`);
  const [original, unpacked] = await Promise.all([hash(plain), hash(compressed, createGunzip())]);
  assert.equal(unpacked, original);
  console.log('zlib unpacks it to the same');
} finally {
  rmSync(folder, { recursive: true });
}

/** Makes lines of text that differ. */
function* pieces() {
  let seed = 1;
  for (let n = 0; n < 16 * MEGABYTES; n++) {
    let text = '';
    while (text.length < 1 << 16) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      text += `${n}: ${seed.toString(36)} of the lines of a log that nobody reads\n`;
    }
    yield text.slice(0, 1 << 16);
  }
}

async function hash(file, ...through) {
  const sum = createHash('sha256');
  await pipeline(createReadStream(file), ...through, sum);
  return sum.digest('hex');
}
