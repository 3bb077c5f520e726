/** The metrics of the service, in the text format of Prometheus. */

import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { RustDLL } from 'rustdll';

/**
 * Creates the metrics of the calls of a library.
 *
 * @param lib - The library, which counts its calls itself too.
 */
export function createMetrics(lib) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  const gauge = (name, help, value) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('rustdll_threads_limit', 'The most threads for calls in the background', () => RustDLL.threadUse.limit);
  gauge('rustdll_threads', 'Threads that have been started', () => RustDLL.threadUse.started);
  gauge('rustdll_threads_busy', 'Threads that make a call', () => RustDLL.threadUse.busy);
  gauge('rustdll_calls_queued', 'Calls that wait for a thread', () => RustDLL.threadUse.queued);
  gauge('kernels_running', 'Calls that are in Rust, counted there', () => lib.counts().running);
  new Counter({
    name: 'kernels_cancelled_total',
    help: 'Calls that ended in Rust after they had been cancelled',
    registers,
    collect() {
      this.reset();
      this.inc(lib.counts().cancelled);
    },
  });

  const calls = new Counter({
    name: 'calls_total',
    help: 'Calls of kernels',
    labelNames: ['kernel', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'call_seconds',
    help: 'Seconds from a call to its result, the time in the queue included',
    labelNames: ['kernel'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    /** Makes a call, which `signal` may cancel, and counts it. */
    async measure(kernel, signal, call) {
      const end = seconds.startTimer({ kernel });
      let outcome = 'failed';
      try {
        const result = await call();
        end();
        outcome = 'completed';
        return result;
      } catch (error) {
        if (error.code === 'ERR_RUSTDLL_FULL') outcome = 'refused';
        else if (signal.aborted) outcome = 'cancelled';
        throw error;
      } finally {
        calls.inc({ kernel, outcome });
      }
    },
  };
}
