// The arithmetic of record layouts, beyond what 32-bit integers hold too.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";

import { capacityWithin, layoutOf } from "../../src/record/record-layout.ts";
import { fieldsOf } from "../../src/record/schema.ts";
import { planWipe } from "../../src/record/wipe.ts";

const fields = fieldsOf({ x: "f64", flags: "u16", position: ["f32", 3], kind: "u8" });

test("parts follow each other on cache lines without overlap, whatever the capacity", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2 ** 28 })),
      (capacity) => {
        const { bytes, liveOffset, columnOffsets } = layoutOf(fields, capacity);
        const starts = [0, liveOffset, ...columnOffsets, bytes];
        const needed = [
          capacity * 8,
          Math.ceil(capacity / 32) * 4,
          ...fields.map((field) => capacity * field.bytes),
        ];
        for (const [part, least] of needed.entries()) {
          const room = starts[part + 1] - starts[part];
          assert.ok(starts[part] % 64 === 0 && room >= least && room < least + 64);
        }
      },
    ),
  );
});

test("offsets above 2 GiB are exact", () => {
  const capacity = 2 ** 27 + 1;
  const { bytes, columnOffsets } = layoutOf(fields, capacity);
  const [x, flags, position, kind] = columnOffsets;
  assert.deepEqual(
    [flags - x, position - flags, kind - position],
    [2 ** 30 + 64, 2 ** 28 + 64, 3 * 2 ** 29 + 64],
  );
  assert.ok(position > 2 ** 31 && bytes > 2 ** 32 - 2 ** 30);
  const plan = planWipe(fields, columnOffsets);
  assert.deepEqual(plan, { eights: [x / 8], fours: [], ones: [kind], runs: [flags, 2, position, 12] });
});

test("the capacity for a block fits into it, and wastes less than a cache line a part", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 2 ** 32 }), (bytes) => {
      const capacity = capacityWithin(fields, bytes, 1);
      const used = layoutOf(fields, capacity).bytes;
      assert.ok(used <= bytes && used > bytes - 64 * 14, `${used} of ${bytes}`);
    }),
  );
});
