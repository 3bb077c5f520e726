/** The crates of test/fixtures whose libraries the conformance suite calls. */
export const LIBRARIES = [
  'callbacks',
  'clashing',
  'conversions',
  'crates',
  'derived',
  'example',
  'exported',
  'futures_fixture',
  'kernels',
  'objects',
  'types',
];
