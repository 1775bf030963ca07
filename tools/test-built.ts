// `npm run test:built`: loads the built packages on the machine's own Node, the one that users have.

import { spawnSync } from "node:child_process";

import { ownNode } from "./own-node.ts";

const node = ownNode() ?? process.execPath;
const script =
  'import("@millpond/core").then((core) => console.log(process.version, Object.keys(core).join(" ")))';
const result = spawnSync(node, ["--input-type=module", "--eval", script], { stdio: "inherit" });
process.exit(result.status ?? 1);
