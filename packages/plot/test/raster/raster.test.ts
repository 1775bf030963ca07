// The rasterizer: kernel and twin give the same bytes, and both are near a plain reference.

import assert from "node:assert/strict";
import { test } from "node:test";

import { expectNoLeaks, Pool } from "@millpond/core";
import * as fc from "fast-check";

import {
  type FillStyle,
  type LineCap,
  type Painter,
  RasterPainter,
  type StrokeStyle,
} from "../../src/index.ts";
import { hatchKinds, markerKinds } from "../paint/drawings.ts";
import { checkRefusals } from "../paint/refusals.ts";
import { inStroke, sampled, winding } from "./reference.ts";

const WIDTH = 41;
const HEIGHT = 29;
const wasm = new Pool({ name: "wasm" });
const plain = new Pool({ name: "plain", memory: "arraybuffer" });

type Draw = (painter: Painter) => void;

// Draws with kernel, twin and into foreign pixels, and gives the one result that all of them have.
function render(draw: Draw, background = 0xffffffff, width = WIDTH, height = HEIGHT): Uint8Array {
  const foreign = new Uint8ClampedArray(height * (4 * width + 12) + 3).subarray(3);
  const painters = [
    new RasterPainter({ width, height, pool: wasm }),
    new RasterPainter({ width, height, pool: plain }),
    new RasterPainter({ width, height, pool: wasm, pixels: foreign, stride: 4 * width + 12 }),
  ];
  const results = painters.map((painter) => {
    painter.fillRect(0, 0, width, height, { color: background });
    draw(painter);
    const rows = Array.from({ length: height }, (_, row) =>
      Uint8Array.from(painter.pixels.subarray(row * painter.stride, row * painter.stride + 4 * width)),
    );
    painter.release();
    return Uint8Array.from(rows.flatMap((row) => [...row]));
  });
  assert.deepEqual(results[1], results[0], "the twin differs from the kernel");
  assert.deepEqual(results[2], results[0], "foreign pixels differ");
  assert.equal(wasm.stats().inUse, 0);
  assert.equal(plain.stats().inUse, 0);
  return results[0];
}

// How much black is on each pixel of a white picture.
function ink(pixels: Uint8Array): Float64Array {
  return Float64Array.from({ length: pixels.length / 4 }, (_, pixel) => 255 - pixels[4 * pixel]);
}

function worst(got: Float64Array, expected: Float64Array): number {
  return got.reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index])), 0);
}

function mean(got: Float64Array, expected: Float64Array): number {
  return got.reduce((sum, value, index) => sum + Math.abs(value - expected[index]), 0) / got.length;
}

const black: FillStyle = { color: 0x000000ff };
const coordinate = fc.double({ min: -20, max: 60, noNaN: true });
const anyNumber = fc.oneof(
  { weight: 6, arbitrary: coordinate },
  {
    weight: 1,
    arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 1e308, -1e308, 5e-324, -0, 1e9, -65_536.5),
  },
);

test("a filled polygon is within 24 of 255 of sixteen by sixteen samples.", () => {
  const corners = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(corners, (points) => {
      const xs = Float64Array.from(points, ([x]) => x);
      const ys = Float64Array.from(points, ([, y]) => y);
      const got = ink(render((painter) => painter.fillPath(xs, ys, [3], black)));
      const expected = sampled(WIDTH, HEIGHT, (x, y) => winding(xs, ys, [3], x, y) !== 0);
      assert(worst(got, expected) <= 24, `worst ${worst(got, expected)}`);
    }),
    { numRuns: 150, endOnFailure: true },
  );
});

test("holes are left out, by direction and by the even-odd rule.", () => {
  const xs = Float64Array.of(5, 35, 35, 5, 10, 10, 30, 30);
  const ys = Float64Array.of(4, 4, 25, 25, 9, 20, 20, 9);
  const holed = ink(render((painter) => painter.fillPath(xs, ys, [4, 8], black)));
  const expected = sampled(WIDTH, HEIGHT, (x, y) => winding(xs, ys, [4, 8], x, y) !== 0);
  assert.deepEqual(holed, expected);
  const same = Float64Array.of(5, 35, 35, 5, 10, 30, 30, 10);
  const sameYs = Float64Array.of(4, 4, 25, 25, 9, 9, 20, 20);
  const style: FillStyle = { ...black, rule: "evenodd" };
  assert.deepEqual(ink(render((painter) => painter.fillPath(same, sameYs, [4, 8], style))), expected);
  const whole = ink(render((painter) => painter.fillPath(same, sameYs, [4, 8], black)));
  assert.equal(whole[15 * WIDTH + 20], 255);
});

