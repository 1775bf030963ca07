// Figures of pools in Prometheus' text format, version 0.0.4.
import type { Pool } from "../pool/pool.ts";
import { type Metric, METRICS, poolPaths, samplesOf } from "./metrics.ts";

/**
 * The figures of pools and their children as a Prometheus page. Answer a scrape with it; nothing is counted in between.
 * A pool's figures include its children's. Pools that have all their names in common share their series.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, prometheus } from "@millpond/core";
 *
 * const pool = new Pool({ name: "frames" });
 * pool.release(pool.acquire(Uint8Array, 4096));
 * assert.match(prometheus([pool]), /^millpond_pool_acquired_arrays_total\{pool="frames"\} 1$/m);
 * ```
 */
export function prometheus(pools: readonly Pool[]): string {
  const figures = [...new Set(pools)].flatMap((pool) => [...poolPaths(pool.stats())]);
  const lines: string[] = [];
  for (const metric of METRICS) {
    const name = nameOf(metric);
    lines.push(`# HELP ${name} ${metric.help}`, `# TYPE ${name} ${metric.kind}`);
    for (const { path, word, value } of samplesOf(metric, figures)) {
      const more = word === undefined ? "" : `,${metric.label}="${escaped(word)}"`;
      lines.push(`${name}{pool="${escaped(path)}"${more}} ${shown(value)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function nameOf({ name, unit, kind }: Metric): string {
  const words = [`millpond_pool_${name}`];
  if (unit !== name) words.push(unit);
  if (kind === "counter") words.push("total");
  return words.join("_");
}

function escaped(label: string): string {
  return label.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function shown(figure: number): string {
  return figure === Infinity ? "+Inf" : String(figure);
}
