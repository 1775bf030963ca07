// Tests of the tidy rules: each rule is shown a small made-up repository that breaks it, and one that does not.

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Repository } from "../lib/repository.ts";
import { arrows } from "../tidy/arrows.ts";
import { deadFiles } from "../tidy/dead-files.ts";
import { docComments } from "../tidy/doc-comments.ts";
import { functions } from "../tidy/functions.ts";
import { headers } from "../tidy/headers.ts";
import { manifests } from "../tidy/manifests.ts";
import { markdown } from "../tidy/markdown.ts";
import type { Rule } from "../tidy/rule.ts";
import { tests } from "../tidy/tests.ts";
import { text } from "../tidy/text.ts";
import { using } from "../tidy/using.ts";

const core = JSON.stringify({
  name: "@millpond/core",
  version: "1.0.0",
  exports: { ".": { types: { source: "./src/index.ts", default: "./dist/index.d.ts" } } },
});

function repository(files: Record<string, string>): Repository {
  return { files: new Map(Object.entries(files)) };
}

function check(rule: Rule, files: Record<string, string>): string[] {
  return rule.check(repository(files)).map(({ path, line, message }) => `${path}:${line}: ${message}`);
}

function assertFinds(rule: Rule, files: Record<string, string>, ...expected: RegExp[]): void {
  const found = check(rule, files);
  assert.equal(found.length, expected.length, found.join("\n") || "nothing was found");
  for (const [index, pattern] of expected.entries()) assert.match(found[index], pattern);
}

test("text: stray white space and a missing last line feed are found", () => {
  assertFinds(text, { "a.ts": "// a \n" }, /a\.ts:1: trailing/);
  assertFinds(text, { "a.ts": "// a\r\n" }, /carriage/);
  assertFinds(text, { "a.ts": "\t// a\n" }, /tab/);
  assertFinds(text, { "a.ts": "// a" }, /no line feed/);
  assertFinds(text, { "a.ts": "// a\n" });
});

test("text: notes to self and words of one machine are found", () => {
  assertFinds(text, { "a.ts": "// a\n// TODO later\n" }, /a\.ts:2: note to self/);
  assertFinds(text, { "a.ts": 'const path = "/root/x";\n' }, /path of one machine/);
  assertFinds(text, { "a.md": "see issue 12\n" }, /number of an issue/);
  assertFinds(text, { "a.md": "see ../shared/x\n" }, /path outside/);
  assertFinds(text, { "a.ts": 'read("../shared/conformance");\n', "b.md": "/workspace, homework\n" });
});

test("header: a script starts with a comment", () => {
  assertFinds(headers, { "a.ts": "export {};\n" }, /a\.ts:1: no header/);
  assertFinds(headers, {
    "a.ts": "// What it is.\n",
    "b.ts": "/** What. */\n",
    "c.mjs": "#!/bin/x\n// What.\n",
  });
});

test("kernel sources need a header and are otherwise not TypeScript", () => {
  const path = "packages/core/kernels/sum.ts";
  const kernel = "@inline\nfunction f(a: v128): v128 {}\n";
  assertFinds(headers, { [path]: kernel }, /no header/);
  for (const rule of [functions, arrows, deadFiles, docComments, using])
    assertFinds(rule, { [path]: kernel });
});

function lines(count: number): string {
  return "  f();\n".repeat(count);
}

test("function length: 70 lines pass, 71 do not", () => {
  assertFinds(functions, { "a.ts": `function f() {\n${lines(68)}}\n` });
  assertFinds(functions, { "a.ts": `function f() {\n${lines(69)}}\n` }, /a\.ts:1: f has 71 lines/);
  assertFinds(functions, { "a.ts": `const g = () => {\n${lines(69)}};\n` }, /g has 71 lines/);
  assertFinds(functions, { "a.ts": `class A {\n  m() {\n${lines(69)}  }\n}\n` }, /a\.ts:2: m has 71 lines/);
});

test("function length: the callback of a suite may be long", () => {
  assertFinds(functions, { "a.ts": `describe("x", () => {\n${lines(90)}});\n` });
});

test("function length: the ratchet lets an old function shrink and not grow", () => {
  const ratchet = (length: number) => JSON.stringify({ "a.ts f": length });
  const source = `function f() {\n${lines(80)}}\n`;
  assertFinds(functions, { "a.ts": source, "tools/tidy/ratchet.json": ratchet(82) });
  assertFinds(functions, { "a.ts": source, "tools/tidy/ratchet.json": ratchet(80) }, /grew from 80 to 82/);
  assertFinds(functions, { "a.ts": source, "tools/tidy/ratchet.json": ratchet(90) }, /lower its entry/);
  assertFinds(functions, { "tools/tidy/ratchet.json": ratchet(90) }, /no longer needed/);
});

