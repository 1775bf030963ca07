// Files that are there as a whole or not at all: written beside their place, and then moved to it.
import { realpath, rename, rm, writeFile } from "node:fs/promises";

import { PlotError } from "../errors.ts";
import type { Figure } from "../figure/sheet.ts";

/**
 * Writes a figure to a file, a PNG or an SVG by the end of its name. Whoever reads the file sees the old one or the new one, never half of one; where it
 * cannot be written, the old one stays. A symbolic link stays one, and what it leads to is replaced.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtemp, readFile } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { plot } from "@millpond/plot";
 * import { save } from "@millpond/plot/node";
 *
 * const path = join(await mkdtemp(join(tmpdir(), "figure-")), "line.png");
 * await save(plot({ width: 200, height: 150 }).line([1, 3, 2]), path);
 * assert.equal((await readFile(path)).toString("latin1", 1, 4), "PNG");
 * await assert.rejects(save(plot().line([1]), "figure.bmp"), { code: "BAD_ARGUMENT" });
 * ```
 */
export async function save(figure: Figure, path: string): Promise<void> {
  const end = /\.(png|svg)$/i.exec(path)?.[1].toLowerCase();
  if (end === undefined) {
    throw new PlotError(
      "BAD_ARGUMENT",
      `expected a path that ends with .png or .svg, got ${JSON.stringify(path)}`,
    );
  }
  const bytes = end === "png" ? figure.png() : new TextEncoder().encode(figure.svg());
  const target = await leadingTo(path);
  const temporary = `${target}.${Math.random().toString(36).slice(2)}.tmp`;
  try {
    await writeFile(temporary, bytes, { flag: "wx" });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

// Where a symbolic link leads to; a path that is nothing yet leads to itself.
async function leadingTo(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === "ENOENT") return path;
    throw error;
  }
}
