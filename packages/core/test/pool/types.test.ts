// Types: what the compiler gives and refuses. The lines marked as errors fail the type check when they compile.
import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  Allocator,
  Lease,
  Outstanding,
  PoolErrorCode,
  PoolOptions,
  PoolStats,
  TypedArray,
} from "@millpond/core";
import { Pool, PoolError } from "@millpond/core";
import { smallPool } from "./modes.ts";

/** `true` when both types are the same: each can stand for the other. */
type Same<A, B> = [A, B] extends [B, A] ? true : false;

function is<A, B>(same: Same<A, B>): void {
  assert.equal(same, true);
}

test("the class that is asked for decides the type of the array", () => {
  const pool = smallPool();
  const doubles = pool.acquire(Float64Array, 4);
  is<typeof doubles, Float64Array>(true);
  const bytes = pool.acquireUnsafe(Uint8ClampedArray, 4);
  is<typeof bytes, Uint8ClampedArray>(true);
  const big = pool.acquire(BigInt64Array, 4);
  is<(typeof big)[0], bigint>(true);
  const lease = pool.lease(Int16Array, 4);
  is<typeof lease, Lease<Int16Array>>(true);
  const sum = pool.use(Float32Array, 4, (array) => {
    is<typeof array, Float32Array>(true);
    return array.length;
  });
  is<typeof sum, number>(true);
});

test("work that is awaited gives a promise", async () => {
  const later = smallPool().use(Float32Array, 4, async (array) => Promise.resolve(String(array.length)));
  is<typeof later, Promise<string>>(true);
  assert.equal(await later, "4");
});

test("a pool is an allocator, and generic code keeps the element type", () => {
  const copy = <A extends TypedArray>(
    memory: Allocator,
    type: Parameters<typeof memory.acquire<A>>[0],
    length: number,
  ): A => memory.acquire(type, length);
  const pool = smallPool();
  const array = copy(pool, Uint32Array, 3);
  is<typeof array, Uint32Array>(true);
  pool.release(array);
});

test("figures and options are read-only", () => {
  const pool = smallPool();
  const stats: PoolStats = pool.stats();
  const options: PoolOptions = { limitBytes: 65_536 };
  // Never called: only the compiler reads it.
  const wrong = (outstanding: Outstanding): void => {
    // @ts-expect-error: a snapshot is not written to
    stats.acquired = 5;
    // @ts-expect-error: nor is an option after the fact
    options.limitBytes = 5;
    // @ts-expect-error: nor a name
    pool.name = "other";
    // @ts-expect-error: nor a report
    outstanding.bytes = 0;
  };
  assert.equal(typeof wrong, "function");
});

test("wrong uses do not compile, and are refused all the same", () => {
  const pool = smallPool();
  const wrong: [() => unknown, PoolErrorCode][] = [
    // @ts-expect-error: an array is no typed-array class
    [() => pool.acquire(Array, 4), "BAD_ARGUMENT"],
    // @ts-expect-error: nor is DataView
    [() => pool.acquire(DataView, 4), "BAD_ARGUMENT"],
    // @ts-expect-error: nor a name
    [() => pool.acquire("Float64Array", 4), "BAD_ARGUMENT"],
    // @ts-expect-error: a length is needed
    [() => pool.acquire(Float64Array), "BAD_ARGUMENT"],
    // @ts-expect-error: and it is a number
    [() => pool.acquire(Float64Array, "4"), "BAD_ARGUMENT"],
    // @ts-expect-error: an array of numbers cannot be released
    [() => pool.release([1, 2]), "BAD_ARGUMENT"],
    // @ts-expect-error: nor a DataView
    [() => pool.release(new DataView(new ArrayBuffer(8))), "BAD_ARGUMENT"],
    // @ts-expect-error: nor nothing
    [() => pool.release(), "BAD_ARGUMENT"],
    // @ts-expect-error: there is no such mode
    [() => new Pool({ check: "paranoid" }), "BAD_ARGUMENT"],
    // @ts-expect-error: bytes are numbers
    [() => new Pool({ limitBytes: "1 MiB" }), "BAD_ARGUMENT"],
    // @ts-expect-error: chaos needs a seed
    [() => new Pool({ chaos: {} }), "BAD_ARGUMENT"],
    // @ts-expect-error: use needs work
    [() => pool.use(Uint8Array, 4), "BAD_ARGUMENT"],
  ];
  for (const [act, code] of wrong) assert.throws(act, { code });
});

test("options that only a root has, and options that nobody has, do not compile for a child", () => {
  const pool = smallPool();
  // Never called: only the compiler reads it.
  const wrong = (): unknown[] => [
    // @ts-expect-error: the mode is the root's
    pool.child({ check: "strict" }),
    // @ts-expect-error: there is no such option
    new Pool({ limit: 5 }),
    // @ts-expect-error: undefined is not a value of an option
    new Pool({ limitBytes: undefined }),
  ];
  assert.equal(typeof wrong, "function");
});

test("the code of an error is one of the known words", () => {
  const error = new PoolError("LEAK", "x");
  is<typeof error.code, PoolErrorCode>(true);
  // @ts-expect-error: there is no such code
  const unknown: PoolErrorCode = "NO_SUCH_CODE";
  assert.notEqual(error.code, unknown);
});