test("arrows: engines import the core and not each other", () => {
  assertFinds(arrows, { "packages/text/src/a.ts": 'import "@millpond/core";\n' });
  assertFinds(
    arrows,
    { "packages/text/src/a.ts": 'import "@millpond/json";\n' },
    /packages\/text imports packages\/json; it may import core/,
  );
  assertFinds(arrows, { "packages/core/src/a.ts": 'import "@millpond/text";\n' }, /it may import nothing/);
  assertFinds(arrows, { "packages/text/src/a.ts": 'import "../../core/src/b.ts";\n' }, /by path/);
  assertFinds(arrows, { "packages/new/src/a.ts": 'import "@millpond/core";\n' }, /no entry/);
});

test("arrows: nothing imports bench, examples or tools", () => {
  assertFinds(
    arrows,
    { "packages/text/src/a.ts": 'import "../../../tools/b.ts";\n' },
    /nothing imports tools/,
  );
  assertFinds(arrows, { "bench/a.ts": 'await import("../examples/b.ts");\n' }, /nothing imports examples/);
  assertFinds(arrows, { "bench/a.ts": 'import "@millpond/text";\nimport "./b.ts";\n' });
  assertFinds(arrows, { "packages/text/test/a/b.ts": 'import "../../../../tools/lib/serve.ts";\n' });
});

test("arrows: the folders of the core are layers", () => {
  const inCore = (folder: string, target: string) => ({
    [`packages/core/src/${folder}/a.ts`]: `export * from "../${target}/b.ts";\n`,
  });
  assertFinds(arrows, inCore("arena", "memory"));
  assertFinds(arrows, inCore("sharing", "pool"));
  assertFinds(arrows, inCore("arena", "pool"), /arena imports pool; it may import kernel, memory/);
  assertFinds(arrows, inCore("memory", "kernel"), /memory imports kernel; it may import nothing/);
  assertFinds(arrows, inCore("stats", "sharing"), /stats imports sharing/);
  assertFinds(arrows, inCore("other", "memory"), /folder other has no entry/);
  assertFinds(arrows, { "packages/core/src/arena/a.ts": 'import "../index.ts";\n' }, /the entry points/);
  assertFinds(arrows, { "packages/core/src/index.ts": 'import "./pool/a.ts";\n' });
});

test("arrows: the main entry of a browser-safe package loads no node: module", () => {
  const files = {
    "packages/core/package.json": core,
    "packages/core/src/index.ts": 'export * from "./memory/a.ts";\n',
    "packages/core/src/memory/a.ts": 'import "node:fs";\n',
  };
  assertFinds(arrows, files, /memory\/a\.ts:1: node:fs is loaded by the main entry of core/);
  assertFinds(arrows, { ...files, "packages/core/src/memory/a.ts": 'await import("node:fs");\n' });
});

test("arrows: the core depends on nothing at run time", () => {
  const manifestText = JSON.stringify({ name: "@millpond/core", dependencies: { left: "1.0.0" } });
  assertFinds(arrows, { "packages/core/package.json": manifestText }, /depends on left at run time/);
});

test("dead files: sources, tests and tools that nothing reaches are found", () => {
  const files = {
    "package.json": JSON.stringify({ name: "x", scripts: { a: "node tools/a.ts" } }),
    "packages/core/package.json": core,
    "packages/core/src/index.ts": 'export * from "./used.ts";\nnew URL("./worker.ts", import.meta.url);\n',
    "packages/core/src/used.ts": "// Used.\n",
    "packages/core/src/worker.ts": "// Named by a URL.\n",
    "packages/core/test/a.test.ts": 'import "./help.ts";\n',
    "packages/core/test/help.ts": "// Help.\n",
    "tools/a.ts": "// A.\n",
  };
  assertFinds(deadFiles, files);
  assertFinds(deadFiles, { ...files, "packages/core/src/b.ts": "// B.\n" }, /src\/b\.ts:1: no export/);
  assertFinds(deadFiles, { ...files, "packages/core/test/b.ts": "// B.\n" }, /test\/b\.ts:1: the runner/);
  assertFinds(deadFiles, { ...files, "tools/b.ts": "// B.\n" }, /tools\/b\.ts:1: no npm script/);
});

function exporting(source: string): Record<string, string> {
  return {
    "packages/core/package.json": core,
    "packages/core/src/index.ts": 'export { x } from "./x.ts";\nexport type { X } from "./x.ts";\n',
    "packages/core/src/x.ts": source,
  };
}

