// Bad input: every option and every method refuses what cannot be meant, says what it got and what it expected, and
// leaves the pool as it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ArrayType, GiB, Pool, type PoolOptions, type TypedArray } from "@millpond/core";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { MODES, refused, refusedUnchanged, smallPool } from "./modes.ts";

// Options as a JavaScript program might give them.
type Wrong = Readonly<Record<string, unknown>>;

const ROOT_OPTIONS: readonly (readonly [Wrong, RegExp, RegExp])[] = [
  [{ limitBytes: 0 }, /limitBytes/, /got 0/],
  [{ limitBytes: 65_535 }, /limitBytes .* from 65536/, /got 65535/],
  [{ limitBytes: -1 }, /limitBytes/, /got -1/],
  [{ limitBytes: NaN }, /limitBytes/, /got NaN/],
  [{ limitBytes: "1 MiB" }, /limitBytes/, /got "1 MiB"/],
  [{ limitBytes: 1_000_000n }, /limitBytes/, /got 1000000n/],
  [{ regionBytes: 65_536 }, /regionBytes .* from 131072 to 4294967296/, /got 65536/],
  [{ regionBytes: 4 * GiB + 1 }, /regionBytes/, /got 4294967297/],
  [{ regionBytes: Infinity }, /regionBytes/, /got Infinity/],
  [{ regionBytes: null }, /regionBytes/, /got null/],
  [{ memory: "shared" }, /memory .* "wasm", "arraybuffer"/, /got "shared"/],
  [{ memory: 7 }, /memory/, /got 7/],
  [{ check: "paranoid" }, /check .* "off", "fast", "checked", "strict"/, /got "paranoid"/],
  [{ check: true }, /check/, /got true/],
  [{ check: null }, /check/, /got null/],
  [{ memory: null }, /memory/, /got null/],
  [{ zero: "never" }, /zero .* "acquire", "release"/, /got "never"/],
  [{ zero: false }, /zero/, /got false/],
  [{ trimAfterMs: 0 }, /trimAfterMs .* from 1/, /got 0/],
  [{ trimAfterMs: NaN }, /trimAfterMs/, /got NaN/],
  [{ trimAfterMs: "soon" }, /trimAfterMs/, /got "soon"/],
  [{ pressure: 0.5 }, /pressure to be a function/, /got 0.5/],
  [{ pressure: null }, /pressure to be a function/, /got null/],
  [{ stackEvery: 0 }, /stackEvery .* from 1/, /got 0/],
  [{ stackEvery: -Infinity }, /stackEvery/, /got -Infinity/],
  [{ chaos: true }, /chaos to be an object/, /got true/],
  [{ chaos: null }, /chaos to be an object/, /got null/],
  [{ chaos: {} }, /chaos\.seed/, /got undefined/],
  [{ chaos: { seed: "x" } }, /chaos\.seed/, /got "x"/],
  [{ chaos: { seed: NaN } }, /chaos\.seed/, /got NaN/],
  [{ chaos: { seed: 1, drop: 2 } }, /chaos\.drop .* from 0 to 1/, /got 2/],
  [{ chaos: { seed: 1, delay: -0.1 } }, /chaos\.delay/, /got -0.1/],
  [{ chaos: { seed: 1, poison: NaN } }, /chaos\.poison/, /got NaN/],
  [{ onExhausted: "wait" }, /onExhausted .* "throw", "unpooled"/, /got "wait"/],
  [{ name: 5 }, /name to be a string/, /got 5/],
];

const CHILD_OPTIONS: readonly (readonly [Wrong, RegExp, RegExp])[] = [
  [{ limitBytes: 0 }, /limitBytes .* from 1/, /got 0/],
  [{ limitBytes: -5 }, /limitBytes/, /got -5/],
  [{ limitBytes: NaN }, /limitBytes/, /got NaN/],
  [{ limitBytes: null }, /limitBytes/, /got null/],
  [{ limitBytes: {} }, /limitBytes/, /got an object/],
  [{ onExhausted: true }, /onExhausted/, /got true/],
  [{ name: Symbol("x") }, /name/, /got Symbol\(x\)/],
];

