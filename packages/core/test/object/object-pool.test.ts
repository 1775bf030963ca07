// What a user of object pools sees: objects that come back empty, refusals, and buckets that follow what is asked for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type ObjectPool, objects, type ObjectPoolOptions, type PoolErrorCode } from "@millpond/core";

function code(expected: PoolErrorCode, pattern: RegExp = /./): { code: PoolErrorCode; message: RegExp } {
  return { code: expected, message: pattern };
}

type Options = Partial<ObjectPoolOptions<Map<string, number>>>;

function maps(options: Options = {}): ObjectPool<Map<string, number>> {
  return objects({ create: () => new Map(), reset: (map) => map.clear(), ...options });
}

// An object with a size that `reset` leaves, as a container keeps the memory it has grown to.
class Sized {
  size: number;
  constructor(size: number) {
    this.size = size;
  }
}

function sized(options: Partial<ObjectPoolOptions<Sized>> = {}): ObjectPool<Sized> {
  return objects({
    create: (sizeHint) => new Sized(sizeHint),
    reset: () => undefined,
    sizeOf: (object) => object.size,
    ...options,
  });
}

test("a released object is reset at once and comes back", () => {
  const pool = maps();
  const map = pool.acquire();
  map.set("a", 1);
  pool.release(map);
  assert.equal(map.size, 0);
  assert.equal(pool.acquire(), map);
  assert.notEqual(pool.acquire(), map);
});

test("double release and foreign objects are refused, in whatever order objects come back", () => {
  const pool = maps({ name: "maps" });
  const [a, b, c] = [pool.acquire(), pool.acquire(), pool.acquire()];
  for (const map of [a, c, b]) {
    pool.release(map);
    assert.throws(() => pool.release(map), code("DOUBLE_RELEASE", /to "maps" before/));
  }
  for (const map of [a, b, c]) assert.throws(() => pool.release(map), code("DOUBLE_RELEASE"));
  const foreign = maps().acquire();
  assert.throws(() => pool.release(foreign), code("FOREIGN_RELEASE", /not made by "maps"/));
  for (const wrong of [new Map(), null, undefined, 5, "map"] as Map<string, number>[]) {
    assert.throws(() => pool.release(wrong), code("FOREIGN_RELEASE"));
  }
  const { inUse, idle } = pool.stats();
  assert.deepEqual([inUse, idle], [0, 3]);
});

test("an object that was destroyed is not taken back either", () => {
  const pool = maps({ max: 0 });
  const map = pool.acquire();
  pool.release(map);
  assert.equal(pool.stats().destroyed, 1);
  assert.throws(() => pool.release(map), code("DOUBLE_RELEASE"));
  assert.notEqual(pool.acquire(), map);
});

test("objects are not touched: frozen ones and functions can be pooled", () => {
  const pool = objects({
    create: () => Object.freeze({ cells: [] as number[] }),
    reset: ({ cells }) => cells.splice(0),
  });
  const frozen = pool.acquire();
  assert.deepEqual(Reflect.ownKeys(frozen), ["cells"]);
  pool.release(frozen);
  const functions = objects({ create: () => () => 1, reset: () => undefined });
  functions.release(functions.acquire());
});

test("min objects are made ahead and left by trim, and no more than max are kept", () => {
  let made = 0;
  const destroyed: unknown[] = [];
  const pool = maps({
    create: () => new Map([["n", made++]]),
    destroy: (map) => destroyed.push(map),
    min: 3,
    max: 5,
  });
  assert.deepEqual([made, pool.stats().idle], [3, 3]);
  const all = Array.from({ length: 8 }, () => pool.acquire());
  for (const map of all) pool.release(map);
  assert.deepEqual([pool.stats().idle, destroyed.length], [5, 3]);
  assert.equal(pool.trim(), 2);
  assert.equal(pool.trim(), 0);
  assert.equal(pool.drain(), 3);
  assert.equal(new Set(destroyed).size, 8);
  pool.release(pool.acquire());
  assert.equal(pool.stats().idle, 1);
});

test("when reset throws, the object is destroyed, nothing is lost, and the error passes on", () => {
  const destroyed: unknown[] = [];
  const pool = maps({
    reset: (map) => {
      if (map.has("bad")) throw new TypeError("cannot reset");
    },
    destroy: (map) => destroyed.push(map),
  });
  const map = pool.acquire().set("bad", 1);
  assert.throws(() => pool.release(map), new TypeError("cannot reset"));
  assert.deepEqual(destroyed, [map]);
  const { inUse, idle, created, destroyed: count } = pool.stats();
  assert.deepEqual({ inUse, idle, created, count }, { inUse: 0, idle: 0, created: 1, count: 1 });
  assert.throws(() => pool.release(map), code("DOUBLE_RELEASE"));
  assert.notEqual(pool.acquire(), map);
});

