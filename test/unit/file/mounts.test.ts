import { noexecMount } from '../../../src-ts/file/mounts';

const line = (point: string, options: string): string =>
  `36 35 98:0 / ${point} ${options} shared:1 - ext4 /dev/sda rw\n`;

const TABLE =
  line('/', 'rw,relatime') +
  line('/tmp', 'rw,nosuid,noexec,relatime') +
  line('/tmp/inner', 'rw') +
  line('/srv/with\\040space', 'ro,noexec') +
  line('/twice', 'rw,noexec') +
  line('/twice', 'rw') +
  line('/one/file.so', 'rw,noexec');

test.each([
  ['/tmp/libx.so', '/tmp'],
  ['/tmp/deep/er/libx.so', '/tmp'],
  ['/tmp/inner/libx.so', undefined],
  ['/tmpfiles/libx.so', undefined],
  ['/home/libx.so', undefined],
  ['/srv/with space/libx.so', '/srv/with space'],
  ['/twice/libx.so', undefined],
  ['/one/file.so', '/one/file.so'],
])('%s', (path, point) => {
  expect(noexecMount(path, TABLE)).toBe(point);
});

test('nobody can tell', () => {
  expect(noexecMount('/tmp/libx.so', '')).toBeUndefined();
  expect(noexecMount('/tmp/libx.so', 'of another form\n')).toBeUndefined();
  expect(noexecMount('/nowhere/at/all/libx.so')).toBeUndefined();
});
