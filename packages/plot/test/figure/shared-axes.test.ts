// Axes that subplots share, and panels within panels.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Pool } from "@millpond/core";

import { plot, type SubplotOptions, type Subplots, subplots } from "../../src/index.ts";

const pool = new Pool({ name: "panels" });
const size = { width: 400, height: 300, dpi: 50, pool };

afterEach(() => assert.equal(pool.stats().bytesInUse, 0));

function four(options: SubplotOptions): Subplots {
  const figure = subplots(2, 2, { ...size, ...options });
  figure.at(0, 0).line([0, 10], [1000, 3000]).ylabel("above").xlabel("hidden");
  figure.at(0, 1).line([5, 40], [1, 2]).ylabel("beside");
  figure.at(1, 0).line([-10, 0], [5, 6]).xlabel("below");
  figure.at(1, 1).line([1, 2], [7, 8]);
  return figure;
}

function texts(figure: Subplots): string[] {
  return [...figure.svg({ text: "elements" }).matchAll(/<text[^>]*>(?:<tspan[^>]*>)?([^<]*)/g)].map(
    ([, text]) => text,
  );
}

test("shared axes have the limits of all data in every panel", () => {
  const view = four({ shareX: true, shareY: true }).view();
  view.pixels({ into: new Uint8Array(4 * 400 * 300) });
  const limits = [0, 1, 2, 3].map((panel) => view.limits(panel));
  for (const { x, y } of limits) {
    assert.deepEqual([x, y], [limits[0].x, limits[0].y]);
    assert(x[0] < -10 && x[1] > 40 && y[0] < 1 && y[1] > 3000);
  }
  view.release();
  const own = four({}).view();
  own.pixels({ into: new Uint8Array(4 * 400 * 300) });
  assert.notDeepEqual(own.limits(0).x, own.limits(1).x);
  own.release();
});

test("one axis can be shared and the other not", () => {
  for (const [shareX, shareY] of [
    [true, false],
    [false, true],
  ]) {
    const view = four({ shareX, shareY }).view();
    view.pixels({ into: new Uint8Array(4 * 400 * 300) });
    const [first, last] = [view.limits(0), view.limits(3)];
    assert.equal(String(first.x) === String(last.x), shareX);
    assert.equal(String(first.y) === String(last.y), shareY);
    view.release();
  }
});

test("a value is at the same pixel in panels above and beside each other", () => {
  const view = four({ shareX: true, shareY: true }).view();
  view.pixels({ into: new Uint8Array(4 * 400 * 300) });
  const [upperLeft, upperRight, lowerLeft, lowerRight] = [0, 1, 2, 3].map((panel) =>
    view.place(7, 500, { panel }),
  );
  assert.equal(upperLeft.left, lowerLeft.left);
  assert.equal(upperRight.left, lowerRight.left);
  assert.equal(upperLeft.top, upperRight.top);
  assert.equal(lowerLeft.top, lowerRight.top);
  view.release();
});

test("a view that moves one panel moves all that share the axis", () => {
  const view = four({ shareX: true }).view();
  const into = new Uint8Array(4 * 400 * 300);
  view.pixels({ into });
  const place = view.place(5, 2000);
  view.zoom(place.left, place.top, 2);
  view.pixels({ into });
  const ends = (panel: number): string[] => view.limits(panel).x.map((end) => end.toFixed(9));
  assert.deepEqual(ends(3), ends(0));
  assert(view.limits(3).x[1] < 30);
  view.release();
});

test("inner panels leave out what outer ones say", () => {
  const shared = texts(four({ shareX: true, shareY: true }));
  assert(shared.includes("above") && shared.includes("below"));
  assert(!shared.includes("hidden") && !shared.includes("beside"));
  assert(texts(four({})).includes("hidden"));
  // A pie below has no axis that could say it.
  const pies = subplots(2, 1, { ...size, shareX: true });
  pies.at(0, 0).line([1, 2]).xlabel("said");
  pies.at(1, 0).pie([1, 2]);
  assert(texts(pies).includes("said"));
});

test("shared axes of different scales are refused", () => {
  const figure = four({ shareY: true });
  figure.at(1, 1).yaxis({ scale: "log" });
  assert.throws(() => figure.png(), { code: "BAD_ARGUMENT", message: /linear and log/ });
});

test("an inverted axis stays inverted when it is shared", () => {
  const figure = subplots(1, 2, { ...size, shareY: true });
  figure.at(0, 0).line([1, 2]).yaxis({ inverted: true });
  figure.at(0, 1).line([3, 4]);
  const view = figure.view();
  view.pixels({ into: new Uint8Array(4 * 400 * 300) });
  assert(view.place(0, 1).top < view.place(0, 2).top);
  assert(view.place(0, 1, { panel: 1 }).top > view.place(0, 2, { panel: 1 }).top);
  view.release();
});

