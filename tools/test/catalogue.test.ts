// The page of all types of plots: it is what the source says, and a type or an option that is new is missed on it.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { PAGE, picturesOf, plotPage } from "../lib/plot-page.ts";
import { readRepository, type Repository, root } from "../lib/repository.ts";
import { catalogue } from "../tidy/catalogue.ts";

const repository = readRepository();

// The repository with one text in one file replaced.
function changed(path: string, from: string, to: string): Repository {
  const text = repository.files.get(path) ?? "";
  assert(text.includes(from), `${path} has ${from}`);
  return { files: new Map(repository.files).set(path, text.replace(from, to)) };
}

test("the page is what the source says, and all of its pictures are there", () => {
  assert.deepEqual(catalogue.check(repository), []);
  const pictures = picturesOf(plotPage(repository));
  assert(pictures.length > 60);
  for (const picture of pictures) assert(existsSync(join(root, picture)), picture);
});

test("an option that is new, one that means something else, and one with another default are missed on the page", () => {
  const path = "packages/plot/src/marks/stem.ts";
  const option = "readonly base?: number | undefined;";
  for (const other of [
    changed(path, option, `${option}\n  /** New. */\n  readonly novelty?: string | undefined;`),
    changed(path, option, "readonly base?: string | undefined;"),
    changed(path, "Where stems begin. @defaultValue 0", "Where stems begin. @defaultValue 1"),
    changed(path, "/** Where stems begin.", "/** Where all stems begin."),
  ]) {
    assert.equal(catalogue.check(other).length, 1);
  }
});

test("a type that is new is missed on the page, and so is an option of a type that many have", () => {
  const builder = "packages/plot/src/figure/panel-builder.ts";
  const stem = "  /** How dense points lie";
  const method =
    "  /** New. */\n  novel(options: StemOptions = {}): this {\n    return this.#add(options);\n  }\n\n";
  const other = changed(builder, stem, method + stem);
  assert(plotPage(other).includes("### novel"));
  assert.equal(catalogue.check(other).length, 1);
  const marks = changed(
    "packages/plot/src/figure/mark.ts",
    "readonly alpha?: number | undefined;",
    "readonly alpha?: number | undefined;\n  /** New. */\n  readonly novelty?: string | undefined;",
  );
  assert.equal(catalogue.check(marks).length, 1);
});

test("a line that is no longer on the page is told with its number", () => {
  const [finding] = catalogue.check(changed(PAGE, "| `hatch` |", "| `hitch` |"));
  assert.equal(finding.path, PAGE);
  const line = repository.files.get(PAGE)?.split("\n")[finding.line - 1];
  assert(line?.startsWith("| `hatch` |"), line);
});
