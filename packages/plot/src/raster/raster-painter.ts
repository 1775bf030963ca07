// The backend that draws pixels. Each call covers something in the mask and blends a colour by it.
import type { Pool } from "@millpond/core";

import { defaultPool } from "../default-pool.ts";
import { PlotError } from "../errors.ts";
import { intersection, NOTHING, pixelsOf, union, type Bounds } from "../paint/bounds.ts";
import { swapped } from "../paint/cells.ts";
import { CheckedPainter } from "../paint/checked-painter.ts";
import type { Cells, Coordinates, FillStyle, MarkerStyle, StrokeStyle, TextStyle } from "../paint/painter.ts";
import { Path } from "../paint/path.ts";
import { penOf } from "../paint/pen.ts";
import { eachStretch } from "../paint/points.ts";
import type { FontSet } from "../text/font-set.ts";
import { placeGlyphs } from "../text/outline-text.ts";
import { EdgeList, fillRings } from "./fill.ts";
import { glyphSprites, isKept } from "./glyph-sprites.ts";
import { hatchMask } from "./hatches.ts";
import { drawCells, drawSmooth } from "./images.ts";
import { Markers, strengthened } from "./markers.ts";
import { outlineRun } from "./outline.ts";
import { Stroker } from "./stroke.ts";
import { Surface } from "./surface.ts";

/** Options of a {@link RasterPainter}. */
export interface RasterOptions {
  /** Pixels from left to right. */
  readonly width: number;
  /** Pixels from top to bottom. */
  readonly height: number;
  /** Where memory comes from. @defaultValue a pool of the package */
  readonly pool?: Pool | undefined;
  /**
   * Pixels to draw into, four bytes R, G, B, A each, not premultiplied: drawn over, not cleared. Pixels outside of the
   * pool are drawn by TypeScript, which gives the same bytes and takes longer. @defaultValue pixels of the painter
   */
  readonly pixels?: Uint8Array | Uint8ClampedArray | undefined;
  /** Bytes from one row of `pixels` to the next. @defaultValue 4 * width */
  readonly stride?: number | undefined;
  /** The fonts that styles may name. @defaultValue the bundled font only */
  readonly fonts?: FontSet | undefined;
  /** Pixels that no kernel reaches are drawn elsewhere, and written by `_settle`. @internal */
  readonly _staged?: boolean | undefined;
}

/**
 * Draws into RGBA pixels. What has no alpha of its own stays transparent black until something is drawn. The same calls
 * give the same bytes on every machine. Clips are rounded to whole pixels.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool } from "@millpond/core";
 * import { RasterPainter } from "@millpond/plot";
 *
 * const pool = new Pool();
 * const painter = new RasterPainter({ width: 4, height: 2, pool });
 * painter.fillRect(0, 0, 2, 2, { color: 0xff0000ff });
 * assert.deepEqual([...painter.pixels.subarray(4, 12)], [255, 0, 0, 255, 0, 0, 0, 0]);
 * painter.release();
 * assert.equal(pool.stats().inUse, 0);
 * ```
 */
export class RasterPainter extends CheckedPainter {
  /** Bytes from one row of pixels to the next. */
  readonly stride: number;
  readonly #surface: Surface;
  readonly #markers: Markers;
  readonly #clipBoxes: Bounds[];
  readonly #path = new Path();
  #released = false;

  constructor(options: RasterOptions) {
    super(options.width, options.height, options.fonts);
    const pool = options.pool ?? defaultPool();
    this.#surface = new Surface(pool, options);
    this.stride = this.#surface.stride;
    this.#markers = new Markers(pool, this.#surface);
    this.#clipBoxes = [{ left: 0, top: 0, right: options.width, bottom: options.height }];
  }

  /** The pixels, row after row. Those of the painter go with `release`. */
  get pixels(): Uint8Array | Uint8ClampedArray {
    return this.#live().target.bytes;
  }

  /** Writes into the caller's pixels what was drawn elsewhere. @internal */
  _settle(): void {
    this.#live().settle();
  }

  /** Gives all memory back. The painter can draw nothing any more. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#markers.release();
    this.#surface.release();
  }

  /** Same as `release`, for `using`. */
  [Symbol.dispose](): void {
    this.release();
  }

  /** @internal */
  override _fill(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>, style: FillStyle): void {
    const evenOdd = style.rule === "evenodd";
    this.#blend(fillRings(this.#live(), this.#clip(), xs, ys, ringEnds, evenOdd), style);
  }

  /** @internal */
  override _stroke(
    xs: Coordinates,
    ys: Coordinates,
    ends: ArrayLike<number>,
    style: StrokeStyle,
    closed: boolean,
  ): void {
    const pen = penOf(style);
    const clip = this.#clip();
    const surface = this.#live();
    if (pen === undefined || clip.left === clip.right || clip.top === clip.bottom) return;
    const stroker = pen.join === "round" ? new Stroker(surface, clip, pen) : undefined;
    const edges = new EdgeList(surface, clip);
    let start = 0;
    for (let ring = 0; ring < ends.length; ring++) {
      const end = ends[ring];
      eachStretch(xs, ys, start, end, (from, to) => {
        // A ring with a gap is a line.
        const whole = closed && to - from === end - start;
        if (stroker !== undefined) stroker.run(xs, ys, from, to, whole);
        else outlineRun(edges, clip, pen, xs, ys, from, to, whole);
      });
      start = end;
    }
    const bounds = stroker === undefined ? edges.toMask(false) : stroker.toMask();
    if (bounds !== undefined) surface.blendMask(bounds, strengthened(style.color, pen.strength), true);
  }

