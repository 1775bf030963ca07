// What is wrong with data and options comes out as a PlotError that says which series and where, or as a sensible figure;
// and in any case all memory goes back.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Pool, series, type SeriesLike } from "@millpond/core";
import * as fc from "fast-check";

import { PlotError } from "../../src/errors.ts";
import { Panel } from "../../src/figure/panel-builder.ts";
import { type Plot, plot } from "../../src/figure/plot.ts";
import { renderer } from "../../src/figure/renderer.ts";
import { subplots } from "../../src/figure/subplots.ts";
import { pointStream } from "../../src/frames/point-stream.ts";
import { encodeApng, encodePng } from "../../src/png/png.ts";
import { odds, refusesOrWorks } from "../odds.ts";

const pool = new Pool({ name: "figures" });
const WIDTH = 160;
const HEIGHT = 120;

afterEach(() => assert.equal(pool.stats().bytesInUse, 0));

function empty(): Plot {
  return plot({ width: WIDTH, height: HEIGHT, dpi: 50, pool });
}

function draw(figure: Plot): Uint8Array {
  return figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
}

function inked(pixels: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < pixels.length; at += 4) if (pixels[at] !== 255 || pixels[at + 1] !== 255) count++;
  return count;
}

const kinds: Readonly<Record<string, (figure: Plot, xs: SeriesLike, ys: SeriesLike) => Plot>> = {
  line: (figure, xs, ys) => figure.line(xs, ys, { marker: "circle" }),
  step: (figure, xs, ys) => figure.step(xs, ys),
  area: (figure, xs, ys) => figure.area(xs, ys),
  between: (figure, xs, ys) => figure.fillBetween(xs, ys, xs),
  stack: (figure, xs, ys) => figure.stackedArea(xs, { one: ys, two: xs }),
  scatter: (figure, xs, ys) => figure.scatter(xs, ys, { values: ys }),
  bar: (figure, xs, ys) => figure.bar(xs, ys),
  bars: (figure, xs, ys) => figure.bars(xs, { one: ys, two: xs }, { mode: "stacked" }),
  histogram: (figure, _, ys) => figure.histogram(ys),
  scott: (figure, _, ys) => figure.histogram(ys, { bins: "scott", density: true }),
  errors: (figure, xs, ys) => figure.errorBars(xs, ys, { y: ys, x: 1 }),
  heatmap: (figure, _, ys) => figure.heatmap(ys, { columns: 1 }),
  contour: (figure, _, ys) => figure.contour(series(ys).length % 2 === 0 ? ys : [], { columns: 2 }),
  areas: (figure, _, ys) =>
    figure.contour(series(ys).length % 2 === 0 ? ys : [], {
      columns: 2,
      filled: true,
      labels: true,
      alpha: 0.5,
    }),
  kde2d: (figure, xs, ys) => figure.kde2d(xs, ys, { filled: true, lines: true }),
  polar: (figure, xs, ys) =>
    figure.polar(xs, { one: ys, two: xs }, { closed: true, fill: 0.5, marker: "star" }),
  regression: (figure, xs, ys) => figure.regression(xs, ys, { order: 2, confidence: 0.9 }),
  origin: (figure, xs, ys) => figure.regression(xs, ys, { throughOrigin: true, confidence: 0.9 }),
  residuals: (figure, xs, ys) => figure.residuals(xs, ys),
  hexbin: (figure, xs, ys) => figure.hexbin(xs, ys),
  hexvalues: (figure, xs, ys) => figure.hexbin(xs, ys, { values: ys, reduce: "std" }),
  smooth: (figure, xs, ys) => figure.line(xs, ys, { smooth: true }).area(xs, ys, { smooth: true }),
  quiver: (figure, xs, ys) => figure.quiver(xs, ys, ys, xs),
  box: (figure, xs, ys) => figure.box({ one: ys, two: xs }, { showMean: true }),
  boxen: (figure, xs, ys) => figure.boxen({ one: ys, two: xs }),
  violin: (figure, xs, ys) => figure.violin({ one: ys, two: xs }),
  parts: (figure, xs, ys) =>
    figure
      .violin({ one: { a: ys, b: xs }, two: { a: xs } }, { split: true, inner: "points" })
      .box({ one: { a: ys, b: xs }, two: { a: xs } }, { whiskers: "sigma", reach: 0 }),
  strip: (figure, xs, ys) => figure.strip({ one: ys, two: xs }),
  swarm: (figure, xs, ys) => figure.swarm({ one: ys, two: xs }),
  kde: (figure, _, ys) => figure.kde(ys, { clip: [0, 1e308], verticals: [0, 1, -1e308] }),
  ecdf: (figure, _, ys) => figure.ecdf(ys, { confidence: 0.9, marker: "star" }),
  rug: (figure, xs, ys) => figure.rug(xs, ys, { offset: 0.1 }),
  stem: (figure, xs, ys) => figure.stem(xs, ys),
  candles: (figure, xs, ys) => figure.candlestick(xs, { open: ys, high: ys, low: xs, close: xs }),
};

