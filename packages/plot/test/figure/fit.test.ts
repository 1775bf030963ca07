// Texts that are too long for a figure: they are broken into lines or shortened, and the panel keeps its place.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { fitsBroken, fittedText } from "../../src/paint/fit-text.ts";
import { type Plot, plot } from "../../src/figure/plot.ts";
import { RasterPainter } from "../../src/raster/raster-painter.ts";

const painter = new RasterPainter({ width: 10, height: 10 });
const font = { size: 10 };
const widthOf = (text: string): number =>
  Math.max(...text.split("\n").map((line) => painter.measure(line, font).width));

const words = fc.array(
  fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom("a", "W", "é", "👩‍👩‍👧", "i") }),
  {
    minLength: 1,
    maxLength: 12,
  },
);

test("a fitted text has no more lines than it may, none of them too wide, and says what the text says", () => {
  fc.assert(
    fc.property(
      words,
      fc.integer({ min: 20, max: 300 }),
      fc.integer({ min: 1, max: 4 }),
      (parts, width, most) => {
        const text = parts.join(" ");
        const fitted = fittedText(text, width, most, font, painter);
        assert(fitted.split("\n").length <= most);
        assert(widthOf(fitted) <= width, `${widthOf(fitted)} of ${width}`);
        if (fitsBroken(text, width, most, font, painter)) assert.equal(fitted.replaceAll("\n", " "), text);
        else {
          assert(fitted.includes("…"));
          // No character is cut in two.
          const start = fitted.split("\n")[0].replace(/…$/, "");
          assert(text.startsWith(start), fitted);
          assert(!/^[\u200d\udc00-\udfff]/.test(text.slice(start.length)), fitted);
        }
      },
    ),
  );
});

test("maths and what fits stays as it is", () => {
  assert.equal(
    fittedText("$x^2 + y^2$ and more words than fit", 20, 1, font, painter),
    "$x^2 + y^2$ and more words than fit",
  );
  assert.equal(fittedText("short", 200, 1, font, painter), "short");
  assert.equal(
    fittedText("one two", 40, 2, font, painter),
    "one two".replace(" ", widthOf("one two") > 40 ? "\n" : " "),
  );
});

test("a character of several parts is not cut in two", () => {
  const family = "👩‍👩‍👧";
  for (let width = 10; width < 200; width++) {
    const kept = fittedText(family.repeat(9), width, 1, font, painter).replace("…", "");
    assert.equal(kept, family.repeat(kept.length / family.length), `${width}`);
  }
});

const size = { width: 480, height: 320 };
const long = "The Ministry of Administrative Affairs and Public Works of the Northern Provinces and Islands";

// Pixels of the panel that show the value 0 to 1 along y, and the names 0 to 1 along x.
function unitOf(figure: Plot, width = size.width, height = size.height): { across: number; up: number } {
  const view = figure.view();
  view.pixels({ into: new Uint8Array(4 * width * height) });
  const [first, second] = [view.place(0, 0), view.place(1, 1)];
  view.release();
  return { across: Math.abs(second.left - first.left), up: Math.abs(second.top - first.top) };
}

test("long names leave most of the panel to the data, upright and lying", () => {
  const names = ["a", "b"].map((name) => long.replaceAll(" ", "-") + name);
  const upright = unitOf(
    plot(size)
      .bar(names, [1, 1])
      .yaxis({ limits: [0, 1] }),
  );
  assert(upright.up > 0.45 * size.height, String(upright.up));
  const lying = unitOf(
    plot(size)
      .bar([`${long} a`, `${long} b`], [1, 1], { orientation: "horizontal" })
      .xaxis({ limits: [0, 1] }),
  );
  assert(lying.across > 0.45 * size.width, String(lying.across));
});

