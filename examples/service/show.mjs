// Starts the service, makes requests as its clients would, checks the answers and prints what happened. Ends with exit
// code 0 if all of it is as it should be.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventsOf } from './client.mjs';
import { showPage } from './show-page.mjs';
import { start } from './process.mjs';

const PENDING = 8;

/** Fewer than are possible, as a call of a client that hung up may be one of them. */
const HASHES = 6;

const CLIENTS = 100;
/** The longest time for which these clients wait, in milliseconds. */
const MOST_PATIENCE = 500;

const PNG = { 'content-type': 'image/png' };

/** Enough documents to be indexed for some seconds. */
const documents = Array.from({ length: 100_000 }, (_, n) => ({
  title: `Page ${n}`,
  body: `${'the keeper lights the lamp of the lighthouse '.repeat(4)} for the ${n}th time`,
}));

const json = (body, rest) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
  ...rest,
});

const service = await start({ PENDING });
const { url } = service;
try {
  await showKernels();
  await showProgress();
  await showHangUp();
  await showManyHangUps();
  await showFreeEventLoop();
  await showBackPressure();
  await showPage(url);
  await showMetrics();
  await showShutdown();
} finally {
  service.kill();
}
await showShutdownInHaste();

async function showKernels() {
  const picture = readFileSync(new URL('../blur/lighthouse.png', import.meta.url));
  const response = await fetch(`${url}/thumbnails?side=120`, { method: 'POST', headers: PNG, body: picture });
  const jpeg = Buffer.from(await response.arrayBuffer());
  assert.deepEqual([response.status, jpeg.readUInt16BE(0)], [200, 0xffd8]);
  console.log(`a thumbnail of 120 pixels: a JPEG of ${jpeg.length} bytes, of a PNG of ${picture.length}`);

  const refused = await fetch(`${url}/thumbnails`, { method: 'POST', headers: PNG, body: 'no picture' });
  assert.equal(refused.status, 422);
  console.log(`a thumbnail of no picture: ${refused.status}, ${(await refused.json()).message}`);

  const { hash } = await (await fetch(`${url}/passwords`, json({ password: 'open sesame' }))).json();
  for (const password of ['open sesame', 'open barley']) {
    const { matches } = await (await fetch(`${url}/passwords/verify`, json({ password, hash }))).json();
    assert.equal(matches, password === 'open sesame');
    console.log(`'${password}' ${matches ? 'has' : 'does not have'} the hash ${hash.slice(0, 30)}...`);
  }
}

async function showProgress() {
  const seen = [];
  for await (const event of eventsOf(await fetch(`${url}/documents`, json(documents)))) seen.push(event);
  assert.deepEqual(seen.at(-1), { event: 'done', data: documents.length });
  const shares = seen.filter(({ event }) => event === 'progress').map(({ data }) => data.done / data.total);
  assert.ok(shares.length > 2 && shares.every((share, i) => i === 0 || share >= shares[i - 1]));
  console.log(`indexing ${documents.length} documents: ${shares.length} events of progress, then done`);

  const hits = await (await fetch(`${url}/search?q=${encodeURIComponent('lighthouse +777th')}`)).json();
  assert.equal(hits[0].title, 'Page 777');
  console.log(`searching for "lighthouse +777th": ${hits[0].title}`);
}

async function showHangUp() {
  const before = await metric('kernels_cancelled_total');
  const controller = new AbortController();
  const { signal } = controller;
  let progress;
  try {
    for await (const { data } of eventsOf(await fetch(`${url}/documents`, json(documents, { signal })))) {
      progress ??= data;
      controller.abort();
    }
    assert.fail('the client hung up');
  } catch (error) {
    assert.equal(error.name, 'AbortError');
  }
  const start = performance.now();
  while ((await metric('kernels_running')) > 0) await sleep(5);
  assert.equal(await metric('kernels_cancelled_total'), before + 1);
  console.log(
    `a client that hangs up after ${progress.done} of ${progress.total} documents: ` +
      `its kernel has ended ${(performance.now() - start).toFixed(0)} ms later`,
  );
}

