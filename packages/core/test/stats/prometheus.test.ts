// The Prometheus page, against a strict reader.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { Pool, prometheus } from "@millpond/core";
import { smallPool } from "../pool/modes.ts";
import { readExposition, type Series } from "./exposition.ts";

function at(series: Series, name: string, labels: Record<string, string>): number | undefined {
  return series.get(`millpond_pool_${name}${JSON.stringify(labels)}`);
}

test("a page has every figure of a pool, in base units", () => {
  const pool = smallPool({ name: "p", limitBytes: 1_048_576 });
  const held = pool.acquire(Float64Array, 100);
  for (let i = 0; i < 3; i++) pool.release(pool.acquire(Uint8Array, 4096));
  pool.trim();
  const series = readExposition(prometheus([pool]));
  const stats = pool.stats();
  const p = { pool: "p" };
  assert.equal(at(series, "acquired_arrays_total", p), 4);
  assert.equal(at(series, "released_arrays_total", p), 3);
  assert.equal(at(series, "hits_arrays_total", p), stats.hits);
  assert.equal(at(series, "in_use_arrays", p), 1);
  assert.equal(at(series, "used_bytes", p), 832);
  assert.equal(at(series, "wasted_bytes", p), 32);
  assert.equal(at(series, "pooled_bytes", p), stats.bytesRetained);
  assert.equal(at(series, "limit_bytes", p), 1_048_576);
  assert.equal(at(series, "trimmed_bytes_total", p), stats.bytesTrimmed);
  assert.equal(at(series, "fragmented_bytes", p), stats.bytesRetained - 832);
  assert.equal(at(series, "trims_total", { pool: "p", reason: "call" }), 1);
  assert.equal(at(series, "trims_total", { pool: "p", reason: "pressure" }), 0);
  assert.equal(at(series, "class_acquired_arrays_total", { pool: "p", class: "832" }), 1);
  assert.equal(at(series, "class_in_use_arrays", { pool: "p", class: "832" }), 1);
  assert.equal(at(series, "class_misses_arrays_total", { pool: "p", class: "4160" }), 1);
  pool.release(held);
});

test("pools with the same names share a series, and a pool that is given twice counts once", () => {
  const pools = [1, 2].map(() => smallPool({ name: "p" }));
  for (const pool of pools) {
    for (let i = 0; i < 2; i++) pool.child({ name: "c" }).acquire(Uint8Array, 100);
  }
  const series = readExposition(prometheus([...pools, ...pools]));
  assert.equal(at(series, "in_use_arrays", { pool: "p" }), 4);
  assert.equal(at(series, "in_use_arrays", { pool: "p/c" }), 4);
  assert.equal(at(series, "class_in_use_arrays", { pool: "p/c", class: "128" }), 4);
});

test("a pool without a bound has an infinite limit", () => {
  const pool = new Pool({ name: "p", limitBytes: Infinity, check: "fast", trimAfterMs: Infinity });
  assert.equal(at(readExposition(prometheus([pool])), "limit_bytes", { pool: "p" }), Infinity);
});

test("any name comes through", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", '"', "\\", "\n", "n", "{", "}", ",", "=", "é") }),
      (name) => {
        const pool = smallPool({ name });
        const series = readExposition(prometheus([pool]));
        assert.equal(at(series, "in_use_arrays", { pool: name }), 0);
      },
    ),
  );
});

test("no pools make a page of metrics without samples", () => {
  assert.equal(readExposition(prometheus([])).size, 0);
});
