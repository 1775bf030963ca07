// Rules about plain text: white space, left-over notes, and words that mean something on one machine only.

import { isGenerated } from "../lib/repository.ts";
import type { Finding, Rule } from "./rule.ts";

const skipped = /(?:^|\/)(?:package-lock\.json|LICENSE)$/;
// The rules' own files and tests have to name what they forbid.
const exempt = /^tools\/(?:tidy|test)\//;

interface Pattern {
  readonly pattern: RegExp;
  readonly message: string;
  readonly only?: RegExp;
}

const patterns: readonly Pattern[] = [
  { pattern: /[ \t]+$/, message: "trailing white space" },
  { pattern: /\r/, message: "carriage return; lines end with a line feed" },
  { pattern: /\t/, message: "tab; indent with spaces", only: /\.(?:m?ts|mjs|json|md)$/ },
  { pattern: /\b(?:TODO|FIXME|XXX)\b/, message: "note to self; do it, or write down why it is so" },
  { pattern: /(?:^|[\s"'`(=:])\/(?:work|root|home|Users)\//, message: "path of one machine" },
  { pattern: /\bregistry\.npmjs\b/, message: "name of a registry host" },
  { pattern: /\bfarm-\w/, message: "name of a tool of one workplace" },
  { pattern: /\bissue #?\d+\b/i, message: "number of an issue; say what it was about" },
  { pattern: /\.\.\/shared\b/, message: "path outside the repository", only: /\.md$/ },
];

/** No stray white space, notes to self or machine-bound words. */
export const text: Rule = {
  name: "text",
  check(repository) {
    const findings: Finding[] = [];
    for (const [path, content] of repository.files) {
      if (skipped.test(path) || exempt.test(path) || isGenerated(path)) continue;
      findings.push(...checkFile(path, content));
    }
    return findings;
  },
};

function checkFile(path: string, content: string): Finding[] {
  const findings: Finding[] = [];
  const active = patterns.filter(({ only }) => only === undefined || only.test(path));
  const lines = content.split("\n");
  for (const [index, line] of lines.entries()) {
    for (const { pattern, message } of active) {
      if (pattern.test(line)) findings.push({ path, line: index + 1, message });
    }
  }
  if (content !== "" && !content.endsWith("\n")) {
    findings.push({ path, line: lines.length, message: "no line feed at the end of the file" });
  }
  return findings;
}
