// Ways to start bench/cell.ts: from sources on the Node that runs the harness, or, on any other Node from 20 up,
// compiled, with the packages as they are built for users.

import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { ownNode } from "../../tools/lib/own-node.ts";
import type { Launcher } from "./cell.ts";
import { benchFolder } from "./suites.ts";

const built = join(benchFolder, ".generated", "built");

/** The launcher for `--node`: undefined for this Node, "own" for the machine's, or the path of one. */
export function launcherFor(node: string | undefined): Launcher {
  if (node === undefined) {
    const flags = ["--expose-gc", "--conditions=source"];
    return { node: process.execPath, flags, program: join(benchFolder, "cell.ts") };
  }
  const found = node === "own" ? ownNode() : node;
  if (found === undefined) throw new Error("no node on PATH but the one in node_modules; give --node a path");
  build();
  return { node: found, flags: ["--expose-gc"], program: join(built, "cell.js") };
}

/** The version that an executable reports, such as "v24.21.0". */
export function versionOf({ node }: Launcher): string {
  return run(node, ["--version"]).trim();
}

function build(): void {
  rmSync(built, { recursive: true, force: true });
  run("npm", ["run", "--silent", "build"]);
  run("npm", ["exec", "--", "tsc", "-p", join("bench", "tsconfig.json")]);
}

function run(program: string, options: readonly string[]): string {
  const result = spawnSync(program, options, { cwd: join(benchFolder, ".."), encoding: "utf8" });
  if (result.status === 0) return result.stdout;
  throw new Error(
    `${program} ${options.join(" ")}: ${result.stdout ?? ""}${result.stderr ?? String(result.error)}`,
  );
}
