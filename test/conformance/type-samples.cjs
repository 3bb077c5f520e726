/**
 * Values for each type in the tables of docs/guide.md and docs/crates.md, as expressions of JavaScript: those that it takes, and
 * those that it refuses. The functions are those of test/fixtures/types.
 *
 * The conformance suite passes them on every runtime, and test/docs/types.test.ts compares them with the tables and with what
 * `rustdll types` declares.
 */

/** The values of no type of numbers or of texts. */
const NOTHING = ['undefined', 'null', '[1]', 'new Date(0)'];
const NO_NUMBER = [...NOTHING, '"1"', 'true', '{ a: 1 }'];
const NO_TEXT = [...NOTHING, '1', 'true', '{ a: 1 }'];
const NO_INTEGER = [
  ['1.5', 'TypeError'],
  ['NaN', 'TypeError'],
];
const NO_LIST = ['null', '1', '"ab"', '{ a: 1 }'];
const SURROGATE = ['"\\ud800"', 'TypeError'];

/** @returns {import('./type-samples.d.cts').Case} An integer of so many bits. */
function integer(type, bits, signed) {
  const min = signed ? -(2n ** (bits - 1n)) : 0n;
  const max = signed ? 2n ** (bits - 1n) - 1n : 2n ** bits - 1n;
  const large = bits > 32n;
  const suffix = large ? 'n' : '';
  return {
    type,
    name: `echo_${type}`,
    takes: large
      ? ['0', '7', '2 ** 53 - 1', ['7n', '7'], ...(signed ? ['-7', ['-7n', '-7']] : [])]
      : [`${min}`, `${max}`, ['-0', '0']],
    wrong: large ? NO_NUMBER : [...NO_NUMBER, '1n'],
    bad: [
      ...NO_INTEGER,
      [`${min - 1n}${suffix}`, 'RangeError'],
      [`${max + 1n}${suffix}`, 'RangeError'],
      ['2 ** 53', 'RangeError'],
    ],
  };
}

/** @returns {import('./type-samples.d.cts').Case} An integer of 128 bits, which is a bigint in results. */
function huge(type, signed) {
  const { bad, wrong, name } = integer(type, 128n, signed);
  return { type, name, takes: ['0n', `2n ** 127n - 1n`, ['7', '7n'], ...(signed ? ['-7n'] : [])], wrong, bad };
}

/** @returns {import('./type-samples.d.cts').Case} */
const text = (type, name) => ({
  type,
  name,
  takes: ['""', '"grüß dich 👋"', '"a\\0b"'],
  wrong: NO_TEXT,
  bad: [SURROGATE],
});

/** @returns {import('./type-samples.d.cts').Case} */
function nonZero(name, bits, signed) {
  const plain = bits === 128n ? huge(name, signed) : integer(name, bits, signed);
  const isZero = (taken) => /^-?0n?$/.test(typeof taken === 'string' ? taken : taken[1]);
  return {
    type: `NonZero${name[0].toUpperCase()}${name.slice(1)}`,
    name: `echo_non_zero_${name}`,
    takes: plain.takes.filter((taken) => !isZero(taken)),
    wrong: plain.wrong,
    bad: [...plain.bad, ['0', 'RangeError']],
  };
}

/** @returns {import('./type-samples.d.cts').Case} A text of which Rust takes only some. */
const textOf = (type, name, takes, bad) => ({
  type,
  name,
  takes,
  wrong: NO_TEXT,
  bad: [SURROGATE, ...['""', '"never"', ...bad].map((value) => [value, 'TypeError'])],
});

/** @returns {import('./type-samples.d.cts').Case} A list of `i32`. */
const list = (
  type,
  name,
  takes = ['[]', '[3, 1]', ['new Set([2, 1])', '[2, 1]'], ['new Int32Array(2)', '[0, 0]']],
) => ({
  type,
  name,
  takes,
  wrong: [...NO_LIST, 'new Float64Array(1)', ['[1, "2"]', '[1]'], ['[1n]', '[0]']],
  bad: [
    ['[1, 1.5]', 'TypeError', '[1]'],
    ['[1, 2, 2 ** 31]', 'RangeError', '[2]'],
  ],
});

