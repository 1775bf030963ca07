// `npm run test:unit`: runs the tests from sources through node:test. Arguments narrow it down:
//
//   npm run test:unit -- core tools     only the tests of these folders
//   npm run test:unit -- --quick        without the long runs in *.soak.test.ts
//   npm run test:unit -- --coverage     with a table of covered lines at the end
//
// The report goes to the terminal, and as TAP to .generated/unit.tap, whose last lines continuous integration repeats.

import { spawnSync } from "node:child_process";
import { globSync, mkdirSync } from "node:fs";

import { root } from "./lib/repository.ts";

const folders = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const files = globSync(
  ["packages/*/test/**/*.test.ts", "bench/test/**/*.test.ts", "tools/test/**/*.test.ts"],
  {
    cwd: root,
  },
)
  .filter((file) => folders.length === 0 || folders.some((folder) => belongs(file, folder)))
  .filter((file) => !process.argv.includes("--quick") || !file.endsWith(".soak.test.ts"))
  .toSorted();

const coverage = [
  "--experimental-test-coverage",
  "--test-coverage-include=packages/*/src/**",
  "--test-coverage-exclude=**/*.wasm.ts",
];

function belongs(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`) || file.startsWith(`packages/${folder}/`);
}

if (files.length === 0) {
  console.error(`no test file belongs to ${folders.join(", ")}; name folders such as core, text or tools`);
  process.exit(1);
}
mkdirSync(`${root}/.generated`, { recursive: true });
const result = spawnSync(
  process.execPath,
  [
    "--conditions=source",
    "--expose-gc",
    "--test",
    ...(process.argv.includes("--coverage") ? coverage : []),
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    "--test-reporter=tap",
    "--test-reporter-destination=.generated/unit.tap",
    ...files,
  ],
  { cwd: root, stdio: "inherit" },
);
process.exit(result.status ?? 1);
