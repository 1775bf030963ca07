// What is kept of the layout of a figure for the next one: never anything that has changed meanwhile.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

import { create } from "fontkit";

import { type FontkitFont, FontSet, plot } from "../../src/index.ts";
import { Kept } from "../../src/kept.ts";
import { drawn, hash, layouts } from "./layouts.ts";

test("whatever the layout depends on, figures are those of a program that drew others before", async () => {
  const here = drawn(layouts());
  const worker = new Worker(new URL("./layouts.ts", import.meta.url));
  const [there] = (await once(worker, "message")) as [Map<string, string>];
  await worker.terminate();
  assert.equal(there.size, here.size);
  for (const [name, bytes] of here) assert.equal(there.get(name), bytes, name);
  assert.equal(new Set(here.values()).size, here.size, "each of them looks different");
  assert.deepEqual(drawn(layouts()), here, "the same ones a second time");
});

test("whatever changes between two frames, the second one is the figure that it was changed to", () => {
  const figure = plot({ width: 320, height: 240, dpi: 60 }).line([1, 3, 2], { label: "a" }).legend("best");
  const live = figure.prepare();
  const into = new Uint8Array(4 * 320 * 240);
  const ticks = [1, 2];
  const changes: readonly (() => unknown)[] = [
    () => 0,
    () => figure.title("Title"),
    () => figure.title("Another"),
    () => figure.xlabel("x"),
    () => figure.xaxis({ ticks }),
    // The list of the user, changed in place.
    () => (ticks[1] = 1.5),
    () => figure.xaxis({ ticks, tickLabels: ["one", "half more"] }),
    () => figure.yaxis({ scale: "log" }),
    () => figure.yaxis({ limits: [0.5, 40] }),
    () => figure.yaxis({ inverted: true, notation: "scientific" }),
    () => figure.line([1e5, 3e5], { axis: "right", label: "right" }),
    () => figure.y2axis({ format: (value) => `${value / 1000} k` }),
    () => figure.legend({ position: "outside bottom", columns: 2 }),
    () => figure.grid(false),
  ];
  let before = "";
  for (const change of changes) {
    change();
    live.frame({ into });
    const shown = hash(into);
    assert.equal(shown, hash(figure.pixels({ into: new Uint8Array(into.length) })), change.toString());
    assert.notEqual(shown, before, change.toString());
    before = shown;
  }
  live.release();
});

test("a format that says something else each time is asked each time", () => {
  let unit = "V";
  const figure = plot({ width: 200, height: 150 }).line([1, 3, 2]);
  figure.yaxis({ format: (value) => `${value} ${unit}` });
  assert(figure.svg({ text: "elements" }).includes(" V<"));
  unit = "Ohm";
  assert(figure.svg({ text: "elements" }).includes("Ohm"));
  assert(!figure.svg({ text: "elements" }).includes(" V<"));
});

test("a font that takes the place of another one is seen by the next frame", () => {
  const file = new URL(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"));
  const font = create(readFileSync(file)) as FontkitFont;
  // As wide, so that nothing but the letters themselves changes.
  const other: FontkitFont = {
    unitsPerEm: font.unitsPerEm,
    ascent: font.ascent,
    descent: font.descent,
    hasGlyphForCodePoint: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    layout: (text) => font.layout(text),
    getGlyph: (id) => font.getGlyph(id + 1),
  };
  const fonts = new FontSet().add("Mine", font);
  const figure = plot({ width: 320, height: 240, fonts, theme: { font: "Mine" } })
    .line([1, 3, 2])
    .title("Title");
  const live = figure.prepare();
  const into = new Uint8Array(4 * 320 * 240);
  live.frame({ into });
  const before = hash(into);
  fonts.add("Mine", other);
  live.frame({ into });
  assert.notEqual(hash(into), before);
  assert.equal(hash(into), hash(figure.pixels({ into: new Uint8Array(into.length) })));
  live.release();
});

test("of too many things that are kept the oldest goes, and what fails is tried again", () => {
  const kept = new Kept<number>(2);
  let made = 0;
  const of = (name: string): number => kept.of(name, () => ++made);
  assert.deepEqual(["a", "b", "a", "c", "b", "a"].map(of), [1, 2, 1, 3, 2, 4]);
  kept.clear();
  assert.equal(of("a"), 5);
  const fail = (): number => {
    throw new RangeError("no");
  };
  assert.throws(() => kept.of("d", fail), RangeError);
  assert.equal(of("d"), 6);
});
