// Rule: a file starts by saying what it is.

import { isScript } from "../lib/repository.ts";
import type { Rule } from "./rule.ts";

/** Every script and every kernel source starts with a comment, after an optional `#!` line. */
export const headers: Rule = {
  name: "header",
  check(repository) {
    return [...repository.files.keys()]
      .filter(isScript)
      .filter((path) => !/^(?:#!.*\n)?(?:\/\/ \S|\/\*)/.test(repository.files.get(path)!))
      .map((path) => ({ path, line: 1, message: "no header comment; start by saying what this file is" }));
  },
};
