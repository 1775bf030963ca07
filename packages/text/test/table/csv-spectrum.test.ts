// csv-spectrum, from npm: tables with a header beside the objects they mean, in every way of reading.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { everyWay } from "./every-way.ts";

const folder = fileURLToPath(new URL("./", import.meta.resolve("csv-spectrum")));
// Has a quote in the middle of a field, and an object with another telephone number than the table.
const odd = "location_coordinates";
const names = readdirSync(`${folder}csvs`).map((file) => file.replace(".csv", ""));

test("csv-spectrum has its twelve tables.", () => {
  assert.equal(names.length, 12);
  assert(names.includes(odd));
});

for (const name of names.filter((each) => each !== odd)) {
  test(`csv-spectrum: ${name}.csv gives the objects that are expected.`, async () => {
    const expected: unknown = JSON.parse(readFileSync(`${folder}json/${name}.json`, "utf8"));
    const text = readFileSync(`${folder}csvs/${name}.csv`);
    assert.deepEqual(await everyWay(text, { header: true, as: "objects" }), { rows: expected });
  });
}

test("csv-spectrum: the quote in a coordinate is an error, or a character in a lenient dialect.", async () => {
  const text = readFileSync(`${folder}csvs/${odd}.csv`);
  const strict = await everyWay(text, { header: true, as: "objects" });
  assert.deepEqual(strict, { rows: [], code: "BAD_QUOTE", line: 2, column: 24, offset: 81 });
  const expected = JSON.parse(readFileSync(`${folder}json/${odd}.json`, "utf8")) as Record<string, string>;
  const lenient = await everyWay(text, { header: true, as: "objects", quotes: "lenient" });
  assert.deepEqual(lenient, { rows: [{ ...expected, "Contact Phone Number": "2095257564" }] });
});
