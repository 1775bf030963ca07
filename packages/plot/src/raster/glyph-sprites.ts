// Coverage of glyphs, kept from one text to the next and from one figure to the next: a figure writes the same digits and
// letters again and again, and their outlines are most of what a text costs.
//
// A glyph is drawn at the nearest quarter of a pixel, across and down, so that few bitmaps serve all places. It is so
// whether a bitmap was kept or is made now: a text has the same pixels always. The bitmaps lie in the pool of the package,
// not in that of a figure, which they outlive. What was made longest ago goes first.
import type { Pool } from "@millpond/core";

import { defaultPool } from "../default-pool.ts";
import { emptyExtent, include, intersection, type Bounds } from "../paint/bounds.ts";
import { Path } from "../paint/path.ts";
import type { FontFace, GlyphPlace } from "../text/font-face.ts";
import { addEdges, sweep } from "./raster-twin.ts";

/** The coverage of one glyph: a byte a pixel, row after row. */
interface Sprite {
  /** Undefined for a glyph without ink. */
  readonly mask: Uint8Array | undefined;
  /** The upper left pixel, from the pixel that the glyph's origin lies in. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const KEPT_BYTES = 512 * 1024;
const PHASES = 4;
/** The largest size of glyphs that are kept, in pixels. */
const LARGEST = 96;
/** Pixels from the figure, within which quarters of them are exact. */
const FAR = 1e6;

/** Whether a glyph is one that is kept: small, in a quarter turn, and not far away. Others are too many. */
export function isKept({ x, y, size, cos, sin }: GlyphPlace): boolean {
  return size <= LARGEST && cos * sin === 0 && Math.abs(x) < FAR && Math.abs(y) < FAR;
}

/** Bitmaps of glyphs. */
export class GlyphSprites {
  readonly #pool: Pool;
  readonly #limitBytes: number;
  readonly #sprites = new Map<string, Sprite>();
  readonly #faces = new Map<FontFace, number>();
  #bytes = 0;

  constructor(pool: Pool, limitBytes: number = KEPT_BYTES) {
    this.#pool = pool;
    this.#limitBytes = limitBytes;
  }

  /** Bytes of coverage that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Covers a glyph in a mask, by maximum. Returns the pixels that it may cover, which are none where left is right. */
  cover(
    mask: Uint8Array,
    maskStride: number,
    clip: Bounds,
    face: FontFace,
    glyph: number,
    place: GlyphPlace,
  ): Bounds {
    const [x, y] = [Math.round(place.x * PHASES), Math.round(place.y * PHASES)];
    const [column, row] = [Math.floor(x / PHASES), Math.floor(y / PHASES)];
    const within = { ...place, x: x / PHASES - column, y: y / PHASES - row };
    const sprite = this.#spriteOf(face, glyph, within);
    const left = column + sprite.left;
    const top = row + sprite.top;
    const bounds = intersection({ left, top, right: left + sprite.width, bottom: top + sprite.height }, clip);
    if (sprite.mask !== undefined) combine(sprite.mask, sprite.width, left, top, mask, maskStride, bounds);
    return bounds;
  }

  #spriteOf(face: FontFace, glyph: number, place: GlyphPlace): Sprite {
    let font = this.#faces.get(face);
    if (font === undefined) this.#faces.set(face, (font = this.#faces.size));
    const key = `${font} ${glyph} ${place.size} ${place.x} ${place.y} ${place.cos} ${place.sin}`;
    const known = this.#sprites.get(key);
    if (known !== undefined) return known;
    const made = drawGlyph(this.#pool, face, glyph, place);
    this.#sprites.set(key, made);
    this.#bytes += made.mask?.length ?? 0;
    this.#trim();
    return made;
  }

  // The newest stays, whatever its size: it is about to be used.
  #trim(): void {
    for (const [key, { mask }] of this.#sprites) {
      if (this.#bytes <= this.#limitBytes || this.#sprites.size === 1) return;
      this.#sprites.delete(key);
      if (mask === undefined) continue;
      this.#bytes -= mask.length;
      this.#pool.release(mask);
    }
  }
}

let shared: GlyphSprites | undefined;

/** The glyphs of this thread. */
export function glyphSprites(): GlyphSprites {
  shared ??= new GlyphSprites(defaultPool());
  return shared;
}

const path = new Path();

// The twin of the rasterizer's kernel gives the same coverage; it needs no surface as large as a figure.
function drawGlyph(pool: Pool, face: FontFace, glyph: number, place: GlyphPlace): Sprite {
  path.reset();
  face.outline(path, glyph, place);
  const extent = emptyExtent();
  for (let index = 0; index < path.count; index++) include(extent, path.xs[index], path.ys[index]);
  const left = Math.floor(extent.left);
  const top = Math.floor(extent.top);
  const width = Math.ceil(extent.right) - left;
  const height = Math.ceil(extent.bottom) - top;
  if (!(width > 0 && height > 0)) return { mask: undefined, left: 0, top: 0, width: 0, height: 0 };
  const bounds = { left: 0, top: 0, right: width, bottom: height };
  const mask = pool.acquire(Uint8Array, width * height);
  const cells = pool.acquire(Int32Array, (width + 2) * height + 16);
  const edges = pool.acquireUnsafe(Float64Array, 4 * path.count);
  try {
    addEdges(edges, writeEdges(edges, left, top), cells, width + 2, bounds);
    sweep(cells, width + 2, mask, width, bounds, false);
  } finally {
    pool.release(edges);
    pool.release(cells);
  }
  return { mask, left, top, width, height };
}

// The edges of all rings, from the upper left pixel. Returns how many there are.
function writeEdges(edges: Float64Array, left: number, top: number): number {
  const { xs, ys, ringEnds } = path;
  let at = 0;
  let start = 0;
  for (const end of ringEnds) {
    for (let index = start; index < end; index++) {
      const before = index === start ? end - 1 : index - 1;
      edges[at++] = xs[before] - left;
      edges[at++] = ys[before] - top;
      edges[at++] = xs[index] - left;
      edges[at++] = ys[index] - top;
    }
    start = end;
  }
  return at / 4;
}

// The larger coverage of each pixel within the bounds.
function combine(
  sprite: Uint8Array,
  spriteStride: number,
  left: number,
  top: number,
  mask: Uint8Array,
  maskStride: number,
  bounds: Bounds,
): void {
  for (let row = bounds.top; row < bounds.bottom; row++) {
    const from = (row - top) * spriteStride - left;
    const to = row * maskStride;
    for (let x = bounds.left; x < bounds.right; x++) {
      const covered = sprite[from + x];
      if (covered > mask[to + x]) mask[to + x] = covered;
    }
  }
}