/** @returns {import('./type-samples.d.cts').Case} */
const bytes = (type, name, takes, bad = []) => ({
  type,
  name,
  takes,
  wrong: [...NO_LIST, ['["1", 2, 3]', '[0]']],
  bad: [['[1, 256, 3]', 'RangeError', '[1]'], ['[1, 1.5, 3]', 'TypeError', '[1]'], ...bad],
});
const VIEWS = [
  'new Uint8Array([1, 2, 3])',
  ['[1, 2, 3]', 'new Uint8Array([1, 2, 3])'],
  ['Buffer.from("abc")', 'new Uint8Array([97, 98, 99])'],
  ['new ArrayBuffer(3)', 'new Uint8Array(3)'],
  ['new DataView(new ArrayBuffer(3))', 'new Uint8Array(3)'],
];
const MORE_VIEWS = [...VIEWS, 'new Uint8Array(0)', ['new Float64Array(1)', 'new Uint8Array(8)']];

/** @returns {import('./type-samples.d.cts').Case} A map from texts to `i32`. */
const map = (type, name) => ({
  type,
  name,
  takes: ['{}', '{ a: 1, "b c": 2 }', ['new Map([["a", 1]])', '{ a: 1 }']],
  wrong: ['null', '1', '"a"', '[1]', ['{ a: "1" }', '.a'], ['new Map([["b c", "1"]])', '["b c"]'], 'new Map([[1, 1]])'],
  bad: [['{ a: 2 ** 31 }', 'RangeError', '.a']],
});

/** @returns {import('./type-samples.d.cts').Case} A point in time. */
const date = (type, name, farthest) => ({
  type,
  name,
  takes: [
    'new Date(0)',
    'new Date(-1)',
    'new Date("2024-02-29T12:00:00.123Z")',
    ...(farthest ? ['new Date(8.64e15)'] : []),
  ],
  wrong: ['undefined', 'null', '0', '"2024-02-29"', '{ a: 1 }'],
  bad: [['new Date(NaN)', 'RangeError'], ...(farthest ? [] : [['new Date(8.64e15)', 'RangeError']])],
});

/** @returns {import('./type-samples.d.cts').Case} An `i32` inside of another type. */
const inside = (type, name) => ({ ...integer('i32', 32n, true), type, name });

/** @returns {import('./type-samples.d.cts').Case} A float, of which -1.5 and so on are exact. */
const float = (type, name, beyond) => ({
  type,
  name,
  takes: ['0', '-1.5', 'NaN', '-Infinity'],
  wrong: [...NO_NUMBER, '1n'],
  bad: beyond.map((value) => [value, 'RangeError']),
});

/** @returns {import('./type-samples.d.cts').Case} An array of so many dimensions. */
function ndarray(type, name, dimensions) {
  const shape = dimensions === null ? '[2, 1]' : `[${['2', '1', '1', '1', '1', '1'].slice(0, dimensions)}]`;
  return {
    type,
    name,
    takes: [`{ data: new Float64Array([1, 2]), shape: ${shape} }`],
    wrong: [
      'null',
      '[1]',
      [`{ data: [1, 2], shape: ${shape} }`, '.data'],
      [`{ data: new Float32Array(2), shape: ${shape} }`, '.data'],
      ['{ data: new Float64Array(2) }', '.shape'],
    ],
    bad: [
      ...(dimensions === null
        ? []
        : [['{ data: new Float64Array(2), shape: [2, 1, 1, 1, 1, 1, 1] }', 'TypeError', '.shape']]),
      [`{ data: new Float64Array(3), shape: ${shape} }`, 'TypeError', '.data'],
      [`{ data: new Float64Array(2), shape: ${shape.replace('2', '-2')} }`, 'RangeError', '.shape[0]'],
    ],
  };
}

