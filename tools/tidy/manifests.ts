// Rule: package.json files agree with each other: one version, exact pins, and a place in the workspaces and in the
// TypeScript build for every package.

import { manifest, packageNames, type Manifest, type Repository } from "../lib/repository.ts";
import type { Finding, Rule } from "./rule.ts";

/** One version, exact pins, nothing forgotten. */
export const manifests: Rule = {
  name: "manifests",
  check(repository) {
    const top = manifest(repository, "");
    if (top === undefined) return [];
    const folders = ["", ...(top.workspaces ?? [])];
    const findings = folders.flatMap((folder) => checkManifest(repository, folder, top));
    for (const name of packageNames(repository))
      findings.push(...checkListed(repository, `packages/${name}`, top));
    return findings;
  },
};

function checkManifest(repository: Repository, folder: string, top: Manifest): Finding[] {
  const path = folder === "" ? "package.json" : `${folder}/package.json`;
  const found = manifest(repository, folder);
  if (found === undefined)
    return [{ path: "package.json", line: 1, message: `workspace ${folder} is not there` }];
  const findings: Finding[] = [];
  if (found.version !== top.version) {
    findings.push({ path, line: 1, message: `version ${found.version}; the root says ${top.version}` });
  }
  for (const [name, range] of Object.entries({ ...found.dependencies, ...found.devDependencies })) {
    if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(range)) {
      findings.push({ path, line: 1, message: `${name} is "${range}"; pin one exact version` });
    }
  }
  if (!folder.startsWith("packages/") && found.private !== true) {
    findings.push({ path, line: 1, message: 'not a published package: set "private": true' });
  }
  return findings;
}

function checkListed(repository: Repository, folder: string, top: Manifest): Finding[] {
  const findings: Finding[] = [];
  if (top.workspaces?.includes(folder) !== true) {
    findings.push({ path: "package.json", line: 1, message: `${folder} is missing from the workspaces` });
  }
  if (repository.files.get("tsconfig.json")?.includes(`"${folder}"`) !== true) {
    findings.push({ path: "tsconfig.json", line: 1, message: `${folder} is missing from the references` });
  }
  for (const name of ["README.md", "LICENSE"]) {
    if (!repository.files.has(`${folder}/${name}`)) {
      findings.push({ path: `${folder}/package.json`, line: 1, message: `the package has no ${name}` });
    }
  }
  return findings;
}