test("every option of a pool refuses what cannot be meant", () => {
  for (const [options, expected, got] of ROOT_OPTIONS)
    refused(() => new Pool(options), "BAD_ARGUMENT", expected, got);
  for (const options of [null, 5, "fast", true])
    refused(() => new Pool(options as PoolOptions), "BAD_ARGUMENT", /options to be an object/);
});

test("every option of a child refuses what cannot be meant, and no child is made", () => {
  const pool = smallPool();
  for (const [options, expected, got] of CHILD_OPTIONS)
    refusedUnchanged(pool, () => pool.child(options), "BAD_ARGUMENT", expected, got);
  refusedUnchanged(pool, () => pool.child(null as never), "BAD_ARGUMENT", /options to be an object/);
  assert.deepEqual(pool.children, []);
});

test("MILLPOND_CHECK sets the default mode, and a wrong word in it is refused by name", (t) => {
  const before = process.env["MILLPOND_CHECK"];
  t.after(() => {
    if (before === undefined) delete process.env["MILLPOND_CHECK"];
    else process.env["MILLPOND_CHECK"] = before;
  });
  for (const mode of MODES) {
    process.env["MILLPOND_CHECK"] = mode;
    assert.equal(new Pool().check, mode);
    assert.equal(new Pool({ check: "fast" }).check, "fast");
  }
  process.env["MILLPOND_CHECK"] = "loud";
  refused(() => new Pool(), "BAD_ARGUMENT", /MILLPOND_CHECK .* "off", "fast"/, /got "loud"/);
  delete process.env["MILLPOND_CHECK"];
  assert.equal(new Pool().check, "fast");
});

const LENGTHS: readonly (readonly [unknown, RegExp])[] = [
  [-1, /got -1/],
  [-0.5, /got -0.5/],
  [1.5, /got 1.5/],
  [NaN, /got NaN/],
  [Infinity, /got Infinity/],
  [-Infinity, /got -Infinity/],
  [2 ** 53, /got 9007199254740992/],
  ["10", /got "10"/],
  [10n, /got 10n/],
  [null, /got null/],
  [undefined, /got undefined/],
  [{}, /got an object/],
  [[5], /got an object/],
  [true, /got true/],
];

const TYPES: readonly (readonly [unknown, RegExp])[] = [
  [undefined, /got undefined/],
  [null, /got null/],
  ["Float64Array", /got "Float64Array"/],
  [Array, /got Array/],
  [DataView, /got DataView/],
  [ArrayBuffer, /got ArrayBuffer/],
  [Buffer, /got Buffer/],
  [Object.getPrototypeOf(Uint8Array), /got TypedArray/],
  [class extends Uint8Array {}, /got/],
  [(globalThis as { Float16Array?: unknown }).Float16Array, /got/],
  [new Float64Array(1), /got Float64Array of 8 bytes/],
  [{}, /got an object/],
];

// Each way to ask for an array.
function ways(pool: Pool): ((type: ArrayType, length: number) => unknown)[] {
  return [
    (type, length) => pool.acquire(type, length),
    (type, length) => pool.acquireUnsafe(type, length),
    (type, length) => pool.lease(type, length),
    (type, length) => pool.lease(type, length, { tag: "x" }),
    (type, length) => pool.use(type, length, () => assert.fail("must not be called")),
    (type, length) => pool.warm(type, length, 1),
    (type, length) => pool.capacityFor(type, length),
  ];
}

for (const check of MODES) {
  test(`wrong lengths and types are refused by every way to ask, before and after good requests (${check})`, () => {
    const pool = smallPool({ check });
    for (let round = 0; round < 2; round++) {
      for (const ask of ways(pool)) {
        for (const [length, got] of LENGTHS)
          refusedUnchanged(
            pool,
            () => ask(Float64Array, length as number),
            "BAD_ARGUMENT",
            /an integer from 0 to/,
            got,
          );
        for (const [type, got] of TYPES)
          refusedUnchanged(
            pool,
            () => ask(type as ArrayType, 10),
            "BAD_ARGUMENT",
            /such as Float64Array/,
            got,
          );
      }
      pool.release(pool.acquire(Float64Array, 10));
      pool.release(pool.acquire(Float64Array, 10));
    }
  });

  test(`the longest array of each kind is named when one asks for more (${check})`, () => {
    const pool = smallPool({ check });
    for (const type of ARRAY_TYPES) {
      const most = Math.floor((4 * GiB - 65_536 - 64) / type.BYTES_PER_ELEMENT);
      refusedUnchanged(
        pool,
        () => pool.acquire(type, most + 1),
        "BAD_ARGUMENT",
        new RegExp(`from 0 to ${most},`),
      );
      refusedUnchanged(pool, () => pool.acquire(type, most), "POOL_EXHAUSTED");
      assert.equal(pool.capacityFor(type, most), most);
    }
  });
}

