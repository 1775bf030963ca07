// csv-test-data and csv-spectrum: public tables with the rows they mean.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { everyWay } from "./every-way.ts";

const folder = fileURLToPath(new URL("../../../../../shared/conformance/csv/", import.meta.url));
const present = existsSync(folder);
if (!present && process.env["CI"] === "true") throw new Error(`the conformance data is missing: ${folder}`);
const options = present ? {} : { skip: "the conformance data is not here" };
const header = ["foo", "bar", "baz"];
const schema = { foo: "string", bar: "string", baz: "string" } as const;

test("csv-test-data: valid tables give the rows that are expected.", options, async () => {
  const names = readdirSync(`${folder}csv`).filter((name) => !name.startsWith("bad-"));
  assert.equal(names.length, 18);
  for (const name of names) {
    const text = readFileSync(`${folder}csv/${name}`);
    const expected: unknown = JSON.parse(
      readFileSync(`${folder}json/${name.replace(".csv", ".json")}`, "utf8"),
    );
    const { rows, code } = name.startsWith("header-")
      ? await everyWay(text, { header: true, columns: schema, as: "objects" })
      : await everyWay(text);
    assert.equal(code, undefined, name);
    assert.deepEqual(rows, expected, name);
  }
});

test("csv-test-data: what is bad is reported, with its place.", options, async () => {
  const report = async (name: string): Promise<readonly unknown[]> => {
    const text = readFileSync(`${folder}csv/bad-${name}.csv`);
    try {
      const { code, line, column } = name.startsWith("header-")
        ? await everyWay(text, { header: true, columns: schema })
        : await everyWay(text);
      return [code, line, column];
    } catch (error) {
      return [error];
    }
  };
  assert.deepEqual(await report("header-less-fields"), ["RAGGED_ROW", 2, 1]);
  assert.deepEqual(await report("header-more-fields"), ["RAGGED_ROW", 2, 1]);
  assert.deepEqual(await report("header-no-header"), ["BAD_HEADER", 1, 1]);
  assert.deepEqual(await report("header-wrong-header"), ["NO_COLUMN", undefined, undefined]);
  assert.deepEqual(await report("missing-quote"), ["UNTERMINATED_QUOTE", 2, 3]);
  assert.deepEqual(await report("quotes-with-unescaped-quote"), ["BAD_QUOTE", 2, 19]);
  assert.deepEqual(await report("unescaped-quote"), ["BAD_QUOTE", 2, 8]);
  assert.equal(header.length, 3);
});
