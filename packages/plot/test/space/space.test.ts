// Figures in space: where points come to, what hides what, and what odd data and options do.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { type Plot3d, plot3d, type Plot3dOptions } from "../../src/figure/plot3d.ts";
import type { View } from "../../src/view/view.ts";
import { subplots } from "../../src/figure/subplots.ts";
import { Camera } from "../../src/space/camera.ts";
import { odds, refusesOrWorks } from "../odds.ts";

const pool = new Pool({ name: "space" });
const WIDTH = 160;
const HEIGHT = 120;
const bad = { code: "BAD_ARGUMENT" };

afterEach(() => assert.equal(pool.stats().bytesInUse, 0));

function empty(options: Plot3dOptions = {}): Plot3d {
  return plot3d({ width: WIDTH, height: HEIGHT, dpi: 50, pool, ...options });
}

function draw(figure: Plot3d | View): Uint8Array {
  return figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
}

function count(pixels: Uint8Array, [red, green, blue]: readonly [number, number, number]): number {
  let found = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at] === red && pixels[at + 1] === green && pixels[at + 2] === blue) found++;
  }
  return found;
}

const RED = [255, 0, 0] as const;
const BLUE = [0, 0, 255] as const;

test("from the front, x goes to the right, z goes up, and y goes away", () => {
  const camera = new Camera({ azimuth: -90, elevation: 0 });
  const seen = (x: number, y: number, z: number): number[] => {
    camera.look(x, y, z);
    return [camera.across, camera.up, camera.depth].map((value) => Math.round(value * 1e9) / 1e9 + 0);
  };
  assert.deepEqual(seen(1, 0, 0), [1, 0, 0]);
  assert.deepEqual(seen(0, 0, 1), [0, 1, 0]);
  assert.deepEqual(seen(0, 1, 0), [0, 0, -1]);
});

test("a picture that is rolled is turned against the clock, and what is looked at stands in its middle", () => {
  const camera = new Camera({ azimuth: -90, elevation: 0, roll: 90 });
  camera.look(1, 0, 0);
  assert(Math.abs(camera.across) < 1e-9 && Math.abs(camera.up - 1) < 1e-9);
  camera.look(0, 0, 1);
  assert(Math.abs(camera.across + 1) < 1e-9 && Math.abs(camera.up) < 1e-9);
  // The middle of the red marker, as pixels from the middle of the room.
  const middle = (options: Plot3dOptions): [number, number] => {
    const pixels = draw(
      empty(options)
        .scatter([0, 10], [0, 10], [0, 10], { alpha: 0 })
        .scatter([8], [3], [9], { color: "red", size: 12 }),
    );
    let [x, y, all] = [0, 0, 0];
    for (let at = 0; at < pixels.length; at += 4) {
      if (pixels[at] < 250 || pixels[at + 1] > 5) continue;
      x += (at / 4) % WIDTH;
      y += Math.floor(at / 4 / WIDTH);
      all++;
    }
    return [x / all, y / all];
  };
  for (const projection of ["orthographic", "perspective"] as const) {
    for (const zoom of [1, 1.5]) {
      const [x, y] = middle({ lookAt: [8, 3, 9], projection, zoom, roll: 20, azimuth: 10 });
      assert(Math.abs(x - WIDTH / 2) < 2 && Math.abs(y - HEIGHT / 2) < 2, `${x} ${y}`);
    }
  }
  // On no axis: zero has no place on a logarithmic one.
  const log = (lookAt?: [number, number, number]): Uint8Array =>
    draw(empty({ lookAt }).line([1, 2], [1, 2], [1, 2]).xaxis({ scale: "log" }));
  assert.deepEqual(log([0, 1, 1]), log());
});

test("the box is as long along its axes as its aspect says", () => {
  const lengths = (aspect: Plot3dOptions["aspect"], axis: number): number => {
    const scatter = empty({ azimuth: -90, elevation: 0, aspect }).scatter([0, 4], [0, 1], [0, 2]);
    const view = scatter.xaxis({ margin: 0 }).zaxis({ margin: 0 }).view();
    draw(view);
    const [from, to] = [view.place(0, 0, { z: 0 }), view.place(4, 0, { z: 2 })];
    view.release();
    return axis === 0 ? to.left - from.left : from.top - to.top;
  };
  const ratio = (aspect?: Plot3dOptions["aspect"]): string =>
    (lengths(aspect, 0) / lengths(aspect, 2)).toFixed(6);
  assert.equal(ratio(), (1 / 0.75).toFixed(6));
  assert.equal(ratio("equal"), "2.000000");
  assert.equal(ratio([1, 9, 5]), "0.200000");
  assert.equal(ratio([1e-9, 1, 1]), "0.010000", "nothing is flatter");
  // Axes that are longer than a number can be.
  const endless = (aspect: Plot3dOptions["aspect"]): Uint8Array =>
    draw(empty({ aspect }).scatter([-1.7e308, 1.7e308], [0, 1], [0, 1]));
  assert.deepEqual(endless("equal"), endless("auto"));
});

