// The end of a pool: refused while arrays are in use, forced when asked, and final.
import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { test } from "node:test";
import type { Pool } from "@millpond/core";
import { bytesOf, allEqual } from "./bytes.ts";
import { MODES, refused, smallPool } from "./modes.ts";

test("a pool with arrays in use stays open, says how many, and closes once they are back", () => {
  for (const check of MODES) {
    if (check === "off") continue;
    const pool = smallPool({ check, name: "busy" });
    const child = pool.child();
    const arrays = [pool.acquire(Uint8Array, 10), pool.acquire(Uint8Array, 1000)];
    const childs = child.acquire(Float64Array, 5);
    const error = refused(() => pool.close(), "POOL_IN_USE", /"busy"/, /3 arrays/, /force/);
    assert.equal(error.details["bytes"], 1050);
    assert.ok(!pool.closed && !child.closed);
    for (const array of arrays) pool.release(array);
    refused(() => pool.close(), "POOL_IN_USE", /1 arrays/);
    child.release(childs);
    pool.close();
    assert.ok(pool.closed && child.closed);
  }
});

test("a forced close leaves the arrays of the root readable and takes children along", () => {
  const pool = smallPool();
  const child = pool.child().child();
  const array = pool.acquire(Uint8Array, 10_000).fill(5);
  child.acquire(Uint8Array, 10);
  pool.close({ force: true });
  assert.ok(child.closed);
  assert.ok(allEqual(array, 5));
  const { inUse, acquired } = pool.stats();
  assert.deepEqual({ inUse, acquired }, { inUse: 1, acquired: 2 });
});

test("a child that is closed by force leaves its blocks to the others", () => {
  for (const check of MODES) {
    const pool = smallPool({ check });
    const child = pool.child();
    const arrays = Array.from({ length: 50 }, () => child.acquire(Uint8Array, 500));
    for (const array of arrays) bytesOf(array).fill(9);
    const { bytesRetained } = pool.stats();
    child.close({ force: true });
    const again = Array.from({ length: 50 }, () => pool.acquire(Uint8Array, 500));
    for (const array of again) assert.ok(allEqual(array, 0));
    assert.equal(pool.stats().bytesRetained, bytesRetained);
    for (const array of again) pool.release(array);
    pool.close();
  }
});

test("using closes a pool at the end of a block, whatever is in use", () => {
  let kept: Pool;
  {
    using pool = smallPool();
    pool.acquire(Uint8Array, 10);
    kept = pool;
  }
  assert.ok(kept.closed);
});

test("numbers of closed children are used again, so that their count has no end", () => {
  const pool = smallPool();
  const keeper = pool.child();
  const array = keeper.acquire(Uint8Array, 10);
  for (let round = 0; round < 70_000; round++) pool.child({ name: "short" }).close();
  keeper.release(array);
  assert.equal(pool.children.length, 1);
});

test("a pool has up to 65,534 open children, and room for another once one is closed", () => {
  const pool = smallPool();
  const first = pool.child();
  for (let count = 1; count < 65_534; count++) pool.child();
  refused(() => pool.child(), "BAD_ARGUMENT", /at most 65534 open children/);
  assert.equal(pool.children.length, 65_534);
  first.close();
  const array = pool.child().acquire(Uint8Array, 10);
  refused(() => pool.release(array), "FOREIGN_RELEASE");
  pool.close({ force: true });
});

test("closing, leaking, growing, trimming, exhaustion and misuse are published", () => {
  const seen: string[] = [];
  const names = ["grow", "trim", "exhausted", "misuse", "leak", "close"];
  const listeners = names.map((name) => {
    const listener = (message: unknown): void => {
      assert.equal((message as { pool: string }).pool, "told");
      seen.push(name);
    };
    subscribe(`millpond:pool.${name}`, listener);
    return (): boolean => unsubscribe(`millpond:pool.${name}`, listener);
  });
  const pool = smallPool({ name: "told", limitBytes: 131_072 });
  const array = pool.acquire(Uint8Array, 100);
  refused(() => pool.acquire(Uint8Array, 200_000), "POOL_EXHAUSTED");
  pool.release(array);
  refused(() => pool.release(array), "DOUBLE_RELEASE");
  pool.trim();
  pool.acquire(Uint8Array, 100);
  refused(() => pool.close(), "POOL_IN_USE");
  pool.close({ force: true });
  for (const stop of listeners) assert.ok(stop());
  assert.deepEqual(seen, ["grow", "exhausted", "misuse", "trim", "grow", "leak", "leak", "close"]);
});

test("a pool may be used by those who listen to it", () => {
  const pool = smallPool({ name: "reentrant", limitBytes: 32 * 65_536 });
  const use = (): void => {
    pool.release(pool.acquire(Uint8Array, 64));
    pool.stats();
  };
  const names = ["grow", "trim", "exhausted", "misuse"];
  for (const name of names) subscribe(`millpond:pool.${name}`, use);
  const arrays = Array.from({ length: 10 }, () => pool.acquire(Uint8Array, 70_000));
  refused(() => pool.acquire(Uint8Array, 1_800_000), "POOL_EXHAUSTED");
  refused(() => pool.release(new Uint8Array(1)), "FOREIGN_RELEASE");
  for (const array of arrays) pool.release(array);
  pool.trim();
  for (const name of names) unsubscribe(`millpond:pool.${name}`, use);
  assert.equal(pool.stats().inUse, 0);
  pool.close();
});
