// A shared ring in one thread: records of all sizes against a plain queue, and what dead threads leave behind. Several
// threads at once: shared-death.soak.test.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { MiB, SharedPool, SharedRing } from "@millpond/core";
import { READING, recordWord, recordSlots, recordLap, WRITING } from "../../src/sharing/ring-words.ts";

const pool = SharedPool.create({ limitBytes: 8 * MiB });
const bytes = (read: Uint8Array): number[] => [...read];

test("records of all sizes come out whole and in order, and a full ring refuses", () => {
  const step = fc.oneof(
    fc.record({ write: fc.nat(255) }),
    fc.record({ write: fc.constantFrom(0, 59, 60, 61, 124, 252) }),
    fc.constant({ read: true }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const ring = SharedRing.create(pool, { bytes: 1024 });
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
      ring.destroy();
    }),
    { numRuns: 300 },
  );
});

test("a writer that throws leaves a record that readers skip; a reader that throws has had it", () => {
  const ring = SharedRing.create(pool, { bytes: 1024 });
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
});

// Makes the oldest record look as if `thread` had died over it.
function abandon(ring: SharedRing, state: number, thread: number): void {
  const { address, slots } = ring.share();
  const words = new Int32Array(pool.region.buffer, address + 256, slots);
  const [head] = new Int32Array(pool.region.buffer, address, 1);
  const place = head & (slots - 1);
  words[place] = recordWord(state, recordLap(words[place]), recordSlots(words[place]), thread);
}

test("a record whose writer died blocks readers until the writer is reclaimed, and is skipped then", () => {
  const ring = SharedRing.create(pool, { bytes: 1024 });
  ring.tryWrite(new Uint8Array(100));
  abandon(ring, WRITING, 9);
  ring.tryWrite(Uint8Array.of(5));
  assert.equal(ring.tryRead(bytes), undefined);
  assert.deepEqual(ring.reclaim(9), { unwritten: 1, unread: 0 });
  assert.deepEqual(ring.tryRead(bytes), [5]);
  ring.destroy();
});

test("a record whose reader died makes room again when the reader is reclaimed", () => {
  const ring = SharedRing.create(pool, { bytes: 1024 });
  for (let round = 0; round < 20; round++) {
    while (ring.tryWrite(new Uint8Array(200)));
    abandon(ring, READING, 9);
    assert.deepEqual(ring.reclaim(9), { unwritten: 0, unread: 1 });
    assert.equal(ring.tryWrite(new Uint8Array(200)), true);
    while (ring.tryRead(() => true) === true);
    assert.equal(ring.used, 0);
  }
  ring.destroy();
});

test("waits end by time, by signal, and by what they wait for", async () => {
  const ring = SharedRing.create(pool, { bytes: 256 });
  assert.equal(ring.read(bytes, { timeoutMs: 5 }), undefined);
  assert.equal(await ring.readAsync(bytes, { timeoutMs: 5 }), undefined);
  const later = ring.readAsync(bytes);
  ring.tryWrite(Uint8Array.of(7));
  assert.deepEqual(await later, [7]);
  while (ring.tryWrite(new Uint8Array(60)));
  assert.equal(ring.write(new Uint8Array(60), { timeoutMs: 5 }), false);
  const abort = new AbortController();
  const blocked = ring.writeAsync(new Uint8Array(60), { signal: abort.signal });
  abort.abort(new RangeError("enough"));
  await assert.rejects(blocked, RangeError);
  await assert.rejects(ring.writeAsync(new Uint8Array(60), { signal: AbortSignal.abort() }), {
    name: "AbortError",
  });
  ring.destroy();
});

test("what is no ring of this pool is refused, and so are records that can never fit", () => {
  const ring = SharedRing.create(pool, { bytes: 1024 });
  assert.throws(() => ring.tryWrite(new Uint8Array(253)), { code: "BAD_ARGUMENT" });
  assert.throws(() => ring.read(bytes, { timeoutMs: -1 }), { code: "BAD_ARGUMENT" });
  assert.throws(() => SharedRing.create(pool, { bytes: Number.NaN }), { code: "BAD_ARGUMENT" });
  assert.throws(() => SharedRing.attach(pool, null as never), { code: "BAD_MESSAGE" });
  const handle = ring.share();
  ring.destroy();
  assert.throws(() => SharedRing.attach(pool, handle), { code: "BAD_MESSAGE" });
});
