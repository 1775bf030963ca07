// Rule: the page of all types of plots is what the source says.

import { PAGE, plotPage } from "../lib/plot-page.ts";
import type { Rule } from "./rule.ts";

/** Every type of plot and every option is on the page, with what its doc comment says. */
export const catalogue: Rule = {
  name: "catalogue",
  check(repository) {
    const lines = plotPage(repository).split("\n");
    const found = (repository.files.get(PAGE) ?? "").split("\n");
    const line = lines.findIndex((text, index) => text !== found[index]);
    if (line < 0 && lines.length === found.length) return [];
    const message = "the page is not what the source of the plot package says; run `npm run catalogue`";
    return [{ path: PAGE, line: (line < 0 ? lines.length : line) + 1, message }];
  },
};
