// Markers of lines and the like: what the options say, and edges that are as opaque as what they are around.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Looks } from "../../src/figure/looks.ts";
import { markerOf } from "../../src/marks/marker-options.ts";
import { themeOf } from "../../src/theme/theme.ts";

const looks = new Looks(themeOf("light"), 2);

test("no marker, or the one that is asked for, measured in points", () => {
  assert.equal(markerOf({}, 0xff0000ff, looks), undefined);
  assert.equal(markerOf({ marker: "none", markerSize: 9 }, 0xff0000ff, looks), undefined);
  const marker = markerOf({ marker: "star", markerSize: 9, markerEdgeWidth: 3 }, 0xff0000ff, looks);
  assert.deepEqual(marker, { kind: "star", size: 18, color: 0xff0000ff, edgeColor: undefined, edgeWidth: 6 });
});

test("an edge is as opaque as its marker", () => {
  const marker = markerOf({ marker: "circle", markerEdgeColor: "#0000ff" }, 0xff000080, looks);
  assert.equal(marker?.edgeColor, 0x0000ff80);
});
