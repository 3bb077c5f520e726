// Works on the jobs of one queue: node worker.mjs <queue> <socket of Redis>. At SIGTERM it completes its job and ends.
import { Worker } from 'bullmq';
import { RustDLL } from 'rustdll';
import { connectionTo, QUEUES, WORKER_OPTIONS } from './queues.mjs';

const [queue, socket] = process.argv.slice(2);
const lib = new RustDLL(RustDLL.find('service', { from: new URL('../service/', import.meta.url) }));

/** Calls the kernel of a job. A job is JSON, so bytes are text in base64. */
async function work(job, _token, signal) {
  if (!QUEUES[queue].includes(job.name)) throw new Error(`the queue ${queue} has no jobs ${job.name}`);
  const args = job.data.map((arg) => (typeof arg?.base64 === 'string' ? Buffer.from(arg.base64, 'base64') : arg));
  let told = Promise.resolve();
  const onProgress = (progress) => {
    told = job.updateProgress(progress);
  };
  const result = await lib.async[job.name](...args, { signal, onProgress });
  await told;
  return result instanceof Uint8Array ? { base64: Buffer.from(result).toString('base64') } : result;
}

const worker = new Worker(queue, work, { ...WORKER_OPTIONS, connection: connectionTo(socket) });
worker.on('error', (error) => console.error(error));
process.once('SIGTERM', () => worker.close());
await worker.waitUntilReady();
console.log('ready');