test("doc comments: a function and a class need an example", () => {
  const example = "/**\n * Does it.\n *\n * ```ts\n * x();\n * ```\n */\n";
  assertFinds(docComments, exporting(`${example}export function x(): void {}\n`));
  assertFinds(docComments, exporting(`${example}export class x {}\n`));
  assertFinds(
    docComments,
    exporting("/** Does it. */\nexport function x(): void {}\n"),
    /x has no ```ts example/,
  );
  assertFinds(docComments, exporting("// Does it.\nexport class x {}\n"), /no doc comment/, /no ```ts/);
  assertFinds(
    docComments,
    exporting("/** Does it. */\nexport const x = () => 1;\n"),
    /x has no ```ts example/,
  );
});

test("doc comments: overloads are documented at the first signature", () => {
  const overloads = "export function x(a: number): void;\nexport function x(a: unknown): void {}\n";
  assertFinds(docComments, exporting(`/**\n * Does it.\n * \`\`\`ts\n * \`\`\`\n */\n${overloads}`));
  assertFinds(docComments, exporting(overloads), /x\.ts:1: export x has no doc/, /x\.ts:1: .*example/);
});

test("doc comments: types and constants need a sentence", () => {
  assertFinds(docComments, exporting("/** Some bytes. */\nexport const x = 1;\n"));
  assertFinds(docComments, exporting("export const x = 1;\n"), /x\.ts:1: export x has no doc comment/);
  assertFinds(docComments, exporting("/** @beta */\nexport type X = 1;\n"), /X has no doc comment/);
});

test("doc comments: public members need a sentence, private ones do not", () => {
  const source = "/** An X. */\nexport interface X {\n  a: number;\n  /** The b. */\n  b(): void;\n}\n";
  assertFinds(docComments, exporting(source), /x\.ts:3: X\.a has no doc comment/);
  const hidden =
    "  #a = 1;\n  private b = 2;\n  _c = 3;\n  constructor() {}\n  [Symbol.dispose](): void {}\n";
  const wrapped = `/**\n * An x.\n * \`\`\`ts\n * \`\`\`\n */\nexport class x {\n${hidden}}\n`;
  assertFinds(docComments, exporting(wrapped));
});

test("doc comments: what no entry point exports may be bare", () => {
  assertFinds(docComments, exporting("export function unlisted(): void {}\n"));
});

test("doc comments: an export that was imported first is followed", () => {
  const files = exporting('import { x } from "./y.ts";\nexport { x };\n');
  assertFinds(
    docComments,
    { ...files, "packages/core/src/y.ts": "export const x = 1;\n" },
    /y\.ts:1: export x/,
  );
});

test("manifests: versions agree, pins are exact, packages are listed", () => {
  const top = { name: "x", version: "1.0.0", private: true, workspaces: ["packages/core"] };
  const files = {
    "package.json": JSON.stringify(top),
    "tsconfig.json": '{ "references": [{ "path": "packages/core" }] }\n',
    "packages/core/package.json": core,
    "packages/core/README.md": "# x\n",
    "packages/core/LICENSE": "x\n",
  };
  const withTop = (change: object) => ({ ...files, "package.json": JSON.stringify({ ...top, ...change }) });
  assertFinds(manifests, files);
  assertFinds(manifests, withTop({ version: "2.0.0" }), /version 1\.0\.0; the root says 2\.0\.0/);
  assertFinds(manifests, withTop({ devDependencies: { a: "^1.0.0" } }), /pin one exact version/);
  assertFinds(manifests, withTop({ workspaces: [] }), /missing from the workspaces/);
  assertFinds(manifests, { ...files, "tsconfig.json": "{}" }, /missing from the references/);
});

test("markdown: a page has one title and its links lead somewhere", () => {
  assertFinds(markdown, { "a.md": "text\n" }, /starts with its title/);
  assertFinds(markdown, { "a.md": "# a\n# b\n" }, /starts with its title/);
  assertFinds(markdown, { "a.md": "# a\n[b](docs/b.md)\n" }, /a\.md:2: the link to docs\/b\.md/);
  assertFinds(markdown, { "a.md": "# a\n[b](#none)\n" }, /#none leads nowhere/);
  const linked = "# a\n## The *end*, now\n[x](docs/b.md#b) [y](docs) [z](#the-end-now) [w](https://x.test)\n";
  assertFinds(markdown, {
    "a.md": `${linked}\`\`\`sh\n# not a title\n[q](q)\n\`\`\`\n`,
    "docs/b.md": "# b\n",
  });
});

test("tests: lone and unexplained skipped tests are found", () => {
  const path = "packages/core/test/a.test.ts";
  assertFinds(tests, { [path]: 'test.only("x");\n' }, /run alone/);
  assertFinds(tests, { [path]: 'test.skip("x");\n' }, /no reason/);
  assertFinds(tests, { [path]: 'test.skip("x"); // Needs 4 GiB.\ntest("y", { skip: "no corpus" });\n' });
});

test("using: declarations are found, examples in comments are not", () => {
  const path = "packages/core/src/a.ts";
  assertFinds(using, { [path]: "/** using x = y(); */\nfunction f() {\n  using x = y();\n}\n" }, /a\.ts:3/);
  assertFinds(using, { "packages/core/test/a.ts": "using x = y();\n" });
});
