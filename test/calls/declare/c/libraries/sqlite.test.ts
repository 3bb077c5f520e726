import type { Pointer } from '../../../../../src-ts/index';
import { RustDLL } from '../../../../../src-ts/index';
import { describeLibrary, systemLibrary } from '../../../../support/system-library';
import { expectTypeError } from '../../../../support/errors';

const ROW = 100;
const DONE = 101;
/** SQLite copies what it is given. */
const TRANSIENT = -1;

describeLibrary('SQLite', systemLibrary('libsqlite3.so.0', 'libsqlite3.dylib'), (file) => {
  const lib = new RustDLL(file).declare(`
    fn sqlite3_libversion_number() -> c_int;
    fn sqlite3_open_v2(
        filename: *const c_char,
        #[out] db: *mut *mut sqlite3,
        flags: c_int,
        vfs: Option<*const c_char>,
    ) -> c_int;
    fn sqlite3_close_v2(#[release] db: *mut sqlite3) -> c_int;
    fn sqlite3_errmsg(db: *mut sqlite3) -> *const c_char;
    fn sqlite3_prepare_v2(
        db: *mut sqlite3,
        sql: *const c_char,
        bytes: c_int,
        #[out] statement: *mut *mut sqlite3_stmt,
        #[out] tail: *mut *const c_char,
    ) -> c_int;
    fn sqlite3_finalize(#[release] statement: *mut sqlite3_stmt) -> c_int;
    fn sqlite3_db_handle(statement: *mut sqlite3_stmt) -> *mut sqlite3;
    fn sqlite3_bind_int64(statement: *mut sqlite3_stmt, index: c_int, value: i64) -> c_int;
    fn sqlite3_bind_double(statement: *mut sqlite3_stmt, index: c_int, value: c_double) -> c_int;
    fn sqlite3_bind_text(
        statement: *mut sqlite3_stmt, index: c_int, value: *const c_char, bytes: c_int, destructor: isize,
    ) -> c_int;
    fn sqlite3_bind_blob(
        statement: *mut sqlite3_stmt, index: c_int, value: *const c_void, #[len = "value"] bytes: c_int, destructor: isize,
    ) -> c_int;
    fn sqlite3_step(statement: *mut sqlite3_stmt) -> c_int;
    fn sqlite3_reset(statement: *mut sqlite3_stmt) -> c_int;
    fn sqlite3_exec(
        db: *mut sqlite3,
        sql: *const c_char,
        row: Option<extern "C" fn(
            user: *mut c_void,
            #[len = "values, names"] count: c_int,
            values: *mut *mut c_char,
            names: *mut *mut c_char,
        ) -> c_int>,
        user: *mut c_void,
        #[out] #[free = "sqlite3_free"] message: *mut *mut c_char,
    ) -> c_int;
    fn sqlite3_commit_hook(
        db: *mut sqlite3, hook: Option<extern "C" fn(user: *mut c_void) -> c_int>, user: *mut c_void,
    ) -> *mut c_void;
    fn sqlite3_create_function_v2(
        db: *mut sqlite3,
        name: *const c_char,
        arguments: c_int,
        encoding: c_int,
        user: *mut c_void,
        call: Option<extern "C" fn(
            context: *mut sqlite3_context, #[len = "values"] count: c_int, values: *mut *mut sqlite3_value,
        )>,
        step: isize,
        end: isize,
        destroy: isize,
    ) -> c_int;
    fn sqlite3_value_int64(value: *mut sqlite3_value) -> i64;
    fn sqlite3_result_int64(context: *mut sqlite3_context, value: i64);
    fn sqlite3_column_count(statement: *mut sqlite3_stmt) -> c_int;
    fn sqlite3_column_name(statement: *mut sqlite3_stmt, column: c_int) -> *const c_char;
    fn sqlite3_column_int64(statement: *mut sqlite3_stmt, column: c_int) -> i64;
    fn sqlite3_column_double(statement: *mut sqlite3_stmt, column: c_int) -> c_double;
    fn sqlite3_column_text(statement: *mut sqlite3_stmt, column: c_int) -> *const c_char;
    fn sqlite3_column_blob(statement: *mut sqlite3_stmt, column: c_int) -> *const c_void;
    fn sqlite3_column_bytes(statement: *mut sqlite3_stmt, column: c_int) -> c_int;
  `);
  let db: Pointer<'sqlite3'>;

  function prepare(sql: string): Pointer<'sqlite3_stmt'> {
    const { result, statement } = lib.sqlite3_prepare_v2(db, sql, -1);
    if (result !== 0 || statement === null) throw new Error(lib.sqlite3_errmsg(db) ?? 'no statement');
    return statement;
  }

  function run(sql: string): void {
    const statement = prepare(sql);
    expect(lib.sqlite3_step(statement)).toBe(DONE);
    expect(lib.sqlite3_finalize(statement)).toBe(0);
  }

  beforeEach(() => {
    const opened = lib.sqlite3_open_v2(':memory:', 6, null);
    expect(opened.result).toBe(0);
    db = opened.db!;
  });

  afterEach(() => {
    if (!db.released) expect(lib.sqlite3_close_v2(db)).toBe(0);
  });

  test('rows go in and come out', () => {
    expect(lib.sqlite3_libversion_number()).toBeGreaterThan(3_000_000);
    run('create table city (id integer, area real, name text, flag blob)');
    const insert = prepare('insert into city values (?, ?, ?, ?)');
    const cities = [
      [1, 310.7, 'München', Buffer.from([0, 1, 255])],
      [2 ** 40, -0.5, 'Köln 🏙', new Uint8Array(0)],
    ] as const;
    for (const [id, area, name, flag] of cities) {
      expect(lib.sqlite3_bind_int64(insert, 1, id)).toBe(0);
      expect(lib.sqlite3_bind_double(insert, 2, area)).toBe(0);
      expect(lib.sqlite3_bind_text(insert, 3, name, -1, TRANSIENT)).toBe(0);
      expect(lib.sqlite3_bind_blob(insert, 4, flag, TRANSIENT)).toBe(0);
      expect(lib.sqlite3_step(insert)).toBe(DONE);
      expect(lib.sqlite3_reset(insert)).toBe(0);
    }
    lib.sqlite3_finalize(insert);

    const select = prepare('select id, area, name, flag from city order by id');
    expect(lib.sqlite3_db_handle(select)).toBe(db);
    const names = Array.from({ length: lib.sqlite3_column_count(select) }, (_, k) =>
      lib.sqlite3_column_name(select, k),
    );
    expect(names).toEqual(['id', 'area', 'name', 'flag']);
    for (const [id, area, name, flag] of cities) {
      expect(lib.sqlite3_step(select)).toBe(ROW);
      expect(lib.sqlite3_column_int64(select, 0)).toBe(id);
      expect(lib.sqlite3_column_double(select, 1)).toBe(area);
      expect(lib.sqlite3_column_text(select, 2)).toBe(name);
      const bytes = lib.sqlite3_column_blob(select, 3)?.bytes(lib.sqlite3_column_bytes(select, 3));
      expect(Buffer.from(bytes ?? [])).toEqual(Buffer.from(flag));
    }
    expect(lib.sqlite3_step(select)).toBe(DONE);
    lib.sqlite3_finalize(select);
  });

  test('a fault is told by the library', () => {
    const { result, statement } = lib.sqlite3_prepare_v2(db, 'selec 1', -1);
    expect([result, statement]).toEqual([1, null]);
    expect(lib.sqlite3_errmsg(db)).toBe('near "selec": syntax error');
    expect(lib.sqlite3_open_v2('/none/at/all', 1, null).result).toBe(14);
  });

  test('handles are not mistaken, and not used after their end', () => {
    const statement = prepare('select null');
    expectTypeError(
      () => lib.sqlite3_step(db as unknown as typeof statement),
      /^sqlite3_step: argument 1 \(statement\): expected a Pointer<sqlite3_stmt>, got a Pointer<sqlite3>$/,
    );
    expect(lib.sqlite3_step(statement)).toBe(ROW);
    expect(lib.sqlite3_column_text(statement, 0)).toBeNull();
    expect(lib.sqlite3_finalize(statement)).toBe(0);
    expectTypeError(() => lib.sqlite3_step(statement), /the sqlite3_stmt was released$/, 'ERR_RUSTDLL_RELEASED');
    lib.sqlite3_close_v2(db);
    expectTypeError(() => lib.sqlite3_errmsg(db), /the sqlite3 was released$/, 'ERR_RUSTDLL_RELEASED');
  });

  test('several statements in one text', () => {
    const first = lib.sqlite3_prepare_v2(db, 'select 1; select 2', -1);
    expect(first.tail).toBe(' select 2');
    lib.sqlite3_finalize(first.statement!);
  });

  test('rows as callbacks', () => {
    const rows: unknown[] = [];
    const sql = "create table t (a, b); insert into t values (1, 'x'), (2, null); select * from t";
    const { result, message } = lib.sqlite3_exec(
      db,
      sql,
      (_user, values, names) => {
        rows.push(Object.fromEntries(names.map((name, k) => [name, values[k]])));
        return 0;
      },
      null,
    );
    expect([result, message]).toEqual([0, null]);
    expect(rows).toEqual([
      { a: '1', b: 'x' },
      { a: '2', b: null },
    ]);
    expect(lib.sqlite3_exec(db, 'select * from t', () => 1, null)).toEqual({ result: 4, message: 'query aborted' });
    expect(lib.sqlite3_exec(db, 'selec 1', null, null)).toEqual({ result: 1, message: 'near "selec": syntax error' });
    const error = new Error('enough');
    let caught: unknown;
    try {
      lib.sqlite3_exec(
        db,
        'select * from t',
        () => {
          throw error;
        },
        null,
      );
    } catch (thrown) {
      caught = thrown;
    }
    expect(caught).toBe(error);
  });

  test('a function of SQL and a hook, which SQLite keeps', () => {
    const double = RustDLL.callback(
      (context: Pointer<'sqlite3_context'> | null, [value]: (Pointer<'sqlite3_value'> | null)[]) => {
        lib.sqlite3_result_int64(context!, lib.sqlite3_value_int64(value!) * 2);
      },
    );
    expect(lib.sqlite3_create_function_v2(db, 'double', 1, 1, null, double, 0, 0, 0)).toBe(0);
    let commits = 0;
    const hook = RustDLL.callback(() => {
      commits++;
      return 0;
    });
    expect(lib.sqlite3_commit_hook(db, hook, null)).toBeNull();
    run('create table n (x)');
    run('insert into n values (double(21))');
    const select = prepare('select x from n');
    expect(lib.sqlite3_step(select)).toBe(ROW);
    expect(lib.sqlite3_column_int64(select, 0)).toBe(42);
    lib.sqlite3_finalize(select);
    expect(commits).toBe(2);
    lib.sqlite3_close_v2(db);
    double.close();
    hook.close();
  });
});
