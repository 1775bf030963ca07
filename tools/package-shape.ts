// `npm run publint` and `npm run attw`: look at the packed packages as a consumer's tools would. publint reads the
// package.json and its files; attw resolves the types as TypeScript does under each kind of module resolution.

import { spawnSync } from "node:child_process";

import { root } from "./lib/repository.ts";
import { pack } from "./lib/pack.ts";

const tools: Readonly<Record<string, (tarball: string) => string[]>> = {
  publint: (tarball) => ["publint", "run", tarball, "--strict"],
  attw: (tarball) => ["attw", tarball, "--profile", "esm-only", "--format", "ascii"],
};

const tool = tools[process.argv[2]];
if (tool === undefined) throw new Error(`unknown tool "${process.argv[2]}"; expected publint or attw`);
let failed = false;
for (const { manifest, tarball } of pack()) {
  const [command, ...rest] = tool(tarball);
  const result = spawnSync(command, rest, { cwd: root, encoding: "utf8" });
  console.log(
    `${command} ${manifest.name}: ${result.status === 0 ? "passed" : `\n${result.stdout}${result.stderr}`}`,
  );
  failed ||= result.status !== 0;
}
process.exit(failed ? 1 : 0);