test("the other arguments of methods are looked at as well", () => {
  const pool = smallPool();
  const table: readonly (readonly [() => unknown, RegExp])[] = [
    [() => pool.warm(Uint8Array, 1, -1), /count to be an integer .* got -1/],
    [() => pool.warm(Uint8Array, 1, 0.5), /count .* got 0.5/],
    [() => pool.warm(Uint8Array, 1, 1e10), /count .* got 10000000000/],
    [() => pool.warm(Uint8Array, 1, undefined as never), /count .* got undefined/],
    [() => pool.lease(Uint8Array, 1, null as never), /options to be an object, got null/],
    [() => pool.lease(Uint8Array, 1, "tag" as never), /options to be an object, got "tag"/],
    [() => pool.lease(Uint8Array, 1, { tag: 5 as never }), /tag to be a string, got 5/],
    [() => pool.use(Uint8Array, 1, undefined as never), /work to be a function, got undefined/],
    [() => pool.use(Uint8Array, 1, () => 1, { tag: null as never }), /tag to be a string, got null/],
    [() => pool.close(null as never), /options to be an object, got null/],
    [() => pool.close(true as never), /options to be an object, got true/],
    [() => pool.regionOf(undefined as never), /a typed array, got undefined/],
    [() => pool.regionOf([] as never), /a typed array, got an object/],
    [() => pool.release(undefined as never), /a typed array acquired from this pool, got undefined/],
    [() => pool.release({} as TypedArray), /a typed array acquired from this pool, got an object/],
  ];
  for (const [act, expected] of table) refusedUnchanged(pool, act, "BAD_ARGUMENT", expected);
  assert.ok(!pool.closed);
});

test("a closed pool refuses every method that needs memory, and only those", () => {
  for (const check of MODES) {
    const pool = smallPool({ check, name: "shut" });
    const child = pool.child();
    const array = pool.acquire(Uint8Array, 10);
    pool.release(array);
    pool.close();
    for (const closed of [pool, child]) {
      for (const act of [
        ...ways(closed).map((ask) => () => ask(Uint8Array, 10)),
        () => closed.release(array),
        () => closed.child(),
        () => closed.trim(),
        () => closed.seal(),
      ])
        refused(act, "POOL_CLOSED", /was closed; make a new one/);
      closed.close();
      closed[Symbol.dispose]();
      assert.ok(closed.closed);
      assert.deepEqual(closed.outstanding(), []);
      assert.deepEqual(closed.children, []);
      assert.equal(closed.stats().acquired, closed === pool ? 1 : 0);
    }
  }
});

test("good values at the ends of ranges are taken", () => {
  const good: PoolOptions[] = [
    { limitBytes: 65_536 },
    { limitBytes: Infinity },
    { limitBytes: 100_000.5 },
    { regionBytes: 131_072 },
    { regionBytes: 200_000.5 },
    { regionBytes: 4 * GiB },
    { trimAfterMs: 1 },
    { trimAfterMs: Infinity },
    { stackEvery: 1 },
    { stackEvery: Infinity },
    { chaos: { seed: -1e300, drop: 0, delay: 0, poison: 0 } },
    { chaos: { seed: 0, drop: 1, delay: 1, poison: 1 } },
    { name: "" },
    {},
  ];
  for (const options of good) {
    const pool = new Pool(options);
    pool.release(pool.acquire(Uint8Array, 0));
    pool.release(pool.acquire(Uint8Array, 100));
    pool.close();
  }
});

test("values at the ends of lengths are taken", () => {
  const pool = smallPool();
  for (const type of ARRAY_TYPES) {
    for (const length of [0, -0, 1]) {
      const array = pool.acquire(type, length);
      assert.equal(array.length, length === 1 ? 1 : 0);
      pool.release(array);
    }
  }
});
