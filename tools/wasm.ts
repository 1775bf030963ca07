// `npm run wasm`: compiles the kernels of every package and writes them into its sources; with `-- --check`, writes
// nothing and fails if what is committed differs from what the kernels compile to; with `-- text json`, only those of
// these packages.
//
// packages/x/kernels/<name>.ts becomes packages/x/src/kernel/<name>.wasm.ts. The result is committed, so building,
// testing and installing need no compiler for kernels.

import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { root } from "./lib/repository.ts";
import { compile } from "./wasm/compile.ts";
import { exportedFunctions } from "./wasm/signatures.ts";
import { slices } from "./wasm/slices.ts";
import { generatedModule } from "./wasm/template.ts";

interface Output {
  readonly path: string;
  readonly text: string;
}

// Kernels of one package share its slice of static bytes: each starts where the one before ended.
async function outputsOf(packageName: string, sources: readonly string[]): Promise<Output[]> {
  const slice = slices[packageName];
  if (slice === undefined) throw new Error(`packages/${packageName} has no slice in tools/wasm/slices.ts`);
  const outputs: Output[] = [];
  let base = slice.base;
  for (const source of sources) {
    const functions = exportedFunctions(source, readFileSync(join(root, source), "utf8"));
    const kernel = await compile(join(root, source), functions, { base, end: slice.end });
    base = kernel.staticEnd;
    const name = basename(source, ".ts");
    const text = generatedModule({ packageName, name, source, functions, kernel });
    outputs.push({ path: `packages/${packageName}/src/kernel/${name}.wasm.ts`, text });
  }
  return outputs;
}

// Files of the packages that were asked for, which are all of them when none is named.
function filesLike(pattern: string): string[] {
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
  return globSync(pattern, { cwd: root })
    .filter((path) => wanted.length === 0 || wanted.includes(path.split("/")[1]))
    .toSorted();
}

async function allOutputs(): Promise<Output[]> {
  const byPackage = Map.groupBy(filesLike("packages/*/kernels/*.ts"), (path) => path.split("/")[1]);
  // One package after another: a kernel keeps two compilers busy, and each takes some hundred megabytes.
  const outputs: Output[] = [];
  for (const [name, sources] of byPackage) outputs.push(...(await outputsOf(name, sources)));
  return outputs;
}

function committed(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch (error) {
    // A kernel that was never built yet.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

// Generated modules whose kernel is gone.
function orphans(outputs: readonly Output[]): string[] {
  const expected = new Set(outputs.map(({ path }) => path));
  return filesLike("packages/*/src/kernel/*.wasm.ts").filter((path) => !expected.has(path));
}

const outputs = await allOutputs();
const stale = outputs.filter(({ path, text }) => committed(path) !== text);
const complaints = orphans(outputs).map((path) => `${path}: no kernel compiles to this file; delete it`);
if (process.argv.includes("--check")) {
  complaints.push(...stale.map(({ path }) => `${path}: differs from its kernel; run npm run wasm`));
} else {
  for (const { path, text } of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}
for (const complaint of complaints) console.error(complaint);
console.log(`wasm: ${outputs.length} kernels, ${stale.length} changed, ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
