// Figures to files, in the format that the end of the name says.
import { deflateSync } from "node:zlib";

import { unlike } from "../check.ts";
import { PlotError } from "../errors.ts";
import type { Figure } from "../figure/outputs.ts";
import type { PngImage } from "../png/encoder.ts";
import { checkAnimation, encodeFrames } from "../png/png.ts";
import { animated, compressed, type PhotoFormat } from "./photo-formats.ts";
import { replaceFile } from "./replace-file.ts";

/** Options of {@link save}. */
export interface SaveOptions {
  /** Of JPEG, WebP and AVIF, 1 to 100: how good it looks, and how large it is. @defaultValue what sharp takes */
  readonly quality?: number | undefined;
}

/** Options of {@link saveAnimation}. */
export interface AnimationOptions {
  /** How long each frame is shown, in milliseconds. @defaultValue 100 */
  readonly delayMs?: number | undefined;
  /** How often the animation runs; 0 is for ever. @defaultValue 0 */
  readonly loops?: number | undefined;
}

const PHOTO_FORMATS: Readonly<Record<string, PhotoFormat>> = {
  jpg: "jpeg",
  jpeg: "jpeg",
  webp: "webp",
  avif: "avif",
};

/**
 * Writes a figure to a file, in the format of the end of its name: `.png`, `.svg`, `.pdf`, and `.jpg`, `.jpeg`, `.webp` or
 * `.avif`, which need the package sharp beside this one. Whoever reads the file sees the old one or the new one, never half
 * of one; where it cannot be written, the old one stays. A symbolic link stays one, and what it leads to is replaced.
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
export async function save(figure: Figure, path: string, { quality }: SaveOptions = {}): Promise<void> {
  const end = endOf(path, ["png", "svg", "pdf", ...Object.keys(PHOTO_FORMATS)]);
  if (quality !== undefined && !(quality >= 1 && quality <= 100)) {
    throw new PlotError("BAD_ARGUMENT", `expected quality to be a number from 1 to 100, got ${quality}`);
  }
  checkFigure(figure);
  await replaceFile(path, await bytesOf(figure, end, quality));
}

async function bytesOf(figure: Figure, end: string, quality: number | undefined): Promise<Uint8Array> {
  if (end === "png") return figure.png();
  if (end === "svg") return new TextEncoder().encode(figure.svg());
  if (end === "pdf") return figure.pdf({ deflate: deflateSync });
  return compressed(figure, PHOTO_FORMATS[end], quality);
}

/**
 * Writes figures of one size as the frames of an animation: `.png` or `.apng`, and `.gif` or `.webp`, which need the package
 * sharp beside this one. The file is replaced as a whole, as {@link save} does it.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtemp, readFile } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { plot } from "@millpond/plot";
 * import { saveAnimation } from "@millpond/plot/node";
 *
 * const path = join(await mkdtemp(join(tmpdir(), "figure-")), "growth.apng");
 * const frame = (height: number) => plot({ width: 200, height: 150 }).bar(["a"], [height]).yaxis({ limits: [0, 5] });
 * await saveAnimation([1, 2, 3, 4].map(frame), path, { delayMs: 80 });
 * assert((await readFile(path)).includes("acTL"));
 * ```
 */
export async function saveAnimation(
  frames: Iterable<Figure>,
  path: string,
  { delayMs = 100, loops = 0 }: AnimationOptions = {},
): Promise<void> {
  const end = endOf(path, ["png", "apng", "gif", "webp"]);
  const figures = [...frames];
  figures.forEach(checkFigure);
  checkAnimation(figures, { delayMs, loops });
  const own = end === "png" || end === "apng";
  await replaceFile(
    path,
    own
      ? encodeFrames(imagesOf(figures), figures[0], { delayMs, loops })
      : await animated(figures, end, delayMs, loops),
  );
}

// Figures as images, drawn one after the other into the same pixels whenever somebody looks at them.
function imagesOf(figures: readonly Figure[]): Iterable<PngImage> {
  const [{ width, height }] = figures;
  const into = new Uint8Array(4 * width * height);
  return {
    *[Symbol.iterator]() {
      for (const figure of figures) yield { width, height, pixels: figure.pixels({ into }) };
    },
  };
}

function checkFigure(figure: unknown): void {
  if (typeof (figure as Partial<Figure> | null | undefined)?.png !== "function")
    throw unlike("a figure, such as plot() makes", figure);
}

function endOf<E extends string>(path: string, known: readonly E[]): E {
  const end = /\.(\w+)$/.exec(path)?.[1].toLowerCase();
  const found = known.find((one) => one === end);
  if (found !== undefined) return found;
  const wanted = `${known
    .slice(0, -1)
    .map((one) => `.${one}`)
    .join(", ")} or .${known.at(-1)}`;
  throw new PlotError(
    "BAD_ARGUMENT",
    `expected a path that ends with ${wanted}, got ${JSON.stringify(path)}`,
  );
}
