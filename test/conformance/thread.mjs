/** The program of the threads of workers.mjs. */

import { parentPort, workerData } from 'node:worker_threads';
import { runAreas } from './areas.mjs';
import { declared, kernels } from './context.mjs';

const list = [1, 2];

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
  default:
    kernels.add_one_u8(workerData.bytes);
    parentPort.postMessage({ sum: declared('fn sum_u8(v: &PyVec<u8>) -> u8')(workerData.bytes) });
}
