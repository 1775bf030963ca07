// Rule: imports go only where ARCHITECTURE.md lets them. The tables below are the arrows of that page: what is not in
// them is refused, so a new folder or package is a decision that shows up in a diff of this file.

import {
  entryPoints,
  manifest,
  packageNames,
  resolveFrom,
  scripts,
  type Repository,
} from "../lib/repository.ts";
import { lineAt, syntax, type Import } from "../lib/syntax.ts";
import type { Finding, Rule } from "./rule.ts";

const engines = ["text", "json", "plot", "rdf", "db"];

/** What each package may import. */
const packageArrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  ...Object.fromEntries(engines.map((engine) => [engine, ["core"]])),
  cli: ["core", ...engines],
};

const structures = ["arena", "arrays", "object", "record", "view", "ring", "pool"];

/** What each folder of core/src may import. Files beside the folders, such as index.ts, may import all of them. */
const coreArrows: Readonly<Record<string, readonly string[]>> = {
  memory: [],
  kernel: ["memory"],
  ...Object.fromEntries(structures.map((folder) => [folder, ["kernel", "memory"]])),
  sharing: [...structures, "kernel", "memory"],
  stats: [...structures, "kernel", "memory"],
};

/** Packages whose entry points have to load in a browser too. */
const browserSafe = new Set(["core", "text", "json", "plot"]);

/** Imports follow the arrows of ARCHITECTURE.md. */
export const arrows: Rule = {
  name: "arrows",
  check(repository) {
    const findings: Finding[] = [];
    for (const path of scripts(repository)) {
      const text = repository.files.get(path)!;
      const file = syntax(path, text);
      for (const found of [...file.imports, ...file.mentions]) {
        const message = complaint(path, found);
        if (message !== undefined) findings.push({ path, line: lineAt(text, found.offset), message });
      }
    }
    return [...findings, ...platformFindings(repository), ...dependencyFindings(repository)];
  },
};

function complaint(path: string, { specifier }: Import): string | undefined {
  const from = areaOf(path);
  const to = specifier.startsWith(".") ? areaOf(resolveFrom(path, specifier)) : areaOfPackage(specifier);
  // A path out of the repository is a string for some other use: the compiler would refuse it as an import.
  if (to === undefined || to === "..") return undefined;
  if (from === to) return from === "packages/core" ? coreComplaint(path, specifier) : undefined;
  // Measurements and tests find the machine's own Node and its browser, and serve pages, by the same few functions.
  if (to === "tools" && (from === "bench" || path.startsWith(`${from}/test/`))) return undefined;
  if (!to.startsWith("packages/")) return `${from} imports ${to}; nothing imports ${to}`;
  if (!from.startsWith("packages/")) return undefined;
  const allowed = packageArrows[from.slice("packages/".length)];
  if (allowed === undefined) return `${from} has no entry in tools/tidy/arrows.ts`;
  if (allowed.includes(to.slice("packages/".length))) {
    return specifier.startsWith(".") ? "reaches into another package by path; import it by name" : undefined;
  }
  return `${from} imports ${to}; it may import ${list(allowed)}`;
}

// The unit that a path belongs to: a package, or a top-level folder.
function areaOf(path: string): string {
  const parts = path.split("/");
  return parts[0] === "packages" ? parts.slice(0, 2).join("/") : parts[0];
}

function areaOfPackage(specifier: string): string | undefined {
  const match = /^@millpond\/([^/]+)/.exec(specifier);
  if (match === null) return specifier === "millpond" ? "packages/cli" : undefined;
  return ["examples", "bench", "tools"].includes(match[1]) ? match[1] : `packages/${match[1]}`;
}

function coreComplaint(path: string, specifier: string): string | undefined {
  const from = coreFolder(path);
  if (from === undefined) return undefined;
  if (!specifier.startsWith(".")) return "imports its own package by name; use a relative path";
  const to = coreFolder(resolveFrom(path, specifier)) ?? "the entry points";
  if (from === to) return undefined;
  const allowed = coreArrows[from];
  if (allowed === undefined) return `folder ${from} has no entry in tools/tidy/arrows.ts`;
  return allowed.includes(to) ? undefined : `${from} imports ${to}; it may import ${list(allowed)}`;
}

function coreFolder(path: string): string | undefined {
  return /^packages\/core\/src\/([^/]+)\//.exec(path)?.[1];
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "nothing" : names.join(", ");
}

// A static `node:` import anywhere below a browser-safe entry point would break loading it in a browser.
function platformFindings(repository: Repository): Finding[] {
  const findings: Finding[] = [];
  for (const name of packageNames(repository).filter((candidate) => browserSafe.has(candidate))) {
    for (const path of reachable(repository, [`packages/${name}/src/index.ts`])) {
      const text = repository.files.get(path)!;
      for (const { specifier, offset } of syntax(path, text).imports) {
        if (!specifier.startsWith("node:")) continue;
        const message = `${specifier} is loaded by the main entry of ${name}, which has to load in a browser`;
        findings.push({ path, line: lineAt(text, offset), message });
      }
    }
  }
  return findings;
}

// Who wants pools installs the core and nothing else; an engine installs the core.
function dependencyFindings(repository: Repository): Finding[] {
  const findings: Finding[] = [];
  for (const name of packageNames(repository).filter((candidate) => browserSafe.has(candidate))) {
    const path = `packages/${name}/package.json`;
    for (const dependency of Object.keys(manifest(repository, `packages/${name}`)?.dependencies ?? {})) {
      if (packageArrows[name].some((allowed) => dependency === `@millpond/${allowed}`)) continue;
      findings.push({ path, line: 1, message: `depends on ${dependency} at run time` });
    }
  }
  return findings;
}

/** Every source file that the given ones import statically, themselves included. */
export function reachable(
  repository: Repository,
  entries: readonly string[] = packageNames(repository).flatMap((name) => entryPoints(repository, name)),
  withMentions = false,
): Set<string> {
  const seen = new Set<string>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const text = repository.files.get(path);
    if (text === undefined || seen.has(path)) continue;
    seen.add(path);
    const file = syntax(path, text);
    for (const { specifier } of withMentions ? [...file.imports, ...file.mentions] : file.imports) {
      if (specifier.startsWith(".")) queue.push(resolveFrom(path, specifier));
    }
  }
  return seen;
}
