// `npm run check:quick`: what must hold before a change lands. Each step prints one line; a failing step prints all
// that it said and ends the run.

import { spawnSync } from "node:child_process";

interface Step {
  readonly name: string;
  readonly script: string;
}

const quick: readonly Step[] = [
  { name: "build", script: "build" },
  { name: "typecheck", script: "typecheck" },
  { name: "lint", script: "lint" },
  { name: "format", script: "format:check" },
  { name: "unit tests", script: "test:unit" },
];

function run(step: Step): void {
  const start = performance.now();
  const result = spawnSync("npm", ["run", "--silent", step.script], { encoding: "utf8" });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (result.status === 0) {
    console.log(`${step.name}: passed in ${seconds} s`);
    return;
  }
  console.log(`${step.name}: failed after ${seconds} s\n${result.stdout}${result.stderr}`);
  process.exit(1);
}

for (const step of quick) run(step);
