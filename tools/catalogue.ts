// `npm run catalogue`: writes docs/plot-types.md, the page of everything that figures can show, from the source of the plot
// package. `npm run tidy` tells when the page is no longer what the source says.

import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { PAGE, plotPage } from "./lib/plot-page.ts";
import { readRepository, root } from "./lib/repository.ts";

writeFileSync(join(root, PAGE), plotPage(readRepository()));
console.log(`wrote ${PAGE}`);