test("names that have room in lines stand upright, others are turned, and those that would touch are left out", () => {
  const texts = (figure: Plot): string => figure.svg({ text: "elements" });
  const lines = texts(
    plot(size).bar(
      ["one long name", "another long name", "a third long one", "and a last one"],
      [1, 2, 3, 4],
    ),
  );
  assert(!lines.includes("rotate(-90"), "not turned");
  const turned = texts(
    plot(size).bar(
      ["Administration", "Transport", "Environment", "Communications", "Fisheries", "Labour"],
      [1, 2, 3, 4, 5, 6],
    ),
  );
  assert(turned.includes("rotate(-90"));
  const many = Array.from({ length: 300 }, (_, index) => `name-${index}`);
  const few = texts(
    plot(size).bar(
      many,
      many.map(() => 1),
    ),
  );
  const shown = many.filter((name) => few.includes(`>${name}<`)).length;
  assert(shown > 10 && shown < 60, String(shown));
});

test("titles and labels of axes that are too long have lines, and stay within the figure", () => {
  const figure = plot(size)
    .line([1, 2])
    .title(`${long}. ${long}. ${long}. ${long}`)
    .xlabel(long)
    .ylabel(`${long} ${long}`);
  const pixels = figure.pixels({ into: new Uint8Array(4 * size.width * size.height) });
  for (let y = 0; y < size.height; y++) {
    for (const x of [0, 1, size.width - 2, size.width - 1]) {
      const at = 4 * (y * size.width + x);
      assert.deepEqual([...pixels.subarray(at, at + 3)], [255, 255, 255], `ink at ${x}, ${y}`);
    }
  }
  assert(unitOf(figure.yaxis({ limits: [0, 1] })).up > 0.4 * size.height);
});

test("however small a figure is, its data keep a third of it in each direction", () => {
  for (const [width, height] of [
    [320, 240],
    [160, 100],
    [100, 30],
    [60, 20],
    [300, 40],
    [40, 200],
    [12, 12],
  ]) {
    const figure = plot({ width, height })
      .line([0, 1], { label: "load" })
      .title("The load of the machine")
      .xlabel("time in s")
      .ylabel("load")
      .xaxis({ limits: [0, 1] })
      .yaxis({ limits: [0, 1] })
      .legend("outside right");
    const { across, up } = unitOf(figure, width, height);
    assert(across >= width / 3 && up >= height / 3, `${across} x ${up} of ${width} x ${height}`);
  }
});

test("a figure that gets smaller loses the names of its axes, the texts at ticks, its title and its ticks, in this order", () => {
  const shownAt = (width: number): string => {
    const figure = plot({ width, height: Math.round(0.6 * width) }).line([0, 7000]);
    const text = figure.title("Title").xlabel("across").svg({ text: "elements" });
    return ["across", "0", "Title"].filter((one) => text.includes(`>${one}</text>`)).join(" ");
  };
  const seen = new Set(Array.from({ length: 60 }, (_, index) => shownAt(360 - 5 * index)));
  assert.deepEqual([...seen], ["across 0 Title", "0 Title", "Title", ""]);
});

test("names of a pie lie beside each other, however many there are", () => {
  const labels = Array.from({ length: 40 }, (_, index) => `country ${index}`);
  const text = plot(size)
    .pie(
      labels.map((_, index) => 1 + (index % 7)),
      { labels, show: "none" },
    )
    .svg({ text: "elements" });
  const found = [...text.matchAll(/<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>country/g)];
  assert.equal(found.length, 40);
});

// The labels of the keys that a pointer can find.
function entriesOf(figure: Plot): Set<string> {
  const view = figure.view();
  view.pixels({ into: new Uint8Array(4 * size.width * size.height) });
  const found = new Set<string>();
  for (let x = 0; x < size.width; x += 4) {
    for (let y = 0; y < size.height; y += 4) {
      const entry = view.legendAt(x, y);
      if (entry !== undefined) found.add(entry.label);
    }
  }
  view.release();
  return found;
}

test("a legend that is too high gets columns, and one that is too wide says less", () => {
  const figure = plot(size);
  for (let index = 0; index < 30; index++) figure.line([index], { label: `series ${index}` });
  assert.equal(entriesOf(figure.legend("upper left")).size, 30, "all keys lie within the figure");
  const wide = plot(size)
    .line([1, 2], { label: long + long })
    .legend("outside right");
  assert.deepEqual([...entriesOf(wide)], [long + long], "whoever asks gets the whole label");
});
