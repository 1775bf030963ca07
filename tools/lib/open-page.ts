// One page of a headless Chromium for a file of tests: started before them, closed behind them.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before } from "node:test";

import { chromium, type Browser, type Page } from "playwright-core";

import { findChrome } from "./find-chrome.ts";
import { serve, type Served } from "./serve.ts";

const executablePath = findChrome();

/** Why the tests are skipped, or false. */
export const missing: string | false =
  executablePath === undefined && process.env["CI"] !== "true"
    ? "no Chromium found: install one (apt-get install chromium), or set CHROME_PATH"
    : false;

/**
 * Opens a page before the tests of a file, with other files beside it by their paths. The function that comes back gives
 * the page, and what went wrong in it fails the tests.
 */
export function openPage(html: string, files: Readonly<Record<string, string>> = {}): () => Page {
  let served: Served;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  before(async () => {
    if (missing !== false) return;
    assert.ok(executablePath !== undefined, "CI=true, and no Chromium was found; .ci/run installs one");
    assert.ok(
      existsSync(new URL("../../packages/core/dist/index.js", import.meta.url)),
      "run `npm run build` first",
    );
    served = await serve({ ...files, "/": html });
    // In a container there is no user to protect from these pages, and often no way to make a sandbox.
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    page = await browser.newPage();
    page.on("pageerror", (error) => complaints.push(String(error)));
    // Tests read canvases back more often than browsers like; everything else that a page says is a complaint.
    page.on("console", (message) => {
      if (!message.text().includes("willReadFrequently")) complaints.push(message.text());
    });
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
