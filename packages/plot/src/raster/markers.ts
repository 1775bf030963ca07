// Markers as sprites: the coverage of one marker at sixteen places within a pixel, made once and stamped many times.
import type { Pool } from "@millpond/core";

import type { Bounds } from "../paint/bounds.ts";
import { swapped } from "../paint/cells.ts";
import { markerForm, markerOutline } from "../paint/marker-shapes.ts";
import type { Coordinates, MarkerKind, MarkerStyle } from "../paint/painter.ts";
import { Path } from "../paint/path.ts";
import { type Pen, penOf } from "../paint/pen.ts";
import { isPoint } from "../paint/points.ts";
import { EdgeList, fillRings } from "./fill.ts";
import { outlineRun } from "./outline.ts";
import type { Sprites } from "./raster-twin.ts";
import { LIST_ROOM, type Surface } from "./surface.ts";

/** Markers of more pixels are drawn one by one. */
const LARGEST_SPRITE = 64;
/** Beyond this, a painter forgets all its sprites and makes them anew; sizes that differ per point could fill memory. */
const SPRITE_LIMIT = 256;
// Points further out than this are not stamped; markers are smaller.
const FAR = 100_000;

/** One part of a marker: what covers it, and in which colour. */
interface Layer {
  readonly outline: boolean;
  readonly color: number;
  readonly own: boolean;
  readonly pen: Pen | undefined;
}

/** Draws markers, and keeps their sprites in the pool. */
export class Markers {
  readonly #pool: Pool;
  readonly #surface: Surface;
  readonly #sprites = new Map<string, Sprites>();
  readonly #path = new Path();

  constructor(pool: Pool, surface: Surface) {
    this.#pool = pool;
    this.#surface = surface;
  }

  /** Gives the sprites back. */
  release(): void {
    for (const { bytes } of this.#sprites.values()) this.#pool.release(bytes);
    this.#sprites.clear();
  }

  /** Draws a marker at each point. */
  draw(xs: Coordinates, ys: Coordinates, count: number, style: MarkerStyle, clip: Bounds): void {
    const layers = layersOf(style);
    const single = layers.length === 1 && style.colors === undefined && style.sizes === undefined;
    if (single && this.#fits(style.size, layers[0])) {
      this.#stampAll(xs, ys, count, style, layers[0], clip);
      return;
    }
    for (let index = 0; index < count; index++) {
      if (isVisible(xs[index], ys[index])) this.#drawOne(xs[index], ys[index], index, style, layers, clip);
    }
  }

  #drawOne(
    x: number,
    y: number,
    index: number,
    style: MarkerStyle,
    layers: readonly Layer[],
    clip: Bounds,
  ): void {
    // Quarters of a pixel for sizes of their own, so that there are few different ones.
    const size = style.sizes === undefined ? style.size : Math.round(style.sizes[index] * 4) / 4;
    if (!(size > 0 && size < FAR)) return;
    for (const layer of layers) {
      const color = layer.own && style.colors !== undefined ? style.colors[index] : layer.color;
      if (!this.#fits(size, layer)) {
        this.#drawLarge(x, y, style.kind, size, layer, color, clip);
        continue;
      }
      const [list] = this.#surface.lists;
      const sprites = this.#spritesOf(style.kind, size, layer);
      list[0] = x;
      list[1] = y;
      this.#surface.stamp(1, sprites, clip, colorOf(color, layer));
    }
  }

