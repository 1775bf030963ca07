// Tests of the kernel build: what a kernel may contain, and what its generated module says.

import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";

import { compile, type CompiledKernel } from "../wasm/compile.ts";
import { dataSegments } from "../wasm/data-segments.ts";
import { exportedFunctions } from "../wasm/signatures.ts";
import { slices } from "../wasm/slices.ts";
import { generatedModule } from "../wasm/template.ts";

const room = { base: 0x2000, end: 0x2040 };
const header = "// A kernel.\n\n";
const table = (bytes: number): string =>
  `const table = memory.data<u8>([${Array(bytes).fill(7).join(", ")}]);\n`;
const lookUp =
  "\n/** Looks up. */\nexport function lookUp(index: usize): i32 {\n  return load<u8>(table + index);\n}\n";

function compileText(context: TestContext, text: string): Promise<CompiledKernel> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "millpond-wasm-")));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "kernel.ts");
  writeFileSync(path, text);
  return compile(path, exportedFunctions(path, text), room);
}

test("a kernel's static data lies in the slice of its package, and the next kernel's behind it", async (context) => {
  const kernel = await compileText(context, header + table(20) + lookUp);
  assert.deepEqual(dataSegments(kernel.plain), [{ base: 0x2000, end: 0x2014 }]);
  assert.deepEqual(dataSegments(kernel.shared), [{ base: 0x2000, end: 0x2014 }]);
  assert.equal(kernel.staticEnd, 0x2020);
});

test("the plain variant takes plain memories of any size, the shared variant shared ones", async (context) => {
  const kernel = await compileText(context, header + table(4) + lookUp);
  for (const pages of [1, 65_536]) {
    for (const shared of [false, true]) {
      const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
      const make = (bytes: Uint8Array): object =>
        new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
      make(shared ? kernel.shared : kernel.plain);
      assert.throws(() => make(shared ? kernel.plain : kernel.shared), WebAssembly.LinkError);
      assert.equal(new Uint8Array(memory.buffer, 0x2000, 1)[0], 7);
    }
  }
});

test("a kernel is refused for what it may not contain", async (context) => {
  const refused: readonly [string, RegExp][] = [
    [table(65) + lookUp, /static data at 8192\.\.8257; its slice is 8192\.\.8256/],
    [
      `declare function now(): f64;\n\n/** Asks. */\nexport function ask(): f64 {\n  return now();\n}\n`,
      /imports kernel\.now; it may import env\.memory/,
    ],
    [
      "/** Adds. */\nexport function add(a: i32): i32 {\n  return a + b;\n}\n",
      /does not compile:[^]*Cannot find name 'b'/,
    ],
    [
      "/** A. */\nexport function a(): void {}\n\nexport const answer: i32 = 42;\n",
      /exports function a, global answer; its source declares function a$/,
    ],
  ];
  for (const [text, message] of refused) await assert.rejects(compileText(context, header + text), message);
});

test("the exports of a kernel are read with their comments and in TypeScript's types", () => {
  const text =
    "\n/** Adds.\n * Twice. */\nexport function add(a: usize, b: i64): f32 {\n}\nfunction own(): void {\n}\n/** Ends. */\nexport function end(): void {\n}\n";
  assert.deepEqual(exportedFunctions("k.ts", text), [
    { name: "add", comment: "/** Adds.\n * Twice. */", signature: "(a: number, b: bigint): number" },
    { name: "end", comment: "/** Ends. */", signature: "(): void" },
  ]);
  assert.throws(
    () => exportedFunctions("k.ts", "\nexport function add(): void {\n"),
    /k\.ts: export add has no doc comment/,
  );
  assert.throws(
    () => exportedFunctions("k.ts", "/** A. */\nexport function add(a: v128): void {\n"),
    /add exports the type v128/,
  );
});

test("data segments are read from the bytes of a module, and computed addresses are refused", () => {
  const module = (...section: number[]): Uint8Array =>
    Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, 2, 1, 0x78, 11, section.length, ...section);
  assert.deepEqual(dataSegments(module(2, 0, 0x41, 0x80, 0xc0, 0, 0x0b, 2, 1, 1, 0, 0x41, 0x7f, 0x0b, 0)), [
    { base: 8192, end: 8194 },
    { base: 4_294_967_295, end: 4_294_967_295 },
  ]);
  assert.deepEqual(dataSegments(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)), []);
  assert.throws(() => dataSegments(module(1, 1, 0)), /passive/);
  assert.throws(() => dataSegments(module(1, 0, 0x23, 0, 0x0b, 0)), /computed address/);
  assert.throws(() => dataSegments(module(1, 0, 0x41)), /middle of a section/);
});

test("a generated module names its kernel and imports the core by path only inside the core", () => {
  const kernel = { plain: Uint8Array.of(1, 2, 3), shared: Uint8Array.of(4), staticEnd: 0 };
  const functions = [{ name: "add", comment: "/** Adds. */", signature: "(a: number): number" }];
  const ingredients = { name: "row-sums", source: "packages/x/kernels/row-sums.ts", functions, kernel };
  const text = generatedModule({ packageName: "text", ...ingredients });
  assert.match(text, /^\/\/ Generated from packages\/x\/kernels\/row-sums\.ts/);
  assert.match(text, /import \{ KernelModule \} from "@millpond\/core";/);
  assert.match(
    text,
    /export interface RowSumsExports \{\n {2}\/\*\* Adds\. \*\/\n {2}add\(a: number\): number;\n\}/,
  );
  assert.match(text, /export const rowSumsKernel: [^]*"AQID",\n {2}"BA==",\n\);\n$/);
  assert.match(generatedModule({ packageName: "core", ...ingredients }), /from "\.\/kernel-module\.ts"/);
});

test("the slices of the packages share no byte and stay in the first page", () => {
  const all = Object.values(slices).toSorted((a, b) => a.base - b.base);
  for (const [index, { base, end }] of all.entries()) {
    assert(base < end && base >= (all[index - 1]?.end ?? 1) && end <= 65_536);
    assert.equal(base % 16, 0);
  }
});
