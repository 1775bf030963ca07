// What a frame compares: whatever a call of a painter is given, another value of it is a change.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Pool } from "@millpond/core";

import { DisplayList } from "../../src/frames/display-list.ts";
import type { Painter } from "../../src/index.ts";

const pool = new Pool({ name: "display lists", check: "checked" });
const size = { width: 100, height: 80, pool, fonts: undefined };

afterEach(() => assert.equal(pool.stats().bytesInUse, 0));

type Value = number | string | boolean | readonly number[] | object;
type Call = (painter: Painter, values: Readonly<Record<string, Value>>) => void;

const numbers = (value: Value): Float64Array => Float64Array.from(value as number[]);
const words = (value: Value): Uint32Array => Uint32Array.from(value as number[]);
const bytes = (value: Value): Uint8Array => Uint8Array.from(value as number[]);

/** A call with values for all that it takes, and other values for each of them. */
const calls: Readonly<Record<string, readonly [Readonly<Record<string, readonly [Value, Value]>>, Call]>> = {
  fillPath: [
    {
      xs: [
        [20, 40, 60],
        [20, 40, 61],
      ],
      ys: [
        [20, 60, 20],
        [20, 60, 21],
      ],
      ends: [[3], [2]],
      style: [{ color: 1 }, { color: 2 }],
    },
    (p, { xs, ys, ends, style }) => p.fillPath(numbers(xs), numbers(ys), ends as number[], style as never),
  ],
  "fillPath of two rings": [
    {
      xs: [
        [20, 40, 60, 5, 6, 7],
        [20, 40, 60, 5, 6, 8],
      ],
      ends: [
        [3, 6],
        [4, 6],
      ],
    },
    (p, { xs, ends }) => p.fillPath(numbers(xs), numbers(xs), ends as number[], { color: 1 }),
  ],
  strokeLine: [
    {
      xs: [
        [20, 60],
        [20, 61],
      ],
      ys: [
        [20, 30],
        [20, 31],
      ],
      count: [2, 1],
      style: [
        { color: 1, width: 2 },
        { color: 1, width: 3 },
      ],
    },
    (p, { xs, ys, count, style }) => p.strokeLine(numbers(xs), numbers(ys), count as number, style as never),
  ],
  strokeRings: [
    {
      xs: [
        [20, 60, 40],
        [20, 61, 40],
      ],
      style: [
        { color: 1, width: 2, dash: [2] },
        { color: 1, width: 2, dash: [3] },
      ],
    },
    (p, { xs, style }) => p.strokeRings(numbers(xs), numbers(xs), [3], style as never),
  ],
  fillRect: [
    { x: [10, 11], y: [20, 21], width: [30, 31], height: [40, 41], color: [1, 2] },
    (p, { x, y, width, height, color }) =>
      p.fillRect(x as number, y as number, width as number, height as number, { color: color as number }),
  ],
  fillRects: [
    {
      xs: [
        [1, 50],
        [1, 51],
      ],
      ys: [
        [2, 3],
        [2, 4],
      ],
      wide: [
        [5, 6],
        [5, 7],
      ],
      high: [
        [5, 6],
        [5, 7],
      ],
      colors: [
        [1, 2],
        [1, 3],
      ],
    },
    (p, { xs, ys, wide, high, colors }) =>
      p.fillRects(numbers(xs), numbers(ys), numbers(wide), numbers(high), 2, { color: 1 }, words(colors)),
  ],
  markers: [
    {
      xs: [
        [1, 50],
        [1, 51],
      ],
      ys: [
        [2, 3],
        [2, 4],
      ],
      kind: ["star", "circle"],
      sizes: [
        [5, 6],
        [5, 5],
      ],
      colors: [
        [1, 2],
        [1, 3],
      ],
    },
    (p, { xs, ys, kind, sizes, colors }) =>
      p.markers(numbers(xs), numbers(ys), 2, {
        kind: kind as "star",
        size: 4,
        color: 1,
        sizes: numbers(sizes),
        colors: words(colors),
      }),
  ],
  "image of a palette": [
    {
      indices: [
        [0, 1],
        [1, 1],
      ],
      palette: [
        [5, 6],
        [5, 7],
      ],
      x: [3, 4],
      y: [3, 4],
      width: [20, 21],
      height: [30, 31],
      smooth: [true, false],
    },
    (p, { indices, palette, x, y, width, height, smooth }) =>
      p.image(
        { width: 2, height: 1, indices: bytes(indices), palette: words(palette) },
        x as number,
        y as number,
        width as number,
        height as number,
        smooth as boolean,
      ),
  ],
  "image of colours": [
    {
      rgba: [
        [1, 2, 3, 4],
        [1, 2, 3, 5],
      ],
    },
    (p, { rgba }) => p.image({ width: 1, height: 1, rgba: bytes(rgba) }, 5, 5, 20, 20),
  ],
  text: [
    { text: ["a", "b"], x: [10, 11], y: [20, 21], rotation: [0, 5], size: [8, 9] },
    (p, { text, x, y, rotation, size: points }) =>
      p.text(text as string, x as number, y as number, {
        size: points as number,
        color: 1,
        rotation: rotation as number,
      }),
  ],
  pushClip: [
    { x: [10, 11], y: [20, 21], width: [30, 31], height: [40, 41] },
    (p, { x, y, width, height }) => p.pushClip(x as number, y as number, width as number, height as number),
  ],
};

function changed(before: (painter: Painter) => void, after: (painter: Painter) => void): boolean {
  const [one, other] = [before, after].map((draw) => {
    const list = new DisplayList(size);
    draw(list);
    return list;
  });
  const { left, right } = other.changesFrom(one);
  for (const list of [one, other]) list.release();
  return left < right;
}

for (const [name, [values, call]] of Object.entries(calls)) {
  test(`${name}: another value of anything is a change, and the same values are none`, () => {
    const first = Object.fromEntries(Object.entries(values).map(([key, [value]]) => [key, value]));
    assert(
      !changed(
        (painter) => call(painter, first),
        (painter) => call(painter, first),
      ),
    );
    assert(
      changed(
        () => undefined,
        (painter) => call(painter, first),
      ),
      "a call that was not there",
    );
    for (const [key, [, other]] of Object.entries(values)) {
      assert(
        changed(
          (painter) => call(painter, first),
          (painter) => call(painter, { ...first, [key]: other }),
        ),
        key,
      );
    }
  });
}
