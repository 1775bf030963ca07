// Finds the machine's own `node`. Inside npm scripts, `node` is the pinned one in node_modules/.bin; the built
// packages must also run on whatever the user has, so this looks along PATH past every node_modules folder.

import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, join, sep } from "node:path";

/** The path of the first executable `node` on PATH that no node_modules folder provides, or undefined. */
export function ownNode(path: string = process.env["PATH"] ?? ""): string | undefined {
  for (const folder of path.split(delimiter)) {
    if (folder === "" || folder.split(sep).includes("node_modules")) continue;
    const candidate = join(folder, process.platform === "win32" ? "node.exe" : "node");
    if (isExecutable(candidate)) return realpathSync(candidate);
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not ours to run: the next folder may have one.
  }
}
