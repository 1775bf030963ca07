// Counts what the garbage collector does. Node reports each collection to a performance observer some time after it
// happened; the times in the reports tell which of them fell into a measured stretch.

import { constants, PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";

/** Collections during some stretches of time. */
export interface Collections {
  /** Scavenges: collections of the young generation. */
  readonly minor: number;
  /** Mark-compacts: collections of the whole heap. */
  readonly major: number;
  /** Steps of incremental marking, and callbacks of weak references. */
  readonly other: number;
  /** How long the program stood still for them. */
  readonly milliseconds: number;
  /** The longest time it stood still for at once. */
  readonly longestMs: number;
}

interface Collection {
  readonly start: number;
  readonly kind: number;
  readonly milliseconds: number;
}

/** A stretch of time, in milliseconds of `performance.now()`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Watches the collector from its construction until `stop()`. */
export class CollectionWatch {
  readonly #seen: Collection[] = [];
  readonly #observer: PerformanceObserver;

  constructor() {
    this.#observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { kind } = (entry as unknown as { detail: { kind: number } }).detail;
        this.#seen.push({ start: entry.startTime, kind, milliseconds: entry.duration });
      }
    });
    this.#observer.observe({ entryTypes: ["gc"] });
  }

  /** Lets reports that are under way arrive. Call it outside the measured stretches. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await setImmediate();
  }

  /** What happened within the given stretches. */
  within(stretches: readonly Stretch[]): Collections {
    const inside = this.#seen.filter(({ start }) =>
      stretches.some((stretch) => start >= stretch.start && start <= stretch.end),
    );
    const ofKind = (kind: number): number => inside.filter((collection) => collection.kind === kind).length;
    const minor = ofKind(constants.NODE_PERFORMANCE_GC_MINOR);
    const major = ofKind(constants.NODE_PERFORMANCE_GC_MAJOR);
    const times = inside.map(({ milliseconds }) => milliseconds);
    return {
      minor,
      major,
      other: inside.length - minor - major,
      milliseconds: times.reduce((total, time) => total + time, 0),
      longestMs: Math.max(0, ...times),
    };
  }

  /** Stops watching. */
  stop(): void {
    this.#observer.disconnect();
  }
}