test("seen from anywhere without perspective, lengths and angles stay what they are", () => {
  const angle = fc.double({ min: -90, max: 90, noNaN: true });
  const place = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(angle, angle, place, place, place, (azimuth, elevation, x, y, z) => {
      const camera = new Camera({ azimuth: 2 * azimuth, elevation });
      camera.look(x, y, z);
      const length = Math.hypot(camera.across, camera.up, camera.depth);
      assert(Math.abs(length - Math.hypot(x, y, z)) < 1e-9);
    }),
    { endOnFailure: true },
  );
});

test("with perspective, the nearer of two points on a line of sight's side is farther from the middle", () => {
  const camera = new Camera({ azimuth: -90, elevation: 0, projection: "perspective" });
  camera.look(1, -1, 0);
  const near = camera.across;
  camera.look(1, 1, 0);
  assert(near > 1 && camera.across < 1);
});

test("a nearer surface hides a farther one, whatever was added first", () => {
  const flat = (height: number): number[] => [height, height, height, height];
  const options = { columns: 2, shaded: false } as const;
  const pictures = [
    empty({ elevation: 90 })
      .surface(flat(0), { ...options, color: "red" })
      .surface(flat(1), { ...options, color: "blue" }),
    empty({ elevation: 90 })
      .surface(flat(1), { ...options, color: "blue" })
      .surface(flat(0), { ...options, color: "red" }),
  ].map(draw);
  for (const pixels of pictures) {
    assert(count(pixels, BLUE) > 1000);
    assert.equal(count(pixels, RED), 0);
  }
  const below = draw(
    empty({ elevation: -90 })
      .surface(flat(0), { ...options, color: "red" })
      .surface(flat(1), { ...options, color: "blue" }),
  );
  assert(count(below, RED) > 1000 && count(below, BLUE) === 0);
});

test("faces with a missing corner, and what lies outside of the limits, are holes", () => {
  const options = { columns: 3, color: "red", shaded: false } as const;
  const from = { elevation: 90 };
  const heights = [0, 0, 0, 0, 0, 0, 0, 0, 1];
  const whole = count(draw(empty(from).surface(heights, options)), RED);
  const missing = count(draw(empty(from).surface(heights.with(8, NaN), options)), RED);
  const limited = draw(
    empty(from)
      .surface(heights, options)
      .zaxis({ limits: [-1, 0.5] }),
  );
  for (const pixels of [missing, count(limited, RED)]) {
    assert(pixels > 0.6 * whole && pixels < 0.85 * whole, `${pixels} of ${whole}`);
  }
  const line = (figure: Plot3d): number =>
    count(draw(figure.line([0, 1, 2, 3], [0, 0, 0, 0], [0, 0, NaN, 0], { color: "red", width: 5 })), RED);
  const front = { azimuth: -90, elevation: 0 };
  assert(line(empty(front)) > 0);
  assert(line(empty(front).xaxis({ limits: [2, 3] })) === 0);
});

test("every option of the camera and of what is in space changes the picture", () => {
  const heights = Float64Array.from({ length: 64 }, (_, at) => ((at % 8) - 3) * Math.floor(at / 8));
  const column = Float64Array.of(0, 3, 1, 2);
  const makers = {
    surface: (figure: Plot3d, more: object) => figure.surface(heights, { columns: 8, label: "a", ...more }),
    wireframe: (figure: Plot3d, more: object) =>
      figure.wireframe(heights, { columns: 8, label: "a", ...more }),
    scatter: (figure: Plot3d, more: object) =>
      figure.scatter(column, heights.subarray(0, 4), column, { label: "a", ...more }),
    line: (figure: Plot3d, more: object) =>
      figure.line(column, heights.subarray(0, 4), column, { label: "a", ...more }),
  };
  const all = { color: "red", alpha: 0.4, label: "other" };
  const table = { ...all, extent: { x: [5, 9], y: [0, 1] }, grid: 3, columns: 16 };
  const options = {
    surface: { ...table, colormap: "hot", shaded: false, edgeColor: "red", colorbar: true },
    wireframe: { ...table, width: 3 },
    scatter: { ...all, marker: "star", size: 12, values: column },
    line: { ...all, width: 4 },
  };
  const camera = {
    azimuth: 20,
    elevation: 60,
    roll: 30,
    zoom: 2,
    lookAt: [1, 1, 1],
    aspect: "equal",
    projection: "perspective",
  } as const;
  for (const kind of ["surface", "wireframe", "scatter", "line"] as const) {
    const base = draw(makers[kind](empty(), {}).legend());
    for (const [option, value] of Object.entries(options[kind])) {
      const other = draw(makers[kind](empty(), { [option]: value }).legend());
      assert.notDeepEqual(other, base, `${kind} ${option}`);
      for (const [nonsense, odd] of Object.entries(odds)) {
        refusesOrWorks(`${kind}: ${option} as ${nonsense}`, () =>
          draw(makers[kind](empty(), { [option]: odd })),
        );
      }
    }
    for (const [option, value] of Object.entries(camera))
      assert.notDeepEqual(draw(makers[kind](empty({ [option]: value }), {}).legend()), base, option);
  }
  const edged = (more: object): Uint8Array =>
    draw(makers.surface(empty(), { edgeColor: "red", colorbar: true, ...more }));
  assert.notDeepEqual(edged({ edgeWidth: 3 }), edged({}));
  assert.notDeepEqual(edged({ valueLabel: "m" }), edged({}));
});

