// What a root pool and all pools below it have in common.
import { PoolError } from "../memory/errors.ts";
import type { BlockHeap } from "./block-heap.ts";
import { Chaos } from "./chaos.ts";
import { Checks } from "./checks.ts";
import { Heap } from "./heap.ts";
import type { PoolSettings } from "./options.ts";

const MAX_POOLS = 65_535;

/** What is shared by a root pool and all pools below it. */
export interface PoolTree<P> {
  readonly settings: PoolSettings;
  readonly heap: BlockHeap;
  readonly checks: Checks | undefined;
  readonly chaos: Chaos | undefined;
  /** By number; a number is what blocks are marked with. 0 stands for nobody. */
  readonly pools: (P | undefined)[];
  /** Numbers of closed pools. */
  readonly freeNumbers: number[];
  stopDecay: () => void;
}

/** What the pools of a new tree share. */
export function plantTree<P>(settings: PoolSettings, heap: BlockHeap = new Heap(settings)): PoolTree<P> {
  return {
    settings,
    heap,
    checks:
      settings.check === "checked" || settings.check === "strict"
        ? new Checks(settings.stackEvery)
        : undefined,
    chaos: settings.chaos === undefined ? undefined : new Chaos(settings.chaos),
    pools: [undefined],
    freeNumbers: [],
    stopDecay: () => undefined,
  };
}

/** The number of a closed pool, or a new one; 0 means "nobody". */
export function enroll<P>(tree: PoolTree<P>, pool: P): number {
  const number = tree.freeNumbers.pop() ?? tree.pools.length;
  if (number > MAX_POOLS) {
    throw new PoolError(
      "BAD_ARGUMENT",
      `a pool can have at most ${MAX_POOLS - 1} open children; close() some`,
      {},
    );
  }
  tree.pools[number] = pool;
  return number;
}
