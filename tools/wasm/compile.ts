// Runs the AssemblyScript compiler over one kernel, twice: a module that imports plain memory cannot be given shared
// memory, nor the other way round. What comes out is checked against what the packages rely on.

import { execFile, type ExecFileException } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { dataSegments } from "./data-segments.ts";
import type { Signature } from "./signatures.ts";
import type { Slice } from "./slices.ts";

/** A kernel in both variants. */
export interface CompiledKernel {
  readonly plain: Uint8Array;
  readonly shared: Uint8Array;
  /** Where the static data of the next kernel may begin. */
  readonly staticEnd: number;
}

const compilerPath = fileURLToPath(import.meta.resolve("assemblyscript/bin/asc.js"));

// One page at least, and no maximum below what 32-bit addresses reach: a region of any size fits the import.
const options = [
  [
    "--runtime",
    "stub",
    "--use",
    "abort=",
    "--noAssert",
    "--optimizeLevel",
    "3",
    "--shrinkLevel",
    "0",
    "--converge",
  ],
  ["--importMemory", "--noExportMemory", "--initialMemory", "1"],
  ["--enable", "simd", "--enable", "threads"],
].flat();
const sharedOptions = ["--sharedMemory", "--maximumMemory", "65536"];

// Static data starts at a multiple of the widest load.
const staticAlignment = 16;

const run = promisify(execFile);

/** Compiles `source`. Throws with the compiler's own words, or with what the result must not contain. */
export async function compile(
  source: string,
  functions: readonly Signature[],
  room: Slice,
): Promise<CompiledKernel> {
  const folder = await mkdtemp(join(tmpdir(), "kernel-"));
  try {
    const [plain, shared] = await Promise.all([
      assemble(source, join(folder, "plain.wasm"), room, options),
      assemble(source, join(folder, "shared.wasm"), room, [...options, ...sharedOptions]),
    ]);
    const ends = [plain, shared].map((bytes) => verify(source, bytes, functions, room));
    return { plain, shared, staticEnd: Math.max(...ends) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

// The compiler runs in the folder of the source, so that no path of this machine can get into the module.
async function assemble(
  source: string,
  outFile: string,
  room: Slice,
  flags: readonly string[],
): Promise<Uint8Array> {
  const parameters = [
    compilerPath,
    basename(source),
    "--outFile",
    outFile,
    "--memoryBase",
    String(room.base),
  ];
  try {
    await run(process.execPath, [...parameters, ...flags], { cwd: dirname(source) });
  } catch (error) {
    const { stderr, signal, message } = error as ExecFileException;
    const words = signal === null || signal === undefined ? stderr || message : `the compiler got ${signal}`;
    throw new Error(`${source} does not compile:\n${words}`, { cause: error });
  }
  return readFile(outFile);
}

// Checks imports, exports and static data; gives the address behind the static data.
function verify(source: string, bytes: Uint8Array, functions: readonly Signature[], room: Slice): number {
  const module = new WebAssembly.Module(bytes);
  const imports = WebAssembly.Module.imports(module).map(({ module: from, name }) => `${from}.${name}`);
  const foreign = imports.filter((name) => name !== "env.memory");
  if (foreign.length > 0)
    throw new Error(`${source} imports ${foreign.join(", ")}; it may import env.memory`);
  const got = WebAssembly.Module.exports(module).map(({ name, kind }) => `${kind} ${name}`);
  const expected = functions.map(({ name }) => `function ${name}`);
  if (got.toSorted().join() !== expected.toSorted().join()) {
    throw new Error(`${source} exports ${got.join(", ")}; its source declares ${expected.join(", ")}`);
  }
  let end = room.base;
  for (const segment of dataSegments(bytes)) {
    if (segment.base < room.base || segment.end > room.end) {
      throw new Error(
        `${source} has static data at ${segment.base}..${segment.end}; its slice is ${room.base}..${room.end}`,
      );
    }
    end = Math.max(end, segment.end);
  }
  return Math.ceil(end / staticAlignment) * staticAlignment;
}
