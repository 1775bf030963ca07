// The tables that the rasterizer works on, in one block of the pool: pixels, mask, cells and scratch lists. Calls go to
// the kernel, or to its twin where there is no wasm memory or the pixels lie elsewhere.
//
// Between calls the cells, once they are used, and the mask are zero everywhere. The scratch lists are full of old numbers.
import { numbersKernel, type Pool } from "@millpond/core";

import { unlike } from "../check.ts";
import { rasterKernel, type RasterExports } from "../kernel/raster.wasm.ts";
import { intersection, type Bounds } from "../paint/bounds.ts";
import * as twin from "./raster-twin.ts";
import type { Pixels, Sprites } from "./raster-twin.ts";

/** Edges or segments that one scratch list holds. */
export const LIST_ROOM = 512;
const LISTS = 4;
const LIST_BYTES = LIST_ROOM * 32;
const SIDE_LIMIT = 32_768;

/** How large a surface is, and where its pixels are. */
export interface SurfaceOptions {
  readonly width: number;
  readonly height: number;
  /** Pixels of the caller, left as they are. Without them the surface has its own, transparent black at first. */
  readonly pixels?: Uint8Array | Uint8ClampedArray | undefined;
  /** Bytes from one row of the caller's pixels to the next. */
  readonly stride?: number | undefined;
  /** Pixels of the caller that no kernel reaches are drawn elsewhere, and are right again after `settle`. */
  readonly _staged?: boolean | undefined;
}

/** Pixels, and what is needed to draw into them. Release it when everything is drawn. */
export class Surface {
  readonly width: number;
  readonly height: number;
  /** Bytes from one row of pixels to the next. */
  readonly stride: number;
  /** Lists of edges or segments to be filled by the caller: four numbers each, `LIST_ROOM` of them. */
  readonly lists: readonly Float64Array[];
  /** Coverage of what is being drawn; a row has `maskStride` bytes. */
  readonly mask: Uint8Array;
  readonly maskStride: number;
  // Zeros from the first edge on: many figures are drawn without any, and the cells are as large as the pixels.
  readonly #cells: Int32Array;
  #hasZeros = false;
  readonly #cellStride: number;
  readonly #target: Pixels;
  // Pixels of the caller that are drawn elsewhere.
  readonly #caller: Pixels | undefined;
  // True for pixels of the surface's own that are not yet what they are at first: a background mostly covers them anyway.
  #blank: boolean;
  readonly #pool: Pool;
  readonly #slab: Uint8Array;
  readonly #kernel: RasterExports | undefined;
  // Whether the pixels lie where the kernel can reach them.
  readonly #blends: boolean;
  // What may change: columns of pixels, from top to bottom.
  #window: Bounds;
  #released = false;

