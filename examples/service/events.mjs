/** Answers a request with server-sent events. */

/**
 * Streams the progress of a call as events `progress`, and its end as an event `done` or `error`.
 *
 * @param {import('fastify').FastifyReply} reply
 * @param {(onProgress: (progress: object) => void) => Promise<unknown>} start - Starts the call.
 * @returns The reply. A call that fails before its first event, such as one that is refused, rejects, so that it gets a
 *   status of its own.
 */
export async function streamEvents(reply, start) {
  const send = (event, data) => {
    if (!reply.raw.headersSent) {
      reply.hijack();
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        connection: 'close',
      });
    }
    // A client that reads slowly gets less of the progress, and always the end.
    if (event === 'progress' && reply.raw.writableNeedDrain) return;
    reply.raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  try {
    const result = await start((progress) => send('progress', progress));
    send('done', result);
  } catch (error) {
    if (!reply.raw.headersSent) throw error;
    send('error', { code: error.code, message: error.message });
  }
  reply.raw.end();
  return reply;
}
