// Shared pools and rings in a browser: the built files in a page and its workers. Needs Chromium or Chrome; set
// CHROME_PATH where it has an unusual name.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChrome } from "../../../../tools/lib/find-chrome.ts";
import { PAGE, WORKER } from "./pages.ts";
import { serve, type Served } from "../../../../tools/lib/serve.ts";

const executablePath = findChrome();
const demanded = process.env["CI"] === "true";
const missing =
  executablePath === undefined && !demanded
    ? "no Chromium found: install one (apt-get install chromium), or set CHROME_PATH"
    : false;

let served: Served;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

before(async () => {
  if (missing !== false) return;
  assert.ok(executablePath !== undefined, "CI=true, and no Chromium was found; .ci/run installs one");
  assert.ok(existsSync(new URL("../../dist/index.js", import.meta.url)), "run `npm run build` first");
  served = await serve({ "/": PAGE, "/worker.js": WORKER });
  // In a container there is no user to protect from these pages, and often no way to make a sandbox.
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  page = await browser.newPage();
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(served.origin);
  await page.waitForFunction("window.ready === true");
});

after(async () => {
  await browser?.close();
  await served?.close();
});

async function scene(name: string): Promise<unknown> {
  const result: unknown = await page.evaluate(`window.scenes[${JSON.stringify(name)}]()`);
  assert.deepEqual(complaints.splice(0), []);
  return result;
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
