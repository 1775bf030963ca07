// Rule: tests that are switched off say why, and none is left switched on alone.

import type { Finding, Rule } from "./rule.ts";

const testFile = /\/test(?:-built)?\/.*\.(?:ts|mjs)$/;
// The tests of the rules have to write down what the rules forbid.
const exempt = "tools/test/tidy";

/** No lone tests, and no skipped test without a reason on its line. */
export const tests: Rule = {
  name: "tests",
  check(repository) {
    const findings: Finding[] = [];
    for (const [path, text] of repository.files) {
      if (!testFile.test(path) || path.startsWith(exempt)) continue;
      for (const [index, line] of text.split("\n").entries()) {
        const message = complaint(line);
        if (message !== undefined) findings.push({ path, line: index + 1, message });
      }
    }
    return findings;
  },
};

function complaint(line: string): string | undefined {
  if (/\b(?:test|it|describe|suite)\.only\(|\bonly: true\b/.test(line)) return "a test is set to run alone";
  const skips = /\.(?:skip|todo)\(|\b(?:skip|todo): true\b/.test(line);
  return skips && !line.includes("//") ? "a skipped test gives no reason on its line" : undefined;
}
