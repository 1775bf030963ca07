// Options of record tables and of vectors, and the refusal of values that cannot be meant.
import { PoolError, show } from "../memory/errors.ts";
import { MAX_SLOTS } from "./slots.ts";

/** Options of `records()`; every one has a default. */
export interface RecordOptions {
  /** Shown in error messages and statistics. Default "records". */
  readonly name?: string;
  /** Records for which there is room from the start. Default 64, or `maxRecords` where that is less. */
  readonly capacity?: number;
  /**
   * The most records there may be; one more is refused with `POOL_EXHAUSTED`. With the same `capacity` the table never
   * grows, so that its columns stay where they are. Default 268,435,455.
   */
  readonly maxRecords?: number;
  /** By how much a full table grows. Default 1.5. */
  readonly growth?: number;
}

/** The options with every default filled in. */
export interface RecordSettings {
  readonly name: string;
  readonly capacity: number;
  readonly maxRecords: number;
  readonly growth: number;
}

const DEFAULT_CAPACITY = 64;

/** Fills in the defaults and refuses what cannot be meant. */
export function settleRecords(options: RecordOptions): RecordSettings {
  const maxRecords = integerIn("maxRecords", options.maxRecords ?? MAX_SLOTS, 1, MAX_SLOTS);
  const capacity = options.capacity ?? Math.min(DEFAULT_CAPACITY, maxRecords);
  return {
    name: options.name ?? "records",
    capacity: integerIn("capacity", capacity, 1, maxRecords),
    maxRecords,
    growth: numberIn("growth", options.growth ?? 1.5, 1.05, 16),
  };
}

/** The value, when it is an integer in the range. */
export function integerIn(option: string, value: unknown, least: number, most: number): number {
  if (Number.isInteger(value)) return numberIn(option, value, least, most);
  throw refusal(option, `an integer from ${least} to ${most}`, value);
}

function numberIn(option: string, value: unknown, least: number, most: number): number {
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw refusal(option, `a number from ${least} to ${most}`, value);
}

/** The error for an option that is not what it should be. */
export function refusal(option: string, expected: string, got: unknown): PoolError {
  return new PoolError("BAD_ARGUMENT", `expected ${option} to be ${expected}, got ${show(got)}`, {
    option,
    got: show(got),
  });
}
