// An array pool's options, their defaults, and the refusal of values that cannot be meant.
import { PoolError, show } from "../memory/errors.ts";

/**
 * How an array pool knows its arrays again.
 *
 * - `"direct"`: by the array object itself, which is kept and given out again. The fastest; the release of a
 *   former owner is refused only as long as his object has not been given out again.
 * - `"tracked"`: a side table knows the object of the present owner and of the one before; every acquisition
 *   gets an object of its own, so no former owner can release. The default.
 * - `"tagged"`: as tracked, and a header in front of each array tells when memory was overwritten.
 */
export type ArrayStrategy = "direct" | "tracked" | "tagged";

/** Options of `arrays()`. */
export interface ArrayPoolOptions {
  /** How arrays are known again. Default `"tracked"`. */
  readonly strategy?: ArrayStrategy;
  /** The lengths of the size classes, ascending. Default `[16, 256]`. Longer arrays go straight to the pool. */
  readonly classes?: readonly number[];
  /** How many idle arrays a class keeps when memory could be given back. Default 1,024. */
  readonly maxIdle?: number;
  /** Shown in statistics and error messages. Default: the class of the arrays and the strategy. */
  readonly name?: string;
}

/** The options with every default filled in. */
export interface ArrayPoolSettings {
  readonly strategy: ArrayStrategy;
  readonly classes: readonly number[];
  readonly maxIdle: number;
  readonly name: string;
}

const STRATEGIES: readonly unknown[] = ["direct", "tracked", "tagged"];
const MAX_CLASSES = 32;
// Blocks of a class lie in slabs of a pool's block each, which cannot be arbitrarily large.
const MAX_CLASS_LENGTH = 1_048_576;

/** Fills in the defaults and refuses what cannot be meant, naming the option. */
export function settle(typeName: string, options: ArrayPoolOptions): ArrayPoolSettings {
  const strategy = options.strategy ?? "tracked";
  const classes = options.classes ?? [16, 256];
  const maxIdle = options.maxIdle ?? 1024;
  if (!STRATEGIES.includes(strategy)) throw bad("strategy", '"direct", "tracked" or "tagged"', strategy);
  if (!Array.isArray(classes) || classes.length > MAX_CLASSES || !classes.every(isNextClass)) {
    const expected = `at most ${MAX_CLASSES} ascending integers from 1 to ${MAX_CLASS_LENGTH}`;
    throw bad("classes", expected, Array.isArray(classes) ? classes.join(", ") : classes);
  }
  if (!(maxIdle >= 0)) throw bad("maxIdle", "a number of 0 or more", maxIdle);
  return {
    strategy,
    classes: [...classes],
    maxIdle,
    name: options.name ?? `${typeName} arrays, ${strategy}`,
  };
}

function isNextClass(length: unknown, place: number, classes: readonly unknown[]): boolean {
  const least = place === 0 ? 1 : (classes[place - 1] as number) + 1;
  return Number.isInteger(length) && (length as number) >= least && (length as number) <= MAX_CLASS_LENGTH;
}

function bad(option: string, expected: string, got: unknown): PoolError {
  return new PoolError("BAD_ARGUMENT", `expected ${option} to be ${expected}, got ${show(got)}`, {
    option,
    got,
  });
}
