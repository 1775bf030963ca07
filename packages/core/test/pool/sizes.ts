// The size classes once more, written down as a table instead of arithmetic, and lengths that lie near their ends.
import { PAGE_BYTES } from "../../src/memory/region.ts";

/** The largest block that is not a whole number of pages. */
export const LAST_SMALL_BYTES: number = 1024 * 1024 + 64;

/** All block sizes below whole pages: multiples of 64 to 1 KiB, then eight steps a doubling with 64 bytes on top. */
export const SMALL_BLOCKS: readonly number[] = tableOfBlocks();

function tableOfBlocks(): number[] {
  const sizes: number[] = [];
  for (let bytes = 64; bytes <= 1024; bytes += 64) sizes.push(bytes);
  sizes.push(1024 + 64);
  for (let base = 1024; base < 1024 * 1024; base *= 2) {
    for (let step = 1; step <= 8; step++) sizes.push(base + (base / 8) * step + 64);
  }
  return sizes;
}

/** The smallest block that holds `bytes`. */
export function blockBytesFor(bytes: number): number {
  if (bytes > LAST_SMALL_BYTES) return Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
  let low = 0;
  let high = SMALL_BLOCKS.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (SMALL_BLOCKS[middle] < bytes) low = middle + 1;
    else high = middle;
  }
  return SMALL_BLOCKS[low];
}

/**
 * A length in elements out of any integer: often tiny, often one off the end of a class (guard bytes counted in),
 * seldom large.
 */
export function lengthFor(seed: number, width: number, guard: number): number {
  const pick = Math.floor(seed / 16);
  const shift = (pick % 3) - 1;
  const near = (bytes: number): number => Math.max(0, Math.floor((bytes - guard) / width) + shift);
  switch (seed % 16) {
    case 0:
      return near(SMALL_BLOCKS[pick % SMALL_BLOCKS.length]);
    case 1:
      return near((1 + (pick % 19)) * PAGE_BYTES);
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
      return near(SMALL_BLOCKS[pick % 40]);
    case 7:
    case 8:
      return pick % 3000;
    case 9:
      return 0;
    case 10:
    case 11:
      // Few different requests: these are the ones that find a view again.
      return 100 * (pick % 3);
    default:
      return pick % 40;
  }
}