test("when destroy throws too, both errors pass on, and all others are destroyed all the same", () => {
  const pool = maps({
    reset: (map) => {
      if (map.has("bad")) throw new Error("reset");
    },
    destroy: (map) => {
      if (map.size > 0) throw new Error("destroy");
    },
  });
  const bad = pool.acquire().set("bad", 1);
  assert.throws(
    () => pool.release(bad),
    (error) => error instanceof AggregateError && error.errors.length === 2,
  );
  const all = [pool.acquire(), pool.acquire().set("x", 1), pool.acquire(), pool.acquire().set("y", 1)];
  for (const map of all) pool.release(map);
  assert.throws(
    () => pool.drain(),
    (error) => error instanceof AggregateError && error.errors.length === 2,
  );
  const { idle, created, destroyed } = pool.stats();
  assert.deepEqual([idle, created, destroyed], [0, 5, 5]);
});

test("an object that reset releases again is refused, and is in the pool once", () => {
  const pool: ObjectPool<Map<string, number>> = maps({
    reset: (map) => assert.throws(() => pool.release(map), code("DOUBLE_RELEASE")),
  });
  pool.release(pool.acquire());
  assert.equal(pool.stats().idle, 1);
});

test("create that throws leaves the pool as it was, and objects made ahead are destroyed", () => {
  let left = 2;
  const destroyed: unknown[] = [];
  const options: Options = {
    create: () => {
      if (left-- <= 0) throw new RangeError("no more");
      return new Map();
    },
    destroy: (map) => destroyed.push(map),
  };
  assert.throws(() => maps({ ...options, min: 3 }), RangeError);
  assert.equal(destroyed.length, 2);
  left = 0;
  const pool = maps(options);
  assert.throws(() => pool.acquire(), RangeError);
  assert.equal(pool.stats().inUse, 0);
  left = 1;
  pool.release(pool.acquire());
});

test("create has to return a new object each time", () => {
  const same = new Map<string, number>();
  const pool = maps({ create: () => same });
  pool.acquire();
  assert.throws(() => pool.acquire(), code("BAD_ARGUMENT", /returned before/));
  assert.throws(
    () => maps({ create: () => 5 as never }).acquire(),
    code("BAD_ARGUMENT", /return an object, got 5/),
  );
  assert.equal(pool.stats().inUse, 1);
});

test("use gives the object back after a return, a throw, and a promise of either", async () => {
  const pool = maps();
  assert.equal(
    pool.use((map) => map.set("a", 1).size),
    1,
  );
  assert.throws(
    () =>
      pool.use(() => {
        throw new Error("broken");
      }),
    /broken/,
  );
  const promise = pool.use(async (map) => {
    await Promise.resolve();
    assert.equal(pool.stats().inUse, 1);
    return map.size;
  });
  assert.equal(await promise, 0);
  await assert.rejects(
    pool.use(() => Promise.reject(new Error("later"))),
    /later/,
  );
  const { inUse, created } = pool.stats();
  assert.deepEqual([inUse, created], [0, 1]);
});

test("a lease gives its object back once and hides it afterwards", () => {
  const pool = maps();
  const lease = pool.lease();
  const map = lease.object;
  lease.release();
  assert.equal(lease.live, false);
  assert.throws(() => lease.object, code("USE_AFTER_RELEASE"));
  assert.throws(() => lease.release(), code("DOUBLE_RELEASE"));
  lease[Symbol.dispose]();
  const second = pool.lease();
  assert.equal(second.object, map);
  pool.release(map);
  assert.equal(pool.acquire(), map);
  assert.throws(() => second.release(), code("STALE_RELEASE"));
  assert.equal(pool.stats().inUse, 1, "the new owner keeps it");
});

test("objects are kept by the size they have at release, and found by the size that is asked for", () => {
  const pool = sized();
  const [small, medium, large] = [pool.acquire(3), pool.acquire(16), pool.acquire(1000)];
  for (const object of [small, medium, large]) pool.release(object);
  assert.equal(pool.acquire(64), large);
  assert.equal(pool.acquire(63), medium);
  assert.equal(pool.acquire(15), small);
  small.size = 500;
  pool.release(small);
  assert.equal(pool.acquire(100), small, "it has grown");
});

