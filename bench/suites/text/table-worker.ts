// The worker of table-workers.ts: counts the fields of a part of a table and adds up a column.

import { kernels } from "@millpond/core";
import { tableTask } from "@millpond/text/node";

import { SUMMED } from "./table-peers.ts";

/** What a part comes to. */
export interface Part {
  readonly fields: number;
  readonly sum: number;
}

export const sums = tableTask((table): Part => {
  let fields = 0;
  let sum = 0;
  for (const batch of table.batches()) {
    fields += batch.fieldCount;
    sum += kernels.sum(batch.floats(SUMMED));
  }
  return { fields, sum };
});
