/** The calls of kernels that are under way. */
export class Calls {
  #lib;
  #metrics;
  #controllers = new Set();

  constructor(lib, metrics) {
    this.#lib = lib;
    this.#metrics = metrics;
  }

  /**
   * Calls a kernel in the background. The call is cancelled if the client hangs up before it has its answer.
   *
   * @param {import('fastify').FastifyReply} reply - The reply that waits for the call.
   * @param {string} kernel - The name of the function.
   * @param {unknown[]} args - Its arguments.
   * @param {{ onProgress?: (progress: object) => void }} [options]
   */
  async make({ raw }, kernel, args, options) {
    const controller = new AbortController();
    const { signal } = controller;
    const hangUp = () => controller.abort(new ClientGone());
    if (raw.destroyed) hangUp();
    raw.once('close', hangUp);
    this.#controllers.add(controller);
    try {
      return await this.#metrics.measure(kernel, signal, () =>
        this.#lib.async[kernel](...args, { signal, ...options }),
      );
    } finally {
      this.#controllers.delete(controller);
      raw.off('close', hangUp);
    }
  }

  /** Cancels all calls, which reject with `reason`. */
  cancelAll(reason) {
    for (const controller of this.#controllers) controller.abort(reason);
  }
}

/** The error of a request whose client no longer waits for the answer. */
class ClientGone extends Error {
  // The status that nginx has for it; nobody receives it.
  statusCode = 499;

  constructor() {
    super('the client hung up');
  }
}
