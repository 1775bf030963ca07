// `npm run check:quick` and `npm run check`: what must hold before a change lands, and all that continuous integration
// looks at. Each step prints one line; a failing step prints all that it said and ends the run.
//
// The quick check runs the tests of the packages that differ from the main branch, without the long runs.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./lib/repository.ts";

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

interface LockFile {
  readonly packages: Readonly<Record<string, { version?: string; optional?: boolean; link?: boolean }>>;
}

function script(name: string, ...more: string[]): Step {
  return { name, command: ["npm", "run", "--silent", name, ...(more.length === 0 ? [] : ["--", ...more])] };
}

// Steps of one group run at the same time; groups follow each other.
const fixed: readonly Step[] = ["build", "typecheck", "lint", "format:check", "tidy"].map((name) =>
  script(name),
);
const groups: Readonly<Record<string, () => Step[][]>> = {
  quick: () => [[...fixed], affectedTests()],
  all: () => [
    [...fixed, script("knip"), script("wasm", "--check")],
    [script("publint"), script("attw")],
    [script("examples")],
    [script("test:unit")],
    [script("test:built")],
  ],
};

async function run(step: Step): Promise<void> {
  const start = performance.now();
  const [program, ...rest] = step.command;
  const child = spawn(program, rest, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${step.name}: ${code === 0 ? "passed" : "FAILED"} in ${seconds} s`);
  if (code === 0) return;
  console.log(output);
  process.exit(1);
}

// The unit tests of the packages that this branch changed; of all where the change may reach everywhere.
function affectedTests(): Step[] {
  const areas = new Set<string>();
  for (const path of changedFiles() ?? ["package.json"]) {
    if (/^(?:docs|examples|bench)\/|\.md$/.test(path)) continue;
    const area = /^packages\/([^/]+)\//.exec(path)?.[1] ?? (path.startsWith("tools/") ? "tools" : "all");
    areas.add(area);
  }
  if (areas.size === 0) return [];
  if (areas.has("core") || areas.has("all")) return [script("test:unit", "--quick")];
  return [script("test:unit", "--quick", ...areas)];
}

// What differs from main, committed or not; undefined where there is no main to compare with.
function changedFiles(): string[] | undefined {
  const result = spawnSync("git", ["diff", "--name-only", "--merge-base", "main"], {
    cwd: root,
    encoding: "utf8",
  });
  return result.status === 0 ? result.stdout.split("\n").filter((path) => path !== "") : undefined;
}

// After a rebase the lock file may name packages that this work tree never installed.
function install(): void {
  const wanted = (JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as LockFile).packages;
  const hidden = join(root, "node_modules", ".package-lock.json");
  const present = existsSync(hidden) ? (JSON.parse(readFileSync(hidden, "utf8")) as LockFile).packages : {};
  const stale = Object.entries(wanted).filter(([path, { version, optional, link }]) => {
    if (!path.startsWith("node_modules/") || optional === true) return false;
    return link === true ? !existsSync(join(root, path)) : present[path]?.version !== version;
  });
  if (stale.length === 0) return;
  console.log(`installing: ${stale.length} packages differ from package-lock.json`);
  const result = spawnSync("npm", ["ci"], { cwd: root, encoding: "utf8" });
  if (result.status === 0) return;
  console.log(result.stdout, result.stderr);
  process.exit(1);
}

const chosen = groups[process.argv[2] ?? "quick"];
if (chosen === undefined) throw new Error(`unknown check "${process.argv[2]}"; expected quick or all`);
install();
for (const group of chosen()) await Promise.all(group.map(run));