const end = fc.tuple(fc.integer({ min: -9, max: 50 }), fc.integer({ min: -9, max: 40 }));
const widths = fc.double({ min: 1.5, max: 9, noNaN: true });
const caps = fc.constantFrom<LineCap>("butt", "round", "square");

// How far a stroke is from the samples: at worst and in the mean.
function strokeError(corners: readonly (readonly [number, number])[], width: number, cap: LineCap): number[] {
  const xs = Float64Array.from(corners, ([x]) => x + 0.3);
  const ys = Float64Array.from(corners, ([, y]) => y + 0.6);
  const style: StrokeStyle = { color: 0x000000ff, width, cap };
  const got = ink(render((painter) => painter.strokeLine(xs, ys, xs.length, style)));
  const expected = sampled(WIDTH, HEIGHT, (x, y) => inStroke(xs, ys, width / 2, cap, x, y));
  return [worst(got, expected), mean(got, expected)];
}

// At the corner of a flat end two halves of a pixel meet in a quarter, of which the smaller half is taken.
test("a stroked segment is within 80 of 255 of the samples, and within 2 in the mean.", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(end, { minLength: 2, maxLength: 2, selector: String }),
      widths,
      caps,
      (...args) => {
        const [most, average] = strokeError(...args);
        assert(most <= 80 && average <= 2, `worst ${most}, mean ${average}`);
      },
    ),
    { numRuns: 40, endOnFailure: true },
  );
});

// Two pieces that each cover a part of a pixel count as the larger part, so single pixels at sharp turns are lighter.
test("a stroked line is within 3 of 255 of the samples in the mean.", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(end, { minLength: 3, maxLength: 5, selector: String }),
      widths,
      caps,
      (...args) => {
        const [, average] = strokeError(...args);
        assert(average <= 3, `mean ${average}`);
      },
    ),
    { numRuns: 25, endOnFailure: true },
  );
});

test("mitred rings have sharp corners, and bevelled ones do not.", () => {
  const xs = Float64Array.of(10, 30, 30, 10);
  const ys = Float64Array.of(8, 8, 20, 20);
  const ring = (join: "miter" | "bevel" | "round"): Float64Array =>
    ink(render((painter) => painter.strokeRings(xs, ys, [4], { color: 0x000000ff, width: 4, join })));
  const corner = 6 * WIDTH + 8;
  assert.equal(ring("miter")[corner], 255);
  assert.equal(ring("bevel")[corner], 0);
  assert.deepEqual(
    ring("miter"),
    sampled(WIDTH, HEIGHT, (x, y) => {
      const outside = x >= 8 && x < 32 && y >= 6 && y < 22;
      return outside && !(x > 12 && x < 28 && y > 10 && y < 18);
    }),
  );
  assert(ring("round")[corner] < 120);
});

test("a half-transparent stroke is not darker where it crosses or turns.", () => {
  const xs = Float64Array.of(5, 35, 35, 5, 5, 35);
  const ys = Float64Array.of(5, 25, 5, 25, 5, 25);
  for (const join of ["round", "miter", "bevel"] as const) {
    const style: StrokeStyle = { color: 0x00000080, width: 5, join };
    const got = ink(render((painter) => painter.strokeLine(xs, ys, 6, style)));
    assert.equal(Math.max(...got), 128, join);
  }
});

test("a gap in the data is a gap in the line, and a ring with a gap is a line.", () => {
  const xs = Float64Array.of(2, 10, NaN, 20, 38);
  const ys = Float64Array.of(10, 10, 10, 10, 10);
  const got = ink(render((painter) => painter.strokeLine(xs, ys, 5, { color: 0x000000ff, width: 3 })));
  assert.equal(got[10 * WIDTH + 5], 255);
  assert.equal(got[10 * WIDTH + 15], 0);
  assert.equal(got[10 * WIDTH + 30], 255);
  const style: StrokeStyle = { color: 0x000000ff, width: 2 };
  const ring = ink(
    render((painter) => painter.strokeRings(Float64Array.of(5, 30, 30, NaN), ys.fill(10), [4], style)),
  );
  assert.equal(ring[10 * WIDTH + 15], 255);
});

