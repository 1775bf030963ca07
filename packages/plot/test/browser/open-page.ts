// One page of a headless Chromium for a file of tests: started before them, closed behind them.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before } from "node:test";

import { chromium, type Browser, type Page } from "playwright-core";

import { findChrome } from "../../../../tools/lib/find-chrome.ts";
import { serve, type Served } from "../../../../tools/lib/serve.ts";

const executablePath = findChrome();

/** Why the tests are skipped, or false. */
export const missing: string | false =
  executablePath === undefined && process.env["CI"] !== "true"
    ? "no Chromium found: install one (apt-get install chromium), or set CHROME_PATH"
    : false;

/** Opens a page before the tests of a file; the function that comes back gives it, and refuses what went wrong in it. */
export function openPage(html: string): () => Page {
  let served: Served;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  before(async () => {
    if (missing !== false) return;
    assert.ok(executablePath !== undefined, "CI=true, and no Chromium was found; .ci/run installs one");
    assert.ok(existsSync(new URL("../../dist/index.js", import.meta.url)), "run `npm run build` first");
    served = await serve({ "/": html });
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
    assert.deepEqual(complaints, []);
  });
  return () => page;
}
