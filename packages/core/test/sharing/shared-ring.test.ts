// Shared rings of both kinds in one thread: records of all sizes against a plain queue, waiting, and refusals. What dead
// threads leave behind: ring-death.test.ts. Several threads at once: shared-death.soak.test.ts, ring-histories.test.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { MiB, type RingThreads, SharedPool, SharedRing } from "@millpond/core";

const pool = SharedPool.create({ limitBytes: 8 * MiB });
const bytes = (read: Uint8Array): number[] => [...read];
const kinds: readonly RingThreads[] = ["many", "two"];

function recordsAgainstQueue(threads: RingThreads): void {
  const step = fc.oneof(
    fc.record({ write: fc.nat(255) }),
    fc.record({ write: fc.constantFrom(0, 59, 60, 61, 124, 252) }),
    fc.constant({ read: true }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const ring = SharedRing.create(pool, { bytes: 1024, threads });
      const queue: number[][] = [];
      let stamp = 0;
      for (const action of steps) {
        if ("read" in action) {
          assert.deepEqual(ring.tryRead(bytes), queue.shift());
          continue;
        }
        const record = Array.from(
          { length: Math.min(action.write, ring.longestRecord) },
          () => (stamp = (stamp + 1) & 255),
        );
        if (ring.tryWrite(Uint8Array.from(record))) queue.push(record);
        else assert.ok(ring.used > 0, "an empty ring refused a record");
      }
      for (const record of queue) assert.deepEqual(ring.tryRead(bytes), record);
      assert.equal(ring.tryRead(bytes), undefined);
      assert.equal(ring.used, 0);
      ring.destroy();
    }),
    { numRuns: 300 },
  );
}

function fullRing(threads: RingThreads): void {
  const ring = SharedRing.create(pool, { bytes: 1024, threads });
  for (let round = 0; round < 40; round++) {
    let written = 0;
    while (ring.tryWrite(new Uint8Array(100).fill(written))) written++;
    // 128 bytes a record; an odd start leaves the last slots to padding.
    assert.ok(written === 8 || written === 7, `${written} records fitted`);
    for (let read = 0; read < written; read++)
      assert.deepEqual(
        ring.tryRead((at) => at[99]),
        read,
      );
    // Shifts the next round by one slot.
    ring.tryWrite(Uint8Array.of(round));
    assert.deepEqual(ring.tryRead(bytes), [round]);
  }
  ring.destroy();
}

function throwing(threads: RingThreads): void {
  const ring = SharedRing.create(pool, { bytes: 1024, threads });
  const fail = (): never => {
    throw new RangeError("no");
  };
  assert.throws(() => ring.tryWriteWith(10, fail), RangeError);
  ring.tryWrite(Uint8Array.of(1));
  ring.tryWrite(Uint8Array.of(2));
  assert.throws(() => ring.tryRead(fail), RangeError);
  assert.deepEqual(ring.tryRead(bytes), [2]);
  assert.equal(ring.used, 0);
  ring.destroy();
}

async function waiting(threads: RingThreads): Promise<void> {
  const ring = SharedRing.create(pool, { bytes: 256, threads });
  assert.equal(ring.read(bytes, { timeoutMs: 5 }), undefined);
  assert.equal(await ring.readAsync(bytes, { timeoutMs: 5 }), undefined);
  const later = ring.readAsync(bytes);
  ring.tryWrite(Uint8Array.of(7));
  assert.deepEqual(await later, [7]);
  while (ring.tryWrite(new Uint8Array(60)));
  assert.equal(ring.write(new Uint8Array(60), { timeoutMs: 5 }), false);
  const roomLater = ring.writeAsync(Uint8Array.of(9));
  while (ring.tryRead((at) => at.length) === 60);
  assert.equal(await roomLater, true);
  assert.deepEqual(ring.tryRead(bytes), [9]);
  while (ring.tryWrite(new Uint8Array(60)));
  const abort = new AbortController();
  const blocked = ring.writeAsync(new Uint8Array(60), { signal: abort.signal });
  abort.abort(new RangeError("enough"));
  await assert.rejects(blocked, RangeError);
  await assert.rejects(ring.writeAsync(new Uint8Array(60), { signal: AbortSignal.abort() }), {
    name: "AbortError",
  });
  ring.destroy();
}

function sameViews(threads: RingThreads): void {
  const ring = SharedRing.create(pool, { bytes: 1024, threads });
  const seen = new Set<Uint8Array>();
  for (let round = 0; round < 100; round++) {
    ring.tryWrite(Uint8Array.of(round));
    ring.tryRead((at) => seen.add(at));
  }
  assert.equal(seen.size, 16);
  ring.destroy();
}

for (const threads of kinds) {
  const ring = `a ring of ${threads}`;
  test(`${ring}: records of all sizes come out whole and in order, and a full ring refuses`, () =>
    recordsAgainstQueue(threads));
  test(`${ring}: all of it can be used, wherever the records begin`, () => fullRing(threads));
  test(`${ring}: a writer that throws leaves nothing to read; a reader that throws has had it`, () =>
    throwing(threads));
  test(`${ring}: waits end by time, by signal, and by what they wait for`, () => waiting(threads));
  test(`${ring}: records of one length are read through the same views`, () => sameViews(threads));
}

test("what is no ring of this pool is refused, and so are records that can never fit", () => {
  const ring = SharedRing.create(pool, { bytes: 1024 });
  assert.throws(() => ring.tryWrite(new Uint8Array(253)), { code: "BAD_ARGUMENT" });
  assert.throws(() => ring.tryWriteWith(1.5, () => {}), { code: "BAD_ARGUMENT" });
  assert.throws(() => ring.read(bytes, { timeoutMs: -1 }), { code: "BAD_ARGUMENT" });
  assert.throws(() => SharedRing.create(pool, { bytes: Number.NaN }), { code: "BAD_ARGUMENT" });
  assert.throws(() => SharedRing.create(pool, { threads: "three" as never }), { code: "BAD_ARGUMENT" });
  assert.throws(() => SharedRing.attach(pool, null as never), { code: "BAD_MESSAGE" });
  const handle = ring.share();
  assert.throws(() => SharedRing.attach(pool, { ...handle, threads: undefined } as never), {
    code: "BAD_MESSAGE",
  });
  ring.destroy();
  assert.throws(() => SharedRing.attach(pool, handle), { code: "BAD_MESSAGE" });
});