  #stampAll(
    xs: Coordinates,
    ys: Coordinates,
    count: number,
    style: MarkerStyle,
    layer: Layer,
    clip: Bounds,
  ): void {
    if (!(style.size > 0)) return;
    const sprites = this.#spritesOf(style.kind, style.size, layer);
    const color = colorOf(layer.color, layer);
    const list = this.#surface.lists[0];
    let filled = 0;
    for (let index = 0; index < count; index++) {
      const x = xs[index];
      const y = ys[index];
      if (!isVisible(x, y)) continue;
      list[filled] = x;
      list[filled + 1] = y;
      filled += 2;
      if (filled < 2 * LIST_ROOM) continue;
      this.#surface.stamp(filled / 2, sprites, clip, color);
      filled = 0;
    }
    if (filled > 0) this.#surface.stamp(filled / 2, sprites, clip, color);
  }

  #fits(size: number, layer: Layer): boolean {
    const side = sideOf(size, layer);
    return side <= LARGEST_SPRITE && side <= this.#surface.width && side <= this.#surface.height;
  }

  #drawLarge(
    x: number,
    y: number,
    kind: MarkerKind,
    size: number,
    layer: Layer,
    color: number,
    clip: Bounds,
  ): void {
    const bounds = this.#cover(x, y, kind, size, layer, clip);
    if (bounds !== undefined) this.#surface.blendMask(bounds, colorOf(color, layer), true);
  }

  // Puts the coverage of one marker into the mask.
  #cover(
    x: number,
    y: number,
    kind: MarkerKind,
    size: number,
    layer: Layer,
    clip: Bounds,
  ): Bounds | undefined {
    const path = this.#path;
    path.reset();
    markerOutline(path, kind, size);
    for (let index = 0; index < path.count; index++) {
      path.xs[index] += x;
      path.ys[index] += y;
    }
    const { xs, ys, ringEnds } = path;
    if (!layer.outline) return fillRings(this.#surface, clip, xs, ys, ringEnds, false);
    const edges = new EdgeList(this.#surface, clip);
    const closed = markerForm(kind) !== "lines";
    let start = 0;
    for (const end of ringEnds) {
      if (layer.pen !== undefined) outlineRun(edges, clip, layer.pen, xs, ys, start, end, closed);
      start = end;
    }
    return edges.toMask(false);
  }

  #spritesOf(kind: MarkerKind, size: number, layer: Layer): Sprites {
    const key = `${kind} ${size} ${layer.outline ? layer.pen?.halfWidth : "inside"}`;
    const known = this.#sprites.get(key);
    if (known !== undefined) return known;
    if (this.#sprites.size >= SPRITE_LIMIT) this.release();
    const sprites = this.#makeSprites(kind, size, layer);
    this.#sprites.set(key, sprites);
    return sprites;
  }

  #makeSprites(kind: MarkerKind, size: number, layer: Layer): Sprites {
    const side = sideOf(size, layer);
    const origin = side / 2 - 1;
    const bytes = this.#pool.acquire(Uint8Array, 16 * side * side);
    const clip = { left: 0, top: 0, right: side, bottom: side };
    const { mask, maskStride } = this.#surface;
    for (let phase = 0; phase < 16; phase++) {
      const x = origin + (phase & 3) / 4;
      const y = origin + (phase >> 2) / 4;
      this.#cover(x, y, kind, size, layer, clip);
      for (let row = 0; row < side; row++) {
        const line = mask.subarray(row * maskStride, row * maskStride + side);
        bytes.set(line, (phase * side + row) * side);
        line.fill(0);
      }
    }
    return trimmed(bytes, side, origin);
  }
}

// Sprites without the rows and columns that are empty in all of them, in the front of the same bytes. Rows stay groups of
// four pixels, which is what the kernel stamps at once.
function trimmed(bytes: Uint8Array, side: number, origin: number): Sprites {
  let [left, top, right, bottom] = [side, side, 0, 0];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 0) continue;
    const column = at % side;
    const row = Math.floor(at / side) % side;
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
  }
  const width = Math.max(0, 4 * Math.ceil((right - left) / 4));
  const height = Math.max(0, bottom - top);
  // Sides are groups of four as well, so some columns to the left may have to stay.
  left = Math.min(left, side - width);
  for (let row = 0; row < 16 * height; row++) {
    const from = (Math.floor(row / height) * side + top + (row % height)) * side + left;
    bytes.copyWithin(row * width, from, from + width);
  }
  return { bytes, width, height, originX: origin - left, originY: origin - top };
}

function layersOf(style: MarkerStyle): Layer[] {
  const { kind, color, edgeColor, edgeWidth = 1 } = style;
  const form = markerForm(kind);
  const pen = penOf({ color, width: edgeWidth, join: "miter" });
  if (form !== "filled") return [{ outline: true, color, own: true, pen }];
  const inside: Layer = { outline: false, color, own: true, pen: undefined };
  if (edgeColor === undefined || pen === undefined) return [inside];
  return [inside, { outline: true, color: edgeColor, own: false, pen }];
}

// An even number of pixels that holds a marker, its line with mitres, and a pixel for the places between pixels.
function sideOf(size: number, { pen }: Layer): number {
  const line = pen === undefined ? 0 : 4 * pen.halfWidth;
  return 4 * Math.ceil((size + 2 * line + 4) / 4);
}

function colorOf(color: number, { pen }: Layer): number {
  return strengthened(color, pen?.strength ?? 1);
}

/** A colour 0xRRGGBBAA with part of its alpha, as 0xAABBGGRR. */
export function strengthened(color: number, strength: number): number {
  const alpha = Math.round((color & 0xff) * strength);
  return swapped(((color & 0xffffff00) | alpha) >>> 0);
}

function isVisible(x: number, y: number): boolean {
  return isPoint(x, y) && Math.abs(x) < FAR && Math.abs(y) < FAR;
}
