// Invariant 1 and the soak: a million mixed operations end with nothing in use and flat memory; a steady state
// allocates nothing; what is given back leaves the process; and a forgotten pool is collected.
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { test } from "node:test";
import { KiB, MiB, Pool, type TypedArray } from "@millpond/core";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { randomFrom } from "../../src/memory/random.ts";
import { BLOCK_MODES, smallPool } from "./modes.ts";
import { round } from "./round.ts";

function collect(): void {
  assert.ok(globalThis.gc !== undefined, "run with --expose-gc");
  globalThis.gc();
  globalThis.gc();
}

interface Memory {
  readonly heapUsed: number;
  readonly arrayBuffers: number;
  readonly rss: number;
}

function memory(): Memory {
  collect();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heapUsed, arrayBuffers, rss };
}

// Pool growth makes no garbage to speak of, so the collector puts small things off: the second half is what counts.
function assertFlat(samples: readonly Memory[], what: string): void {
  const half = samples.slice(Math.floor(samples.length / 2));
  for (const [key, allowed] of [
    ["heapUsed", 512 * KiB],
    ["arrayBuffers", 64 * KiB],
    ["rss", 24 * MiB],
  ] as const) {
    const third = Math.ceil(half.length / 3);
    const early = Math.min(...half.slice(0, third).map((sample) => sample[key]));
    const late = Math.min(...half.slice(-third).map((sample) => sample[key]));
    assert.ok(late - early <= allowed, `${what}: ${key} rose from ${early} to ${late}`);
  }
}

interface Holder {
  readonly array: TypedArray;
  readonly release: () => void;
  readonly paint: number;
}

// One operation on one of three pools: acquire in one of four ways, release, misuse, trim, decay, a short-lived child.
class Mixer {
  readonly #pools: readonly Pool[];
  readonly #random: () => number;
  readonly #held: Holder[] = [];
  readonly #most: number;

  constructor(root: Pool, seed: number, most: number) {
    const child = root.child({ name: "child", limitBytes: 24 * MiB });
    this.#pools = [root, root, child, child.child({ onExhausted: "unpooled", limitBytes: 4 * MiB })];
    this.#random = randomFrom(seed);
    this.#most = most;
  }

  step(): void {
    const dice = this.#random();
    if (dice < 0.46 && this.#held.length < this.#most) this.#acquire();
    else if (dice < 0.98) this.#release();
    else if (dice < 0.995) this.#misuse();
    else this.#maintain(dice);
  }

  drain(): void {
    while (this.#held.length > 0) this.#release();
  }

  #below(bound: number): number {
    return Math.floor(this.#random() * bound);
  }

  #acquire(): void {
    const pool = this.#pools[this.#below(this.#pools.length)];
    const type = ARRAY_TYPES[this.#below(ARRAY_TYPES.length)];
    const most = this.#random() < 0.01 ? 200_000 : 2000;
    const length = this.#random() < 0.5 ? 128 : Math.floor(this.#random() ** 3 * most);
    const paint = 1 + this.#below(250);
    if (this.#random() < 0.3) {
      const lease = pool.lease(type, length);
      this.#hold(lease.array, () => lease.release(), paint);
    } else {
      const array = this.#random() < 0.5 ? pool.acquire(type, length) : pool.acquireUnsafe(type, length);
      this.#hold(array, () => pool.release(array), paint);
    }
  }

  #hold(array: TypedArray, release: () => void, paint: number): void {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    if (bytes.length > 0) bytes[0] = bytes[bytes.length - 1] = paint;
    this.#held.push({ array, release, paint });
  }

  #release(): void {
    const place = this.#below(this.#held.length);
    const last = this.#held.pop();
    if (last === undefined) return;
    const holder = this.#held[place] ?? last;
    if (holder !== last) this.#held[place] = last;
    const { array, paint } = holder;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    if (bytes.length > 0 && (bytes[0] !== paint || bytes[bytes.length - 1] !== paint))
      assert.fail(`an array of ${bytes.length} bytes was overwritten`);
    holder.release();
  }

  #misuse(): void {
    const pool = this.#pools[this.#below(this.#pools.length)];
    const holder = this.#held[this.#below(this.#held.length)];
    const what = holder === undefined ? new Uint8Array(8) : holder.array.subarray(0);
    assert.throws(() => pool.release(what), { code: /^(?:SUBVIEW|FOREIGN)_RELEASE$/ });
  }

  #maintain(dice: number): void {
    const [root] = this.#pools;
    if (dice < 0.9955) root.trim();
    else if (dice < 0.999) root._decay();
    else {
      const child = root.child();
      child.acquire(Uint8Array, this.#below(5000));
      child.close({ force: true });
    }
  }
}

