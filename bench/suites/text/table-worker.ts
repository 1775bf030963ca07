// One of the workers of table-workers.ts: counts the fields of a range of a file and adds up a column.

import { parentPort } from "node:worker_threads";

import { kernels } from "@millpond/core";
import { rows } from "@millpond/text";
import { fileSync } from "@millpond/text/node";

interface Job {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly names: readonly string[];
}

parentPort!.on("message", ({ path, start, end, names }: Job) => {
  let fields = 0;
  let sum = 0;
  const header = start === 0 ? true : names;
  for (const batch of rows(fileSync(path, { start, end }), { header }).batches()) {
    fields += batch.fieldCount;
    sum += kernels.sum(batch.floats(names[4]));
  }
  parentPort!.postMessage({ fields, sum });
});
