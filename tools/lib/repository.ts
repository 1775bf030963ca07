// The repository as the tools see it: every text file that git tracks or would track, by its path from the root.
// Rules take this value instead of reading the disk, so that their tests can hand them three made-up files.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

/** The files that a rule may look at. */
export interface Repository {
  /** Text by path; paths are relative to the root and use `/`. */
  readonly files: ReadonlyMap<string, string>;
}

/** The folder that holds the root package.json. */
export const root: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Reads the work tree: tracked files and new ones that no .gitignore hides. */
export function readRepository(): Repository {
  const names = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const files = new Map<string, string>();
  for (const name of names.split("\0")) {
    const text = name === "" ? undefined : readText(join(root, name));
    if (text !== undefined) files.set(name, text);
  }
  return { files };
}

function readText(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    // Listed but gone: a file that was deleted and not yet staged.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return text.includes("\0") ? undefined : text;
}

/** The TypeScript files of a repository: `.ts` and `.mts`, and the `.mjs` scripts that run without a build. */
export function scripts(repository: Repository): string[] {
  return [...repository.files.keys()].filter((path) => isScript(path) && !isKernel(path));
}

/** True for a file that holds code, by its name. */
export function isScript(path: string): boolean {
  return /\.(?:m?ts|mjs)$/.test(path);
}

// True for kernel sources: AssemblyScript has the endings of TypeScript, but its decorators do not parse as such.
function isKernel(path: string): boolean {
  return /^packages\/[^/]+\/kernels\//.test(path);
}

/** True for code that a build step wrote; rules about style leave it alone. */
export function isGenerated(path: string): boolean {
  return path.endsWith(".wasm.ts");
}

/** The path that a relative specifier names, seen from a file. */
export function resolveFrom(path: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(path), specifier));
}

/** The folder names directly under `packages/`. */
export function packageNames(repository: Repository): string[] {
  const names = new Set<string>();
  for (const path of repository.files.keys()) {
    const match = /^packages\/([^/]+)\/package\.json$/.exec(path);
    if (match !== null) names.add(match[1]);
  }
  return [...names];
}

/** What the tools read of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly workspaces?: readonly string[];
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The parsed package.json of a folder ("" is the root), or undefined where there is none. */
export function manifest(repository: Repository, folder: string): Manifest | undefined {
  const text = repository.files.get(folder === "" ? "package.json" : `${folder}/package.json`);
  return text === undefined ? undefined : (JSON.parse(text) as Manifest);
}

/** The source files that a package's exports and commands start from. */
export function entryPoints(repository: Repository, packageName: string): string[] {
  const found = manifest(repository, `packages/${packageName}`);
  const targets = [...strings(found?.exports), ...strings(found?.bin)];
  const sources = targets
    .map((target) => target.replace(/^(?:\.\/)?dist\//, "src/").replace(/^\.\//, ""))
    .map((target) => target.replace(/(?:\.d)?\.(?:js|ts)$/, ".ts"))
    .filter((target) => target.startsWith("src/"));
  return [...new Set(sources)].map((source) => `packages/${packageName}/${source}`);
}

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(strings);
}