test("each pixel of an image has the colour of the cell below its middle, blended by its alpha.", () => {
  const sides = fc.integer({ min: 1, max: 60 });
  const colors = fc.array(fc.constantFrom(0xff0000ff, 0x00ff0080, 0x12345600, 0x0000ffff, 0x808080ff), {
    minLength: 1,
    maxLength: 9,
  });
  const places = fc.double({ min: -20, max: 50, noNaN: true });
  const lengths = fc.double({ min: 3, max: 70, noNaN: true });
  fc.assert(
    fc.property(sides, sides, colors, places, places, lengths, lengths, fc.boolean(), (...args) => {
      const [width, height, palette, x, y, w, h, mirrored] = args;
      const indices = Uint8Array.from({ length: width * height }, (_, cell) => (cell * 7) % palette.length);
      const left = mirrored ? x + w : x;
      const cells = { width, height, indices, palette: Uint32Array.from(palette) };
      const got = render((painter) => painter.image(cells, left, y, mirrored ? -w : w, h));
      const expected = render((painter) => {
        for (let row = 0; row < HEIGHT; row++) {
          for (let column = 0; column < WIDTH; column++) {
            const across = (column + 0.5 - left) / (mirrored ? -w : w);
            const down = (row + 0.5 - y) / h;
            if (!(across >= 0 && across < 1 && down >= 0 && down < 1)) continue;
            const cell = Math.floor(down * height) * width + Math.floor(across * width);
            painter.fillRect(column, row, 1, 1, { color: palette[indices[cell]] });
          }
        }
      });
      assert.deepEqual(got, expected);
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

test("an image can be wider than the list of colours for a part of a row.", () => {
  const width = 9000;
  const indices = Uint8Array.from({ length: width }, (_, cell) => cell % 3);
  const palette = Uint32Array.of(0xff0000ff, 0x00ff00ff, 0x0000ffff);
  const got = render(
    (painter) => painter.image({ width, height: 1, indices, palette }, 0, 0, width, 1),
    0,
    width,
    1,
  );
  for (const column of [0, 4095, 4096, 8191, 8192, 8999]) {
    assert.deepEqual(
      [...got.subarray(4 * column, 4 * column + 4)],
      [0, 1, 2].map((channel) => (column % 3 === channel ? 255 : 0)).concat(255),
    );
  }
});

test("steps between vertical runs that are left out would not have shown.", () => {
  const heights = fc.array(fc.integer({ min: 2, max: 26 }), { minLength: 8, maxLength: 80 });
  fc.assert(
    fc.property(
      heights,
      fc.constantFrom(0.25, 1, 1.5),
      fc.double({ min: 0, max: 1 }),
      (ys, across, shift) => {
        // Two points a column; steps first and runs later show every step, since no run has begun yet.
        const xs = Float64Array.from(ys, (_, index) => 3 + shift + across * (index >> 1));
        const style: StrokeStyle = { color: 0x000000ff, width: 1.7, cap: "round" };
        const whole = ink(
          render((painter) => painter.strokeLine(xs, Float64Array.from(ys), xs.length, style)),
        );
        const apart = [1, 0].flatMap((odd) =>
          ys.flatMap((_, index) =>
            index % 2 === odd && index + 1 < ys.length ? [index, index + 1, -1] : [],
          ),
        );
        const apartXs = Float64Array.from(apart, (index) => (index < 0 ? NaN : xs[index]));
        const apartYs = Float64Array.from(apart, (index) => (index < 0 ? NaN : ys[index]));
        const each = ink(render((painter) => painter.strokeLine(apartXs, apartYs, apart.length, style)));
        assert(worst(whole, each) <= 1, `worst ${worst(whole, each)}`);
      },
    ),
    { endOnFailure: true },
  );
});

test("dense columns of minima and maxima look like the same segments one by one.", () => {
  const xs = new Float64Array(160);
  const ys = new Float64Array(160);
  for (let index = 0; index < 160; index++) {
    xs[index] = Math.floor(index / 4) + 0.5;
    ys[index] = 14 + 12 * Math.sin(index * 2.3);
  }
  const style: StrokeStyle = { color: 0x000000ff, width: 1.5, cap: "round" };
  const whole = render((painter) => painter.strokeLine(xs, ys, 160, style));
  const expected = sampled(WIDTH, HEIGHT, (x, y) => inStroke(xs, ys, 0.75, "round", x, y));
  assert(mean(ink(whole), expected) < 12, `mean ${mean(ink(whole), expected)}`);
});

test("dashes are drawn and left out in turn, over a line as long as numbers reach too.", () => {
  const style: StrokeStyle = { color: 0x000000ff, width: 2, dash: [6, 4], dashOffset: 0 };
  const line = ink(
    render((painter) => painter.strokeLine(Float64Array.of(0, 41), Float64Array.of(10, 10), 2, style)),
  );
  const row = [...line.subarray(10 * WIDTH, 11 * WIDTH)];
  assert.deepEqual(row.slice(0, 12), [255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 255, 255]);
  const far = ink(
    render((painter) =>
      painter.strokeLine(Float64Array.of(-1e308, 1e308), Float64Array.of(10, 10), 2, style),
    ),
  );
  const drawn = far.subarray(10 * WIDTH, 11 * WIDTH).filter((value) => value === 255).length;
  assert(drawn >= 20 && drawn <= 28, `${drawn} pixels`);
});

test("a rectangle is the path of its corners.", () => {
  fc.assert(
    fc.property(coordinate, coordinate, coordinate, coordinate, (x, y, width, height) => {
      const style: FillStyle = { color: 0x1f77b4c0 };
      const rect = render((painter) => painter.fillRect(x, y, width, height, style));
      const xs = Float64Array.of(x, x + width, x + width, x);
      const ys = Float64Array.of(y, y, y + height, y + height);
      const path = render((painter) => painter.fillPath(xs, ys, [4], style));
      for (let byte = 0; byte < rect.length; byte++) assert(Math.abs(rect[byte] - path[byte]) <= 1);
    }),
    { numRuns: 150, endOnFailure: true },
  );
});

test("blending over transparent pixels keeps colours straight.", () => {
  const pixels = render((painter) => painter.fillRect(1, 1, 2, 2, { color: 0xff000080 }), 0x00000000);
  assert.deepEqual([...pixels.subarray(4 * (WIDTH + 1), 4 * (WIDTH + 2))], [255, 0, 0, 128]);
  const twice = render((painter) => {
    painter.fillRect(1, 1, 2, 2, { color: 0xff000080 });
    painter.fillRect(1, 1, 2, 2, { color: 0x0000ff80 });
  }, 0x00000000);
  assert.deepEqual([...twice.subarray(4 * (WIDTH + 1), 4 * (WIDTH + 2))], [85, 0, 170, 192]);
});

test("every marker has ink around its point, of its colour, and is the same at the same place within a pixel.", () => {
  for (const kind of markerKinds) {
    const style = { kind, size: 9, color: 0x000000ff };
    const xs = Float64Array.of(10.25, 26.25);
    const got = ink(render((painter) => painter.markers(xs, Float64Array.of(14, 14), 2, style)));
    let total = 0;
    for (let y = 5; y < 23; y++) {
      for (let x = 2; x < 19; x++) {
        assert.equal(got[y * WIDTH + x], got[y * WIDTH + x + 16], kind);
        total += got[y * WIDTH + x];
      }
    }
    assert(total > 255 * 12, `${kind} has ${total / 255} pixels`);
  }
});

test("markers with sizes and colours of their own, and large ones, have them.", () => {
  const style = {
    kind: "square" as const,
    size: 1,
    color: 0,
    sizes: Float64Array.of(6, 100),
    colors: Uint32Array.of(0xff0000ff, 0x00ff00ff),
    edgeColor: 0x0000ffff,
  };
  const xs = Float64Array.of(10, 90);
  const pixels = render((painter) => painter.markers(xs, Float64Array.of(14, 14), 2, style));
  assert.deepEqual([...pixels.subarray(4 * (14 * WIDTH + 10), 4 * (14 * WIDTH + 10) + 4)], [255, 0, 0, 255]);
  assert.deepEqual([...pixels.subarray(4 * (20 * WIDTH + 40), 4 * (20 * WIDTH + 40) + 3)], [0, 127, 128]);
  assert.deepEqual([...pixels.subarray(4 * (14 * WIDTH + 7), 4 * (14 * WIDTH + 7) + 3)], [127, 0, 128]);
});

test("nothing is drawn outside of a clip.", () => {
  const points = fc.array(fc.tuple(anyNumber, anyNumber), { minLength: 1, maxLength: 6 });
  const clips = fc.tuple(fc.nat(45), fc.nat(33), fc.nat(20), fc.nat(20));
  fc.assert(
    fc.property(points, clips, fc.nat(5), (corners, [x, y, width, height], what) => {
      const xs = Float64Array.from(corners, ([value]) => value);
      const ys = Float64Array.from(corners, ([, value]) => value);
      const count = xs.length;
      const pixels = render((painter) => {
        painter.pushClip(x, y, width, height);
        if (what === 0) painter.fillPath(xs, ys, [count], black);
        else if (what === 1) painter.strokeLine(xs, ys, count, { color: 0x000000ff, width: 3 });
        else if (what === 2)
          painter.strokeRings(xs, ys, [count], {
            color: 0x000000ff,
            width: 2.5,
            join: "miter",
            cap: "square",
          });
        else if (what === 3) painter.markers(xs, ys, count, { kind: "star", size: 11, color: 0x000000ff });
        else if (what === 4) painter.strokeLine(xs, ys, count, { color: 0x000000ff, width: 2, dash: [3, 2] });
        else painter.fillRects(xs, ys, ys, xs, count, black);
        painter.popClip();
      });
      for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
        const column = pixel % WIDTH;
        const row = Math.floor(pixel / WIDTH);
        const inside = column >= x && column < x + width && row >= y && row < y + height;
        if (!inside) assert.equal(pixels[4 * pixel], 255, `pixel ${column}, ${row}`);
      }
    }),
    { numRuns: 400, endOnFailure: true },
  );
});

test("numbers too small for their quarters to be told from 0 draw nothing strange.", () => {
  const xs = Float64Array.of(-5e-324, 30, 5e-324, 20);
  const ys = Float64Array.of(-5e-324, 5e-324, 20, 5e-324);
  const got = ink(render((painter) => painter.fillPath(xs, ys, [4], black)));
  assert.equal(got[2 * WIDTH + 20], 255);
  render((painter) => painter.strokeRings(xs, ys, [4], { color: 0x000000ff, width: 2, join: "miter" }));
});

test("huge coordinates keep their direction.", () => {
  const style: StrokeStyle = { color: 0x000000ff, width: 1 };
  const flat = ink(
    render((painter) =>
      painter.strokeLine(Float64Array.of(-1e308, 1e308), Float64Array.of(5.5, 5.5), 2, style),
    ),
  );
  assert.deepEqual(
    [...flat.subarray(5 * WIDTH, 6 * WIDTH)],
    Array.from({ length: WIDTH }, () => 255),
  );
  const half = ink(
    render((painter) =>
      painter.fillPath(
        Float64Array.of(-1e308, 1e308, 1e308, -1e308),
        Float64Array.of(10, 10, 1e308, 1e308),
        [4],
        black,
      ),
    ),
  );
  assert.equal(half[9 * WIDTH + 3], 0);
  assert.equal(half[10 * WIDTH + 3], 255);
});

test("images are drawn cell by cell, mirrored, and mixed.", () => {
  const cells = {
    width: 2,
    height: 1,
    indices: Uint8Array.of(0, 1),
    palette: Uint32Array.of(0xff0000ff, 0x0000ffff),
  };
  const at = (pixels: Uint8Array, x: number): number[] => [
    ...pixels.subarray(4 * (5 * WIDTH + x), 4 * (5 * WIDTH + x) + 3),
  ];
  const straight = render((painter) => painter.image(cells, 0, 0, 40, 10));
  assert.deepEqual(
    [at(straight, 19), at(straight, 20)],
    [
      [255, 0, 0],
      [0, 0, 255],
    ],
  );
  const mirrored = render((painter) => painter.image(cells, 40, 0, -40, 10));
  assert.deepEqual(
    [at(mirrored, 19), at(mirrored, 20)],
    [
      [0, 0, 255],
      [255, 0, 0],
    ],
  );
  const smooth = render((painter) => painter.image(cells, 0, 0, 40, 10, true));
  assert.deepEqual(at(smooth, 2), [255, 0, 0]);
  assert(Math.abs(at(smooth, 19)[0] - 131) <= 3, at(smooth, 19).join());
  const rgba = Uint8Array.from({ length: 80 * 80 * 4 }, (_, byte) =>
    byte % 4 === 3 ? 255 : (byte >> 2) % 2 === 0 ? 0 : 200,
  );
  const shrunk = render((painter) => painter.image({ width: 80, height: 80, rgba }, 0, 0, 40, 20, true));
  assert.deepEqual(at(shrunk, 10), [100, 100, 100]);
});

test("hatches lie inside their area, and all seven differ.", () => {
  const seen = new Set<string>();
  for (const kind of hatchKinds) {
    const style: FillStyle = { color: 0xffffffff, hatch: { kind, color: 0x000000ff, spacing: 6, width: 2 } };
    const got = ink(render((painter) => painter.fillRect(8, 6, 24, 18, style)));
    assert(Math.max(...got) > 200, kind);
    assert.equal(got[3 * WIDTH + 20], 0);
    seen.add(got.join());
  }
  assert.equal(seen.size, 7);
});

test("what cannot be drawn is refused, with all memory given back and nothing left in the tables.", () => {
  const pool = new Pool();
  expectNoLeaks(pool, () => {
    const painter = new RasterPainter({ width: 20, height: 20, pool });
    const code = { code: "BAD_ARGUMENT" };
    checkRefusals(painter);
    assert(painter.pixels.every((byte) => byte === 0));
    painter.release();
    painter.release();
    assert.throws(() => painter.fillRect(0, 0, 1, 1, black), code);
  });
  assert.throws(() => new RasterPainter({ width: 0, height: 5 }), { code: "BAD_ARGUMENT" });
  assert.throws(() => new RasterPainter({ width: 5, height: 1e9 }), { code: "BAD_ARGUMENT" });
  assert.throws(() => new RasterPainter({ width: 5, height: 5, pixels: new Uint8Array(99) }), {
    code: "BAD_ARGUMENT",
  });
});

test("any colour over any other, by any coverage, is blended within half a step of the exact mixture.", () => {
  const byte = fc.nat(255);
  const colors = fc.tuple(byte, byte, byte, byte);
  const numberOf = ([red, green, blue, alpha]: readonly number[]): number =>
    ((red << 24) | (green << 16) | (blue << 8) | alpha) >>> 0;
  fc.assert(
    fc.property(
      colors,
      fc.oneof(
        colors,
        colors.map(([r, g, b]) => [r, g, b, 255]),
      ),
      byte,
      (over, under, share) => {
        const pixels = new Uint8Array(4 * 9 * 3);
        for (let at = 0; at < pixels.length; at++) pixels[at] = under[at % 4];
        const drawn = [wasm, plain].map((pool) => {
          const painter = new RasterPainter({ width: 9, height: 3, pool });
          painter.pixels.set(pixels);
          painter.fillRect(0, 0, 9, share / 256, { color: numberOf(over) });
          const first = [...painter.pixels.subarray(0, 36)];
          painter.release();
          return first;
        });
        assert.deepEqual(drawn[1], drawn[0]);
        const covered = Math.round((share * 255) / 256);
        const alpha = Math.round((covered * over[3]) / 255);
        const keep = Math.round((under[3] * (255 - alpha)) / 255);
        for (let channel = 0; channel < 3; channel++) {
          if (alpha === 0) assert.equal(drawn[0][channel], under[channel]);
          else {
            const exact = (over[channel] * alpha + under[channel] * keep) / (alpha + keep);
            assert(Math.abs(drawn[0][channel] - exact) <= 0.501, `${drawn[0][channel]} instead of ${exact}`);
          }
        }
        if (alpha > 0) assert.equal(drawn[0][3], alpha + keep);
      },
    ),
    { numRuns: 3000, endOnFailure: true },
  );
});

test("points on top of one another change nothing, and a line of one point is a dot where ends stand out.", () => {
  const once = [columnsOf(5, 30), columnsOf(8, 20)] as const;
  const twice = [columnsOf(5, 5, 5, 30, 30), columnsOf(8, 8, 8, 20, 20)] as const;
  for (const join of ["round", "miter"] as const) {
    for (const cap of ["butt", "round", "square"] as const) {
      const style: StrokeStyle = { color: 0x000000ff, width: 5, cap, join };
      const expected = render((painter) => painter.strokeLine(once[0], once[1], 2, style));
      assert.deepEqual(
        render((painter) => painter.strokeLine(twice[0], twice[1], 5, style)),
        expected,
        `${join} ${cap}`,
      );
    }
  }
  const dot = (cap: LineCap): number => {
    const style: StrokeStyle = { color: 0x000000ff, width: 6, cap };
    const got = ink(render((painter) => painter.strokeLine(columnsOf(12, 12), columnsOf(12, 12), 2, style)));
    return got.reduce((sum, value) => sum + value, 0) / 255;
  };
  assert.equal(dot("butt"), 0);
  assert.equal(dot("square"), 36);
  assert(Math.abs(dot("round") - Math.PI * 9) < 1.5, `${dot("round")}`);
});

test("bends to either side are joined alike.", () => {
  for (const join of ["miter", "bevel"] as const) {
    const style: StrokeStyle = { color: 0x000000ff, width: 6, join };
    const xs = columnsOf(4, 20, 36);
    const down = ink(
      render((painter) => painter.strokeLine(xs, columnsOf(8, 20, 8), 3, style), 0xffffffff, 40, 28),
    );
    const up = ink(
      render((painter) => painter.strokeLine(xs, columnsOf(20, 8, 20), 3, style), 0xffffffff, 40, 28),
    );
    for (let row = 0; row < 28; row++) {
      for (let x = 0; x < 40; x++) {
        const other = up[(27 - row) * 40 + x];
        assert(Math.abs(down[row * 40 + x] - other) <= 2, `${join} at ${x}, ${row}`);
      }
    }
    assert(Math.max(...down) === 255);
  }
});

test("a steep line that leaves the picture by far is where a short one is.", () => {
  const style: StrokeStyle = { color: 0x000000ff, width: 2 };
  for (const join of ["round", "miter"] as const) {
    const far = ink(
      render((painter) =>
        painter.strokeLine(columnsOf(-1e6, 1e6), columnsOf(-2e6 + 3, 2e6 + 3), 2, { ...style, join }),
      ),
    );
    const near = ink(
      render((painter) => painter.strokeLine(columnsOf(-50, 50), columnsOf(-97, 103), 2, { ...style, join })),
    );
    assert(worst(far, near) <= 2, `${join}: ${worst(far, near)}`);
    assert(Math.max(...near) > 250);
  }
});

test("a marker is where its point is, to a quarter of a pixel in both directions.", () => {
  for (const [dx, dy] of [
    [0, 0],
    [0.25, 0.5],
    [0.75, 0.25],
    [0.5, 0.75],
  ]) {
    const x = 15 + dx;
    const y = 12 + dy;
    const style = { kind: "square" as const, size: 8, color: 0x000000ff };
    const stamped = render((painter) => painter.markers(columnsOf(x), columnsOf(y), 1, style));
    const drawn = render((painter) => painter.fillRect(x - 4, y - 4, 8, 8, black));
    assert(worst(ink(stamped), ink(drawn)) <= 1, `${x}, ${y}`);
  }
});

function columnsOf(...values: number[]): Float64Array {
  return Float64Array.from(values);
}

test("what earlier users left in the memory is not seen in a picture.", () => {
  const xs = columnsOf(3, 30, 12);
  const ys = columnsOf(2, 9, 20);
  const draws: Draw[] = [
    (painter) => painter.fillPath(xs, ys, [3], black),
    (painter) => painter.strokeLine(xs, ys, 3, { color: 0x000000ff, width: 3 }),
    (painter) => painter.markers(xs, ys, 3, { kind: "star", size: 9, color: 0xff0000ff }),
    (painter) => painter.fillPath(ys, xs, [3], { ...black, rule: "evenodd" }),
  ];
  // Released memory is painted in this mode.
  const painted = new Pool({ check: "checked" });
  for (const first of draws) {
    const drawAll: Draw = (painter) => [first, ...draws].forEach((draw) => draw(painter));
    const clean = render(drawAll);
    for (let times = 0; times < 2; times++) {
      const painter = new RasterPainter({ width: WIDTH, height: HEIGHT, pool: painted });
      painter.fillRect(0, 0, WIDTH, HEIGHT, { color: 0xffffffff });
      drawAll(painter);
      assert.deepEqual(Uint8Array.from(painter.pixels), clean);
      painter.release();
    }
  }
  painted.close();
});

test("what other users left in the memory of a picture does not show, whatever is drawn first.", () => {
  const [xs, ys] = [Float64Array.of(5, 30, 20), Float64Array.of(4, 9, 25)];
  const first: Readonly<Record<string, (painter: RasterPainter) => void>> = {
    nothing: () => undefined,
    "a background": (painter) => painter.fillRect(0, 0, WIDTH, HEIGHT, { color: 0xffffffff }),
    "a thin background": (painter) => painter.fillRect(0, 0, WIDTH, HEIGHT, { color: 0xffffff80 }),
    "most of a background": (painter) => painter.fillRect(0, 0, WIDTH - 1, HEIGHT, { color: 0xffffffff }),
    "half a pixel less": (painter) => painter.fillRect(0, 0.5, WIDTH, HEIGHT, { color: 0xffffffff }),
    "an area": (painter) => painter.fillPath(xs, ys, [3], black),
    "a line": (painter) => painter.strokeLine(xs, ys, 3, { color: 0xff, width: 2 }),
    "a marker": (painter) => painter.markers(xs, ys, 1, { kind: "circle", size: 7, color: 0xff0000ff }),
    "a text": (painter) => painter.text("g", 9, 20, { size: 20, color: 0x00ff00ff }),
  };
  for (const [name, draw] of Object.entries(first)) {
    const seen = [new Pool({ check: "checked" }), new Pool({ memory: "arraybuffer", check: "checked" })].map(
      (pool) => {
        // A checked pool paints what comes back, and the next one gets it.
        new RasterPainter({ width: WIDTH, height: HEIGHT, pool }).release();
        using painter = new RasterPainter({ width: WIDTH, height: HEIGHT, pool });
        draw(painter);
        return painter.pixels.slice();
      },
    );
    using fresh = new RasterPainter({
      width: WIDTH,
      height: HEIGHT,
      pixels: new Uint8Array(4 * WIDTH * HEIGHT),
    });
    draw(fresh);
    for (const pixels of seen) assert.deepEqual(pixels, fresh.pixels, name);
  }
});

test("a line that goes to and fro over itself has the same pixels as its segments in any order.", () => {
  const place = fc.double({ min: -3, max: 44, noNaN: true });
  const step = fc.tuple(
    place,
    place,
    fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { maxLength: 60 }),
  );
  fc.assert(
    fc.property(step, widths, ([x, y, steps], width) => {
      // Every way is gone twice, so that the second time all is covered.
      const there = steps.map((_, index) => steps.slice(0, index).reduce((sum, each) => sum + each, 0));
      const way = [...there, ...there.toReversed()];
      const xs = Float64Array.from(way, (along) => x + along);
      const ys = Float64Array.from(way, (along, index) => y + along / 2 + (steps[index % steps.length] ?? 0));
      const style = { color: 0x000000ff, width, join: "round", cap: "round" } as const;
      const forth = render((painter) => painter.strokeLine(xs, ys, xs.length, style));
      const back = render((painter) =>
        painter.strokeLine(xs.toReversed(), ys.toReversed(), xs.length, style),
      );
      assert(worst(ink(forth), ink(back)) <= 2);
    }),
    { numRuns: 150 },
  );
});

test("smooth images have at every pixel the mean of the cells under it, by area and alpha.", () => {
  const byte = fc.nat(255);
  const sizes = fc.integer({ min: 1, max: 30 });
  const place = fc.double({ min: -9, max: 20, noNaN: true });
  const length = fc.oneof(
    fc.double({ min: 1, max: 60, noNaN: true }),
    fc.double({ min: -60, max: -1, noNaN: true }),
  );
  fc.assert(
    fc.property(
      sizes,
      sizes,
      place,
      place,
      length,
      length,
      fc.array(byte, { minLength: 7, maxLength: 99 }),
      (...all) => {
        const [width, height, x, y, wide, high, few] = all;
        const rgba = Uint8Array.from({ length: 4 * width * height }, (_, index) => few[index % few.length]);
        const got = render((painter) => painter.image({ width, height, rgba }, x, y, wide, high, true), 0);
        for (const [column, row] of [
          [0, 0],
          [7, 3],
          [20, 14],
          [39, 27],
        ]) {
          const at = 4 * (row * WIDTH + column);
          const inside =
            column + 0.5 > Math.min(x, x + wide) &&
            column + 0.5 < Math.max(x, x + wide) &&
            row + 0.5 > Math.min(y, y + high) &&
            row + 0.5 < Math.max(y, y + high);
          const expected = inside
            ? meanUnder(rgba, [width, height], [column, row], [x, y], [wide, high])
            : [0, 0, 0, 0];
          for (let channel = 0; channel < 4; channel++) {
            const apart = Math.abs(got[at + channel] - expected[channel]);
            // Of a pixel that is nearly transparent the colour does not matter.
            assert(
              apart <= 1 || (channel < 3 && expected[3] < 8),
              `${got.subarray(at, at + 4).join()} for ${expected.join()}`,
            );
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

// Cells under a pixel, each with the area that it shares with it; a pixel is as large as a cell at least.
function meanUnder(
  rgba: Uint8Array,
  cells: readonly [number, number],
  pixel: readonly [number, number],
  start: readonly [number, number],
  size: readonly [number, number],
): number[] {
  const spans = [0, 1].map((side) => {
    const middle = ((pixel[side] + 0.5 - start[side]) / size[side]) * cells[side];
    const half = Math.max(1, Math.abs(cells[side] / size[side])) / 2;
    return Array.from({ length: cells[side] + 200 }, (_, index) => {
      const cell = index - 100;
      const share =
        Math.max(0, Math.min(cell + 1, middle + half) - Math.max(cell, middle - half)) / (2 * half);
      return [Math.min(cells[side] - 1, Math.max(0, cell)), share] as const;
    }).filter(([, share]) => share > 0);
  });
  const sums = [0, 0, 0, 0];
  for (const [row, high] of spans[1]) {
    for (const [column, wide] of spans[0]) {
      const at = 4 * (row * cells[0] + column);
      const alpha = high * wide * rgba[at + 3];
      for (let channel = 0; channel < 3; channel++) sums[channel] += alpha * rgba[at + channel];
      sums[3] += alpha;
    }
  }
  return sums[3] > 0 ? [...sums.slice(0, 3).map((sum) => sum / sums[3]), sums[3]] : sums;
}
