// A shared pool as one thread sees it, and the ways in and out of it. Threads that die: shared-death.soak.test.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { MiB, readToken, SharedPool, SharedRing, type Token, TOKEN_BYTES, writeToken } from "@millpond/core";

test("arrays lie in shared memory, come zeroed, and come back as the same object", () => {
  const pool = SharedPool.create({ limitBytes: 8 * MiB });
  const xs = pool.acquire(Float64Array, 1000);
  assert.ok(xs.buffer instanceof SharedArrayBuffer);
  assert.ok(xs.every((x) => x === 0));
  xs.fill(7);
  pool.release(xs);
  const again = pool.acquire(Float64Array, 1000);
  assert.equal(again, xs);
  assert.ok(again.every((x) => x === 0));
  pool.release(again);
  pool.close();
});

test("mode strict is refused as an option, and taken for checked where the environment asks for it", (t) => {
  assert.throws(() => SharedPool.create({ check: "strict" }), { code: "BAD_ARGUMENT" });
  const before = process.env["MILLPOND_CHECK"];
  t.after(() => {
    if (before === undefined) delete process.env["MILLPOND_CHECK"];
    else process.env["MILLPOND_CHECK"] = before;
  });
  process.env["MILLPOND_CHECK"] = "strict";
  const pool = SharedPool.create({ limitBytes: 8 * MiB });
  assert.equal(pool.check, "checked");
  const lease = pool.lease(Float64Array, 100);
  assert.ok(lease.array.buffer instanceof SharedArrayBuffer);
  lease.release();
  pool.close();
});

test("without crossThread nothing leaves the thread, and released blocks stay in its cache", () => {
  const pool = SharedPool.create({ limitBytes: 64 * MiB, crossThread: false });
  assert.throws(() => pool.share(), { code: "BAD_ARGUMENT", message: /crossThread/ });
  const lease = pool.lease(Float64Array, 100);
  assert.throws(() => lease.detach(), { code: "BAD_ARGUMENT", message: /crossThread/ });
  lease.array.fill(1);
  lease.release();
  assert.throws(() => SharedRing.create(pool), { code: "BAD_ARGUMENT", message: /crossThread/ });
  assert.equal(pool.stats().inUse, 0);
  for (const bytes of [64, 4096, 100_000]) {
    const held = Array.from({ length: 100 }, () => pool.acquireUnsafe(Uint8Array, bytes));
    for (const array of held) pool.release(array);
  }
  pool.publish();
  const [{ spilled }] = pool.threads();
  assert.equal(spilled, 0);
  assert.equal(pool.audit().inFlight, 0);
  pool.close();
  assert.throws(() => SharedPool.create({ crossThread: 1 as never }), { code: "BAD_ARGUMENT" });
});

test("a token hands the same bytes over once, and is refused a second time", () => {
  const pool = SharedPool.create({ limitBytes: 8 * MiB });
  const lease = pool.lease(Float64Array, 100);
  lease.array[99] = 3;
  const { array } = lease;
  const token = lease.detach();
  assert.throws(() => pool.release(array), { name: "PoolError" });
  assert.throws(() => lease.array, { code: "USE_AFTER_RELEASE" });
  assert.equal(pool.audit().inFlight, 1);
  const adopted = pool.adopt(token, Float64Array);
  assert.equal(adopted.array[99], 3);
  assert.throws(() => pool.adopt(token), { code: "STALE_HANDLE" });
  adopted.release();
  assert.equal(pool.stats().inUse, 0);
  pool.close();
});

test("a token comes out of bytes as it went in, and takes no byte more", () => {
  const part = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(fc.tuple(part, part, part, part, part), (token: Token) => {
      const bytes = new Uint8Array(TOKEN_BYTES + 1).fill(9);
      writeToken(token, bytes);
      assert.deepEqual(readToken(bytes), token);
      assert.equal(bytes[TOKEN_BYTES], 9);
    }),
  );
});

test("what is no token, or one of another pool, is refused and changes nothing", () => {
  const pool = SharedPool.create({ limitBytes: 8 * MiB });
  const other = SharedPool.create({ limitBytes: 8 * MiB });
  const foreign = other.lease(Float64Array, 100).detach();
  const bad: unknown[] = [null, 7, [], [1, 2, 3], ["a", 1, 2, 3, 4], [1, 2, 3, 99, 5], [1.5, 2, 3, 4, 5]];
  for (const token of bad) assert.throws(() => pool.adopt(token as never), { code: "BAD_MESSAGE" });
  assert.throws(() => pool.adopt(foreign), { code: "BAD_MESSAGE" });
  assert.throws(() => SharedPool.attach({ kind: "something" } as never), { code: "BAD_MESSAGE" });
  assert.equal(pool.audit().inFlight, 0);
  other.adopt(foreign).release();
  pool.close();
  other.close();
});

test("after close every block is free, also those that force left in use", () => {
  const pool = SharedPool.create({ limitBytes: 8 * MiB });
  for (let length = 1; length < 100_000; length *= 3) pool.acquire(Uint8Array, length);
  assert.throws(() => pool.close(), { code: "POOL_IN_USE" });
  pool.close({ force: true });
  const { blocks, free } = pool.audit();
  assert.equal(free, blocks);
});

test("the budget is the memory, and a request beyond it says so", () => {
  const pool = SharedPool.create({ limitBytes: 4 * MiB });
  assert.throws(() => pool.acquire(Uint8Array, 5 * MiB), { code: "POOL_EXHAUSTED" });
  const xs = pool.acquire(Uint8Array, 2 * MiB);
  assert.throws(() => pool.acquire(Uint8Array, 2 * MiB), { code: "POOL_EXHAUSTED" });
  pool.release(xs);
  pool.release(pool.acquire(Uint8Array, 2 * MiB));
  pool.close();
});

test("large arrays of shared memory are zeroed to the last element, and nothing behind them", () => {
  for (const check of ["fast", "checked"] as const) {
    const own = SharedPool.create({ limitBytes: 16 * MiB, check });
    for (const type of [Uint8Array, Int16Array, Float32Array, Float64Array, BigInt64Array]) {
      for (let more = 0; more < 9; more++) {
        const length = 8000 / type.BYTES_PER_ELEMENT + more;
        const dirty = own.acquire(Uint8Array, 16_000).fill(0xff);
        own.release(dirty);
        const used = own.acquire<Uint8Array>(type as never, length);
        used.fill((type === BigInt64Array ? 7n : 7) as never);
        own.release(used);
        const array = own.acquire<Uint8Array>(type as never, length);
        assert(array.every((value: unknown) => value === 0 || value === 0n));
        // In the checked mode this looks at the guard bytes behind the array.
        own.release(array);
      }
    }
    own.close();
  }
});
