// Random programs over object pools against sets of what is in use.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type ObjectLease, type ObjectPool, objects } from "@millpond/core";
import * as fc from "fast-check";

class Thing {
  readonly room: number;
  owner = 0;
  constructor(room: number) {
    this.room = room;
  }
}

const hints = [0, 5, 15, 16, 40, 63, 64, 900];
const program = fc.record({
  sized: fc.boolean(),
  min: fc.nat({ max: 3 }),
  max: fc.integer({ min: 3, max: 20 }),
  steps: fc.array(
    fc.record({
      do: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom("acquire" as const, "release" as const) },
        { weight: 2, arbitrary: fc.constantFrom("lease" as const, "end" as const, "misuse" as const) },
        { weight: 1, arbitrary: fc.constantFrom("fail" as const, "trim" as const, "drain" as const) },
        { weight: 1, arbitrary: fc.constant("hurry" as const) },
      ),
      pick: fc.nat({ max: 1000 }),
    }),
    { maxLength: 150, size: "max" },
  ),
});
type Program = typeof program extends fc.Arbitrary<infer P> ? P : never;

class Runner {
  readonly pool: ObjectPool<Thing>;
  readonly busy = new Set<Thing>();
  readonly leases = new Map<ObjectLease<Thing>, Thing>();
  readonly gone = new Set<Thing>();
  readonly idle = new Set<Thing>();
  readonly limits: { readonly min: number; readonly max: number };
  failing = false;
  owners = 0;

  constructor({ sized, min, max, steps }: Program) {
    this.limits = { min, max };
    this.pool = objects({
      create: (sizeHint) => new Thing(sizeHint),
      reset: (thing) => {
        if (this.failing) throw new Error("reset");
        thing.owner = 0;
      },
      destroy: (thing) => {
        assert.ok(!this.gone.has(thing), "destroyed once");
        this.gone.add(thing);
        this.idle.delete(thing);
      },
      min,
      max,
      ...(sized ? { sizeOf: (thing: Thing) => thing.room } : {}),
    });
    for (const { do: action, pick } of steps) {
      this.step(action, pick);
      this.compare();
    }
  }

  step(action: Program["steps"][number]["do"], pick: number): void {
    const things = [...this.busy];
    const thing = things[pick % things.length];
    const leases = [...this.leases.keys()];
    if (action === "acquire") this.busy.add(this.enter(this.pool.acquire(hints[pick % 8])));
    else if (action === "lease") this.lease(pick);
    else if (action === "end") this.end(leases[pick % leases.length]);
    else if (action === "misuse") this.misuse();
    else if (action === "trim") this.pool.trim();
    else if (action === "drain") this.pool.drain();
    else if (action === "hurry") this.hurry(pick % 900);
    else if (thing !== undefined && action === "release") this.release(thing);
    else if (thing !== undefined) this.fail(thing);
  }

  // Nobody else has it, it was reset, and it was not destroyed.
  enter(thing: Thing): Thing {
    assert.ok(!this.busy.has(thing) && ![...this.leases.values()].includes(thing));
    assert.ok(!this.gone.has(thing));
    assert.equal(thing.owner, 0);
    thing.owner = ++this.owners;
    this.idle.delete(thing);
    return thing;
  }

  lease(pick: number): void {
    const lease = this.pool.lease(hints[pick % 8]);
    this.leases.set(lease, this.enter(lease.object));
  }

  end(lease: ObjectLease<Thing> | undefined): void {
    if (lease === undefined) return;
    const thing = this.leases.get(lease) as Thing;
    this.leases.delete(lease);
    this.idle.add(thing);
    lease.release();
    assert.throws(() => lease.release(), { code: "DOUBLE_RELEASE" });
  }

  release(thing: Thing): void {
    this.busy.delete(thing);
    this.idle.add(thing);
    this.pool.release(thing);
  }

  fail(thing: Thing): void {
    this.failing = true;
    assert.throws(() => this.pool.release(thing), /reset/);
    this.failing = false;
    this.busy.delete(thing);
    assert.ok(this.gone.has(thing));
  }

  misuse(): void {
    for (const thing of [...this.gone, ...this.idle].slice(-8)) {
      assert.throws(() => this.pool.release(thing), { code: "DOUBLE_RELEASE" });
    }
    assert.throws(() => this.pool.release(new Thing(1)), { code: "FOREIGN_RELEASE" });
  }

  // So many rounds that buckets are looked at again.
  hurry(rounds: number): void {
    for (let round = 0; round < rounds; round++) {
      const thing = this.enter(this.pool.acquire(hints[round % 8]));
      this.idle.add(thing);
      this.pool.release(thing);
    }
  }

  compare(): void {
    const { inUse, idle, created, destroyed, buckets } = this.pool.stats();
    const { max } = this.limits;
    assert.equal(inUse, this.busy.size + this.leases.size);
    assert.equal(created, inUse + idle + destroyed);
    assert.equal(destroyed, this.gone.size);
    assert.ok(idle <= max);
    assert.ok(buckets.reduce((sum, { keep }) => sum + keep, 0) <= max);
    for (const thing of this.busy) assert.ok(thing.owner > 0);
  }
}

test("no object has two owners, and every one is in use, idle or destroyed, whatever the program", () => {
  fc.assert(
    fc.property(program, (each) => void new Runner(each)),
    { numRuns: 150 },
  );
});
