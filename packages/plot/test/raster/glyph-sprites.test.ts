// Kept glyphs: the same pixels whether a glyph was kept or not, at quarters of pixels, within their bound.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { RasterPainter, type TextStyle } from "../../src/index.ts";
import { GlyphSprites, isKept } from "../../src/raster/glyph-sprites.ts";
import { bundledFace } from "../../src/text/bundled-face.ts";
import type { GlyphPlace } from "../../src/text/font-face.ts";

const face = bundledFace();
const SIDE = 64;
const whole = { left: 0, top: 0, right: SIDE, bottom: SIDE };
const upright = { size: 15, cos: 1, sin: 0 };

function covered(sprites: GlyphSprites, places: readonly GlyphPlace[], clip = whole): Uint8Array {
  const mask = new Uint8Array(SIDE * SIDE);
  for (const [index, place] of places.entries()) {
    const [glyph] = face.shape("AgW8%"[index % 5]).glyphs;
    const bounds = sprites.cover(mask, SIDE, clip, face, glyph, place);
    if (bounds.left < bounds.right) assert(bounds.left >= clip.left && bounds.right <= clip.right);
  }
  return mask;
}

test("glyphs have the same pixels whether they were kept or let go of, in every quarter turn", () => {
  const places = fc.array(
    fc.record({
      x: fc.double({ min: -20, max: 80, noNaN: true }),
      y: fc.double({ min: -20, max: 80, noNaN: true }),
      size: fc.constantFrom(9, 12.5, 40),
      turn: fc.constantFrom([1, 0], [0, -1], [-1, 0], [0, 1]),
    }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(places, (drawn) => {
      const all = drawn.map(({ turn: [cos, sin], ...place }) => ({ ...place, cos, sin }));
      const pool = new Pool();
      const kept = new GlyphSprites(pool);
      const first = covered(kept, all);
      assert.deepEqual(covered(kept, all), first);
      assert.deepEqual(covered(new GlyphSprites(pool, 0), all), first);
      assert.deepEqual(covered(new GlyphSprites(new Pool({ memory: "arraybuffer" })), all), first);
      pool.close({ force: true });
    }),
    { numRuns: 60 },
  );
});

test("what is kept stays within its bound, and what was made longest ago goes first", () => {
  const pool = new Pool();
  const sprites = new GlyphSprites(pool, 4000);
  for (let size = 5; size < 40; size += 0.5) {
    covered(sprites, [{ ...upright, size, x: 10, y: 40 }]);
    assert(sprites.bytes <= 4000, `${sprites.bytes}`);
    assert(pool.stats().bytesInUse < 12_000);
  }
  const before = pool.stats().acquired;
  covered(sprites, [{ ...upright, size: 39.5, x: 30.1, y: 20 }]);
  assert.equal(pool.stats().acquired, before);
  covered(sprites, [{ ...upright, size: 5, x: 30, y: 20 }]);
  assert(pool.stats().acquired > before);
});

test("a glyph that is far out of the clip covers nothing, and one that sticks out covers its part", () => {
  const sprites = new GlyphSprites(new Pool());
  assert(covered(sprites, [{ ...upright, x: 500, y: -300 }]).every((value) => value === 0));
  const place = { ...upright, size: 40, x: 10, y: 50 };
  const inner = covered(sprites, [place], { left: 20, top: 30, right: 30, bottom: 40 });
  const outer = covered(sprites, [place]);
  for (let at = 0; at < SIDE * SIDE; at++) {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    const inside = x >= 20 && x < 30 && y >= 30 && y < 40;
    assert.equal(inner[at], inside ? outer[at] : 0);
  }
});

test("places are quarters of pixels: at them the outline is exact, and nothing is more than an eighth away", () => {
  const draw = (x: number, style: Partial<TextStyle> = {}): number[] => {
    const painter = new RasterPainter({ width: 40, height: 40 });
    painter.text("l", x, 30, { size: 20, color: 0xff, ...style });
    const alphas = Array.from({ length: 1600 }, (_, pixel) => painter.pixels[4 * pixel + 3]);
    painter.release();
    return alphas;
  };
  assert.deepEqual(draw(10.1), draw(10));
  assert.deepEqual(draw(10.13), draw(10.25));
  assert.notDeepEqual(draw(10.25), draw(10));
  // Turned by next to nothing, it is drawn from its outline.
  const outline = draw(10.25, { rotation: 1e-9 });
  assert(draw(10.25).every((alpha, at) => Math.abs(alpha - outline[at]) <= 1));
});

test("large, slanted and distant glyphs are not kept", () => {
  const place = { ...upright, x: 0, y: 0 };
  assert.deepEqual(
    [place, { ...place, size: 200 }, { ...place, cos: 0.8, sin: 0.6 }, { ...place, x: 1e300 }].map(isKept),
    [true, false, false, false],
  );
});