const draw = (make: (figure: ReturnType<typeof plot>) => unknown): Uint8Array => {
  const figure = plot(size).line([0, 1, 2, 3], [0, 4, 1, 3]);
  make(figure);
  return figure.pixels({ into: new Uint8Array(4 * 400 * 300) });
};

test("every option of an inset changes the picture", () => {
  const zoom = { x: [0.5, 1.5], y: [2, 4] } as const;
  const base = draw((figure) => figure.inset({ zoom }));
  const options = {
    anchor: "lower left",
    size: [0.3, 0.5],
    margin: 20,
    connect: false,
    zoom: { ...zoom, x: [1, 2] },
  };
  for (const [option, value] of Object.entries(options)) {
    assert.notDeepEqual(
      draw((figure) => figure.inset({ zoom, [option]: value })),
      base,
      option,
    );
  }
  assert.notDeepEqual(
    draw((figure) => figure.inset({ zoom }).title("part")),
    base,
  );
});

test("a zoom shows what the panel shows, also what is added to it afterwards", () => {
  const zoom = { x: [0.5, 1.5], y: [2, 4] } as const;
  const before = draw((figure) => {
    figure.hline(3, { color: "red" });
    figure.inset({ zoom });
  });
  const after = draw((figure) => {
    figure.inset({ zoom });
    figure.hline(3, { color: "red" });
  });
  assert.deepEqual(after, before);
  assert.notDeepEqual(
    after,
    draw((figure) => figure.hline(3, { color: "red" }).inset()),
  );
});

test("a mark within a zoom is drawn twice, and one outside of it once", () => {
  const limeColumns = (x: number): number => {
    const pixels = draw((figure) => {
      figure.vline(x, { color: "lime", width: 2 });
      figure.inset({ zoom: { x: [0.5, 1.5], y: [2, 4] } });
    });
    const columns = new Set<number>();
    for (let at = 0; at < pixels.length; at += 4) {
      if (pixels[at] === 0 && pixels[at + 1] === 255 && pixels[at + 2] === 0) columns.add((at / 4) % 400);
    }
    return columns.size;
  };
  const once = limeColumns(0.2);
  assert(once > 0);
  assert(limeColumns(1) > once);
});

test("a legend keeps out of an inset", () => {
  const figure = plot(size)
    .line([0, 1], [0, 0.01], { label: "a" })
    .yaxis({ limits: [0, 1] })
    .legend();
  const view = figure.view();
  view.pixels({ into: new Uint8Array(4 * 400 * 300) });
  const free = view.legend()[0].box.left;
  view.release();
  figure.inset();
  const beside = figure.view();
  beside.pixels({ into: new Uint8Array(4 * 400 * 300) });
  assert(beside.legend()[0].box.left < free);
  beside.release();
});

test("insets that cannot be are refused", () => {
  const bad = { code: "BAD_ARGUMENT" };
  const zooms = [{ x: [1, 1], y: [0, 1] }, { x: [0, NaN], y: [0, 1] }, { x: [0, 1] }, null, 5];
  for (const zoom of zooms) assert.throws(() => plot(size).inset({ zoom } as never), bad);
  for (const size of [0, -1, 1.1, NaN, [1], [1, 2], "a"])
    assert.throws(() => plot().inset({ size } as never), bad);
  assert.throws(() => plot(size).inset({ anchor: "outside right" as never }), bad);
  assert.throws(() => plot(size).inset({ margin: -1 }), bad);
  assert.throws(() => plot(size).inset(null as never), bad);
});

test("a sample keeps the axes, and says which point is missing", () => {
  const ys = Float64Array.from({ length: 5000 }, (_, index) => (index === 777 ? 100 : Math.sin(index / 50)));
  const limitsOf = (lttb: number | undefined): unknown => {
    const view = plot(size).line(ys, { lttb }).view();
    view.pixels({ into: new Uint8Array(4 * 400 * 300) });
    const limits = view.limits();
    view.release();
    return limits;
  };
  assert.deepEqual(limitsOf(20), limitsOf(undefined));
  ys[123] = NaN;
  assert.throws(() => plot(size).line(ys, { lttb: 20, missing: "error" }).png(), /index 123/);
  for (const lttb of [2, 3.5, NaN, "lttb"]) {
    assert.throws(() => plot(size).line(ys, { lttb: lttb as never }), { code: "BAD_ARGUMENT" });
  }
});
