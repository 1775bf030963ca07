// The kernels of the built package run on this Node, and agree with their twins.

import assert from "node:assert/strict";
import { test } from "node:test";

import { kernels, MiB, Region } from "@millpond/core";

test("kernels and twins of the built package agree", () => {
  for (const kind of ["wasm", "shared", "arraybuffer"]) {
    for (const Type of [Float32Array, Float64Array]) {
      const region = Region.reserve(1 * MiB, kind);
      const pooled = [65_536, 131_072, 262_144].map((address) => new Type(region.buffer, address, 1000));
      for (const [seed, array] of pooled.entries())
        array.forEach((_, i) => (array[i] = Math.sin(i * (seed + 3))));
      const [a, b, out] = pooled;
      const [x, y, own] = pooled.map((array) => array.slice());
      for (const run of [kernels.sum, kernels.variance, kernels.minMax]) assert.deepEqual(run(a), run(x));
      for (const run of [kernels.dot, kernels.l2, kernels.cosine]) assert.equal(run(a, b), run(x, y));
      const options = { metric: "cosine", dimensions: 100, count: 10 };
      assert.deepEqual(kernels.distances(a, b, options, out), kernels.distances(x, y, options, own));
    }
  }
});
