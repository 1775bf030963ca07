// Pools observed through OpenTelemetry's own API and SDK.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Meter } from "@opentelemetry/api";
import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { observe, type Pool } from "@millpond/core";
import { smallPool } from "../pool/modes.ts";

class Meters {
  readonly #exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  readonly #reader = new PeriodicExportingMetricReader({
    exporter: this.#exporter,
    exportIntervalMillis: 3_600_000,
  });
  readonly #provider = new MeterProvider({ readers: [this.#reader] });
  readonly meter: Meter = this.#provider.getMeter("test");

  async collect(): Promise<MetricData[]> {
    this.#exporter.reset();
    await this.#provider.forceFlush();
    return this.#exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((s) => s.metrics));
  }

  async end(): Promise<void> {
    await this.#provider.shutdown();
  }
}

function figure(metrics: readonly MetricData[], name: string, attributes: object): unknown {
  const metric = metrics.find(({ descriptor }) => descriptor.name === `millpond.pool.${name}`);
  const points = metric?.dataPoints ?? [];
  const wanted = JSON.stringify(attributes);
  return points.find((point) => JSON.stringify(point.attributes) === wanted)?.value;
}

test("the SDK collects counters, gauges, trims by reason and classes, of a pool and its children", async (t) => {
  const meters = new Meters();
  t.after(() => meters.end());
  const pool: Pool = smallPool({ name: "server" });
  const child = pool.child({ name: "tiles" });
  const stop = observe(meters.meter, pool);
  const held = child.acquire(Uint8Array, 1000);
  pool.release(pool.acquire(Uint8Array, 4096));
  pool.trim();
  const first = await meters.collect();
  assert.equal(figure(first, "acquired", { owner: "server" }), 2);
  assert.equal(figure(first, "acquired", { owner: "server/tiles" }), 1);
  assert.equal(figure(first, "used", { owner: "server/tiles" }), 1024);
  assert.equal(figure(first, "pooled", { owner: "server" }), pool.stats().bytesRetained);
  assert.equal(figure(first, "trims", { owner: "server", reason: "call" }), 1);
  assert.equal(figure(first, "class_in_use", { owner: "server/tiles", class: "1024" }), 1);
  const used = first.find(({ descriptor }) => descriptor.name === "millpond.pool.used");
  assert.equal(used?.descriptor.unit, "By");
  assert.equal(used?.dataPointType, DataPointType.GAUGE);
  const acquired = first.find(({ descriptor }) => descriptor.name === "millpond.pool.acquired");
  assert.equal(acquired?.descriptor.unit, "{arrays}");
  assert.ok(acquired?.dataPointType === DataPointType.SUM && acquired.isMonotonic);

  child.release(held);
  assert.equal(figure(await meters.collect(), "used", { owner: "server/tiles" }), 0);
  stop();
  child.acquire(Uint8Array, 1000);
  // A cumulative reader repeats what it read last.
  assert.equal(figure(await meters.collect(), "used", { owner: "server/tiles" }), 0);
});

test("two pools on one meter have series of their own, and children of one name share theirs", async (t) => {
  const meters = new Meters();
  t.after(() => meters.end());
  const [one, two] = [smallPool({ name: "one" }), smallPool({ name: "two" })];
  observe(meters.meter, one);
  const stop = observe(meters.meter, two);
  one.acquire(Uint8Array, 10);
  for (let i = 0; i < 3; i++) two.child({ name: "c" }).acquire(Uint8Array, 10);
  const metrics = await meters.collect();
  assert.equal(figure(metrics, "in_use", { owner: "one" }), 1);
  assert.equal(figure(metrics, "in_use", { owner: "two/c" }), 3);
  stop();
  one.acquire(Uint8Array, 10);
  assert.equal(figure(await meters.collect(), "in_use", { owner: "one" }), 2);
});
