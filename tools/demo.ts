// `npm run demo`: serves the interactive page of examples/ with the built packages, on this machine only. A number as an
// argument is the port.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./lib/repository.ts";
import { serve } from "./lib/serve.ts";

const page = readFileSync(join(root, "examples", "interactive.html"), "utf8");
const { origin } = await serve({ "/": page }, Number(process.argv[2] ?? 8080));
console.log(`open ${origin}/ in a browser; Ctrl+C ends it`);
