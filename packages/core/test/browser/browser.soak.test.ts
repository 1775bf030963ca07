// Shared pools and rings in a browser: the built files in a page and its workers. Needs Chromium or Chrome; set
// CHROME_PATH where it has an unusual name.
import assert from "node:assert/strict";
import { test } from "node:test";

import { missing, openPage } from "../../../../tools/lib/open-page.ts";
import { PAGE, WORKER } from "./pages.ts";

const page = openPage(PAGE, { "/worker.js": WORKER });

async function scene(name: string): Promise<unknown> {
  return page().evaluate(`window.scenes[${JSON.stringify(name)}]()`);
}

const sound = { lost: 0, some: true };

test("the page may share memory", { skip: missing }, async () => {
  assert.deepEqual(await scene("isolated"), { isolated: true, shared: "function" });
});

test("a token goes to a Web Worker and back a hundred times", { skip: missing }, async () => {
  assert.deepEqual(await scene("tokens"), { threads: [2], sum: 100_000, ...sound });
});

test("a worker sleeps in a ring of two, a page waits in a ring of many", { skip: missing }, async () => {
  assert.deepEqual(await scene("rings"), { wrong: 0, records: 500, ...sound });
});

test(
  "a page that waits the blocking way is told so, and its other waits go on",
  { skip: missing },
  async () => {
    const expected = { name: "TypeError", value: 7, aborted: "TimeoutError", ...sound };
    assert.deepEqual(await scene("blocking"), expected);
  },
);

test("two workers at once never have the same block", { skip: missing }, async () => {
  assert.deepEqual(await scene("churn"), { inUse: [0, 0], ...sound });
});

test("what a terminated worker held comes back when the page reclaims it", { skip: missing }, async () => {
  const expected = { before: "blocked", reclaimed: true, after: 5, ...sound };
  assert.deepEqual(await scene("killed"), expected);
});