/** @type {readonly import('./type-samples.d.cts').Case[]} */
const CASES = [
  ...[8n, 16n, 32n, 64n].flatMap((bits) => [integer(`i${bits}`, bits, true), integer(`u${bits}`, bits, false)]),
  integer('isize', 64n, true),
  integer('usize', 64n, false),
  huge('i128', true),
  huge('u128', false),
  { ...float('f64', 'echo_f64', []), takes: ['0', '-0', '0.1', 'NaN', '-Infinity', '1e300'] },
  float('f32', 'echo_f32', ['1e39']),
  {
    type: 'bool',
    name: 'echo_bool',
    takes: ['true', 'false'],
    wrong: [...NOTHING, '0', '"true"', '{ a: 1 }'],
  },
  {
    type: 'char',
    name: 'echo_char',
    takes: ['"a"', '"👋"', '"\\0"'],
    wrong: NO_TEXT,
    bad: ['""', '"ab"', '"\\ud800"'].map((value) => [value, 'TypeError']),
  },
  text('&str', 'echo_str'),
  text('String', 'echo_string'),
  text('Box<str>', 'echo_box_str'),
  text('Rc<str>', 'echo_rc_str'),
  text('Arc<str>', 'echo_arc_str'),
  text('Cow<str>', 'echo_cow_str'),
  // The times of Windows end before those of a Date.
  date('SystemTime', 'echo_system_time', process.platform !== 'win32'),
  text('PathBuf', 'echo_path_buf'),
  text('&Path', 'echo_path'),
  text('OsString', 'echo_os_string'),
  text('&OsStr', 'echo_os_str'),
  {
    type: 'Duration',
    name: 'echo_duration',
    takes: ['0', '0.5', '1e-6', '2 ** 53'],
    wrong: [...NO_NUMBER, '1n'],
    bad: ['-1', 'NaN', 'Infinity', '1e300'].map((value) => [value, 'RangeError']),
  },
  textOf('IpAddr', 'echo_ip', ['"127.0.0.1"', '"::1"'], ['"1.2.3"', '"::1%1"']),
  textOf('Ipv4Addr', 'echo_ipv4', ['"127.0.0.1"'], ['"::1"']),
  textOf('Ipv6Addr', 'echo_ipv6', ['"::1"'], ['"127.0.0.1"']),
  textOf('SocketAddr', 'echo_socket', ['"127.0.0.1:80"', '"[::1]:80"'], ['"127.0.0.1"']),
  textOf('SocketAddrV4', 'echo_socket_v4', ['"127.0.0.1:80"'], ['"[::1]:80"']),
  textOf('SocketAddrV6', 'echo_socket_v6', ['"[::1]:80"'], ['"127.0.0.1:80"']),
  ...[8n, 16n, 32n, 64n, 128n].flatMap((bits) => [nonZero(`i${bits}`, bits, true), nonZero(`u${bits}`, bits, false)]),
  nonZero('isize', 64n, true),
  nonZero('usize', 64n, false),
  {
    type: 'Ordering',
    name: 'echo_ordering',
    takes: ['-1', '0', '1'],
    wrong: [...NO_NUMBER, '1n'],
    bad: [...NO_INTEGER, ['2', 'RangeError'], ['300', 'RangeError']],
  },
  {
    type: 'Range<T>',
    name: 'echo_range',
    takes: ['[0, 7]', '[3, 1]'],
    wrong: ['null', '"ab"', '[1]', '[1, 2, 3]', ['[1, "2"]', '[1]']],
    bad: [['[0, -1]', 'RangeError', '[1]']],
  },
  {
    type: 'RangeInclusive<T>',
    name: 'echo_range_inclusive',
    takes: ['["a", "z"]'],
    wrong: ['null', '"az"', '["a"]', ['["a", 1]', '[1]']],
    bad: [['["ab", "c"]', 'TypeError', '[0]']],
  },
  list('&[T]', 'echo_slice'),
  list('Vec<T>', 'echo_vec'),
  list('Box<[T]>', 'echo_box_slice'),
  list('VecDeque<T>', 'echo_vec_deque'),
  list('LinkedList<T>', 'echo_linked_list'),
  list('BinaryHeap<T>', 'echo_binary_heap', ['[]', '[3, 1]', ['[1, 3]', '[3, 1]'], ['new Set([1, 2])', '[2, 1]']]),
  list('HashSet<T>', 'echo_hash_set', ['[]', '[3]', ['[3, 3]', '[3]'], ['new Set([3])', '[3]']]),
  list('BTreeSet<T>', 'echo_b_tree_set', ['[]', '[1, 3]', ['[3, 1, 3]', '[1, 3]'], ['new Set([3, 1])', '[1, 3]']]),
  {
    type: '[T; N]',
    name: 'echo_array',
    takes: ['[1, 2, 3]', ['new Int32Array(3)', '[0, 0, 0]']],
    wrong: [...NO_LIST, 'new Float64Array(3)', '[1, 2]', '[1, 2, 3, 4]', ['[1, 2, "3"]', '[2]']],
    bad: [
      ['new Int32Array(2)', 'TypeError'],
      ['[1, 2, 1.5]', 'TypeError', '[2]'],
    ],
  },
  bytes('&[u8]', 'echo_byte_slice', MORE_VIEWS),
  bytes('Vec<u8>', 'echo_byte_vec', MORE_VIEWS),
  bytes('[u8; N]', 'echo_byte_array', VIEWS, [
    ['new Uint8Array(2)', 'TypeError'],
    ['new Float64Array(1)', 'TypeError'],
  ]),
  {
    type: 'TypedArray<T>',
    name: 'echo_typed_array',
    takes: ['new Int32Array([1, 2])', 'new Int32Array(0)'],
    wrong: [...NO_LIST, '[1]', 'new Float64Array(1)', 'new ArrayBuffer(4)'],
  },
  {
    ...inside('Option<T>', 'echo_option'),
    takes: ['null', '7', ['undefined', 'null']],
    wrong: ['"1"', 'true', '[1]', '1n'],
  },
  {
    type: '(A, B)',
    name: 'echo_tuple',
    takes: ['[1, "a"]'],
    wrong: ['null', '"ab"', '[1]', '[1, "a", 2]', 'new Set([1, "a"])', ['["a", "a"]', '[0]']],
    bad: [['[1.5, "a"]', 'TypeError', '[0]']],
  },
  {
    type: '(A, B)',
    name: 'echo_twelve',
    takes: ['[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, true]'],
    wrong: ['[1, 2, 3]', ['[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]', '[11]']],
  },
  map('HashMap<K, T>', 'echo_hash_map'),
  map('BTreeMap<K, T>', 'echo_b_tree_map'),
  {
    type: 'the same, keys that are integers or bool',
    name: 'echo_number_hash_map',
    takes: ['new Map([[1, 2]])', ['{ 1: 2 }', 'new Map([[1, 2]])']],
    wrong: ['null', ['new Map([[1, "a"]])', '["1"]'], 'new Map([["1", 2]])'],
    bad: [
      ['[1]', 'TypeError'],
      ['new Map([[256, 1]])', 'RangeError'],
      ['new Map([[1.5, 1]])', 'TypeError'],
    ],
  },
  {
    type: 'the same, keys that are integers or bool',
    name: 'echo_bool_map',
    takes: ['new Map([[true, 2], [false, 3]])', ['{ true: 1 }', 'new Map([[true, 1]])']],
    wrong: ['null', ['new Map([[true, "a"]])', '.true'], 'new Map([[1, 2]])', '{ x: 1 }'],
  },
  {
    type: 'a struct with #[derive(Record)]',
    name: 'echo_record',
    takes: ['{ x: 1, label: "a" }', ['{ x: 1 }', '{ x: 1, label: null }']],
    wrong: [
      'null',
      '1',
      '[1, "a"]',
      ['{ label: "a" }', '.x'],
      ['{ x: 1, label: 2 }', '.label'],
      ['{ x: 1, z: 2 }', '.z'],
    ],
    bad: [['{ x: 1.5 }', 'TypeError', '.x']],
  },
  {
    type: 'a tuple struct with #[derive(Record)]',
    name: 'echo_tuple_struct',
    takes: ['[255, 0, 10]'],
    wrong: ['null', '[1, 2]', ['[1, 2, "3"]', '[2]'], '{ 0: 1, 1: 2, 2: 3 }'],
    bad: [['[256, 0, 0]', 'RangeError', '[0]']],
  },
  {
    type: 'an enum with #[derive(Enum)], whose variants have no data',
    name: 'echo_level',
    takes: ['"Low"', '"High"'],
    wrong: ['"low"', 'null', '1', '{ type: "Low" }'],
  },
  {
    type: 'an enum with #[derive(Enum)], whose variants have no data',
    name: 'echo_signal',
    takes: ['1', '9'],
    wrong: ['2', 'null', '"Kill"', '1n'],
  },
  {
    type: 'an enum with #[derive(Enum)]',
    name: 'echo_enum',
    takes: [
      '{ type: "Circle", radius: 1 }',
      '{ type: "Square", value: 2 }',
      '{ type: "Rect", value: [3, 4] }',
      '{ type: "Empty" }',
    ],
    wrong: [
      'null',
      '"Empty"',
      ['{ type: "Line" }', '.type'],
      ['{ type: "Circle" }', '.radius'],
      ['{ type: "Square", value: "a" }', '.value'],
      ['{ type: "Rect", value: [3] }', '.value'],
      ['{ type: "Empty", x: 1 }', '.x'],
    ],
    bad: [['{ type: "Circle", radius: 1.5 }', 'TypeError', '.radius']],
  },
  {
    type: 'an enum with #[rustdll(untagged)]',
    name: 'echo_untagged',
    takes: ['null', '1.5', '"a"', '[1, [null, "a"]]'],
    wrong: ['true', '1n', ['[1, [true]]', '[1][0]'], '{ a: 1 }'],
  },
  inside('Box<T>', 'echo_box'),
  list('Rc<T>', 'echo_rc'),
  inside('Arc<T>', 'echo_arc'),
  list('Cow<T>', 'echo_cow'),
  { ...inside('&T', 'echo_reference'), alone: true },
  inside('Cell<T>', 'echo_cell'),
  inside('RefCell<T>', 'echo_ref_cell'),
  inside('Mutex<T>', 'echo_mutex'),
  inside('RwLock<T>', 'echo_rw_lock'),
  inside('Wrapping<T>', 'echo_wrapping'),
  inside('Saturating<T>', 'echo_saturating'),
  inside('Reverse<T>', 'echo_reverse'),
  textOf('a type that is passed as another one', 'echo_version', ['"1.2"'], ['"1"', '"1.x"']),
  {
    type: '()',
    name: 'nothing',
    takes: [],
    wrong: [],
    alone: true,
  },
  {
    type: 'Result<T, E>',
    name: 'positive',
    takes: ['7'],
    wrong: NO_NUMBER,
    bad: NO_INTEGER,
    alone: true,
  },

  // Those of docs/crates.md.
  {
    type: 'Json<T>',
    name: 'echo_json',
    takes: ['[1, ["a"]]', '[-1, []]'],
    wrong: ['undefined', 'Symbol()'],
    bad: [
      ['() => 1', 'TypeError'],
      ['[1, ["a", 2]]', 'TypeError', '[1][1]'],
      ['[1.5, []]', 'TypeError', '[0]'],
      ['{}', 'TypeError'],
    ],
  },
  {
    type: 'serde_json::Value',
    name: 'echo_value',
    takes: ['null', '[1, "a", { b: [true] }]', ['[7n]', '[7]'], ['new Date(0)', '"1970-01-01T00:00:00.000Z"']],
    wrong: ['undefined', 'Symbol()'],
    bad: [
      ['() => 1', 'TypeError'],
      ['{ a: [NaN] }', 'TypeError', '.a[0]'],
      ['2n ** 64n', 'RangeError'],
    ],
  },
  date('DateTime<Utc>', 'echo_chrono_utc', false),
  textOf('DateTime<FixedOffset>', 'echo_chrono_offset', ['"2024-02-29T12:00:00+02:00"'], ['"2024-02-29T12:00:00"']),
  textOf('NaiveDateTime', 'echo_chrono_naive', ['"2024-02-29T12:00:00.000000001"'], ['"2024-02-30T12:00:00"']),
  textOf('NaiveDate', 'echo_chrono_date', ['"2024-02-29"'], ['"2023-02-29"']),
  textOf('NaiveTime', 'echo_chrono_time', ['"12:34:56"'], ['"24:61:00"']),
  date('UtcDateTime', 'echo_time_utc', false),
  textOf('OffsetDateTime', 'echo_time_offset', ['"2024-01-01T00:00:00Z"'], ['"2024-02-29T12:00:00"']),
  textOf('PrimitiveDateTime', 'echo_time_naive', ['"2024-02-29T12:00:00.000000001"'], ['"2024-02-30T12:00:00"']),
  textOf('Date', 'echo_time_date', ['"2024-02-29"'], ['"2023-02-29"']),
  textOf('Time', 'echo_time_time', ['"23:59:59.999999999"'], ['"24:61:00"']),
  date('Timestamp', 'echo_jiff_timestamp', false),
  textOf('Zoned', 'echo_jiff_zoned', ['"2024-02-29T12:00:00+02:00[+02:00]"'], ['"2024-02-29T12:00:00Z"']),
  textOf('civil::DateTime', 'echo_jiff_naive', ['"2024-02-29T12:00:00"'], ['"2024-02-30T12:00:00"']),
  textOf('civil::Date', 'echo_jiff_date', ['"2024-02-29"'], ['"2023-02-29"']),
  textOf('civil::Time', 'echo_jiff_time', ['"12:34:56"'], ['"24:61:00"']),
  textOf('Span', 'echo_jiff_span', ['"P1DT2H"'], ['"1 parsec"']),
  textOf(
    'Uuid',
    'echo_uuid',
    [
      '"67e55044-10b1-426f-9247-bb680e5fe0c8"',
      ['"67E5504410B1426F9247BB680E5FE0C8"', '"67e55044-10b1-426f-9247-bb680e5fe0c8"'],
    ],
    ['"67e55044-10b1-426f-9247-bb680e5fe0cg"'],
  ),
  textOf('Url', 'echo_url', [['"HTTPS://Example.org"', '"https://example.org/"']], ['"/a"']),
  textOf('Decimal', 'echo_decimal', ['"0.10"', '"-7"'], ['"0x1"', '"NaN"']),
  bytes('Bytes', 'echo_bytes', MORE_VIEWS),
  bytes('BytesMut', 'echo_bytes_mut', MORE_VIEWS),
  list('SmallVec<[T; N]>', 'echo_small_vec'),
  {
    ...list('ArrayVec<T, N>', 'echo_array_vec'),
    bad: [
      ['[1, 2, 3, 4]', 'TypeError'],
      ['[1, 1.5]', 'TypeError', '[1]'],
    ],
  },
  {
    type: 'ArrayString<N>',
    name: 'echo_array_string',
    takes: ['""', '"éé"'],
    wrong: NO_TEXT,
    bad: [['"ééé"', 'TypeError'], SURROGATE],
  },
  {
    type: 'Either<L, R>',
    name: 'echo_either',
    takes: ['1', '"a"'],
    wrong: [...NOTHING, 'true', '1n'],
    bad: [
      ['1.5', 'TypeError'],
      ['2 ** 31', 'RangeError'],
    ],
  },
  map('IndexMap<K, T>', 'echo_index_map'),
  list('IndexSet<T>', 'echo_index_set', ['[3, 1]', ['[3, 1, 3]', '[3, 1]'], ['new Set([3, 1])', '[3, 1]']]),
  ndarray('Array1<T>', 'echo_array_1', 1),
  ndarray('Array2<T>', 'echo_array_2', 2),
  ndarray('Array6<T>', 'echo_array_6', 6),
  ndarray('ArrayD<T>', 'echo_array_d', null),
  ndarray('ArrayView2<T>', 'echo_array_view', 2),
  ...['Complex<f64>', 'Complex<f32>'].map((type, i) => ({
    type,
    name: ['echo_complex', 'echo_small_complex'][i],
    takes: ['{ re: 1.5, im: -2 }'],
    wrong: [
      'null',
      '1',
      '[1, 2]',
      ['{ re: 1 }', '.im'],
      ['{ re: 1, im: "2" }', '.im'],
      ['{ re: 1, im: 2, z: 3 }', '.z'],
    ],
  })),
  float('f16', 'echo_f16', ['1e6', '1e39']),
  float('bf16', 'echo_bf16', ['1e39']),
];

/** The functions of types that are only parameters or only results, of which the checks are functions of types.mjs. */
const FUNCTIONS = {
  '&mut [T]': 'change_slice',
  '&mut [T; N]': 'change_array',
  'Option<&mut [T]>': 'change_option',
  '&mut [&mut [T]]': 'change_slices',
  'Vec<&mut [T]>': 'change_vec',
  'Iter<T>': 'iterate',
  'Stream<T>': 'stream',
  'JsIter<T>': 'collect',
  'JsStream<T>': 'collect_later',
};

module.exports = { CASES, FUNCTIONS };
