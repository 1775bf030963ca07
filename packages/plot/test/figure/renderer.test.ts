// Renderers: a pool for many figures, and every option that describes it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { MiB, Pool, SharedPool } from "@millpond/core";

import { plot, type PoolConfig, renderer } from "../../src/index.ts";

function retained(poolConfig: PoolConfig): number {
  const charts = renderer({ poolConfig });
  const { bytesRetained } = charts.stats();
  charts.close();
  return bytesRetained;
}

test("a renderer makes figures in space with its pool and its size", () => {
  const charts = renderer({ width: 90, height: 70 });
  const figure = charts.plot3d({ azimuth: 10 }).line([0, 1], [0, 1], [0, 1]);
  assert.deepEqual([figure.width, figure.height], [90, 70]);
  figure.pixels({ into: new Uint8Array(4 * 90 * 70) });
  assert(charts.stats().bytesReserved > 0);
  assert.equal(charts.stats().bytesInUse, 0);
  charts.close();
  assert.throws(() => charts.plot3d(), { code: "BAD_ARGUMENT" });
});

test("figures of a renderer have its size and theme unless they say otherwise", () => {
  const charts = renderer({ width: 30, height: 20, theme: "dark" });
  const pixels = charts.plot().pixels({ into: new Uint8Array(4 * 30 * 20) });
  assert.deepEqual([...pixels.subarray(0, 3)], [0x1e, 0x1e, 0x1e]);
  assert.equal(charts.plot({ width: 50 }).width, 50);
  assert.equal(charts.subplots(1, 2).height, 20);
  assert.equal(charts.plot({ inches: [2, 1] }).width, 200);
  const printed = renderer({ inches: [3, 2], dpi: 300 });
  assert.equal(printed.plot().width, 900);
  assert.equal(printed.plot({ width: 50 }).width, 50);
  printed.close();
  charts.close();
  charts.close();
  assert.throws(() => charts.subplots(1, 2), { code: "BAD_ARGUMENT" });
});

test("a pool of the caller stays open, and comes alone", () => {
  const pool = new Pool();
  renderer({ pool }).close();
  assert.equal(pool.closed, false);
  const code = "BAD_ARGUMENT";
  assert.throws(() => renderer({ pool, limitBytes: MiB }), { code });
  assert.throws(() => renderer({ pool, poolConfig: {} }), { code });
  assert.throws(() => renderer({ limitBytes: MiB, poolConfig: {} }), { code });
});

test("limitBytes bounds what figures take", () => {
  const charts = renderer({ limitBytes: 65_536, width: 1000, height: 600 });
  assert.throws(() => charts.plot().png(), { code: "POOL_EXHAUSTED" });
  assert.equal(charts.stats().bytesInUse, 0);
  charts.close();
});

test("each size makes memory ready before the first figure", () => {
  const small = { coordinatePoolSize: 1000, pixelPoolSize: 100_000, textPoolSize: 1000 };
  for (const enableCrossThreadSharing of [false, true]) {
    const base = retained({ ...small, enableCrossThreadSharing });
    assert(base >= 109_000, `${base}`);
    for (const option of Object.keys(small)) {
      const more = retained({ ...small, [option]: 2_000_000, enableCrossThreadSharing });
      assert(more >= base + 1_500_000, `${option}: ${base}, ${more}`);
    }
  }
});

test("a figure within the sizes takes no more than was made ready", () => {
  const poolConfig = { pixelPoolSize: 4 * MiB, coordinatePoolSize: 100_000, enableCrossThreadSharing: false };
  const charts = renderer({ poolConfig, width: 300, height: 200 });
  const { bytesReserved } = charts.stats();
  charts.plot().line([1, 2, 3]).png();
  assert.equal(charts.stats().bytesReserved, bytesReserved);
  charts.close();
});

test("maxPoolsPerType says how much is kept, and figures beyond are drawn all the same", () => {
  const figure = { width: 500, height: 400 };
  const expected = new Uint8Array(plot(figure).line([1, 3, 2]).png());
  const keptBy = (maxPoolsPerType: number): number => {
    const poolConfig = { pixelPoolSize: 300_000, maxPoolsPerType, enableCrossThreadSharing: false };
    const charts = renderer({ ...figure, poolConfig });
    assert.deepEqual(new Uint8Array(charts.plot().line([1, 3, 2]).png()), expected);
    const { bytesRetained } = charts.stats();
    charts.close();
    return bytesRetained;
  };
  const few = keptBy(1);
  assert(few <= 300_000 + 100 * 1024 + 8000, `${few}`);
  assert(keptBy(20) > 2 * few);
});

test("enableCrossThreadSharing makes the pool one of several threads", () => {
  const shared = renderer({ poolConfig: { enableCrossThreadSharing: true } });
  assert(shared.pool instanceof SharedPool);
  shared.pool.share();
  assert.deepEqual(
    shared.plot({ width: 90, height: 60 }).line([1, 2]).png(),
    plot({ width: 90, height: 60 }).line([1, 2]).png(),
  );
  shared.close();
  const alone = renderer({ poolConfig: { enableCrossThreadSharing: false } });
  assert(!(alone.pool instanceof SharedPool));
  alone.close();
});

test("sizes that cannot be are refused with their name", () => {
  for (const option of ["coordinatePoolSize", "pixelPoolSize", "textPoolSize", "maxPoolsPerType"]) {
    for (const value of [-1, 1.5, NaN, "1", 1e12]) {
      assert.throws(() => renderer({ poolConfig: { [option]: value } }), {
        code: "BAD_ARGUMENT",
        message: new RegExp(option),
      });
    }
  }
  assert.throws(() => renderer({ poolConfig: { enableCrossThreadSharing: 1 as never } }), /true or false/);
});
