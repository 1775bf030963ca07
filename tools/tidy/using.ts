// Rule: packages do not declare with `using`. The compiler turns it into a shim that costs several times a `finally`
// block, and sources that run on Node 24 would hide that. Tests, examples and doc comments use it freely.

import { scripts } from "../lib/repository.ts";
import { lineAt, syntax, walk } from "../lib/syntax.ts";
import type { Finding, Rule } from "./rule.ts";

/** No `using` declaration in the sources of a package. */
export const using: Rule = {
  name: "using",
  check(repository) {
    const findings: Finding[] = [];
    for (const path of scripts(repository).filter((name) => /^packages\/[^/]+\/src\//.test(name))) {
      const text = repository.files.get(path)!;
      walk(syntax(path, text).body, (node) => {
        if (node.type !== "VariableDeclaration" || !String(node["kind"]).endsWith("using")) return;
        findings.push({
          path,
          line: lineAt(text, node.start),
          message: "`using` in a package; write try/finally",
        });
      });
    }
    return findings;
  },
};
