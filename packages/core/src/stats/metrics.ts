// The figures of pools as metrics: one table of what there is, which the Prometheus text and OpenTelemetry both follow.
import type { ClassStats, PoolStats } from "../pool/ledger.ts";

/** A figure, and the word that tells it from others of the same metric and pool. */
type Figure = readonly [value: number, word?: string];

/** A figure that is exported. */
export interface Metric {
  /** Name without the prefix, words separated by underscores. */
  readonly name: string;
  readonly help: string;
  readonly kind: "counter" | "gauge";
  readonly unit: "bytes" | "arrays" | "blocks" | "trims" | "growths" | "regions";
  /** The name of the label that holds the word of each figure, where there is one. */
  readonly label: "reason" | "class" | undefined;
  /** Only sums make sense of several pools, so no figure is a ratio. */
  readonly read: (stats: PoolStats) => readonly Figure[];
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
    "fragmented",
    "bytes",
    "Pooled bytes that are idle and cannot be given back.",
    (s) => s.fragmentation * s.bytesRetained,
  ),
  gauge("regions", "regions", "Regions held.", (s) => s.regions),
  {
    ...counter("trims", "trims", "How often idle memory was given back.", () => 0),
    label: "reason",
    read: ({ trims }) => Object.entries(trims).map(([reason, count]) => [count, reason]),
  },
  byClass("counter", "acquired", "arrays", "Arrays given out, by block size in bytes.", (c) => c.acquired),
  byClass(
    "counter",
    "misses",
    "arrays",
    "Requests that were no hits, by block size in bytes.",
    (c) => c.misses,
  ),
  byClass("gauge", "in_use", "arrays", "Arrays in use, by block size in bytes.", (c) => c.inUse),
];

function counter(
  name: string,
  unit: Metric["unit"],
  help: string,
  read: (stats: PoolStats) => number,
): Metric {
  return { name, unit, help, kind: "counter", label: undefined, read: (stats) => [[read(stats)]] };
}

function gauge(name: string, unit: Metric["unit"], help: string, read: (stats: PoolStats) => number): Metric {
  return { ...counter(name, unit, help, read), kind: "gauge" };
}

function byClass(
  kind: Metric["kind"],
  name: string,
  unit: Metric["unit"],
  help: string,
  read: (one: ClassStats) => number,
): Metric {
  const figures = ({ classes }: PoolStats): Figure[] =>
    classes.map((one) => [read(one), String(one.blockBytes)]);
  return { name: `class_${name}`, unit, help, kind, label: "class", read: figures };
}

/** One figure of one series. */
export interface Sample {
  readonly path: string;
  readonly word: string | undefined;
  value: number;
}

/**
 * One metric of pools and all below them. A series must not come twice, so pools whose paths of names are equal count
 * together.
 */
export function samplesOf(metric: Metric, figures: readonly PathStats[]): IterableIterator<Sample> {
  const sums = new Map<string, Sample>();
  for (const [path, stats] of figures) {
    for (const [value, word] of metric.read(stats)) {
      const key = JSON.stringify([path, word]);
      const sum = sums.get(key);
      if (sum === undefined) sums.set(key, { path, word, value });
      else sum.value += value;
    }
  }
  return sums.values();
}

/** A pool's figures, and the names from the root down to it. */
export type PathStats = readonly [path: string, stats: PoolStats];

/** A pool and all below it, each with its path of names. */
export function* poolPaths(stats: PoolStats, above = ""): IterableIterator<PathStats> {
  const path = above === "" ? stats.name : `${above}/${stats.name}`;
  yield [path, stats];
  for (const child of stats.children) yield* poolPaths(child, path);
}
