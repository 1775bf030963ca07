// `npm run clean`: removes what builds and tools wrote. The compiler never deletes the output of a source that is gone.

import { rmSync } from "node:fs";
import { join } from "node:path";

import { packageNames, readRepository, root } from "./lib/repository.ts";

const folders = [".generated", ...packageNames(readRepository()).map((name) => `packages/${name}/dist`)];
for (const folder of folders) rmSync(join(root, folder), { recursive: true, force: true });
