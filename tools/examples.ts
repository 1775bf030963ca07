// `npm run examples`: type-checks and runs every example that the documentation shows, and every file in examples/.
//
// Each fence becomes a file of its own under .generated/examples, padded with empty lines so that an error has the line
// number of the page it came from. One compiler run checks them all and one process runs them, one after the other.

import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { fences, type Fence } from "./lib/fences.ts";
import { readRepository, root } from "./lib/repository.ts";

const folder = join(root, ".generated", "examples");
const self = fileURLToPath(import.meta.url);
const timeoutMs = 300_000;

/** The name of the generated file of an example; `restore` turns it back. */
function fileName({ path, line }: Fence): string {
  return `${path.replaceAll("/", "+")}@${line}.ts`;
}

function restore(text: string): string {
  return text.replaceAll(/[^\s("']*?([\w.+-]+)@\d+\.ts/g, (_, name: string) => name.replaceAll("+", "/"));
}

function write(examples: readonly Fence[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const example of examples) {
    writeFileSync(join(folder, fileName(example)), "\n".repeat(example.line - 1) + example.code);
  }
  const config = {
    extends: "../../tsconfig.check.json",
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false, moduleDetection: "force" },
    include: ["*.ts", "../../types/webassembly.d.ts"],
    exclude: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
}

function typecheck(): void {
  const result = spawnSync("tsc", ["-p", folder], { cwd: root, encoding: "utf8" });
  if (result.status === 0) return;
  fail(`examples do not type-check:\n${restore(result.stdout)}${result.stderr}`);
}

// Runs in a process of its own: imports the examples in turn, so that the packages are loaded once.
async function runFences(): Promise<void> {
  const examples = fences(readRepository()).filter((example) => example.runs);
  let failed = 0;
  for (const example of examples) {
    try {
      await import(pathToFileURL(join(folder, fileName(example))).href);
    } catch (error) {
      failed++;
      console.error(`${example.path}:${example.line}: ${restore(describe(error))}\n`);
    }
  }
  console.log(`ran ${examples.length} examples of the documentation, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function runProgram(args: readonly string[]): string {
  const result = spawnSync(process.execPath, ["--conditions=source", ...args], {
    cwd: root,
    encoding: "utf8",
    timeout: timeoutMs,
  });
  if (result.status === 0) return result.stdout;
  return fail(
    `${args.join(" ")} ended with ${result.signal ?? result.status}:\n${result.stdout}${result.stderr}`,
  );
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function main(): void {
  const repository = readRepository();
  const examples = fences(repository);
  write(examples);
  typecheck();
  const report = runProgram([self, "--run-fences"]);
  // A fence that called process.exit would have taken the rest with it.
  if (!report.includes("ran ")) fail(`the examples ended early:\n${report}`);
  const programs = [...repository.files.keys()].filter((path) => /^examples\/[^/]+\.ts$/.test(path));
  for (const program of programs) runProgram([program]);
  console.log(`${report.trim().split("\n").at(-1)}; ran ${programs.length} programs in examples/`);
}

if (process.argv.includes("--run-fences")) {
  await runFences();
} else {
  main();
}
