// The figures of pools as metrics: one table of what there is, which the Prometheus text and OpenTelemetry both follow.
import type { PoolStats } from "../pool/ledger.ts";

/** A figure that is exported. */
export interface Metric {
  /** Name without the prefix, words separated by dots. */
  readonly name: string;
  readonly help: string;
  readonly kind: "counter" | "gauge";
  readonly unit: "bytes" | "arrays" | "trims" | "growths" | "ratio";
  readonly read: (stats: PoolStats) => number;
}

/** What is exported of each pool. */
export const METRICS: readonly Metric[] = [
  counter("acquired", "arrays", "Arrays given out.", (s) => s.acquired),
  counter("released", "arrays", "Arrays given back.", (s) => s.released),
  counter("hits", "arrays", "Requests that created nothing.", (s) => s.hits),
  counter("misses", "arrays", "Requests that created a view, or both a view and a block.", (s) => s.misses),
  counter("unpooled", "arrays", "Arrays made outside the pool.", (s) => s.unpooled),
  counter("growths", "growths", "How often memory was carved.", (s) => s.growths),
  counter("trimmed", "bytes", "Idle memory given back.", (s) => s.bytesTrimmed),
  gauge("in_use", "arrays", "Arrays in use.", (s) => s.inUse),
  gauge("used", "bytes", "Bytes of blocks in use.", (s) => s.bytesInUse),
  gauge("peak", "bytes", "The most bytes of blocks that were in use at once.", (s) => s.bytesPeak),
  gauge("wasted", "bytes", "What rounding up to block sizes costs now.", (s) => s.bytesWasted),
  gauge("pooled", "bytes", "Bytes in blocks, in use or idle.", (s) => s.bytesRetained),
  gauge("reserved", "bytes", "Address space reserved.", (s) => s.bytesReserved),
  gauge("limit", "bytes", "The budget.", (s) => s.limitBytes),
  gauge(
    "fragmentation",
    "ratio",
    "Share of the pooled bytes that is idle and cannot be given back.",
    (s) => s.fragmentation,
  ),
];

function counter(name: string, unit: Metric["unit"], help: string, read: Metric["read"]): Metric {
  return { name, unit, help, read, kind: "counter" };
}

function gauge(name: string, unit: Metric["unit"], help: string, read: Metric["read"]): Metric {
  return { name, unit, help, read, kind: "gauge" };
}

/** A pool and all below it, each with its path of names. */
export function* poolPaths(
  stats: PoolStats,
  above = "",
): IterableIterator<readonly [path: string, stats: PoolStats]> {
  const path = above === "" ? stats.name : `${above}/${stats.name}`;
  yield [path, stats];
  for (const child of stats.children) yield* poolPaths(child, path);
}