  /** @internal */
  override _fillBox(left: number, top: number, right: number, bottom: number, style: FillStyle): void {
    if (style.hatch === undefined) {
      this.#rectangle(left, top, right, bottom, swapped(style.color));
      return;
    }
    const xs = Float64Array.of(left, right, right, left);
    this._fill(xs, Float64Array.of(top, top, bottom, bottom), [4], style);
  }

  /** @internal */
  override _markers(xs: Coordinates, ys: Coordinates, count: number, style: MarkerStyle): void {
    this.#live();
    this.#markers.draw(xs, ys, count, style, this.#clip());
  }

  /** @internal */
  override _image(cells: Cells, x: number, y: number, width: number, height: number, smooth: boolean): void {
    const surface = this.#live();
    // Pixels whose middle is inside.
    const inside = intersection(this.#clip(), {
      left: Math.ceil(Math.min(x, x + width) - 0.5),
      top: Math.ceil(Math.min(y, y + height) - 0.5),
      right: Math.ceil(Math.max(x, x + width) - 0.5),
      bottom: Math.ceil(Math.max(y, y + height) - 0.5),
    });
    const draw = smooth ? drawSmooth : drawCells;
    draw(surface, surface.changing(inside), cells, { x, y, width, height });
  }

  /** @internal */
  override _text(text: string, x: number, y: number, style: TextStyle): void {
    const { mask, maskStride } = this.#live();
    const clip = this.#clip();
    const sprites = glyphSprites();
    const path = this.#path;
    path.reset();
    let covered: Bounds = NOTHING;
    placeGlyphs(this._fonts, text, x, y, style, (face, glyph, place) => {
      if (isKept(place)) covered = union(covered, sprites.cover(mask, maskStride, clip, face, glyph, place));
      else face.outline(path, glyph, place);
    });
    if (path.count > 0) this.fillPath(path.xs, path.ys, path.ringEnds, { color: style.color });
    if (covered.left < covered.right) this.#surface.blendMask(covered, swapped(style.color), true);
  }

  /** @internal */
  override _pushClip(box: Bounds): void {
    this.#clipBoxes.push(intersection(this.#clip(), box));
  }

  /** @internal */
  override _popClip(): void {
    this.#clipBoxes.pop();
  }

  /** Makes some columns of pixels transparent black; until the next call, only these change. @internal */
  _renew(left: number, right: number): void {
    this.#live().renew(left, right);
  }

  #live(): Surface {
    if (this.#released) throw new PlotError("BAD_ARGUMENT", "the painter was released and can draw no more");
    return this.#surface;
  }

  #clip(): Bounds {
    return this.#clipBoxes.at(-1)!;
  }

  #blend(bounds: Bounds | undefined, { color, hatch }: FillStyle): void {
    if (bounds === undefined) return;
    const surface = this.#surface;
    surface.blendMask(bounds, swapped(color), hatch === undefined);
    if (hatch === undefined) return;
    hatchMask(surface.mask, surface.maskStride, bounds, hatch);
    surface.blendMask(bounds, swapped(hatch.color), true);
  }

  // A rectangle is up to nine blocks, each with one coverage; edges are rounded to 1/256 pixel, as those of paths are.
  #rectangle(left: number, top: number, right: number, bottom: number, color: number): void {
    const clip = this.#clip();
    const surface = this.#live();
    if (pixelsOf({ left, top, right, bottom }, 0, clip) === undefined) return;
    const columns = partsOf(left, right, clip.left, clip.right);
    const rows = partsOf(top, bottom, clip.top, clip.bottom);
    for (const row of rows) {
      for (const column of columns) {
        const covered = (column.share * row.share * 255 + 32_768) >>> 16;
        const box = { left: column.from, top: row.from, right: column.to, bottom: row.to };
        if (covered > 0) surface.blendBlock(box, color, covered);
      }
    }
  }
}

/** Pixels in a row or column that are covered by the same share, 0 to 256. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

// A partly covered pixel, wholly covered ones, and another partly covered one.
function partsOf(from: number, to: number, low: number, high: number): Part[] {
  const start = Math.round(Math.max(from, low) * 256);
  const end = Math.round(Math.min(to, high) * 256);
  const first = start >> 8;
  const last = end >> 8;
  if (first === last) return end > start ? [{ from: first, to: first + 1, share: end - start }] : [];
  const parts: Part[] = [];
  const whole = (start & 255) === 0 ? first : first + 1;
  if (whole > first) parts.push({ from: first, to: whole, share: 256 - (start & 255) });
  if (last > whole) parts.push({ from: whole, to: last, share: 256 });
  if ((end & 255) > 0) parts.push({ from: last, to: last + 1, share: end & 255 });
  return parts;
}
