// Numbers where a kernel reaches them: those of an array in the same memory as they are, others piece by piece as copies.
import type { Series } from "@millpond/core";

/**
 * Numbers in a piece, 512 KiB, which stay in a near cache. Smaller pieces are copied more slowly and cost more views: 5,000
 * of them a figure of ten million points woke the collector. Larger ones leave the cache of many machines.
 */
const PIECE = 65_536;

/** How many numbers there has to be room for. */
export function pieceLength(data: Series): number {
  return Math.min(PIECE, Math.max(1, data.length));
}

/** Calls `use` with all numbers of a series one after the other: in `room`, or all at once if they lie in its memory. */
export function eachPiece(
  data: Series,
  room: Float64Array,
  use: (numbers: Float64Array, start: number) => void,
): void {
  const { array } = data;
  if (array instanceof Float64Array && array.buffer === room.buffer) {
    use(array, 0);
    return;
  }
  for (let start = 0; start < data.length; start += room.length) {
    const length = data.copyTo(room, start, start + room.length);
    use(length === room.length ? room : room.subarray(0, length), start);
  }
}
