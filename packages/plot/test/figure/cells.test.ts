// Cells of figures with several panels: they cover the figure, and those around frames leave the same room to each frame.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { bordersOfFrames, cellBox, evenBorders, type Placed } from "../../src/figure/cells.ts";

const figure = { left: 0, top: 10, right: 600, bottom: 410 };
const count = fc.integer({ min: 1, max: 4 });
const inset = fc.integer({ min: 0, max: 30 });

test("cells cover the figure but for what lies between them", () => {
  fc.assert(
    fc.property(count, count, (rows, columns) => {
      const borders = evenBorders(figure, rows, columns);
      const all = cellBox(borders, { row: 0, column: 0, rows, columns }, 8);
      assert.deepEqual(all, figure);
      if (columns < 2) return;
      const first = cellBox(borders, { row: 0, column: 0, rows, columns: 1 }, 8);
      const second = cellBox(borders, { row: 0, column: 1, rows, columns: 1 }, 8);
      assert.equal(second.left - first.right, 8);
    }),
  );
});

test("around frames, cells are as large as their texts ask for, and all frames have one size", () => {
  fc.assert(
    fc.property(count, count, fc.infiniteStream(inset), (rows, columns, insets) => {
      const next = (): number => insets.next().value as number;
      const places: Placed[] = Array.from({ length: rows * columns }, (_, index) => ({
        row: Math.floor(index / columns),
        column: index % columns,
        rows: 1,
        columns: 1,
      }));
      const even = evenBorders(figure, rows, columns);
      const texts = places.map(() => ({ left: next(), top: next(), right: next(), bottom: next() }));
      const frames = places.map((place, index) => {
        const { left, top, right, bottom } = cellBox(even, place, 0);
        const { left: a, top: b, right: c, bottom: d } = texts[index];
        return { left: left + a, top: top + b, right: right - c, bottom: bottom - d };
      });
      const { xs, ys } = bordersOfFrames(even, places, frames);
      assert(Math.abs(xs[columns] - figure.right) < 1e-9 && Math.abs(ys[rows] - figure.bottom) < 1e-9);
      const roomOf = (column: number): number => {
        const own = places.flatMap((place, index) => (place.column === column ? [texts[index]] : []));
        const taken = Math.max(...own.map(({ left }) => left)) + Math.max(...own.map(({ right }) => right));
        return xs[column + 1] - xs[column] - taken;
      };
      // Frames were found in cells of whole pixels.
      for (let column = 1; column < columns; column++)
        assert(Math.abs(roomOf(column) - roomOf(0)) < 3, `${roomOf(column)} and ${roomOf(0)}`);
    }),
  );
});

test("cells stay even where texts take all of the room", () => {
  const even = evenBorders(figure, 1, 2);
  const places = [0, 1].map((column) => ({ row: 0, column, rows: 1, columns: 1 }));
  // Texts take more than there is, and not as much in one cell as in the other.
  const frames = [
    { left: 290, top: 10, right: 280, bottom: 410 },
    { left: 580, top: 10, right: 560, bottom: 410 },
  ];
  assert.deepEqual(bordersOfFrames(even, places, frames).xs, even.xs);
});
