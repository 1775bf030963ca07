// Finds suites: folders under bench/suites with an index that exports `suite`.

import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Suite } from "./definition.ts";

const folder = new URL("../suites/", import.meta.url);
// Compiled for an older Node, this file and the suites end in .js.
const ending = import.meta.url.endsWith(".ts") ? ".ts" : ".js";

/** The names of all suites, in alphabetical order. */
export function suiteNames(): string[] {
  return readdirSync(folder).filter((name) => existsSync(indexOf(name)));
}

/** Loads one suite. */
export async function loadSuite(name: string): Promise<Suite> {
  if (!suiteNames().includes(name)) {
    throw new Error(`no suite "${name}"; there are ${suiteNames().join(", ")}, and all`);
  }
  const loaded = (await import(indexOf(name).href)) as { suite: Suite };
  return loaded.suite;
}

function indexOf(name: string): URL {
  return new URL(`${name}/index${ending}`, folder);
}

/** The folder of the harness, for those who start its programs. */
export const benchFolder: string = fileURLToPath(new URL("..", import.meta.url));