async function showManyHangUps() {
  const few = documents.slice(0, 2000);
  const picture = readFileSync(new URL('../blur/lighthouse.png', import.meta.url));
  const requests = [
    (signal) => fetch(`${url}/documents`, json(few, { signal })),
    (signal) => fetch(`${url}/passwords`, json({ password: 'x' }, { signal })),
    (signal) => fetch(`${url}/thumbnails`, { method: 'POST', headers: PNG, body: picture, signal }),
    (signal) => fetch(`${url}/search?q=lighthouse`, { signal }),
  ];
  let hungUp = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, i) => {
      const signal = AbortSignal.timeout(Math.ceil(Math.random() * MOST_PATIENCE));
      try {
        await (await requests[i % requests.length](signal)).arrayBuffer();
      } catch (error) {
        assert.equal(error.name, 'TimeoutError');
        hungUp++;
      }
    }),
  );
  while ((await metric('kernels_running')) + (await metric('rustdll_threads_busy')) > 0) await sleep(5);
  assert.equal(await metric('rustdll_calls_queued'), 0);
  console.log(`${CLIENTS} clients, of which ${hungUp} hang up at random moments: no kernel goes on running`);
}

async function showFreeEventLoop() {
  let slowest = 0;
  let areHashed = false;
  const hashes = Promise.all(Array.from({ length: HASHES }, () => fetch(`${url}/passwords`, json({ password: 'x' }))));
  void hashes.then(() => (areHashed = true));
  let others = 0;
  for (; !areHashed; others++) {
    const start = performance.now();
    await (await fetch(url)).arrayBuffer();
    slowest = Math.max(slowest, performance.now() - start);
  }
  assert.ok((await hashes).every(({ status }) => status === 200));
  assert.ok(others > 1);
  console.log(
    `while ${HASHES} passwords are hashed: ${others} other requests, the slowest in ${slowest.toFixed(0)} ms`,
  );
}

async function showBackPressure() {
  const responses = await Promise.all(
    Array.from({ length: 5 * PENDING }, () => fetch(`${url}/passwords`, json({ password: 'x' }))),
  );
  const refused = responses.filter(({ status }) => status === 503);
  assert.ok(refused.length > 0 && refused.every(({ headers }) => headers.get('retry-after') === '1'));
  assert.ok(responses.length - refused.length >= PENDING);
  assert.ok(responses.every(({ status }) => [200, 503].includes(status)));
  console.log(
    `${responses.length} passwords at once, where ${PENDING} calls may be under way: ` +
      `${responses.length - refused.length} hashed, ${refused.length} answered with 503 and Retry-After`,
  );
}

async function showMetrics() {
  const lines = (await metrics()).split('\n');
  const shown = lines.filter((line) => /^(rustdll_|kernels_|calls_total|call_seconds_count)/.test(line));
  for (const name of [
    'rustdll_threads_busy',
    'rustdll_calls_queued',
    'kernels_cancelled_total',
    'call_seconds_count',
  ]) {
    assert.ok(
      shown.some((line) => line.startsWith(name)),
      name,
    );
  }
  console.log(`some of its metrics:\n    ${shown.join('\n    ')}`);
}

async function showShutdown() {
  const last = Array.from({ length: PENDING }, () => fetch(`${url}/passwords`, json({ password: 'x' })));
  await Promise.race(last);
  service.terminate();
  const statuses = (await Promise.all(last)).map(({ status }) => status);
  assert.ok(statuses.every((status) => status === 200));
  const code = await service.ended;
  assert.equal(code, 0);
  await assert.rejects(fetch(url), TypeError);
  console.log(`SIGTERM: the ${PENDING} requests under way get their answers, others none; exit code ${code}`);
}

async function showShutdownInHaste() {
  const other = await start({ GRACE: 100 });
  try {
    const events = eventsOf(await fetch(`${other.url}/documents`, json(documents)));
    await events.next();
    const before = performance.now();
    other.terminate();
    let last;
    for await (const event of events) last = event;
    assert.equal(last.data.code, 'E_CLOSING');
    const code = await other.ended;
    assert.equal(code, 0);
    console.log(
      `SIGTERM with 100 ms of grace, while documents are indexed: the client is told that ` +
        `${last.data.message}; exit code ${code} after ${(performance.now() - before).toFixed(0)} ms`,
    );
  } finally {
    other.kill();
  }
}

async function metrics() {
  return (await fetch(`${url}/metrics`)).text();
}

async function metric(name) {
  const [, value] = new RegExp(`^${name} (.*)$`, 'm').exec(await metrics());
  return Number(value);
}
