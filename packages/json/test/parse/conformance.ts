// The public conformance files, as the tests of every front read them.

import { existsSync, readdirSync, readFileSync } from "node:fs";

/** One file of the JSON suite. */
export interface ConformanceCase {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** `"accept"`, `"reject"`, or `"free"` where a parser may do either but not crash. */
  readonly expected: "accept" | "reject" | "free";
}

const folder = new URL("../../../../../shared/conformance/json/test_parsing/", import.meta.url);

/** Why there is nothing to run, or false. Continuous integration has to have the files. */
export const missing: string | false =
  existsSync(folder) || process.env["CI"] === "true"
    ? false
    : "the conformance files are not beside the repository";

const json5Folder = new URL("../../../../../shared/conformance/json5/", import.meta.url);

/** The files of the JSON5 suite: `.json` and `.json5` are to be accepted, `.js` and `.txt` are not. */
export function json5Cases(): ConformanceCase[] {
  return readdirSync(json5Folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:json5?|js|txt)$/.test(name))
    .map((name) => ({
      name,
      bytes: new Uint8Array(
        readFileSync(new URL(name.split("/").map(encodeURIComponent).join("/"), json5Folder)),
      ),
      expected: /\.json5?$/.test(name) ? "accept" : "reject",
    }));
}

/** All files of the JSON suite. */
export function conformanceCases(): ConformanceCase[] {
  const expectations = { y: "accept", n: "reject", i: "free" } as const;
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => ({
      name,
      bytes: new Uint8Array(readFileSync(new URL(encodeURIComponent(name), folder))),
      expected: expectations[name[0] as "y" | "n" | "i"],
    }));
}