for (const check of BLOCK_MODES) {
  test(`a million mixed operations end with nothing in use and flat memory (${check})`, () => {
    const root = smallPool({ check, limitBytes: 64 * MiB, regionBytes: 4 * MiB, pressure: () => 0 });
    const mixer = new Mixer(root, 20_241_121, 300);
    const operations = check === "fast" ? 1_000_000 : 200_000;
    const samples: Memory[] = [];
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < operations / 20; i++) mixer.step();
      samples.push(memory());
    }
    mixer.drain();
    const { inUse, bytesInUse, acquired, released, bytesUnpooled } = root.stats();
    assert.deepEqual({ inUse, bytesInUse, bytesUnpooled }, { inUse: 0, bytesInUse: 0, bytesUnpooled: 0 });
    assert.equal(released, acquired);
    assert.ok(acquired > operations / 3);
    assertFlat(samples, check);
    root.trim();
    assert.equal(root.stats().bytesRetained, 0);
    root.close();
  });
}

test("a steady state allocates nothing and never grows", () => {
  const pool = smallPool({ regionBytes: 64 * MiB });
  const held: TypedArray[] = Array.from({ length: 300 });
  for (let warm = 0; warm < 300; warm++) round(pool, held);
  const { growths, regionsReserved, misses } = pool.stats();
  const samples: Memory[] = [];
  for (let times = 0; times < 500; times++) {
    round(pool, held);
    if (times % 20 === 0) samples.push(memory());
  }
  assertFlat(samples, "steady state");
  const after = pool.stats();
  assert.deepEqual([after.growths, after.regionsReserved], [growths, regionsReserved]);
  assert.equal(after.misses, misses, "requests of a steady state are hits");
});

test("regions that are dropped leave the process", async () => {
  const pool = new Pool({ check: "fast", trimAfterMs: Infinity, regionBytes: 16 * MiB });
  const before = memory().rss;
  const arrays = Array.from({ length: 200 }, () => pool.acquireUnsafe(Uint8Array, 1_000_000).fill(1));
  const full = memory().rss;
  assert.ok(full - before > 150 * MiB, `rss rose by ${full - before}`);
  for (const array of arrays.splice(0)) pool.release(array);
  const { bytes, regions } = pool.trim();
  assert.ok(bytes >= 200 * MiB * 0.95 && regions > 10);
  let rss = full;
  for (let tries = 0; tries < 50 && rss > full - 150 * MiB; tries++) {
    await delay(20);
    rss = memory().rss;
  }
  assert.ok(rss <= full - 150 * MiB, `rss went from ${full} to ${rss}`);
});

test("a pool that nobody holds any more is collected, its timer notwithstanding", async () => {
  const regions: WeakRef<object>[] = [];
  const pools: WeakRef<object>[] = [];
  for (let i = 0; i < 20; i++) {
    const pool = new Pool({ check: "fast", trimAfterMs: 60_000 });
    const array = pool.acquire(Uint8Array, 1000);
    pools.push(new WeakRef(pool));
    regions.push(new WeakRef(array.buffer));
  }
  const left = (): number => [...pools, ...regions].filter((ref) => ref.deref() !== undefined).length;
  for (let tries = 0; tries < 50 && left() > 2; tries++) {
    await delay(5);
    collect();
  }
  // The last one may live on in a register.
  assert.ok(left() <= 2, `${left()} of 40 are still there`);
});

test("the timer of a pool does not keep the process alive", async () => {
  const { spawnSync } = await import("node:child_process");
  const script = `import { Pool } from "@millpond/core"; new Pool({ trimAfterMs: 3_600_000 }).acquire(Uint8Array, 10);`;
  const { status, signal, stderr } = spawnSync(
    process.execPath,
    ["--conditions=source", "--input-type=module", "-e", script],
    { timeout: 60_000, encoding: "utf8" },
  );
  assert.deepEqual([status, signal, stderr], [0, null, ""]);
});

test("in mode off a forgotten array is collected as it would be without a pool", async () => {
  const pool = smallPool({ check: "off" });
  const refs = Array.from({ length: 20 }, () => new WeakRef(pool.acquire(Float64Array, 5000)));
  const left = (): number => refs.filter((ref) => ref.deref() !== undefined).length;
  for (let tries = 0; tries < 50 && left() > 1; tries++) {
    await delay(5);
    collect();
  }
  assert.ok(left() <= 1, `${left()} of 20 are still there`);
  assert.equal(pool.stats().acquired, 20);
});
