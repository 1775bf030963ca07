// The worker of rows-parallel.test.ts.
import { tableTask } from "../../src/node.ts";

export const objects = tableTask((table) => [...table.objects()], { columns: { id: "int", word: "string" } });

// An array of the pool: it arrives without a copy.
export const ids = tableTask((table, { pool }) => {
  const ids = [...table.objects()].map(({ id }) => Number(id));
  const shared = pool.acquire(Float64Array, ids.length);
  shared.set(ids);
  return shared;
});

// Leaves its table as soon as it has seen one row.
export const first = tableTask((table) => {
  for (const row of table) return row.string(0);
  return undefined;
});

export const failing = tableTask(async (table) => {
  let rows = 0;
  for (const row of table) {
    if (row.string(1) === "bad") throw new RangeError(`row ${row.string(0)} is bad`);
    rows++;
  }
  return rows;
});