test("when nothing of the size is idle, something larger serves, the smallest that does", () => {
  const pool = sized();
  const [medium, large] = [pool.acquire(20), pool.acquire(100)];
  pool.release(large);
  pool.release(medium);
  assert.equal(pool.acquire(1), medium);
  assert.equal(pool.acquire(1), large);
  assert.equal(pool.acquire(1).size, 1);
  const { hits, misses } = pool.stats();
  assert.deepEqual([hits, misses], [2, 3]);
});

test("sizes that are none are refused, and an object whose size cannot be told is destroyed", () => {
  const pool = sized();
  for (const wrong of [-1, NaN, "x"] as number[]) {
    assert.throws(() => pool.acquire(wrong), code("BAD_ARGUMENT", /size from 0 on/));
  }
  const object = pool.acquire(1);
  object.size = NaN;
  assert.throws(() => pool.release(object), code("BAD_ARGUMENT"));
  const { inUse, destroyed } = pool.stats();
  assert.deepEqual([inUse, destroyed], [0, 1]);
});

// `rounds` rounds of so many objects of a size in use at a time.
function work(pool: ObjectPool<Sized>, size: number, live: number, rounds: number): void {
  for (let round = 0; round < rounds; round++) {
    const objects = Array.from({ length: live }, () => pool.acquire(size));
    for (const object of objects) pool.release(object);
  }
}

test("buckets keep more where objects are missed and less where they wait, within max", () => {
  const pool = sized({ max: 90 });
  const keeps = (): number[] => pool.stats().buckets.map(({ keep }) => keep);
  assert.deepEqual(keeps(), [30, 30, 30]);

  work(pool, 1, 80, 200);
  const [small, medium, large] = keeps();
  assert.ok(small >= 78, `small keeps ${small}`);
  assert.ok(medium <= 5 && large <= 5, `medium ${medium} and large ${large} gave up their room`);
  const before = pool.stats().misses;
  work(pool, 1, 80, 10);
  assert.ok(pool.stats().misses - before <= 20, "hits from then on");

  work(pool, 100, 80, 400);
  const now = keeps();
  assert.ok(now[2] >= 78 && now[0] <= 5, `now ${now.join()}: the large ones took over`);
  assert.ok(pool.stats().buckets[0].idle <= 5, "small objects that nobody asks for are gone");
  assert.ok(now[0] + now[1] + now[2] <= 90);
});

test("what was missed long ago does not make a bucket keep more", () => {
  const pool = sized({ max: 90 });
  const objects = Array.from({ length: 80 }, () => pool.acquire(1));
  work(pool, 20, 1, 1024);
  for (const object of objects) pool.release(object);
  work(pool, 20, 1, 1024);
  const [small] = pool.stats().buckets;
  assert.ok(
    small.dropped >= 50 && small.keep <= 30,
    `keeps ${small.keep} after ${small.dropped} were dropped`,
  );
});

test("a pool without sizes gives up what waits, and makes room again when it is missed, but keeps min", () => {
  const pool = maps({ min: 4, max: 100 });
  const burst = (live: number, rounds: number): void => {
    for (let round = 0; round < rounds; round++) {
      const all = Array.from({ length: live }, () => pool.acquire());
      for (const map of all) pool.release(map);
    }
  };
  burst(100, 20);
  assert.equal(pool.stats().idle, 100);
  burst(1, 20_000);
  assert.equal(pool.stats().idle, 4);
  burst(100, 40);
  const { idle, buckets } = pool.stats();
  assert.deepEqual([idle, buckets[0].keep], [100, 100]);
});

test("a closed pool refuses to give out, and destroys what comes back", () => {
  const destroyed: unknown[] = [];
  const pool = maps({ destroy: (map) => destroyed.push(map), name: "done" });
  const [a, b] = [pool.acquire(), pool.acquire()];
  pool.release(a);
  pool.close();
  assert.deepEqual(destroyed, [a]);
  assert.throws(() => pool.acquire(), code("POOL_CLOSED", /"done" was closed/));
  assert.throws(() => pool.lease(), code("POOL_CLOSED"));
  pool.release(b);
  assert.deepEqual(destroyed, [a, b]);
  pool.close();
});

test("options that cannot be meant are refused", () => {
  const wrong: object[] = [
    { create: undefined },
    { reset: 5 },
    { destroy: "x" },
    { sizeOf: null },
    { min: -1 },
    { max: 1.5 },
    { min: 5, max: 4 },
  ];
  for (const options of wrong) assert.throws(() => maps(options), code("BAD_ARGUMENT"));
});