test("nonsense for data, axes and the camera is refused or does no harm", () => {
  const methods = ["scatter", "line", "surface", "wireframe", "title", "zlabel", "zaxis", "legend"] as const;
  for (const [nonsense, odd] of Object.entries(odds) as [string, never][]) {
    for (const method of methods) {
      const call = (...all: unknown[]): Plot3d => (empty()[method] as (...all: unknown[]) => Plot3d)(...all);
      refusesOrWorks(`${method}: ${nonsense}`, () => draw(call(odd, odd, odd, odd)));
      refusesOrWorks(`${method}: ${nonsense}`, () => draw(call([1, 2], odd, [1, 2])));
    }
    for (const option of ["azimuth", "elevation", "projection", "roll", "zoom", "lookAt", "aspect"])
      refusesOrWorks(`${option}: ${nonsense}`, () => empty({ [option]: odd }));
    refusesOrWorks(nonsense, () => plot3d(odd));
  }
});

test("any numbers give a figure, on any scale", () => {
  const odd = fc.oneof(
    fc.constantFrom(0, 1, NaN, Infinity, -Infinity, 1e308, -1e308, 5e-324),
    fc.double({ min: -10, max: 10, noNaN: true }),
  );
  const scales = fc.constantFrom("linear", "log", "symlog");
  fc.assert(
    fc.property(fc.array(odd, { maxLength: 12 }), scales, scales, (values, x, z) => {
      const even = values.slice(0, 2 * Math.floor(values.length / 2));
      const figure = empty()
        .scatter(values, values, values)
        .line(values, values, values)
        .surface(even, { columns: 2 })
        .wireframe(even, { columns: 2 });
      draw(figure.xaxis({ scale: x }).zaxis({ scale: z }).title("any"));
    }),
    { numRuns: 60, endOnFailure: true },
  );
});

test("wrong data and options are refused with the name of the series", () => {
  assert.throws(() => empty().line([1, 2], [1, 2], [1], { label: "path" }), {
    code: "LENGTH_MISMATCH",
    message: 'line "path": expected as many numbers in each series, got 2 of x and 2 of y and 1 of z',
  });
  assert.throws(() => empty().scatter([1], [1], "a" as never), {
    code: "BAD_DATA",
    message: /scatter 1: expected z/,
  });
  assert.throws(() => empty().surface([1, 2, 3], { columns: 2 }), {
    ...bad,
    message: /surface 1: expected columns/,
  });
  assert.throws(() => empty().surface([1, 2], { columns: 2, extent: { x: [0, NaN], y: [0, 1] } }), bad);
  assert.throws(() => empty().wireframe([1, 2], { columns: 2, grid: 1 }), bad);
  assert.throws(() => empty().scatter([1], [1], [1], { marker: "blob" as never }), bad);
  assert.throws(() => empty({ azimuth: NaN }), bad);
  assert.throws(() => empty({ elevation: 91 }), bad);
  assert.throws(() => empty({ projection: "fisheye" as never }), bad);
  assert.throws(() => empty({ roll: Infinity }), bad);
  assert.throws(() => empty({ zoom: 0 }), bad);
  assert.throws(() => empty({ aspect: [1, 0, 1] }), bad);
  assert.throws(() => empty({ aspect: "wide" as never }), bad);
  assert.throws(() => empty({ lookAt: [1, NaN, 2] }), bad);
  const figure = subplots(1, 2, { pool });
  assert.throws(() => figure.at3d(0, 0, { zoom: -1 }), bad);
  assert.equal(figure.at3d(0, 0, { zoom: 2 }), figure.at3d(0, 0));
  assert.throws(() => figure.at(0, 0), { ...bad, message: /in space, which at3d gives/ });
  figure.at(0, 1);
  assert.throws(() => figure.at3d(0, 1), { ...bad, message: /of two axes, which at gives/ });
  assert.throws(() => empty().zaxis({ scale: "cubic" as never }), bad);
});
