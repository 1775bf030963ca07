// Text in a browser: the built files split, read tables from web streams, and write them. Needs Chromium or Chrome; set
// CHROME_PATH where it has an unusual name.
import assert from "node:assert/strict";
import { test } from "node:test";

import { missing, openPage } from "../../../../tools/lib/open-page.ts";
import { PAGE, TABLE } from "./pages.ts";

const page = openPage(PAGE, { "/table.csv": TABLE });
const options = { skip: missing };

async function scene(name: string): Promise<unknown> {
  return page().evaluate(`window.scenes[${JSON.stringify(name)}]()`);
}

test("a text is split, and scopes give their memory back", options, async () => {
  assert.deepEqual(await scene("split"), { equal: true, count: 500, widest: ["a", "bb", "c"] });
});

test("a table is read from what was fetched", options, async () => {
  assert.deepEqual(await scene("fetched"), { sum: 100_000, names: 40_000, inUse: 0 });
});

test("web streams may be cut anywhere", options, async () => {
  assert.deepEqual(
    await scene("chunks"),
    [1, 2, 3, 7].map(() => ({ a: "é\n", b: 1.5 })),
  );
});

test("columns are typed arrays for kernels", options, async () => {
  assert.equal(await scene("columns"), 14);
});

test("lines of a Blob are read", options, async () => {
  assert.deepEqual(await scene("lines"), { lines: 50_001, sum: 350_012 });
});

test("rows are written into a web stream", options, async () => {
  assert.equal(await scene("written"), 'n,s\n1,"a,b"\n');
});

test("what is wrong with a text, and a signal, are errors with their place", options, async () => {
  assert.deepEqual(await scene("faults"), [
    ["TextError", "UNTERMINATED_QUOTE", 2],
    ["TextError", "ABORTED", 1],
  ]);
});

test("numbers are read and tables are guessed", options, async () => {
  assert.deepEqual(await scene("numbers"), {
    value: 0.001,
    delimiter: ";",
    quote: '"',
    decimalMark: ",",
    header: true,
    columns: { zip: "string", price: "float" },
  });
});
