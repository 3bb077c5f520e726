/**
 * A Fastify server that hashes a password for each request, as examples/service does; run by service.mjs.
 *
 *     node bench/service-server.mjs background|sync <passes> <requests>
 *
 * It sends its parent its port, and when it has answered the requests the 99th percentile of the delay of the event loop
 * since the first of them, in milliseconds.
 */

import { createRequire } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { RustDLL } from 'rustdll';

const [form, passes, requests] = process.argv.slice(2);
const service = new URL('../examples/service/', import.meta.url);
const Fastify = createRequire(service)('fastify');
const lib = new RustDLL(RustDLL.find('service', { from: service }));

const hash = form === 'sync' ? lib.hash_password : lib.async.hash_password;
const delay = monitorEventLoopDelay({ resolution: 1 });
let answered = 0;
const app = Fastify();
app.get('/', async () => {
  delay.enable();
  return { hash: await hash('open sesame', Number(passes)) };
});
app.addHook('onResponse', (_request, _reply, done) => {
  if (++answered === Number(requests)) {
    delay.disable();
    process.send(delay.percentile(99) / 1e6);
  }
  done();
});
await app.listen({ port: 0 });
process.on('disconnect', () => process.exit());
process.send(app.server.address().port);
