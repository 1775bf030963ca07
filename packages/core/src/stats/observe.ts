// Figures of pools as OpenTelemetry instruments. The types are structural: no package of OpenTelemetry is needed to
// install or compile this one.
import type { Pool } from "../pool/pool.ts";
import { METRICS, poolPaths, samplesOf } from "./metrics.ts";

/** What a batch callback writes to. */
export interface ObservationsLike<I> {
  /** Notes a figure. */
  observe(instrument: I, value: number, attributes?: Record<string, string>): void;
}

/** An OpenTelemetry `Meter`, as far as it is used here. */
export interface MeterLike<I> {
  /** Makes a counter that is read when asked. */
  createObservableCounter(name: string, options?: { description?: string; unit?: string }): I;
  /** Makes a gauge that is read when asked. */
  createObservableGauge(name: string, options?: { description?: string; unit?: string }): I;
  /** Registers who is asked. */
  addBatchObservableCallback(callback: (observations: ObservationsLike<I>) => void, instruments: I[]): void;
  /** Takes the registration back. */
  removeBatchObservableCallback(
    callback: (observations: ObservationsLike<I>) => void,
    instruments: I[],
  ): void;
}

/**
 * Lets an OpenTelemetry meter read the figures of a pool and its children whenever it collects. Gives a function that
 * ends it.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { type MeterLike, observe, Pool } from "@millpond/core";
 *
 * // In a program: const meter = metrics.getMeter("app") of @opentelemetry/api.
 * const names: string[] = [];
 * const meter: MeterLike<number> = {
 *   createObservableCounter: (name) => names.push(name),
 *   createObservableGauge: (name) => names.push(name),
 *   addBatchObservableCallback: () => {},
 *   removeBatchObservableCallback: () => {},
 * };
 * const stop = observe(meter, new Pool({ name: "frames" }));
 * assert.ok(names.includes("millpond.pool.in_use"));
 * stop();
 * ```
 */
export function observe<I>(meter: MeterLike<I>, pool: Pool): () => void {
  const instruments = METRICS.map(({ name, kind, help, unit }) => {
    const full = `millpond.pool.${name}`;
    const options = {
      description: help,
      unit: unit === "bytes" ? "By" : `{${unit}}`,
    };
    return kind === "counter"
      ? meter.createObservableCounter(full, options)
      : meter.createObservableGauge(full, options);
  });
  const callback = (observations: ObservationsLike<I>): void => {
    const figures = [...poolPaths(pool.stats())];
    for (const [place, metric] of METRICS.entries()) {
      for (const { path: owner, word, value } of samplesOf(metric, figures)) {
        const more = metric.label === undefined || word === undefined ? {} : { [metric.label]: word };
        observations.observe(instruments[place], value, { owner, ...more });
      }
    }
  };
  meter.addBatchObservableCallback(callback, instruments);
  return () => meter.removeBatchObservableCallback(callback, instruments);
}
