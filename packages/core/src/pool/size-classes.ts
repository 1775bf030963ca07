// Size classes: which size of block serves a request, by arithmetic.
//
// Up to 1 KiB the sizes are multiples of 64. From there each doubling has nine classes: 2^n + 64 (a power
// of two with room for a header), then eight equal steps of 2^n / 8:
//
//     1024 | 1088  1152  1280  1408  1536  1664  1792  1920  2048 | 2112  2304  2560 …
//
// A request just above a step wastes at most 1/9 of its block (11.1 %). From 1 MiB on, each number of
// 64 KiB pages is a class of its own, made when it is first asked for: a 2.4 MB pixmap takes 37 pages,
// not 4 MiB. All sizes are multiples of 64, so every block starts on a cache line.
import { KiB, MiB } from "../memory/units.ts";
import { PAGE_BYTES } from "../memory/region.ts";

/** The unit of block sizes, and the alignment of every block. */
export const BLOCK_ALIGN = 64;

/** From this size on classes are learned from use, one for each number of pages. */
export const BIG_BYTES: number = MiB;

const LINEAR_BYTES = KiB;
const LINEAR_CLASSES: number = LINEAR_BYTES / BLOCK_ALIGN;
const FIRST_DOUBLING = 10;
const CLASSES_PER_DOUBLING = 9;

/** How many classes there are below `BIG_BYTES`, all known from the start. */
export const SMALL_CLASSES: number = LINEAR_CLASSES + 10 * CLASSES_PER_DOUBLING;

/** The class of a request of `bytes`, 1 to `BIG_BYTES`. */
export function smallClassOf(bytes: number): number {
  if (bytes <= LINEAR_BYTES) return ((bytes + (BLOCK_ALIGN - 1)) >>> 6) - 1;
  const doubling = 31 - Math.clz32(bytes - 1);
  const above = bytes - (1 << doubling);
  const first = LINEAR_CLASSES + (doubling - FIRST_DOUBLING) * CLASSES_PER_DOUBLING;
  if (above <= BLOCK_ALIGN) return first;
  const shift = doubling - 3;
  return first + ((above + (1 << shift) - 1) >>> shift);
}

/** The block size of a small class: the inverse of `smallClassOf`. */
export function smallClassBytes(sizeClass: number): number {
  if (sizeClass < LINEAR_CLASSES) return (sizeClass + 1) * BLOCK_ALIGN;
  const place = sizeClass - LINEAR_CLASSES;
  const base = 2 ** (FIRST_DOUBLING + Math.floor(place / CLASSES_PER_DOUBLING));
  const step = place % CLASSES_PER_DOUBLING;
  return step === 0 ? base + BLOCK_ALIGN : base + (step * base) / 8;
}

/** How many pages a big request takes. */
export function bigPages(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}

/**
 * How many pages to carve at once for blocks of `blockBytes`: the fewest that leave at most a sixteenth
 * of the span unused.
 */
export function spanPages(blockBytes: number): number {
  let pages = Math.ceil(blockBytes / PAGE_BYTES);
  while ((pages * PAGE_BYTES) % blockBytes > (pages * PAGE_BYTES) / 16) pages++;
  return pages;
}
