// Rules about pages: one title each, and links that lead somewhere.

import { posix } from "node:path";

import type { Repository } from "../lib/repository.ts";
import type { Finding, Rule } from "./rule.ts";

interface Line {
  readonly number: number;
  readonly text: string;
}

/** One title a page, and every link to a file or a heading of the repository resolves. */
export const markdown: Rule = {
  name: "markdown",
  check(repository) {
    const findings: Finding[] = [];
    for (const [path, text] of repository.files) {
      if (!path.endsWith(".md")) continue;
      const lines = prose(text);
      const titles = lines.filter((line) => line.text.startsWith("# "));
      if (titles.length !== 1 || titles[0].number !== 1) {
        findings.push({
          path,
          line: 1,
          message: "a page starts with its title, the only line with a single #",
        });
      }
      for (const line of lines) findings.push(...checkLinks(repository, path, line));
    }
    return findings;
  },
};

// The lines outside code fences.
function prose(text: string): Line[] {
  const lines: Line[] = [];
  let fence = "";
  for (const [index, line] of text.split("\n").entries()) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (mark === undefined) {
      if (fence === "") lines.push({ number: index + 1, text: line });
    } else if (fence === "") {
      fence = mark;
    } else if (mark.startsWith(fence)) {
      fence = "";
    }
  }
  return lines;
}

function checkLinks(repository: Repository, path: string, line: Line): Finding[] {
  const findings: Finding[] = [];
  const withoutCode = line.text.replaceAll(/`[^`]*`/g, "");
  for (const [, target] of withoutCode.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)) {
    if (!/^[a-z]+:/.test(target) && !resolves(repository, path, target)) {
      findings.push({ path, line: line.number, message: `the link to ${target} leads nowhere` });
    }
  }
  return findings;
}

function resolves(repository: Repository, path: string, target: string): boolean {
  const [file, anchor] = target.split("#") as [string, string?];
  const found =
    file === "" ? path : posix.normalize(posix.join(posix.dirname(path), file)).replace(/\/$/, "");
  const text = repository.files.get(found);
  if (text === undefined) return isFolder(repository, found);
  return anchor === undefined || !found.endsWith(".md") || anchors(text).has(anchor);
}

function isFolder(repository: Repository, path: string): boolean {
  for (const name of repository.files.keys()) if (name.startsWith(`${path}/`)) return true;
  return false;
}

// Headings as the anchors that code hosts make of them.
function anchors(text: string): Set<string> {
  const headings = prose(text).filter((line) => /^#+ /.test(line.text));
  return new Set(
    headings.map((line) =>
      line.text
        .replace(/^#+ /, "")
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}
