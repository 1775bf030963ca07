// Reports, metrics and leak reports of pools.
import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { test } from "node:test";
import { calibrate, expectNoLeaks, formatReport, leaks, MiB, observe, Pool, report } from "@millpond/core";

test("a report counts what was saved, children included, and claims no time without a calibration", () => {
  const pool = new Pool({ name: "root" });
  const child = pool.child({ name: "child" });
  for (let i = 0; i < 10; i++) pool.release(pool.acquire(Uint8Array, 4096));
  for (let i = 0; i < 5; i++) child.release(child.acquire(Uint8Array, 4096));
  const made = report(pool);
  assert.deepEqual(made.saved, { allocations: 14, bytes: 14 * 4160, ms: undefined });
  assert.deepEqual(JSON.parse(JSON.stringify(made)).stats.name, "root");
  assert.match(
    formatReport(made),
    /root: 0 in use.*\n.*10 acquired.*9 hits[^]*child[^]*saved 14 allocations/,
  );
});

test("with a calibration the time saved follows from the hits", () => {
  const points = [
    { bytes: 1024, plainNs: 500, pooledNs: 100 },
    { bytes: 1 * MiB, plainNs: 1_000_100, pooledNs: 100 },
  ];
  const pool = new Pool();
  for (let i = 0; i < 11; i++) pool.release(pool.acquire(Uint8Array, 512));
  assert.equal(report(pool, { at: 0, points }).saved.ms, (10 * 400) / 1e6);
  const measured = calibrate();
  assert.ok(measured.points.every(({ plainNs, pooledNs }) => plainNs > 0 && pooledNs > 0));
});

test("allocations saved by closed children stay, and other modes than the calibrated one claim no time", () => {
  const pool = new Pool({ check: "fast" });
  const child = pool.child();
  for (let i = 0; i < 10; i++) child.release(child.acquire(Uint8Array, 4096));
  child.close();
  assert.equal(report(pool).saved.allocations, 9);
  assert.equal(report(pool).saved.bytes, 9 * 4160);
  const points = [{ bytes: 1024, plainNs: 500, pooledNs: 100 }];
  assert.equal(report(new Pool({ check: "checked" }), { at: 0, points }).saved.ms, undefined);
  assert.equal(report(new Pool({ check: "fast" }), { at: 0, points }).saved.ms, 0);
});

test("a meter reads the figures when it collects, until it is stopped", () => {
  type Read = Map<string, number>;
  const callbacks = new Set<
    (observations: { observe(name: string, value: number, attributes?: object): void }) => void
  >();
  const meter = {
    createObservableCounter: (name: string) => name,
    createObservableGauge: (name: string) => name,
    addBatchObservableCallback: (callback: never) => void callbacks.add(callback),
    removeBatchObservableCallback: (callback: never) => void callbacks.delete(callback),
  };
  const collect = (): Read => {
    const read: Read = new Map();
    const note = (name: string, value: number, attributes?: object): void =>
      void read.set(`${name} ${JSON.stringify(attributes)}`, value);
    for (const callback of callbacks) callback({ observe: note });
    return read;
  };
  const pool = new Pool({ name: "p" });
  const stop = observe<string>(meter, pool);
  const xs = pool.acquire(Uint8Array, 100);
  assert.equal(collect().get('millpond.pool.in_use {"owner":"p"}'), 1);
  pool.release(xs);
  assert.equal(collect().get('millpond.pool.in_use {"owner":"p"}'), 0);
  stop();
  assert.equal(collect().size, 0);
});

test("a test scope names what was not given back, also when the same object was in use before", async () => {
  const pool = new Pool({ name: "p" });
  const held = pool.acquire(Uint8Array, 4096);
  const child = pool.child({ name: "c" });
  expectNoLeaks(pool, () => pool.release(pool.acquire(Uint8Array, 4096)));
  const leak = (): void => {
    pool.release(held);
    assert.equal(pool.acquire(Uint8Array, 4096), held);
  };
  assert.throws(() => expectNoLeaks(pool, leak), { code: "LEAK", message: /1 of pool "p", 4 KiB/ });
  await assert.rejects(
    expectNoLeaks(pool, async () => void child.acquire(Uint8Array, 100)),
    { code: "LEAK", message: /pool "c"/ },
  );
  assert.throws(
    () =>
      expectNoLeaks(pool, () => {
        pool.acquire(Uint8Array, 100);
        throw new RangeError("mine");
      }),
    RangeError,
  );
});

test("leaks are noticed where arrays are not listed", () => {
  const pool = new Pool({ check: "off" });
  pool.acquire(Uint8Array, 100);
  expectNoLeaks(pool, () => pool.release(pool.acquire(Uint8Array, 4096)));
  const leak = (): void => void pool.acquire(Uint8Array, 4096);
  assert.throws(() => expectNoLeaks(pool, leak), { code: "LEAK", message: /1 more arrays/ });
});

test("leaks are grouped by tag and place, the most bytes first", () => {
  const pool = new Pool({ name: "p", check: "checked", stackEvery: 1 });
  const take = (length: number, tag: string): void => void pool.lease(Uint8Array, length, { tag });
  for (let i = 0; i < 3; i++) take(100, "small");
  take(4096, "large");
  const [first, second] = leaks(pool);
  assert.deepEqual([first.tag, first.count, first.bytes], ["large", 1, 4096]);
  assert.deepEqual([second.tag, second.count, second.bytes], ["small", 3, 300]);
  assert.match(first.stack ?? "", /report\.test/);
});

test("rare events reach a subscriber of their diagnostics channel", () => {
  const seen: string[] = [];
  const names = ["grow", "trim", "exhausted", "misuse", "leak", "close"];
  const listeners = names.map((name) => () => void seen.push(name));
  names.forEach((name, i) => subscribe(`millpond:pool.${name}`, listeners[i]));
  const pool = new Pool({ limitBytes: 1 * MiB });
  const xs = pool.acquire(Uint8Array, 1000);
  pool.release(xs);
  assert.throws(() => pool.release(xs));
  pool.trim();
  assert.throws(() => pool.acquire(Uint8Array, 2 * MiB));
  pool.acquire(Uint8Array, 1000);
  pool.close({ force: true });
  names.forEach((name, i) => unsubscribe(`millpond:pool.${name}`, listeners[i]));
  assert.deepEqual(new Set(seen), new Set(names));
});
