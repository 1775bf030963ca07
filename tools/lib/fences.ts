// Finds the examples in pages and doc comments: fenced blocks marked `ts`.

import type { Repository } from "./repository.ts";

/** One example. */
export interface Fence {
  readonly path: string;
  /** The 1-based line of the first line of code. */
  readonly line: number;
  readonly code: string;
  /** False for a fence marked `ts no-run`: it is type-checked only. */
  readonly runs: boolean;
}

const sources = /^packages\/[^/]+\/src\/.*\.ts$/;
const pages = /^(?:README\.md|docs\/.*\.md|packages\/[^/]+\/README\.md)$/;

/** All examples of a repository, by file and line. */
export function fences(repository: Repository): Fence[] {
  const found: Fence[] = [];
  for (const [path, text] of repository.files) {
    if (pages.test(path)) found.push(...fencesIn(path, text, /^()/));
    // In a doc comment every line starts with a star, and so does the fence.
    if (sources.test(path)) found.push(...fencesIn(path, text, /^\s*\* ?/));
  }
  return found;
}

function fencesIn(path: string, text: string, prefix: RegExp): Fence[] {
  const found: Fence[] = [];
  let open: { line: number; info: string; lines: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const content = prefix.test(line) ? line.replace(prefix, "") : undefined;
    const info = content === undefined ? undefined : /^\s*```(.*)$/.exec(content)?.[1];
    if (open === undefined) {
      if (info !== undefined) open = { line: index + 2, info: info.trim(), lines: [] };
    } else if (info !== undefined) {
      if (isTypeScript(open.info)) found.push(fence(path, open));
      open = undefined;
    } else {
      open.lines.push(content ?? "");
    }
  }
  return found;
}

function isTypeScript(info: string): boolean {
  return info.split(" ")[0] === "ts";
}

function fence(path: string, open: { line: number; info: string; lines: readonly string[] }): Fence {
  const words = open.info.split(" ");
  return { path, line: open.line, code: `${open.lines.join("\n")}\n`, runs: !words.includes("no-run") };
}
