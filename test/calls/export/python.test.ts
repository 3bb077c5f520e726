import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { libraryPath } from '../../support/kernels';

// Windows has it by another name.
(process.platform === 'win32' ? test.skip : test)(
  'a library calls functions of a host in Python, on its own threads too',
  () => {
    const host = path.join(__dirname, '..', '..', 'support', 'python-host.py');
    const { status, stdout, stderr } = spawnSync('python3', ['-X', 'utf8', host, libraryPath('callbacks')], {
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'ok\n', stderr: '' });
  },
);
