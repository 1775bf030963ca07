// Which elements of two arrays stay: equal ones at both ends, and in between a longest common subsequence if that is not too
// much work. What is left over at the same place is a pair, to be looked into further.

import type { Pool } from "@millpond/core";

// A table of so many cells at most, 4 bytes each; larger parts are paired by their places.
const CELLS_MAX = 1 << 20;

/** What is done with the elements in turn. */
export interface SequenceSink {
  /** The elements are equal, or take the place of one another. */
  pair(left: number, right: number): void;
  /** The element goes. */
  remove(left: number): void;
  /** The element comes in. */
  add(right: number): void;
}

/** Aligns two lists of lengths `leftCount` and `rightCount`; `same` says whether two elements, by number, are equal. */
export function align(
  pool: Pool,
  leftCount: number,
  rightCount: number,
  same: (left: number, right: number) => boolean,
  sink: SequenceSink,
): void {
  const shorter = Math.min(leftCount, rightCount);
  let front = 0;
  while (front < shorter && same(front, front)) front++;
  let back = 0;
  while (back < shorter - front && same(leftCount - 1 - back, rightCount - 1 - back)) back++;
  for (let place = 0; place < front; place++) sink.pair(place, place);
  alignMiddle(pool, front, leftCount - front - back, rightCount - front - back, same, sink);
  for (let place = back; place > 0; place--) sink.pair(leftCount - place, rightCount - place);
}

function alignMiddle(
  pool: Pool,
  offset: number,
  rows: number,
  columns: number,
  same: (left: number, right: number) => boolean,
  sink: SequenceSink,
): void {
  if (rows === columns || rows === 0 || columns === 0 || (rows + 1) * (columns + 1) > CELLS_MAX) {
    replaceRun(offset, offset + rows, offset, offset + columns, sink);
    return;
  }
  const width = columns + 1;
  const lengths = pool.acquire(Uint32Array, (rows + 1) * width);
  try {
    for (let row = rows - 1; row >= 0; row--) {
      for (let column = columns - 1; column >= 0; column--) {
        const cell = row * width + column;
        lengths[cell] = same(offset + row, offset + column)
          ? lengths[cell + width + 1] + 1
          : Math.max(lengths[cell + width], lengths[cell + 1]);
      }
    }
    follow(lengths, offset, rows, columns, same, sink);
  } finally {
    pool.release(lengths);
  }
}

// Through the table, from the start: equal elements stay, runs between them are replaced.
function follow(
  lengths: Uint32Array,
  offset: number,
  rows: number,
  columns: number,
  same: (left: number, right: number) => boolean,
  sink: SequenceSink,
): void {
  const width = columns + 1;
  let row = 0;
  let column = 0;
  let doneRow = 0;
  let doneColumn = 0;
  while (row < rows && column < columns) {
    const cell = row * width + column;
    if (same(offset + row, offset + column)) {
      replaceRun(offset + doneRow, offset + row, offset + doneColumn, offset + column, sink);
      sink.pair(offset + row++, offset + column++);
      doneRow = row;
      doneColumn = column;
    } else if (lengths[cell + width] >= lengths[cell + 1]) row++;
    else column++;
  }
  replaceRun(offset + doneRow, offset + rows, offset + doneColumn, offset + columns, sink);
}

// The elements from `left` on become those from `right` on: pairs as long as there are two, then what is left over.
function replaceRun(
  left: number,
  leftEnd: number,
  right: number,
  rightEnd: number,
  sink: SequenceSink,
): void {
  const pairs = Math.min(leftEnd - left, rightEnd - right);
  for (let place = 0; place < pairs; place++) sink.pair(left + place, right + place);
  for (let place = left + pairs; place < leftEnd; place++) sink.remove(place);
  for (let place = right + pairs; place < rightEnd; place++) sink.add(place);
}
