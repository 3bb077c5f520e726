/**
 * The service: a Fastify server whose routes call the kernels of this folder's crate in the background. A request whose
 * client hangs up cancels its kernel.
 */

import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { RustDLL } from 'rustdll';
import { Calls } from './calls.mjs';
import { streamEvents } from './events.mjs';
import { createMetrics } from './metrics.mjs';

/** The status with which the service answers the errors of calls, by their code. */
const STATUS = {
  E_PICTURE: 422,
  E_QUERY: 400,
  E_LIMIT: 400,
  E_HASH: 400,
  ERR_RUSTDLL_TYPE: 400,
  ERR_RUSTDLL_FULL: 503,
};

/** The paths of the page and its module. */
const FILES = [
  ['/', 'page.html', 'text/html'],
  ['/client.mjs', 'client.mjs', 'text/javascript'],
];

/** The milliseconds between the cancellation of the last calls and the end of all connections. */
const TIME_TO_ANSWER = 1000;

const text = { type: 'string', maxLength: 1_000_000 };
const object = (properties) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => properties[name].default === undefined),
  additionalProperties: false,
});
const DOCUMENTS = { type: 'array', items: object({ title: text, body: text }) };

/**
 * Creates the service, which does not listen yet.
 *
 * @param {object} options
 * @param {number} options.pending - The most calls under way; a request beyond it is answered with 503.
 * @param {number} options.passes - Argon2's passes for new passwords.
 * @param {number} options.grace - The milliseconds that requests under way get when the service closes.
 */
export function createService({ pending, passes, grace }) {
  const lib = new RustDLL(RustDLL.find('service', { from: import.meta.url }), { pending });
  const metrics = createMetrics(lib);
  const calls = new Calls(lib, metrics);
  const app = Fastify({ bodyLimit: 64 * 2 ** 20, logger: { level: 'error' } });

  app.addContentTypeParser(['image/png', 'image/jpeg'], { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );

  for (const [path, file, type] of FILES) {
    const content = readFileSync(new URL(file, import.meta.url));
    app.get(path, (_request, reply) => reply.type(type).send(content));
  }

  app.post(
    '/thumbnails',
    { schema: { querystring: object({ side: { type: 'integer', minimum: 1, maximum: 2000, default: 200 } }) } },
    async (request, reply) => {
      const jpeg = await calls.make(reply, 'thumbnail', [request.body, request.query.side]);
      return reply.type('image/jpeg').send(Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength));
    },
  );

  app.post('/documents', { schema: { body: DOCUMENTS } }, (request, reply) =>
    streamEvents(reply, (onProgress) => calls.make(reply, 'index', [request.body], { onProgress })),
  );

  app.get(
    '/search',
    { schema: { querystring: object({ q: text, limit: { type: 'integer', default: 10 } }) } },
    async (request, reply) => calls.make(reply, 'search', [request.query.q, request.query.limit]),
  );

  app.post('/passwords', { schema: { body: object({ password: text }) } }, async (request, reply) => ({
    hash: await calls.make(reply, 'hash_password', [request.body.password, passes]),
  }));

  app.post(
    '/passwords/verify',
    { schema: { body: object({ password: text, hash: text }) } },
    async (request, reply) => ({
      matches: await calls.make(reply, 'verify_password', [request.body.password, request.body.hash]),
    }),
  );

  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));

  app.setErrorHandler((error, request, reply) => {
    const { code, message } = error;
    const status = STATUS[code] ?? error.statusCode ?? 500;
    if (status === 500) request.log.error(error);
    if (status === 503) reply.header('retry-after', '1');
    return reply.code(status).send({ code, message: status === 500 ? 'internal error' : message });
  });

  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    setTimeout(() => {
      calls.cancelAll(new ServiceClosing());
      // Requests that are still being sent have no call yet.
      setTimeout(() => app.server.closeAllConnections(), TIME_TO_ANSWER).unref();
    }, grace).unref();
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // Fastify closes the connections that are idle; those of the last requests would be kept alive.
    if (isClosing) reply.header('connection', 'close');
    done();
  });

  return app;
}

/** The error of a request that takes longer than the service can wait for when it closes. */
class ServiceClosing extends Error {
  code = 'E_CLOSING';
  statusCode = 503;

  constructor() {
    super('the service is closing');
  }
}
