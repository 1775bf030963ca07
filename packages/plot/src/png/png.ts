// PNG files: still images, and animations (APNG).
import type { Pool } from "@millpond/core";

import { checkOptions, unlike } from "../check.ts";
import { defaultPool } from "../default-pool.ts";
import { crc32 } from "./crc.ts";
import { PALETTE, PngEncoder, type PngFilter, type PngImage, RGB, RGBA } from "./encoder.ts";

/** Options of {@link encodePng}. */
export interface PngOptions {
  /** Where memory comes from. @defaultValue a pool of the package */
  readonly pool?: Pool | undefined;
  /** Pixels per inch, written into the file. @defaultValue none */
  readonly dpi?: number | undefined;
  /**
   * Compresses instead of the package's own way, which is made for figures: a zlib stream of the bytes, such as
   * `node:zlib`'s `deflateSync` gives. Photographs get smaller with it. @defaultValue its own way
   */
  readonly deflate?: ((bytes: Uint8Array) => Uint8Array) | undefined;
  /**
   * How rows are made easier to compress: not at all, as differences to the row above, or for each row the best of PNG's five
   * ways, which takes ten times as long and pays for photographs. @defaultValue "up"
   */
  readonly filter?: PngFilter | undefined;
}

/** Options of {@link encodeApng}. */
export interface ApngOptions extends PngOptions {
  /** How long each frame is shown, in milliseconds. @defaultValue 100 */
  readonly delayMs?: number | undefined;
  /** How often the animation runs; 0 is for ever. @defaultValue 0 */
  readonly loops?: number | undefined;
}

const SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const METERS_PER_INCH = 0.0254;

/**
 * The bytes of a PNG file. Images of up to 256 colours get a palette of 1, 2, 4 or 8 bits, opaque ones three bytes a
 * pixel, others four.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { encodePng } from "@millpond/plot";
 *
 * const pixels = new Uint8Array(4 * 100 * 100).fill(255);
 * const png = encodePng({ width: 100, height: 100, pixels }, { dpi: 144 });
 * assert.equal(String.fromCharCode(...png.subarray(1, 4)), "PNG");
 * assert(png.length < 500);
 * ```
 */
export function encodePng(image: PngImage, options: PngOptions = {}): Uint8Array<ArrayBuffer> {
  checkImage(image);
  checkOptions("options", options);
  checkDpi(options.dpi);
  checkFilter(options.filter);
  const encoder = new PngEncoder(options.pool ?? defaultPool(), image.width, image.height);
  try {
    const found = filtered(encoder, image, [PALETTE, RGB, RGBA], options.filter);
    const data = (options.deflate ?? ((bytes) => encoder.deflate(bytes)))(found.raw);
    return file([
      header(image, found.colorType, encoder.depth),
      ...density(options.dpi),
      ...(found.colorType === PALETTE ? paletteChunks(encoder.palette) : []),
      ["IDAT", data],
      ["IEND", []],
    ]);
  } finally {
    encoder.release();
  }
}

/**
 * The bytes of an animated PNG: all frames of one size, each shown whole. Where animations are not known, the first frame
 * is shown.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { encodeApng } from "@millpond/plot";
 *
 * const frame = (gray: number) => ({ width: 8, height: 8, pixels: new Uint8Array(256).fill(gray) });
 * const png = encodeApng([frame(0), frame(255)], { delayMs: 40 });
 * assert.equal(String.fromCharCode(...png.subarray(1, 4)), "PNG");
 * ```
 */
export function encodeApng(frames: readonly PngImage[], options: ApngOptions = {}): Uint8Array<ArrayBuffer> {
  if (!Array.isArray(frames)) throw unlike("one frame or more", frames);
  frames.forEach(checkImage);
  checkAnimation(frames, options);
  return encodeFrames(frames, frames[0], options);
}

/** Refuses what is no animation: frames of several sizes, or none, and times that cannot be. */
export function checkAnimation(
  frames: readonly Size[],
  { delayMs = 100, loops = 0, dpi, filter }: ApngOptions,
): void {
  if (frames.length === 0) throw unlike("one frame or more", frames);
  const [{ width, height }] = frames;
  for (const frame of frames) {
    if (frame.width === width && frame.height === height) continue;
    throw unlike(`frames of ${width} x ${height} pixels`, `${frame.width} x ${frame.height}`);
  }
  checkDpi(dpi);
  checkFilter(filter);
  if (!(delayMs >= 0 && delayMs <= 65_535)) throw unlike("a delay of 0 to 65535 milliseconds", delayMs);
  if (!(Number.isInteger(loops) && loops >= 0)) throw unlike("a whole number of loops", loops);
}

/**
 * An animated PNG of frames that are taken one after the other, so that all of them may be drawn into the same pixels. They
 * are taken once more where one of them is not opaque.
 */
