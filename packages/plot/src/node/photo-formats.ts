// JPEG, WebP, AVIF and GIF by way of sharp, which is installed by those who want them: these formats are made for
// photographs and are large to write, while figures are smaller and sharper as PNG.
import type { Figure } from "../figure/outputs.ts";
import { peer } from "./peer.ts";

/** A format of one image, by the name that sharp has for it. */
export type PhotoFormat = "jpeg" | "webp" | "avif";

// What is used of sharp.
interface Sharp {
  flatten(options: { background: string }): Sharp;
  toFormat(format: string, options: Readonly<Record<string, number | readonly number[]>>): Sharp;
  toBuffer(): Promise<Uint8Array>;
}
interface Raw {
  readonly width: number;
  readonly height: number;
  readonly channels: 4;
}
type MakeSharp = (
  image: Uint8Array | readonly Uint8Array[],
  options?: { readonly raw: Raw } | { readonly join: { readonly animated: true } },
) => Sharp;

async function sharp(what: string): Promise<MakeSharp> {
  return ((await peer("sharp", what)) as { readonly default: MakeSharp }).default;
}

/** The bytes of a figure in one of the formats. JPEG knows no alpha: what lets through stands on white. */
export async function compressed(
  figure: Figure,
  format: PhotoFormat,
  quality: number | undefined,
): Promise<Uint8Array> {
  const make = await sharp(`writing ${format}`);
  const { width, height } = figure;
  const pixels = figure.pixels({ into: new Uint8Array(4 * width * height) });
  const image = make(pixels, { raw: { width, height, channels: 4 } });
  const ready = format === "jpeg" ? image.flatten({ background: "#ffffff" }) : image;
  return ready.toFormat(format, quality === undefined ? {} : { quality }).toBuffer();
}

/** The bytes of an animation of figures of one size. */
export async function animated(
  figures: readonly Figure[],
  format: "gif" | "webp",
  delayMs: number,
  loops: number,
): Promise<Uint8Array> {
  const make = await sharp(`writing ${format}`);
  // As PNG, which takes a hundredth of the memory of their pixels.
  const files = figures.map((figure) => figure.png());
  const frames = files.length === 1 ? make(files[0]) : make(files, { join: { animated: true } });
  return frames.toFormat(format, { delay: files.map(() => delayMs), loop: loops }).toBuffer();
}
