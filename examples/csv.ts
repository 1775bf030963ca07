// `node --conditions=source examples/csv.ts`: a table on disk, written and read in every way.

import { rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { formatBytes, kernels } from "@millpond/core";
import { rows, sniff, TextError, writeRows } from "@millpond/text";
import { file, fileSync } from "@millpond/text/node";

const path = join(tmpdir(), `millpond-example-${process.pid}.csv`);

function* measurements(): Generator<{ id: number; station: string; celsius: number | null }> {
  for (let id = 0; id < 200_000; id++) {
    const celsius = id % 50 === 0 ? null : Math.round(2000 * Math.sin(id / 5000)) / 100;
    yield { id, station: id % 3 === 0 ? "Mill, lower" : "Pond", celsius };
  }
}

const handle = await open(path, "w");
const bytes = await writeRows(measurements(), async (chunk) => {
  await handle.write(chunk);
});
await handle.close();
console.log(`wrote ${formatBytes(bytes)}`);

let warmest = -Infinity;
for (const batch of rows(fileSync(path), { header: true }).batches()) {
  warmest = Math.max(warmest, kernels.max(batch.floats("celsius")));
}
console.log(`warmest, by batches: ${warmest}`);

let lower = 0;
for await (const row of rows(file(path), { header: true })) if (row.equals("station", "Mill, lower")) lower++;
console.log(`rows of the lower mill, one after the other: ${lower}`);

const table = rows(file(path), { header: true, columns: { celsius: "float", station: "string" } });
const columns = await table.columns();
const known = columns.get("celsius").filter((value) => !Number.isNaN(value));
console.log(`mean of ${known.length} known values: ${kernels.mean(known).toFixed(3)}`);
columns.release();

const found = sniff("zip;amount\n01067;1,5\n80331;2,25\n");
console.log(`guessed: delimiter ${found.delimiter}, ${JSON.stringify(found.columns)}`);

try {
  for (const row of rows('a,b\nc,"d"e\n')) console.log(row.toArray());
} catch (error) {
  if (!(error instanceof TextError)) throw error;
  console.log(`${error.code}: ${error.message}`);
}
rmSync(path);