export function encodeFrames(
  frames: Iterable<PngImage>,
  size: Size,
  options: ApngOptions,
): Uint8Array<ArrayBuffer> {
  const { loops = 0, pool = defaultPool(), dpi } = options;
  const encoder = new PngEncoder(pool, size.width, size.height);
  try {
    const opaque = frameChunks(encoder, frames, RGB, options);
    const chunks = opaque ?? frameChunks(encoder, frames, RGBA, options)!;
    const start = header(size, opaque === undefined ? RGBA : RGB, encoder.depth);
    // Each frame is two chunks.
    return file([start, ...density(dpi), ["acTL", words(chunks.length / 2, loops)], ...chunks, ["IEND", []]]);
  } finally {
    encoder.release();
  }
}

// What each frame is, and its bytes; undefined where a frame has no room in the colour type.
function frameChunks(
  encoder: PngEncoder,
  frames: Iterable<PngImage>,
  colorType: number,
  { delayMs = 100, deflate = (bytes) => encoder.deflate(bytes), filter }: ApngOptions,
): Chunk[] | undefined {
  const chunks: Chunk[] = [];
  let sequence = 0;
  for (const frame of frames) {
    const raw = encoder.filter(frame, colorType, filter);
    if (raw === undefined) return undefined;
    const data = deflate(raw);
    chunks.push(["fcTL", [...words(sequence++, frame.width, frame.height, 0, 0), ...timing(delayMs)]]);
    // What the encoder gives is overwritten by the next frame.
    if (sequence === 1) chunks.push(["IDAT", data.slice()]);
    else chunks.push(["fdAT", joined(words(sequence++), data)]);
  }
  return chunks;
}

// The first of the colour types that an image has room in.
function filtered(
  encoder: PngEncoder,
  image: PngImage,
  colorTypes: readonly number[],
  filter: PngFilter | undefined,
): { raw: Uint8Array; colorType: number } {
  for (const colorType of colorTypes) {
    const raw = encoder.filter(image, colorType, filter);
    if (raw !== undefined) return { raw, colorType };
  }
  throw unlike("opaque pixels", "pixels with alpha");
}

type Size = Pick<PngImage, "width" | "height">;

type Chunk = readonly [type: string, data: ArrayLike<number>];

function header({ width, height }: Size, colorType: number, depth: number): Chunk {
  return ["IHDR", [...words(width, height), depth, colorType, 0, 0, 0]];
}

function density(dpi: number | undefined): Chunk[] {
  if (dpi === undefined) return [];
  const perMeter = Math.round(dpi / METERS_PER_INCH);
  return [["pHYs", [...words(perMeter, perMeter), 1]]];
}

function paletteChunks(palette: Uint32Array): Chunk[] {
  const colors = [...palette].flatMap((color) => [color & 0xff, (color >>> 8) & 0xff, (color >>> 16) & 0xff]);
  const alphas = Array.from(palette, (color) => color >>> 24);
  const chunks: Chunk[] = [["PLTE", colors]];
  if (alphas.some((alpha) => alpha < 255)) chunks.push(["tRNS", alphas]);
  return chunks;
}

// Milliseconds as a fraction, then: leave the frame as it is, and replace what was there.
function timing(delayMs: number): number[] {
  const delay = Math.round(delayMs);
  return [delay >>> 8, delay & 0xff, 1000 >>> 8, 1000 & 0xff, 0, 0];
}

function words(...values: readonly number[]): number[] {
  return values.flatMap((value) => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]);
}

function joined(start: readonly number[], rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(start.length + rest.length);
  bytes.set(start);
  bytes.set(rest, start.length);
  return bytes;
}

function file(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const size = chunks.reduce((sum, [, data]) => sum + 12 + data.length, SIGNATURE.length);
  const bytes = new Uint8Array(size);
  bytes.set(SIGNATURE);
  let at = SIGNATURE.length;
  for (const [type, data] of chunks) {
    bytes.set(words(data.length), at);
    for (let index = 0; index < 4; index++) bytes[at + 4 + index] = type.charCodeAt(index);
    bytes.set(data, at + 8);
    const end = at + 8 + data.length;
    const body = data instanceof Uint8Array ? data : bytes.subarray(at + 8, end);
    bytes.set(words(crc32(body, crc32(bytes.subarray(at + 4, at + 8), 0))), end);
    at = end + 4;
  }
  return bytes;
}

function checkImage(image: PngImage): void {
  checkOptions("image", image);
  const { width, height, pixels, stride = 4 * width } = image;
  if (!isSide(width) || !isSide(height)) throw unlike("sides of 1 to 32768 pixels", `${width} x ${height}`);
  if (!(Number.isInteger(stride) && stride >= 4 * width)) {
    throw unlike(`a stride of ${4 * width} bytes or more`, stride);
  }
  const needed = (height - 1) * stride + 4 * width;
  if (!(pixels.length >= needed)) throw unlike(`pixels of ${needed} bytes or more`, pixels);
}

function isSide(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 32_768;
}

function checkDpi(dpi: number | undefined): void {
  if (dpi !== undefined && !(dpi > 0 && dpi < 1e6)) throw unlike("dpi above 0", dpi);
}

function checkFilter(filter: unknown): void {
  if (filter === undefined || filter === "none" || filter === "up" || filter === "adaptive") return;
  throw unlike('filter to be "none", "up" or "adaptive"', filter);
}
