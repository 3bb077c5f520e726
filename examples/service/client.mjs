/** The part of a client that reads server-sent events, in Node and in the page. EventSource makes only GET requests. */

/**
 * Yields the server-sent events of a response as `{ event, data }`.
 *
 * @param {Response} response
 */
export async function* eventsOf(response) {
  if (!response.ok) throw new Error(`${response.status}: ${(await response.json()).message}`);
  let rest = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block);
      yield { event, data: JSON.parse(data) };
    }
  }
}
