// Rule: every file is there for something. A source is reachable from an export of its package, a test is matched by
// the runner or imported by one that is, a tool is named by an npm script.

import { entryPoints, manifest, packageNames, scripts, type Repository } from "../lib/repository.ts";
import { reachable } from "./arrows.ts";
import type { Finding, Rule } from "./rule.ts";

const testFile = /^(?:packages\/[^/]+|tools|bench)\/test\/.*\.test\.ts$/;
// Run one by one, each as a program: examples by tools/examples.ts, built tests by tools/test-built.ts, which compiles the
// .mts files beside them.
const programs = /^(?:examples\/[^/]+\.ts|packages\/[^/]+\/test-built\/[^/]+\.(?:test\.mjs|mts))$/;

/** No source, test or tool that nothing uses. */
export const deadFiles: Rule = {
  name: "dead files",
  check(repository) {
    const alive = reachable(repository, roots(repository), true);
    const findings: Finding[] = [];
    for (const path of scripts(repository)) {
      if (alive.has(path) || path.endsWith(".d.ts") || path.startsWith("bench/")) continue;
      findings.push({ path, line: 1, message: reason(path) });
    }
    return findings;
  },
};

function roots(repository: Repository): string[] {
  const sources = packageNames(repository).flatMap((name) => entryPoints(repository, name));
  const named = scripts(repository).filter((path) => testFile.test(path) || programs.test(path));
  return [...sources, ...named, ...commands(repository)];
}

// Files that an npm script or the CI script names.
function commands(repository: Repository): string[] {
  const lines = Object.values(manifest(repository, "")?.scripts ?? {});
  lines.push(repository.files.get(".ci/run") ?? "");
  return lines.flatMap((line) => [...line.matchAll(/[\w./-]+\.m?[jt]s\b/g)].map((match) => match[0]));
}

function reason(path: string): string {
  if (path.includes("/test/")) return "the runner does not match this file and no test imports it";
  if (path.startsWith("packages/")) return "no export of the package reaches this file";
  return "no npm script reaches this file";
}
