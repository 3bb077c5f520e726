/** The program of the threads of workers.mjs. */

import { setInterval } from 'node:timers';
import { parentPort, workerData } from 'node:worker_threads';
import { RustDLL } from 'rustdll';
import { runAreas } from './areas.mjs';
import { declared, kernels, paths } from './context.mjs';

const list = [1, 2];

/** Makes a thousand objects. */
function makeCounters() {
  const { Counter } = new RustDLL(paths.objects);
  return Array.from({ length: 1000 }, () => new Counter(1));
}

switch (workerData) {
  case 'checks':
    parentPort.postMessage({ failed: (await runAreas()).filter(({ error }) => error !== null) });
    break;
  case 'calls':
    kernels.add_one_i64(list);
    parentPort.postMessage({ sum: kernels.sum_i64(list) + kernels.str_len('x') });
    break;
  case 'endless': {
    const addOne = declared('fn add_one_i64(v: &mut PyVec<i64>)');
    const length = declared('fn str_len(s: &PyStr) -> u32');
    for (let i = 0; ; i++) {
      addOne(list);
      kernels.add_one_f64(new Float64Array(100));
      length('né');
      if (i === 10) parentPort.postMessage('begun');
    }
  }
  case 'objects':
    parentPort.postMessage({ sum: makeCounters().reduce((sum, { count }) => sum + count, 0) });
    break;
  case 'objects in use':
    for (const counter of makeCounters()) counter.async.add_slowly(1, 1).catch(() => undefined);
    setInterval(() => undefined, 1000);
    parentPort.postMessage('begun');
    break;
  default:
    kernels.add_one_u8(workerData.bytes);
    parentPort.postMessage({ sum: declared('fn sum_u8(v: &PyVec<u8>) -> u8')(workerData.bytes) });
}
