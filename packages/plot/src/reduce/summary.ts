// One look at each column of data before anything is laid out: its extremes, block by block, and whether it ascends.
//
// Limits come from it, and later the extremes of every pixel column do: those of the blocks inside the column, and of the
// elements at its two ends. So millions of numbers are read once, and a column of pixels is right to the last point.
import type { NumberArray, Series } from "@millpond/core";

import { columnsKernel, type ColumnsExports } from "../kernel/columns.wasm.ts";
import { eachPiece, pieceLength } from "./pieces.ts";
import { ascends, BLOCK, blockExtremes } from "./summary-twin.ts";
import type { Workspace } from "./workspace.ts";

/** The extremes of some numbers. */
export interface Summary {
  readonly data: Series;
  /** The smallest and largest of each block of numbers; NaN where one of them is. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  /** The kernel that reaches these two, if there is one. */
  readonly kernel: ColumnsExports | undefined;
}

/** Extremes of each block of `data`. */
export function summarize(data: Series, workspace: Workspace): Summary {
  const count = data.length;
  const blocks = Math.max(1, Math.ceil(count / BLOCK));
  // One array for both, so that they lie in one region and a kernel reaches them.
  const extremes = workspace.numbers(2 * blocks);
  const lows = extremes.subarray(0, blocks);
  const highs = extremes.subarray(blocks);
  const array = data.array;
  const kernel = kernelFor(array);
  if (kernel === undefined || array === undefined) summarizePieces(data, lows, highs, workspace);
  else if (array.buffer === extremes.buffer) {
    // SAFETY: the array is a view of this memory, so its elements are inside it and aligned; there are as many lows
    // and highs as blocks.
    kernel.blockExtremes(array.byteOffset, count, lows.byteOffset, highs.byteOffset);
  } else summarizeApart(array, kernel, lows, highs);
  return { data, lows, highs, kernel: columnsKernel.over(extremes.buffer) };
}

// The kernel over the memory that an array lies in, if there can be one.
function kernelFor(array: NumberArray | undefined): ColumnsExports | undefined {
  return array instanceof Float64Array && array.length > 8 ? columnsKernel.over(array.buffer) : undefined;
}

// Large arrays of a pool have a region of their own, and extremes come out of there one by one.
function summarizeApart(
  array: NumberArray,
  kernel: ColumnsExports,
  lows: Float64Array,
  highs: Float64Array,
): void {
  for (let start = 0, block = 0; start < array.length; start += BLOCK, block++) {
    // SAFETY: the kernel runs over the memory that the array is a view of.
    lows[block] = kernel.smallest(array.byteOffset + 8 * start, Math.min(BLOCK, array.length - start));
    highs[block] = kernel.largest();
  }
}

function summarizePieces(data: Series, lows: Float64Array, highs: Float64Array, workspace: Workspace): void {
  const room = workspace.numbers(pieceLength(data));
  const kernel = room.buffer === lows.buffer ? kernelFor(room) : undefined;
  eachPiece(data, room, (numbers, start) => {
    const block = start / BLOCK;
    if (kernel === undefined) blockExtremes(numbers, 0, numbers.length, lows, highs, block);
    else {
      const [low, high] = [lows.byteOffset + 8 * block, highs.byteOffset + 8 * block];
      // SAFETY: a piece is a whole number of blocks, so there are lows and highs for all of it.
      kernel.blockExtremes(numbers.byteOffset, numbers.length, low, high);
    }
  });
}

/** True if each number is at least the one before it and none is NaN. */
export function isAscending(data: Series, workspace: Workspace): boolean {
  if (data.ascending) return true;
  const { array } = data;
  const near = kernelFor(array);
  // SAFETY: the kernel runs over the memory that the array is a view of.
  if (near !== undefined) return near.ascends(array!.byteOffset, data.length, -Infinity) === 1;
  const room = workspace.numbers(pieceLength(data));
  const kernel = kernelFor(room);
  let before = -Infinity;
  for (let start = 0; start < data.length; start += room.length) {
    const length = data.copyTo(room, start, start + room.length);
    const ascending =
      kernel === undefined
        ? ascends(room, 0, length, before)
        : kernel.ascends(room.byteOffset, length, before) === 1;
    if (!ascending) return false;
    before = room[length - 1];
  }
  return true;
}

// Handed back within one call, so that no object is made for each column of pixels.
const range = new Float64Array(2);

/**
 * The extremes of the numbers from `start` up to but not including `end`: an array that the next call writes to. Both
 * are NaN if one of the numbers is.
 */
export function extremesBetween(summary: Summary, start: number, end: number): Float64Array {
  const { data } = summary;
  const firstBlock = Math.ceil(start / BLOCK);
  const lastBlock = Math.floor(end / BLOCK);
  range[0] = Infinity;
  range[1] = -Infinity;
  if (firstBlock >= lastBlock) return include(data, start, end);
  // Blocks first: of the numbers at either end, few are more extreme then.
  includeBlocks(summary, firstBlock, lastBlock);
  include(data, start, firstBlock * BLOCK);
  return include(data, lastBlock * BLOCK, end);
}

function include(data: Series, start: number, end: number): Float64Array {
  const { array } = data;
  if (array instanceof Float64Array) includeArray(array, start, end);
  else for (let index = start; index < end; index++) includeOne(data.at(index));
  return range;
}

function includeArray(array: Float64Array, start: number, end: number): void {
  let low = range[0];
  let high = range[1];
  for (let index = start; index < end; index++) {
    const value = array[index];
    if (value >= low && value <= high) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  range[0] = low;
  range[1] = high;
}

function includeOne(value: number): void {
  range[0] = Math.min(range[0], value);
  range[1] = Math.max(range[1], value);
}

function includeBlocks({ lows, highs, kernel }: Summary, from: number, to: number): void {
  if (kernel !== undefined) {
    // SAFETY: the kernel runs over the memory of both, and neither is shorter.
    range[0] = kernel.smallest(lows.byteOffset + 8 * from, to - from);
    kernel.smallest(highs.byteOffset + 8 * from, to - from);
    range[1] = kernel.largest();
    return;
  }
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
export function extentOf(summary: Summary, least: number): { low: number; high: number } {
  range[0] = Infinity;
  range[1] = -Infinity;
  includeBlocks(summary, 0, Math.ceil(summary.data.length / BLOCK));
  const [low, high] = range;
  return low >= least && high <= Number.MAX_VALUE ? { low, high } : goodExtent(summary, least);
}

// The same where some of the numbers do not count.
function goodExtent({ data, lows, highs }: Summary, least: number): { low: number; high: number } {
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
