// Packs the packages as publishing would, so that what users install is what gets tested.

import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { manifest, packageNames, readRepository, root, type Manifest } from "./repository.ts";

/** A packed package. */
export interface Packed {
  /** The folder under packages/. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The path of the tarball. */
  readonly tarball: string;
}

/** Builds nothing: run `npm run build` first. Packs every package into .generated/packs. */
export function pack(): Packed[] {
  const repository = readRepository();
  const destination = join(root, ".generated", "packs");
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(destination, { recursive: true });
  return packageNames(repository).map((folder) => ({
    folder,
    manifest: manifest(repository, `packages/${folder}`)!,
    tarball: join(destination, packOne(folder, destination)),
  }));
}

function packOne(folder: string, destination: string): string {
  const args = [
    "pack",
    `./packages/${folder}`,
    "--json",
    "--ignore-scripts",
    "--pack-destination",
    destination,
  ];
  const result = spawnSync("npm", args, { cwd: root, encoding: "utf8" });
  if (result.status !== 0) throw new Error(`npm pack failed for packages/${folder}:\n${result.stderr}`);
  const [{ filename, files }] = JSON.parse(result.stdout) as [
    { filename: string; files: { path: string }[] },
  ];
  checkFiles(
    folder,
    files.map(({ path }) => path),
  );
  return filename;
}

// The compiler leaves the output of a deleted source behind, and a tarball would carry it to users.
function checkFiles(folder: string, files: readonly string[]): void {
  const built = files.filter((path) => path.startsWith("dist/") && path.endsWith(".js"));
  if (built.length === 0) throw new Error(`packages/${folder} is not built; run "npm run build"`);
  for (const path of built) {
    const source = path.replace(/^dist/, "src").replace(/\.js$/, ".ts");
    if (files.includes(source)) continue;
    throw new Error(
      `packages/${folder}/${path} has no source any more; run "npm run clean && npm run build"`,
    );
  }
}
