// Options of object pools, and the refusal of values that cannot be meant.
import { PoolError, show } from "../memory/errors.ts";

/** Options of `objects()`. */
export interface ObjectPoolOptions<T extends object> {
  /** Makes an object when no idle one fits; gets the size that was asked for, 0 when none was. */
  readonly create: (sizeHint: number) => T;
  /** Makes an object as good as new, at its release: empties what it contains, and drops what it refers to. */
  readonly reset: (object: T) => void;
  /** Called with an object that is not kept. Default: nothing, the garbage collector does the rest. */
  readonly destroy?: (object: T) => void;
  /** Objects that are made ahead, and left by `trim()`. Default 0. */
  readonly min?: number;
  /** The most idle objects that are kept. Default 256. */
  readonly max?: number;
  /**
   * How large an object has become, asked at its release, before `reset`. With it, objects are kept in three buckets:
   * small (below 16), medium (below 64) and large; `acquire(sizeHint)` takes from the one that fits.
   */
  readonly sizeOf?: (object: T) => number;
  /** Shown in error messages and statistics. Default "objects". */
  readonly name?: string;
}

/** The options with every default filled in. */
export interface ObjectPoolSettings<T extends object> {
  readonly create: (sizeHint: number) => T;
  readonly reset: (object: T) => void;
  readonly destroy: (object: T) => void;
  readonly min: number;
  readonly max: number;
  readonly sizeOf: ((object: T) => number) | undefined;
  readonly name: string;
}

const MOST_OBJECTS = 2 ** 24;

/** Fills in the defaults and refuses what cannot be meant. */
export function settleObjects<T extends object>(options: ObjectPoolOptions<T>): ObjectPoolSettings<T> {
  const { create, reset, destroy, sizeOf, name = "objects" } = options;
  for (const [option, value] of Object.entries({ create, reset })) {
    if (typeof value !== "function") throw refusal(option, "a function", value);
  }
  for (const [option, value] of Object.entries({ destroy, sizeOf })) {
    if (value !== undefined && typeof value !== "function") throw refusal(option, "a function", value);
  }
  const max = countIn("max", options.max ?? 256, MOST_OBJECTS);
  const min = countIn("min", options.min ?? 0, max);
  return { create, reset, destroy: destroy ?? (() => undefined), min, max, sizeOf, name };
}

function countIn(option: string, value: unknown, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw refusal(option, `an integer from 0 to ${most}`, value);
}

function refusal(option: string, expected: string, got: unknown): PoolError {
  const message = `expected ${option} to be ${expected}, got ${show(got)}`;
  return new PoolError("BAD_ARGUMENT", message, { option, got: show(got) });
}