const odd = fc.oneof(
  fc.constantFrom(0, -0, 1, NaN, Infinity, -Infinity, 1e308, -1e308, Number.MAX_VALUE, 5e-324, -5e-324),
  fc.double({ min: -10, max: 10, noNaN: true }),
);

for (const [name, add] of Object.entries(kinds)) {
  test(`${name}: any numbers give a figure, on any scale`, () => {
    const scales = fc.constantFrom("linear", "log", "symlog");
    fc.assert(
      fc.property(fc.array(fc.tuple(odd, odd), { maxLength: 12 }), scales, scales, (points, x, y) => {
        const figure = add(
          empty(),
          points.map(([a]) => a),
          points.map(([, b]) => b),
        );
        const pixels = draw(figure.xaxis({ scale: x }).yaxis({ scale: y }).title("any"));
        assert(inked(pixels) > 100, "there are axes at least");
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  test(`${name}: no data, one point, equal numbers and nothing but NaN give a figure`, () => {
    for (const values of [[], [3], [2, 2, 2], [NaN, NaN], [1e308, -1e308], [5e-324, 0]]) {
      assert(inked(draw(add(empty(), values, values))) > 100);
    }
  });
}

test("stacks that are higher than a number can be are drawn up to the largest one", () => {
  const parts = { one: [1e308, 1e308], two: [1e308, 1.5e308] };
  for (const scale of ["linear", "log", "symlog"] as const) {
    assert(inked(draw(empty().stackedArea([0, 1], parts).yaxis({ scale }))) > 100);
    assert(inked(draw(empty().bars(["a", "b"], parts, { mode: "stacked" }).yaxis({ scale }))) > 100);
  }
});

test("lengths that differ are refused with both of them", () => {
  assert.throws(() => empty().line([1, 2, 3], [1, 2], { label: "speed" }), {
    code: "LENGTH_MISMATCH",
    message: 'line "speed": expected as many numbers in each series, got 3 of x and 2 of y',
  });
  assert.throws(() => empty().bars(["a", "b"], { first: [1, 2], second: [1] }), {
    code: "LENGTH_MISMATCH",
    message: /1 of second/,
  });
});

test("missing numbers are refused with the series and the index, where that is wanted", () => {
  const figure = empty().line([1, 2, 3]).line([0, 1, NaN, 3], { missing: "error", label: "speed" });
  assert.throws(
    () => draw(figure),
    (error: unknown) => {
      assert(error instanceof PlotError);
      assert.equal(error.code, "BAD_DATA");
      assert.deepEqual(error.place, { series: 'line "speed"', index: 2 });
      return true;
    },
  );
  const logarithmic = empty().line([1, 0, 3], { missing: "error" }).yaxis({ scale: "log" });
  assert.throws(() => draw(logarithmic), { code: "BAD_DATA", message: /line 1: y at index 1 is 0/ });
  draw(empty().line([0, 1, NaN, 3], { missing: "drop" }));
});

test("what is no numbers is refused with the series", () => {
  assert.throws(() => empty().line("abc" as never), {
    code: "BAD_DATA",
    message: /line 1: expected y to be numbers/,
  });
  assert.throws(() => empty().line([1, 2], null as never, {}), { code: "BAD_DATA" });
  assert.throws(() => empty().scatter([1, 2], { size: [1, 2, 3] }), { code: "LENGTH_MISMATCH" });
});

test("whatever is passed to whatever method, errors are PlotErrors", () => {
  const methods = Object.getOwnPropertyNames(Panel.prototype).filter(
    (name) => /^[a-z]/.test(name) && name !== "constructor",
  );
  assert(methods.length > 40);
  for (const method of methods) {
    for (const [name, odd] of Object.entries(odds)) {
      for (const before of [
        [],
        [[1, 2]],
        [
          [1, 2],
          [1, 2],
        ],
      ] as unknown[][]) {
        const what = `${method} with ${before.length} series and ${name}`;
        refusesOrWorks(what, () => {
          const figure = empty() as never as Record<string, (...all: unknown[]) => unknown>;
          figure[method](...before, odd);
          draw(figure as never);
        });
      }
    }
  }
});

test("whatever options figures, axes, legends and outputs get, errors are PlotErrors", () => {
  const options: Readonly<Record<string, (odd: never) => unknown>> = {
    plot: (odd) => plot(odd),
    subplots: (odd) => subplots(1, 1, odd),
    counts: (odd) => subplots(odd, odd),
    at: (odd) => subplots(2, 2).at(odd, odd, odd),
    renderer: (odd) => renderer(odd).close(),
    pixels: (odd) => empty().pixels(odd),
    into: (odd) => empty().pixels({ into: odd }),
    draw: (odd) => empty().draw(odd),
    encodePng: (odd) => encodePng(odd),
    encodeApng: (odd) => encodeApng(odd),
    pointStream: (odd) => pointStream(pool, odd).release(),
    "a pool": (odd) => pointStream(odd, { capacity: 1 }),
  };
  const keys: Readonly<Record<string, readonly string[]>> = {
    plot: ["width", "height", "inches", "dpi", "theme", "pool", "fonts"],
    subplots: ["title", "gap"],
    renderer: ["poolConfig"],
    xaxis: Object.keys({
      scale: 0,
      limits: 0,
      inverted: 0,
      margin: 0,
      nice: 0,
      ticks: 0,
      tickLabels: 0,
      format: 0,
    }),
    yaxis: ["notation", "minorTicks", "zone", "threshold", "categories", "label", "grid", "rotation"],
    legend: ["position", "columns", "title", "frame"],
    line: ["label", "color", "alpha", "axis", "width", "style", "marker", "markerSize", "missing"],
  };
  const makers: Readonly<Record<string, (one: object) => unknown>> = {
    plot: (one) =>
      plot({ dpi: 50, pool, ...one })
        .title("a")
        .png(),
    subplots: (one) => subplots(1, 1, { width: WIDTH, height: HEIGHT, pool, ...one }).png(),
    renderer: (one) => renderer(one).close(),
    xaxis: (one) => draw(empty().line([1, 2]).xaxis(one)),
    yaxis: (one) => draw(empty().line([1, 2]).yaxis(one)),
    legend: (one) => draw(empty().line([1, 2], { label: "a" }).legend(one)),
    line: (one) => draw(empty().line([1, 2], one)),
  };
  for (const [name, odd] of Object.entries(odds)) {
    for (const [what, use] of Object.entries(options))
      refusesOrWorks(`${what}: ${name}`, () => use(odd as never));
    for (const [what, all] of Object.entries(keys)) {
      for (const key of all) refusesOrWorks(`${what}: ${key}: ${name}`, () => makers[what]({ [key]: odd }));
    }
  }
});

test("an element that is no number is told with its series and its index", () => {
  const figure = empty()
    .line([1, 2])
    .scatter([0, 1, 2], [1, "two", 3] as never, { label: "speed" });
  assert.throws(
    () => draw(figure),
    (error: unknown) => {
      assert(error instanceof PlotError);
      assert.equal(error.code, "BAD_DATA");
      assert.deepEqual(error.place, { series: 'scatter "speed"', index: 1 });
      return true;
    },
  );
});

test("sizes, colours, themes and options that cannot be are refused", () => {
  const bad = { code: "BAD_ARGUMENT" };
  for (const width of [0, -1, 1.5, NaN, Infinity, 1e9]) assert.throws(() => plot({ width }), bad);
  assert.throws(() => plot({ width: 32_767, height: 32_767 }), { ...bad, message: /32767 x 32767/ });
  assert.throws(() => empty().xaxis({ limits: [1, NaN] }), { ...bad, message: /got \[1, NaN\]/ });
  for (const dpi of [0, NaN, 1e6]) assert.throws(() => plot({ dpi }), bad);
  assert.throws(() => plot({ theme: "neon" as never }), bad);
  assert.throws(() => draw(empty().line([1], { color: "steelblu" })), {
    ...bad,
    message: /did you mean "steelblue"/,
  });
  assert.throws(() => draw(empty().line([1], { style: "wavy" as never })), bad);
  assert.throws(() => empty().line([1], { width: -1 }), bad);
  assert.throws(() => empty().legend("somewhere" as never), bad);
  assert.throws(() => empty().heatmap([1, 2, 3], { columns: 2 }), bad);
  assert.throws(() => draw(empty().heatmap([1, 2], { columns: 2, valueScale: "log", limits: [0, 2] })), bad);
  assert.throws(() => empty().hline(NaN), bad);
  assert.throws(() => empty().step([1], { where: "there" as never }), bad);
  assert.throws(() => empty().area([1], { where: "there" as never }), bad);
  assert.throws(() => empty().stackedArea([1], { a: [1] }, { baseline: "top" as never }), bad);
  assert.throws(() => empty().fillBetween([1], [1], [1], { where: "there" as never }), bad);
  assert.throws(() => empty().violin({ a: [1] }, { side: "up" as never }), bad);
  assert.throws(() => empty().bar(["a"], [1], { barText: "yes" as never }), bad);
  assert.throws(() => empty().regression([1, 2], [1, 2], { order: 1.5 }), bad);
  assert.throws(() => empty().regression([1, 2], [1, 2], { confidence: 95 }), bad);
  assert.throws(() => empty().contour([1, 2, 3, 4], { columns: 2, levels: [NaN] }), bad);
  assert.throws(() => empty().kde2d([1, 2], [1, 2], { bandwidth: [0, 1] }), bad);
  assert.throws(() => empty().kde2d([1, 2], [1], { label: "cloud" }), {
    code: "LENGTH_MISMATCH",
    message: /^kde2d "cloud": .* 2 of x and 1 of y/,
  });
  assert.throws(() => empty().radar(["a", "b"], {}), bad);
  assert.throws(() => draw(empty().pie([1, -1])), { code: "BAD_DATA", message: /index 1/ });
  assert.throws(() => draw(empty().dendrogram([1, 2, NaN], { columns: 1 })), {
    code: "BAD_DATA",
    message: "dendrogram 1: expected finite values, got NaN at index 2",
    place: { series: "dendrogram 1", index: 2 },
  });
  assert.throws(() => empty().dendrogram([1, 2], { columns: 1, labels: ["a"] }), { code: "LENGTH_MISMATCH" });
  assert.throws(() => empty().dendrogram([1, 2], { columns: 1, linkage: "near" as never }), bad);
  assert.throws(() => empty().dendrogram(new Float64Array(5000), { columns: 1 }), bad);
  assert.throws(() => empty().polar([1, 2], { a: [1] }), { code: "LENGTH_MISMATCH", message: /1 of a/ });
  assert.throws(() => empty().polar([1], { a: [1] }, { rings: [-1] }), bad);
  assert.throws(() => draw(empty().histogram([1, 2], { bins: 0 })), bad);
  assert.throws(() => subplots(0, 1), bad);
  assert.throws(() => subplots(2, 2).at(1, 1, { columns: 2 }), bad);
});

test("a dendrogram of no points, of one, and of numbers as large as there are is drawn", () => {
  for (const values of [[], [1], [2, 2, 2], [1e308, -1e308, 0]])
    assert(inked(draw(empty().dendrogram(values, { columns: 1, linkage: "ward" }))) > 100);
});

test("a size in inches is so many pixels as dpi says, which the file tells", () => {
  const figure = plot({ inches: [3.5, 2.625], dpi: 144, pool }).line([1, 2]);
  assert.deepEqual([figure.width, figure.height], [504, 378]);
  const file = new DataView(figure.png().buffer);
  assert.equal(file.getUint32(16), 504);
  const text = new TextDecoder("latin1").decode(file);
  assert.equal(file.getUint32(text.indexOf("pHYs") + 4), Math.round(144 / 0.0254));
  assert.throws(() => plot({ inches: [3, 2], width: 5 }), { code: "BAD_ARGUMENT" });
  for (const inches of [[1], [0, 1], [NaN, 1], [1e9, 1], "12"]) {
    assert.throws(() => plot({ inches: inches as never }), { code: "BAD_ARGUMENT" });
  }
});

test("equal numbers on a logarithmic scale of colours are drawn, the least and the largest too", () => {
  for (const value of [3, 5e-324, 1.7e308]) {
    const figure = empty().heatmap([value, value], { columns: 2, valueScale: "log", cellText: true });
    assert(inked(draw(figure)) > 1000);
  }
});

test("a tiny figure is drawn, if there is room for it or not", () => {
  for (const [width, height] of [
    [1, 1],
    [20, 300],
    [300, 20],
  ]) {
    const figure = plot({ width, height, pool }).line([1, 2, 3], { label: "a" }).title("too small").legend();
    figure.pixels({ into: new Uint8Array(4 * width * height) });
  }
});

test("every option of a line changes the picture", () => {
  const base = draw(empty().line([1, 3, 2], { label: "a" }).legend());
  const options = {
    width: 4,
    style: "dotted",
    marker: "star",
    color: "red",
    alpha: 0.3,
    label: "b",
    axis: "right",
  } as const;
  for (const [option, value] of Object.entries(options)) {
    const other = draw(
      empty()
        .line([1, 3, 2], { label: "a", [option]: value })
        .legend(),
    );
    assert.notDeepEqual(other, base, option);
  }
});

test("every part of a theme changes the picture", () => {
  const colors = {
    background: "pink",
    panel: "pink",
    text: "red",
    frame: "red",
    gridColor: "red",
    patchEdge: "red",
    palette: ["lime"],
  };
  const sizes = {
    frameWidth: 5,
    tickLength: 12,
    gridWidth: 5,
    lineWidth: 5,
    titleSize: 20,
    labelSize: 20,
    tickSize: 14,
    legendSize: 14,
    fontSize: 22,
    markerSize: 12,
  };
  const changes = { ...colors, ...sizes, grid: false, spines: "open" };
  const figure = (theme: object): Plot =>
    plot({ width: WIDTH, height: HEIGHT, dpi: 50, pool, theme })
      .line([1, 3, 2], { label: "a", marker: "circle" })
      .bar([0, 1], [1, 2])
      .text(1, 1, "text")
      .title("title")
      .xlabel("x")
      .legend();
  const base = draw(figure({}));
  for (const [part, value] of Object.entries(changes))
    assert.notDeepEqual(draw(figure({ [part]: value })), base, part);
});
