// Random programs over vectors against a Map, with painted memory around every block.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";

import { Vectors } from "../../src/record/vectors.ts";
import { PaintedAllocator } from "./painted-allocator.ts";

interface Step {
  readonly do: "add" | "acquire" | "release" | "set" | "stale" | "trim" | "clear" | "refuse" | "reserve";
  readonly pick: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom("add" as const, "add" as const, "release" as const) },
    { weight: 8, arbitrary: fc.constantFrom("acquire" as const, "set" as const, "stale" as const) },
    { weight: 3, arbitrary: fc.constantFrom("trim" as const, "refuse" as const, "reserve" as const) },
    { weight: 1, arbitrary: fc.constant("clear" as const) },
  ),
  pick: fc.nat({ max: 200 }),
});

const program = fc.record({
  prefill: fc.nat({ max: 100 }),
  steps: fc.array(step, { maxLength: 150, size: "max" }),
  dimensions: fc.integer({ min: 1, max: 9 }),
  type: fc.constantFrom("f32" as const, "f64" as const),
  align: fc.constantFrom(8, 16, 32, 64),
  maxVectors: fc.constantFrom(1, 31, 32, 33, 70, 2 ** 20),
  maxGeneration: fc.constantFrom(undefined, undefined, 2, 5),
});

type Program = typeof program extends fc.Arbitrary<infer P> ? P : never;

// Segments of 32 rows, so that short programs need several.
class Runner {
  readonly allocator = new PaintedAllocator();
  readonly vectors: Vectors<Float32Array | Float64Array>;
  readonly model = new Map<number, number[]>();
  readonly addresses = new Map<number, number>();
  readonly dead: number[] = [];
  count = 0;

  constructor({ maxGeneration, prefill, steps, ...options }: Program) {
    this.vectors = new Vectors(this.allocator, { ...options, segmentRows: 1 }, maxGeneration);
    for (let n = 0; n < prefill; n++) this.enter("add");
    for (const each of steps) {
      this.step(each);
      this.compare();
    }
    this.vectors.close();
    assert.equal(this.allocator.inUse, 0);
    this.allocator.pool.close();
  }

  step({ do: action, pick }: Step): void {
    const { vectors } = this;
    const live = [...this.model.keys()];
    const handle = live[pick % live.length];
    if (action === "add" || action === "acquire") this.enter(action);
    else if (action === "trim") vectors.trim();
    else if (action === "refuse") this.refuse();
    else if (action === "reserve") this.reserve(pick);
    else if (action === "clear") this.clear(live);
    else if (action === "stale") this.stale();
    else if (handle !== undefined && action === "set") this.set(handle);
    else if (handle !== undefined) this.release(handle);
  }

  values(): number[] {
    const n = ++this.count;
    return Array.from({ length: this.vectors.dimensions }, (_, at) => n + at / 8);
  }

  enter(action: "add" | "acquire"): void {
    const { vectors } = this;
    const values = action === "add" ? this.values() : this.values().fill(0);
    let handle: number;
    try {
      handle = action === "add" ? vectors.add(values) : vectors.acquire();
    } catch (error) {
      assert.equal((error as { code?: string }).code, "POOL_EXHAUSTED");
      assert.equal(vectors.size + vectors.stats().retired, vectors.capacity);
      return;
    }
    assert.ok(!this.addresses.has(handle), "no handle comes twice");
    this.model.set(handle, values);
    this.addresses.set(handle, vectors.address(handle));
  }

  set(handle: number): void {
    const values = this.values();
    this.vectors.set(handle, values);
    this.model.set(handle, values);
  }

  release(handle: number): void {
    this.vectors.release(handle);
    this.model.delete(handle);
    this.dead.push(handle);
  }

  stale(): void {
    for (const handle of [...this.dead.slice(-9), 0, -1, 2.5, NaN]) {
      assert.equal(this.vectors.has(handle), false);
      assert.throws(() => this.vectors.row(handle), { name: "PoolError" });
      assert.throws(() => this.vectors.release(handle), { name: "PoolError" });
    }
  }

  clear(live: readonly number[]): void {
    this.vectors.clear();
    this.dead.push(...live);
    this.model.clear();
  }

  refuse(): void {
    const { vectors, allocator } = this;
    const before = vectors.stats();
    if (before.size + before.retired < before.capacity) return;
    allocator.allowed = 0;
    const { inUse } = allocator;
    assert.throws(() => vectors.acquire(), { code: "POOL_EXHAUSTED" });
    assert.deepEqual(vectors.stats(), before);
    assert.equal(allocator.inUse, inUse);
    allocator.allowed = Infinity;
  }

  reserve(count: number): void {
    try {
      this.vectors.reserve(count);
      assert.ok(this.vectors.capacity >= count);
    } catch (error) {
      assert.equal((error as { code?: string }).code, "POOL_EXHAUSTED");
    }
  }

  compare(): void {
    const { vectors, model } = this;
    this.allocator.checkMargins();
    assert.equal(vectors.size, model.size);
    for (const [handle, values] of model) {
      assert.deepEqual([...vectors.row(handle)], values);
      assert.equal(vectors.address(handle), this.addresses.get(handle), "rows never move");
    }
    const indices = [...model.keys()].map((handle) => vectors.indexOf(handle)).toSorted((a, b) => a - b);
    assert.deepEqual([...vectors.indices()], indices);
    this.compareSegments(new Set(indices));
  }

  // Padding and free rows are zero, and the live bits are those of the model.
  compareSegments(live: ReadonlySet<number>): void {
    for (const segment of this.vectors.segments()) {
      const { array, stride, rows, first } = segment;
      const step = stride / array.BYTES_PER_ELEMENT;
      for (let row = 0; row < rows; row++) {
        const isLive = live.has(first + row);
        assert.equal((segment.live[row >>> 5] >>> row) & 1, isLive ? 1 : 0);
        assert.ok(!isLive || row < segment.end);
        const zeroFrom = row * step + (isLive ? this.vectors.dimensions : 0);
        assert.ok(array.subarray(zeroFrom, (row + 1) * step).every((value) => value === 0));
      }
    }
  }
}

test("vectors do what a Map of arrays does and never move, whatever the program", () => {
  fc.assert(
    fc.property(program, (each) => void new Runner(each)),
    { numRuns: 70 },
  );
});

test("growth that fails half way gives back what it had acquired", () => {
  const allocator = new PaintedAllocator();
  const index = new Vectors(allocator, { dimensions: 2 });
  allocator.allowed = 1;
  assert.throws(() => index.add([1, 2]), { code: "POOL_EXHAUSTED" });
  assert.deepEqual([allocator.inUse, index.capacity, index.segments().length], [0, 0, 0]);
  allocator.allowed = Infinity;
  assert.deepEqual([...index.row(index.add([1, 2]))], [1, 2]);
});
