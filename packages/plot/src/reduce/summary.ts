// One look at each column of data before anything is laid out: its extremes, block by block, and whether it ascends.
//
// Limits come from it, and later the extremes of every pixel column do: those of the blocks inside the column, and of the
// elements at its two ends. So millions of numbers are read once, and a column of pixels is right to the last point.
import type { Series } from "@millpond/core";

import { columnsKernel } from "../kernel/columns.wasm.ts";
import { ascends, BLOCK, blockExtremes } from "./summary-twin.ts";
import type { Workspace } from "./workspace.ts";

// Data outside the pool's memory come into it in pieces of at most this many numbers, 128 KiB, which stay in a near cache.
// Smaller ones are no faster, and each costs a view: 5,000 of them a figure of ten million points woke the collector.
const PIECE = 64 * BLOCK;

/** The extremes of some numbers. */
export interface Summary {
  readonly data: Series;
  /** The smallest and largest of each 256 numbers; NaN where one of them is. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/** Extremes of each block of `data`. */
export function summarize(data: Series, workspace: Workspace): Summary {
  const count = data.length;
  const blocks = Math.max(1, Math.ceil(count / BLOCK));
  // One array for both, so that they lie in one region and a kernel reaches them.
  const extremes = workspace.numbers(2 * blocks + Math.min(PIECE, blocks * BLOCK));
  const lows = extremes.subarray(0, blocks);
  const highs = extremes.subarray(blocks, 2 * blocks);
  const piece = extremes.subarray(2 * blocks);
  const kernel = columnsKernel.over(extremes.buffer);
  const array = data.array;
  if (kernel === undefined) {
    if (array instanceof Float64Array) blockExtremes(array, 0, count, lows, highs, 0);
    else eachPiece(data, piece, (length, place) => blockExtremes(piece, 0, length, lows, highs, place));
  } else if (array instanceof Float64Array && array.buffer === extremes.buffer) {
    // SAFETY: the array is a view of this memory, so its elements are inside it and aligned; there are as many lows
    // and highs as blocks.
    kernel.blockExtremes(array.byteOffset, count, lows.byteOffset, highs.byteOffset);
  } else {
    eachPiece(data, piece, (length, place) =>
      // SAFETY: at most PIECE numbers lie in the piece, and a piece is a whole number of blocks.
      kernel.blockExtremes(
        piece.byteOffset,
        length,
        lows.byteOffset + 8 * place,
        highs.byteOffset + 8 * place,
      ),
    );
  }
  return { data, lows, highs };
}

function eachPiece(data: Series, piece: Float64Array, use: (length: number, block: number) => void): void {
  for (let start = 0; start < data.length; start += PIECE) {
    use(data.copyTo(piece, start, start + PIECE), start / BLOCK);
  }
}

/** True if each number is at least the one before it and none is NaN. */
export function isAscending(data: Series, workspace: Workspace): boolean {
  const { array } = data;
  if (array instanceof Float64Array) {
    const kernel = array.length > 8 ? columnsKernel.over(array.buffer) : undefined;
    if (kernel === undefined) return ascends(array, 0, array.length, -Infinity);
    // SAFETY: the kernel runs over the memory that the array is a view of.
    return kernel.ascends(array.byteOffset, array.length, -Infinity) === 1;
  }
  const piece = workspace.numbers(Math.min(PIECE, Math.max(1, data.length)));
  let before = -Infinity;
  for (let start = 0; start < data.length; start += PIECE) {
    const length = data.copyTo(piece, start, start + PIECE);
    if (!ascends(piece, 0, length, before)) return false;
    before = piece[length - 1];
  }
  return true;
}

// Handed back within one call, so that no object is made for each column of pixels.
const range = new Float64Array(2);

/**
 * The extremes of the numbers from `start` up to but not including `end`: an array that the next call writes to. Both
 * are NaN if one of the numbers is.
 */
export function extremesBetween({ data, lows, highs }: Summary, start: number, end: number): Float64Array {
  const firstBlock = Math.ceil(start / BLOCK);
  const lastBlock = Math.floor(end / BLOCK);
  range[0] = Infinity;
  range[1] = -Infinity;
  if (firstBlock >= lastBlock) return include(data, start, end);
  include(data, start, firstBlock * BLOCK);
  includeBlocks(lows, highs, firstBlock, lastBlock);
  return include(data, lastBlock * BLOCK, end);
}

function include(data: Series, start: number, end: number): Float64Array {
  const { array } = data;
  if (array instanceof Float64Array) return includeArray(array, start, end);
  let [low, high] = range;
  for (let index = start; index < end; index++) {
    const value = data.at(index);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  range[0] = low;
  range[1] = high;
  return range;
}

function includeArray(array: Float64Array, start: number, end: number): Float64Array {
  let low = range[0];
  let high = range[1];
  let odd = false;
  for (let index = start; index < end; index++) {
    const value = array[index];
    if (value < low) low = value;
    if (value > high) high = value;
    if (value !== value) odd = true;
  }
  range[0] = odd ? NaN : low;
  range[1] = odd ? NaN : high;
  return range;
}

function includeBlocks(lows: Float64Array, highs: Float64Array, from: number, to: number): void {
  let low = range[0];
  let high = range[1];
  for (let block = from; block < to; block++) {
    low = Math.min(low, lows[block]);
    high = Math.max(high, highs[block]);
  }
  range[0] = low;
  range[1] = high;
}

/** The extremes of those numbers that are finite and at least `least`: `low > high` where there are none. */
export function extentOf({ data, lows, highs }: Summary, least: number): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  const blocks = Math.ceil(data.length / BLOCK);
  for (let block = 0; block < blocks; block++) {
    if (lows[block] >= least && highs[block] <= Number.MAX_VALUE) {
      low = Math.min(low, lows[block]);
      high = Math.max(high, highs[block]);
      continue;
    }
    const end = Math.min((block + 1) * BLOCK, data.length);
    for (let index = block * BLOCK; index < end; index++) {
      const value = data.at(index);
      if (!(value >= least && value <= Number.MAX_VALUE)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return { low, high };
}

/** The first number that is not finite or below `least`; -1 if all are good. */
export function firstMissing({ data, lows, highs }: Summary, least: number): number {
  const blocks = Math.ceil(data.length / BLOCK);
  for (let block = 0; block < blocks; block++) {
    if (lows[block] >= least && highs[block] <= Number.MAX_VALUE) continue;
    const end = Math.min((block + 1) * BLOCK, data.length);
    for (let index = block * BLOCK; index < end; index++) {
      const value = data.at(index);
      if (!(value >= least && value <= Number.MAX_VALUE)) return index;
    }
  }
  return -1;
}
