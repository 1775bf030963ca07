// The size classes of a shared pool: fixed, so that all threads agree on them without talking.
//
// As in a pool of one thread from 256 bytes to 1 MiB; beyond, eight steps a doubling in whole pages, up to 4,095
// pages (256 MiB), which is what a span's word can say. Larger requests have no class.
import { PAGE_BYTES } from "../memory/region.ts";
import { BIG_BYTES, SMALL_CLASSES, smallClassBytes, smallClassOf } from "../pool/size-classes.ts";
import { SMALLEST_BLOCK } from "./layout.ts";

const FIRST_SMALL = smallClassOf(SMALLEST_BLOCK);
const SHARED_SMALL = SMALL_CLASSES - FIRST_SMALL;
const LARGEST_PAGES = 4095;
const BIG_PAGES: readonly number[] = bigPageCounts();

/** How many classes there are. */
export const SHARED_CLASSES: number = SHARED_SMALL + BIG_PAGES.length;

function bigPageCounts(): number[] {
  const counts: number[] = [];
  for (let base = 16; base < LARGEST_PAGES; base *= 2) {
    for (let step = 1; step <= 8; step++) counts.push(Math.min(base + (step * base) / 8, LARGEST_PAGES));
  }
  return counts;
}

/** The class of a request, or -1 when it is larger than any block. */
export function sharedClassOf(bytes: number): number {
  if (bytes <= BIG_BYTES) return Math.max(0, smallClassOf(bytes) - FIRST_SMALL);
  const pages = Math.ceil(bytes / PAGE_BYTES);
  if (pages > LARGEST_PAGES) return -1;
  const doubling = 31 - Math.clz32(pages - 1);
  const shift = doubling - 3;
  const step = (pages - (1 << doubling) + (1 << shift) - 1) >>> shift;
  return SHARED_SMALL + (doubling - 4) * 8 + step - 1;
}

/** The block size of a class. */
export function sharedClassBytes(sizeClass: number): number {
  return sizeClass < SHARED_SMALL
    ? smallClassBytes(sizeClass + FIRST_SMALL)
    : BIG_PAGES[sizeClass - SHARED_SMALL] * PAGE_BYTES;
}
