// Starts a Redis and workers, adds jobs, kills a worker in the middle of one, checks the results and prints what
// happened. Ends with exit code 0 if all of it is as it should be.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Queue, QueueEvents } from 'bullmq';
import { RustDLL } from 'rustdll';
import { connectionTo, QUEUES } from './queues.mjs';
import { startRedis } from './redis.mjs';

const redis = await startRedis();
if (redis === null) {
  console.log('the queue is not shown: there is no redis-server on the PATH');
  process.exit(0);
}
const connection = connectionTo(redis.socket);
const workers = [];
const queues = {};
const events = {};
try {
  for (const name of Object.keys(QUEUES)) {
    queues[name] = new Queue(name, { connection });
    events[name] = new QueueEvents(name, { connection });
    await events[name].waitUntilReady();
    workers.push(await startWorker(name));
  }
  console.log(`a Redis, and a worker for each of the queues ${Object.keys(QUEUES).join(', ')}`);
  await showThumbnail();
  await showPassword();
  await showKilledWorker();
  await showShutdown();
} finally {
  for (const { child } of workers) child.kill('SIGKILL');
  await Promise.all([...Object.values(queues), ...Object.values(events)].map((each) => each.close()));
  await redis.stop();
}

async function startWorker(queue) {
  const file = fileURLToPath(new URL('worker.mjs', import.meta.url));
  const child = spawn(process.execPath, [file, queue, redis.socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([code, signal]) => signal ?? code);
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then((code) => Promise.reject(new Error(`the worker of ${queue} ended before it was ready: ${code}`))),
  ]);
  assert.equal(line, 'ready');
  return { queue, child, ended };
}

/** Adds a job and returns its result. */
async function run(queue, kernel, ...args) {
  const job = await queues[queue].add(kernel, args);
  return job.waitUntilFinished(events[queue]);
}

async function showThumbnail() {
  const picture = readFileSync(new URL('../blur/lighthouse.png', import.meta.url));
  const { base64 } = await run('thumbnails', 'thumbnail', { base64: picture.toString('base64') }, 120);
  const jpeg = Buffer.from(base64, 'base64');
  const lib = new RustDLL(RustDLL.find('service', { from: new URL('../service/', import.meta.url) }));
  assert.deepEqual(jpeg, Buffer.from(lib.thumbnail(picture, 120)));
  console.log(`a thumbnail of 120 pixels: the JPEG of ${jpeg.length} bytes that a call without a queue makes`);
}

async function showPassword() {
  const hash = await run('passwords', 'hash_password', 'open sesame', 3);
  assert.equal(await run('passwords', 'verify_password', 'open sesame', hash), true);
  assert.equal(await run('passwords', 'verify_password', 'open barley', hash), false);
  console.log('a password: hashed by one job, verified by others');

  await assert.rejects(run('passwords', 'hash_password', 'open sesame', 0), /the passes are 0/);
  console.log('a password with no passes: the job fails with the message from Rust');
}

async function showKilledWorker() {
  const documents = Array.from({ length: 50_000 }, (_, n) => ({
    title: `Page ${n}`,
    body: `${'the keeper lights the lamp of the lighthouse '.repeat(4)} for the ${n}th time`,
  }));
  const heard = { active: [], stalled: [], completed: [] };
  for (const [event, jobs] of Object.entries(heard)) events.search.on(event, ({ jobId }) => jobs.push(jobId));

  const [busy] = workers.filter(({ queue }) => queue === 'search');
  const begun = once(events.search, 'progress');
  const job = await queues.search.add('index', [documents]);
  const [{ data: progress }] = await begun;
  busy.child.kill('SIGKILL');
  assert.equal(await busy.ended, 'SIGKILL');
  assert.deepEqual(heard.completed, []);
  console.log(`a worker is killed when it has indexed ${progress.done} of ${progress.total} documents`);
  workers.push(await startWorker('search'));

  const start = performance.now();
  const result = await job.waitUntilFinished(events.search);
  assert.equal(result, documents.length);
  assert.deepEqual(heard, { active: [job.id, job.id], stalled: [job.id], completed: [job.id] });
  console.log(
    `its job was found stalled and taken up by another worker: ${result} documents indexed, ` +
      `${((performance.now() - start) / 1000).toFixed(1)} s later`,
  );

  const [hit] = await run('search', 'search', 'lighthouse +777th', 1);
  assert.equal(hit.title, 'Page 777');
  console.log(`searching for "lighthouse +777th" in it: ${hit.title}`);
}

async function showShutdown() {
  const job = await queues.passwords.add('hash_password', ['open sesame', 40]);
  await once(events.passwords, 'active');
  for (const { child } of workers) child.kill('SIGTERM');
  const hash = await job.waitUntilFinished(events.passwords);
  assert.match(hash, /^\$argon2id\$/);
  const codes = await Promise.all(workers.map(({ ended }) => ended));
  assert.deepEqual(codes.toSorted(), [0, 0, 0, 'SIGKILL']);
  console.log(`SIGTERM: the job under way is completed, and the workers end with exit code 0`);
}
