// `npm run test:built`: tests the packages that users would install. Packs them, unpacks the tarballs into a folder
// outside the repository, compiles a consumer against their declarations, and runs packages/*/test-built/*.test.mjs
// there: on the machine's own Node first, which `engines` promises to work, and on the pinned one.

import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { pack, type Packed } from "./lib/pack.ts";
import { ownNode } from "./lib/own-node.ts";
import { root } from "./lib/repository.ts";

function main(): number {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "millpond-built-")));
  try {
    const packed = pack();
    for (const found of packed) unpack(found, folder);
    checkConsumer(packed, folder);
    const tests = globSync("*/*.test.mjs", { cwd: folder }).toSorted();
    const nodes = new Set([ownNode() ?? process.execPath, realpathSync(process.execPath)]);
    return [...nodes].every((node) => runTests(node, tests, folder)) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unpack({ folder, manifest, tarball }: Packed, into: string): void {
  const target = join(into, "node_modules", manifest.name);
  mkdirSync(target, { recursive: true });
  run("tar", ["-xzf", tarball, "-C", target, "--strip-components=1"], into);
  const tests = join(root, "packages", folder, "test-built");
  if (!existsSync(tests))
    throw new Error(`packages/${folder} has no test-built/ folder; add a *.test.mjs that loads it`);
  cpSync(tests, join(into, folder), { recursive: true });
}

// A consumer whose compiler reads every declaration, without `skipLibCheck` and without this repository's own settings; and
// what packages/*/test-built/*.mts expect of the types.
function checkConsumer(packed: readonly Packed[], folder: string): void {
  const specifiers = packed.flatMap(({ manifest }) =>
    Object.keys(manifest.exports ?? {})
      .filter((subpath) => subpath !== "./package.json")
      .map((subpath) => manifest.name + subpath.slice(1)),
  );
  const lines = specifiers.map((specifier, index) => `export * as part${index} from "${specifier}";\n`);
  writeFileSync(join(folder, "consumer.mts"), lines.join(""));
  const lib = "ES2023,ESNext.Disposable,DOM";
  const options = [
    "--noEmit",
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--lib",
    lib,
    "--types",
    "",
  ];
  const consumers = globSync(["consumer.mts", "*/*.mts"], { cwd: folder });
  run(join(root, "node_modules", ".bin", "tsc"), [...options, ...consumers], folder);
}

function runTests(node: string, tests: readonly string[], cwd: string): boolean {
  const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
  console.log(`built packages on Node ${version}`);
  const args = ["--expose-gc", "--test", "--test-reporter=spec", ...tests];
  return spawnSync(node, args, { cwd, stdio: "inherit" }).status === 0;
}

function run(command: string, args: readonly string[], cwd: string): void {
  const result = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (result.status !== 0) throw new Error(`${command} failed:\n${result.stdout}${result.stderr}`);
}

process.exit(main());
