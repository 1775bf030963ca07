// Random programs over a table of records, run beside a plain Map: what the tests and the long run share.

import assert from "node:assert/strict";
import * as fc from "fast-check";

import { Records } from "../../src/record/records.ts";
import { PaintedAllocator } from "./painted-allocator.ts";

const schema = {
  x: "f64",
  position: ["f32", 3],
  id: "u64",
  kind: "u8",
  flags: "u16",
  code: "i32",
  bytes: ["u8", 40],
} as const;

type Table = Records<typeof schema>;

type Step =
  | { readonly do: "add" | "acquire" | "tryAcquire" | "release" | "set"; readonly pick: number }
  | { readonly do: "misuse"; readonly pick: number }
  | { readonly do: "compact" | "trim" | "clear" | "refuse" }
  | { readonly do: "reserve"; readonly pick: number };

export interface Program {
  readonly steps: readonly Step[];
  readonly capacity: number;
  readonly maxRecords: number;
  readonly growth: number;
  readonly maxGeneration: number | undefined;
}

interface Values {
  x: number;
  position: number[];
  id: bigint;
  kind: number;
  flags: number;
  code: number;
  bytes: number[];
}

const pick = fc.nat({ max: 1000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ do: fc.constant("add" as const), pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("acquire" as const), pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("tryAcquire" as const), pick }) },
  { weight: 30, arbitrary: fc.record({ do: fc.constant("release" as const), pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("set" as const), pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("misuse" as const), pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("compact", "trim", "refuse") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("clear" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reserve" as const), pick: fc.nat({ max: 300 }) }) },
);

/** Programs of up to `length` steps. */
export function programs(length: number): fc.Arbitrary<Program> {
  return fc
    .record({
      steps: fc.array(step, { maxLength: length, size: "max" }),
      maxRecords: fc.constantFrom(1, 2, 7, 31, 32, 33, 100, 2 ** 20),
      capacity: fc.integer({ min: 1, max: 70 }),
      growth: fc.constantFrom(1.1, 1.5, 2),
      maxGeneration: fc.constantFrom(undefined, undefined, 2, 3, 7),
    })
    .map((program) => ({ ...program, capacity: Math.min(program.capacity, program.maxRecords) }));
}

/** Runs a program, comparing table and model after every step. */
export function run(program: Program): void {
  const { steps, maxGeneration, ...options } = program;
  const allocator = new PaintedAllocator();
  const table: Table = new Records(allocator, schema, options, maxGeneration);
  const runner = new Runner(table, allocator);
  for (const each of steps) runner.step(each);
  table.close();
  assert.equal(allocator.inUse, 0, "the table gave all memory back");
  allocator.pool.close();
}

class Runner {
  readonly table: Table;
  readonly allocator: PaintedAllocator;
  readonly model = new Map<number, Values>();
  readonly dead: number[] = [];
  readonly given = new Set<number>();
  count = 0;

  constructor(table: Table, allocator: PaintedAllocator) {
    this.table = table;
    this.allocator = allocator;
  }

  step(step: Step): void {
    if (step.do === "add") this.add();
    else if (step.do === "acquire")
      this.enter(
        this.orFull(() => this.table.acquire()),
        blank(),
      );
    else if (step.do === "tryAcquire") this.enter(this.table.tryAcquire(), blank());
    else if (step.do === "release") this.release(step.pick);
    else if (step.do === "set") this.set(step.pick);
    else if (step.do === "misuse") this.misuse(step.pick);
    else if (step.do === "compact") this.compact();
    else if (step.do === "trim") this.trim();
    else if (step.do === "clear") this.clear();
    else if (step.do === "reserve") this.reserve(step.pick);
    else this.refuse();
    this.compare();
  }

  add(): void {
    const values = this.values();
    this.enter(
      this.orFull(() => this.table.add(values)),
      values,
    );
  }

  // A handle, or undefined where the table rightly says that it is full.
  orFull(acquire: () => number): number | undefined {
    try {
      return acquire();
    } catch (error) {
      assert.equal((error as { code?: string }).code, "POOL_EXHAUSTED");
      return undefined;
    }
  }

  enter(handle: number | undefined, values: Values): void {
    const { size, retired } = this.table.stats();
    if (handle === undefined) {
      assert.equal(size + retired, this.table.capacity, "only a full table refuses");
      return;
    }
    assert.ok(!this.given.has(handle), "no handle comes twice");
    assert.ok(Number.isSafeInteger(handle) && handle > 0);
    this.given.add(handle);
    this.model.set(handle, values);
  }

  release(at: number): void {
    const handle = this.someLive(at);
    if (handle === undefined) return;
    this.table.release(handle);
    this.model.delete(handle);
    this.dead.push(handle);
  }

  set(at: number): void {
    const handle = this.someLive(at);
    if (handle === undefined) return;
    const values = this.values();
    this.table.set(handle, "x", values.x);
    this.table.set(handle, "position", values.position);
    this.table.write(handle, { id: values.id, kind: values.kind, flags: values.flags });
    this.table.write(handle, { code: values.code, bytes: values.bytes });
    this.model.set(handle, values);
  }

  misuse(at: number): void {
    const wrong = [
      NaN,
      -1,
      0.5,
      0,
      2 ** 60,
      "5",
      null,
      {},
      ...this.dead.slice(at % 7, (at % 7) + 3),
    ] as number[];
    for (const handle of wrong) {
      assert.equal(this.table.has(handle), false);
      assert.throws(() => this.table.release(handle), { name: "PoolError" });
      assert.throws(() => this.table.get(handle, "x"), { name: "PoolError" });
    }
  }

  compact(): void {
    const { retired } = this.table.stats();
    const before = [...this.table];
    const moves = this.table.compact();
    const after = before.map((handle) => moves.get(handle));
    assert.deepEqual([...this.table], after, "records keep their order");
    assert.deepEqual(
      [...moves].filter(([from, to]) => from === to || !before.includes(from)),
      [],
    );
    for (const [from, to] of moves) this.forward(from, to);
    if (retired === 0 && this.table.stats().retired === 0) assert.equal(this.table.end, this.table.size);
  }

  forward(from: number, to: number): void {
    const values = this.model.get(from);
    assert.ok(values !== undefined && !this.given.has(to));
    this.given.add(to);
    this.dead.push(from);
    this.model.delete(from);
    this.model.set(to, values);
  }

  trim(): void {
    const { capacity } = this.table;
    const given = this.table.trim();
    assert.equal(given > 0, this.table.capacity < capacity);
  }

  clear(): void {
    this.table.clear();
    this.dead.push(...this.model.keys());
    this.model.clear();
  }

  // Growth that fails leaves everything as it was, and works when there is memory again.
  refuse(): void {
    this.allocator.allowed = 0;
    const before = this.table.stats();
    const roomy = before.size + before.retired < before.capacity;
    if (!roomy) {
      assert.throws(() => this.table.acquire(), { code: "POOL_EXHAUSTED" });
      assert.equal(this.table.tryAcquire(), undefined);
      assert.deepEqual(this.table.stats(), before);
    }
    this.allocator.allowed = Infinity;
  }

  reserve(count: number): void {
    try {
      this.table.reserve(count);
      assert.ok(this.table.capacity >= count);
    } catch (error) {
      assert.equal((error as { code?: string }).code, "POOL_EXHAUSTED");
    }
  }

  compare(): void {
    const { table, model } = this;
    this.allocator.checkMargins();
    assert.equal(table.size, model.size);
    assert.ok(table.end <= table.capacity);
    for (const [handle, values] of model) assert.deepEqual(table.read(handle), values);
    for (const handle of this.dead.slice(-5)) assert.equal(table.has(handle), false);
    const indices = [...model.keys()].map((handle) => table.indexOf(handle)).toSorted((a, b) => a - b);
    assert.deepEqual([...table.indices()], indices);
    this.compareFree(new Set(indices));
  }

  // What is free is zero, up to the very end of every column.
  compareFree(live: ReadonlySet<number>): void {
    const { columns, capacity } = this.table;
    for (const [name, spec] of Object.entries(schema)) {
      const column = columns[name as keyof typeof schema];
      const count = typeof spec === "string" ? 1 : spec[1];
      assert.equal(column.length, capacity * count);
      for (let index = 0; index < capacity; index++) {
        if (live.has(index)) continue;
        for (let at = index * count; at < (index + 1) * count; at++) {
          if (Number(column[at]) !== 0) assert.fail(`${name} of free record ${index} is ${column[at]}`);
        }
      }
    }
  }

  someLive(at: number): number | undefined {
    const handles = [...this.model.keys()];
    return handles[at % handles.length];
  }

  values(): Values {
    const n = ++this.count;
    return {
      x: n + 0.5,
      position: [n, n + 1, n + 2],
      id: BigInt(n) << 40n,
      kind: (n % 255) + 1,
      flags: (n % 65_535) + 1,
      code: -n,
      bytes: Array.from({ length: 40 }, (_, at) => (n + at) % 256),
    };
  }
}

function blank(): Values {
  const zeros = Array.from({ length: 40 }, () => 0);
  return { x: 0, position: [0, 0, 0], id: 0n, kind: 0, flags: 0, code: 0, bytes: zeros };
}