  constructor(pool: Pool, options: SurfaceOptions) {
    const { width, height, pixels, stride = 4 * width } = options;
    checkSize(width, height, pixels, stride);
    this.#pool = pool;
    this.width = width;
    this.height = height;
    this.#window = { left: 0, top: 0, right: width, bottom: height };
    this.maskStride = strideOf(width + 16);
    this.#cellStride = strideOf(4 * (width + 2)) / 4;
    const mayOwn = pixels === undefined || options._staged === true;
    const pixelBytes = mayOwn ? 64 * Math.ceil((4 * width * height) / 64) : 0;
    const cellBytes = 4 * this.#cellStride * height + 64;
    const maskBytes = this.maskStride * height;
    this.#slab = pool.acquireUnsafe(Uint8Array, pixelBytes + maskBytes + LISTS * LIST_BYTES + cellBytes);
    const { buffer, byteOffset: base } = this.#slab;
    zeroBytes(buffer, base + pixelBytes, maskBytes);
    this.mask = new Uint8Array(buffer, base + pixelBytes, maskBytes);
    const listsAt = base + pixelBytes + maskBytes;
    this.lists = Array.from(
      { length: LISTS },
      (_, list) => new Float64Array(buffer, listsAt + list * LIST_BYTES, 4 * LIST_ROOM),
    );
    this.#cells = new Int32Array(buffer, listsAt + LISTS * LIST_BYTES, cellBytes / 4);
    this.stride = stride;
    this.#kernel = rasterKernel.over(buffer);
    const own = pixels === undefined || (mayOwn && this.#kernel !== undefined && pixels.buffer !== buffer);
    const bytes = own ? new Uint8Array(buffer, base, 4 * width * height) : pixels;
    this.#target = { bytes, stride: own ? 4 * width : stride };
    this.#caller = own && pixels !== undefined ? { bytes: pixels, stride } : undefined;
    this.#blank = own;
    this.#blends = this.#kernel !== undefined && bytes.buffer === buffer && bytes.byteOffset % 4 === 0;
  }

  /** What is drawn into. */
  get target(): Pixels {
    if (this.#blank) this.#begin();
    return this.#target;
  }

  #begin(): void {
    this.#blank = false;
    const { bytes } = this.#target;
    if (this.#caller === undefined) zeroBytes(bytes.buffer, bytes.byteOffset, bytes.length);
    else copyRows(this.#caller, this.#target, 0, this.width, this.height);
  }

  /** Writes what may have changed into pixels of the caller that were drawn elsewhere. */
  settle(): void {
    const { left, right } = this.#window;
    if (this.#caller !== undefined) copyRows(this.target, this.#caller, left, right, this.height);
  }

  /** Gives everything back. The pixels, if they are the surface's own, must not be used any more. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#pool.release(this.#slab);
  }

  /**
   * Makes some columns of pixels transparent black; until the next call, only these change. What is drawn has the same
   * bytes there as without: shapes are cut by clips alone, never by these columns.
   */
  renew(left: number, right: number): void {
    this.#window = { left, top: 0, right, bottom: this.height };
    const { bytes, stride } = this.target;
    for (let row = 0; row < this.height; row++)
      bytes.fill(0, row * stride + 4 * left, row * stride + 4 * right);
  }

  /** The part of some pixels that may change. */
  changing(bounds: Bounds): Bounds {
    const { left, right } = this.#window;
    return bounds.left >= left && bounds.right <= right ? bounds : intersection(bounds, this.#window);
  }

  /** Adds the first `count` edges of list 0 to the cells. */
  addEdges(count: number, clip: Bounds): void {
    const { left, top, right, bottom } = clip;
    const edges = this.lists[0];
    const cells = this.#cells;
    this.#useCells();
    // SAFETY: the clip lies inside the surface, and each row of cells has two more than that.
    if (this.#kernel === undefined) twin.addEdges(edges, count, cells, this.#cellStride, clip);
    else {
      const { byteOffset } = cells;
      this.#kernel.addEdges(edges.byteOffset, count, byteOffset, this.#cellStride, left, top, right, bottom);
    }
  }

  /** Moves the cells into the mask. */
  sweep(bounds: Bounds, evenOdd: boolean): void {
    const { left, top, right, bottom } = bounds;
    this.#useCells();
    const cells = this.#cells;
    const stride = this.#cellStride;
    if (this.#kernel === undefined) {
      twin.sweep(cells, stride, this.mask, this.maskStride, bounds, evenOdd);
      return;
    }
    // SAFETY: the bounds lie inside the surface.
    const from = cells.byteOffset;
    const to = this.mask.byteOffset;
    this.#kernel.sweep(from, stride, to, this.maskStride, left, top, right, bottom, evenOdd ? 1 : 0);
  }

  /** Writes the first `count` segments of the list `caps` into the mask. */
  strokeSegments(count: number, halfWidth: number, caps: number, clip: Bounds): void {
    const seen = this.changing(clip);
    const { left, top, right, bottom } = seen;
    const segments = this.lists[caps];
    const { mask, maskStride: stride } = this;
    if (this.#kernel === undefined) {
      twin.strokeSegments(segments, count, halfWidth, caps, mask, stride, seen);
      return;
    }
    const from = segments.byteOffset;
    // SAFETY: the clip lies inside the surface, whose rows of mask are as long as groups of four need.
    this.#kernel.strokeSegments(
      from,
      count,
      halfWidth,
      caps,
      mask.byteOffset,
      stride,
      left,
      top,
      right,
      bottom,
    );
  }

  /** Blends a colour, 0xAABBGGRR, by the mask; leaves zeros in the mask if `clear`. */
  blendMask(bounds: Bounds, color: number, clear: boolean): void {
    const seen = this.changing(bounds);
    const { left, top, right, bottom } = seen;
    const { mask, maskStride, target } = this;
    if (clear && seen !== bounds) this.#wipeAround(bounds, seen);
    if (!this.#blends) {
      twin.blendMask(target, mask, maskStride, seen, color, clear);
      return;
    }
    const { bytes, stride } = target;
    const from = mask.byteOffset;
    // SAFETY: the bounds lie inside the surface.
    this.#kernel!.blendMask(
      bytes.byteOffset,
      stride,
      from,
      maskStride,
      left,
      top,
      right,
      bottom,
      color,
      clear ? 1 : 0,
    );
  }

  /** Blends a colour into a block by one coverage. */
  blendBlock(bounds: Bounds, color: number, covered: number): void {
    const seen = this.changing(bounds);
    const { left, top, right, bottom } = seen;
    const whole = right - left === this.width && bottom - top === this.height;
    if (whole && covered === 255 && color >>> 24 === 255) this.#blank = false;
    const { bytes, stride } = this.target;
    if (!this.#blends) twin.blendBlock(this.target, seen, color, covered);
    // SAFETY: the bounds lie inside the surface.
    else this.#kernel!.blendBlock(bytes.byteOffset, stride, left, top, right, bottom, color, covered);
  }

  /** Blends the first `count` of colours that lie in a list into the pixels of a row from `left` on, inside the surface. */
  blendColors(row: number, left: number, colors: Uint32Array, count: number): void {
    const { bytes, stride } = this.target;
    if (!this.#blends) twin.blendColors(this.target, row, left, colors, count);
    else {
      const target = bytes.byteOffset + row * stride + 4 * left;
      // SAFETY: the row and its pixels lie inside the surface, and the list in its memory.
      this.#kernel!.blendColors(target, colors.byteOffset, count);
    }
  }

  /** Stamps a sprite at the first `count` points of list 0, two numbers each, finite and within a million. */
  stamp(count: number, sprites: Sprites, clip: Bounds, color: number): void {
    const seen = this.changing(clip);
    const { left, top, right, bottom } = seen;
    const points = this.lists[0];
    const { bytes, stride } = this.target;
    if (!this.#blends || sprites.bytes.buffer !== bytes.buffer) {
      twin.stamp(points, count, sprites, this.target, seen, color);
      return;
    }
    const { width, height, originX, originY } = sprites;
    const from = sprites.bytes.byteOffset;
    const at = points.byteOffset;
    // SAFETY: the clip lies inside the surface, and the sprites hold sixteen masks.
    this.#kernel!.stamp(
      at,
      count,
      from,
      width,
      height,
      originX,
      originY,
      bytes.byteOffset,
      stride,
      left,
      top,
      right,
      bottom,
      color,
    );
  }

  #useCells(): void {
    if (this.#hasZeros) return;
    this.#hasZeros = true;
    zeroBytes(this.#cells.buffer, this.#cells.byteOffset, this.#cells.byteLength);
  }

  // Leaves zeros in the mask left and right of what is blended.
  #wipeAround({ left, top, right, bottom }: Bounds, seen: Bounds): void {
    for (let row = top; row < bottom; row++) {
      const start = row * this.maskStride;
      this.mask.fill(0, start + left, start + seen.left);
      this.mask.fill(0, start + seen.right, start + right);
    }
  }
}

function copyRows(from: Pixels, to: Pixels, left: number, right: number, height: number): void {
  for (let row = 0; row < height; row++) {
    const start = row * from.stride;
    to.bytes.set(from.bytes.subarray(start + 4 * left, start + 4 * right), row * to.stride + 4 * left);
  }
}

// An odd number of cache lines. Rows a power of two apart would all meet in a few sets of the cache, and a line drawn
// downwards would miss it at every pixel.
function strideOf(bytes: number): number {
  const lines = Math.ceil(bytes / 64);
  return 64 * (lines % 2 === 0 ? lines + 1 : lines);
}

// Tables begin at cache lines and have them to themselves, so whole doubles can be zeroed. By the kernel, because V8 fills
// shared memory with one atomic store a byte.
function zeroBytes(buffer: ArrayBufferLike, from: number, bytes: number): void {
  const kernel = numbersKernel.over(buffer);
  // SAFETY: the callers' bytes lie in the slab.
  if (kernel !== undefined) kernel.fillF64(from, Math.ceil(bytes / 8), 0);
  else new Uint8Array(buffer, from, bytes).fill(0);
}

function checkSize(
  width: number,
  height: number,
  pixels: Uint8Array | Uint8ClampedArray | undefined,
  stride: number,
): void {
  if (!isSide(width)) throw unlike(`a width of 1 to ${SIDE_LIMIT} pixels`, width);
  if (!isSide(height)) throw unlike(`a height of 1 to ${SIDE_LIMIT} pixels`, height);
  if (pixels === undefined) return;
  if (!(Number.isInteger(stride) && stride >= 4 * width)) {
    throw unlike(`a stride of ${4 * width} bytes or more`, stride);
  }
  const needed = (height - 1) * stride + 4 * width;
  if (pixels.length < needed) throw unlike(`pixels of ${needed} bytes or more`, pixels);
}

function isSide(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= SIDE_LIMIT;
}
