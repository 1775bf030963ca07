// A pool's options, their defaults, and the refusal of values that cannot be meant.
import { PoolError, show, unlike } from "../memory/errors.ts";
import { MAX_REGION_BYTES, PAGE_BYTES } from "../memory/region.ts";
import { MiB } from "../memory/units.ts";

/**
 * How much a pool checks.
 *
 * - `"off"`: plain allocation behind the same interface, to rule the pool out in a minute.
 * - `"fast"`: double, foreign and sub-view release are refused. The default.
 * - `"checked"`: also stale release of arrays; released memory is painted and checked for late writes; guard
 *   bytes behind each array; acquisition stacks, sampled.
 * - `"strict"`: also, every array has a buffer of its own that release detaches, so that using it later fails.
 */
export type CheckMode = "off" | "fast" | "checked" | "strict";

/** Misbehaviour on request, from a seed, to try a program's own tests with. */
export interface ChaosOptions {
  /** Same seed, same misbehaviour. */
  readonly seed: number;
  /** Probability that a released block is not given out again for the next 1,024 such releases, unless memory runs out. Default 0.25. */
  readonly drop?: number;
  /** Probability that a released block is held back for the next 16 releases. Default 0.25. */
  readonly delay?: number;
  /** Probability that `acquireUnsafe` gives an array full of garbage. Default 0.5. */
  readonly poison?: number;
}

/** Options of `pool.child()`. */
export interface ChildOptions {
  /** Shown in statistics, reports and error messages. */
  readonly name?: string;
  /** The most bytes of blocks the child, its own children included, may have in use. Default: the parent's. */
  readonly limitBytes?: number;
  /** What happens when a limit is reached: an error (the default), or an array outside the pool. */
  readonly onExhausted?: "throw" | "unpooled";
}

/** Options of `new Pool()`; every one has a default. */
export interface PoolOptions extends ChildOptions {
  /** The most bytes the pool retains in blocks, in use or idle. Default 512 MiB. */
  readonly limitBytes?: number;
  /** How much is reserved at a time; costs nothing until touched. Default 64 MiB, at most 4 GiB. */
  readonly regionBytes?: number;
  /**
   * `"wasm"` (the default) lets kernels work on pooled arrays in place; `"arraybuffer"` does without wasm. Outside
   * Node, a plain buffer could be transferred to another thread, which ends every array in it: never do that.
   */
  readonly memory?: "wasm" | "arraybuffer";
  /** Default `"fast"`, or what the environment variable MILLPOND_CHECK says. */
  readonly check?: CheckMode;
  /** When memory is zeroed: before it is given out (the default), or as soon as it comes back. */
  readonly zero?: "acquire" | "release";
  /** Idle memory that was not needed for this long is given back, half of it at a time. Default 30,000; `Infinity` never. */
  readonly trimAfterMs?: number;
  /** How full memory is, 0 to 1; from 0.9 on everything idle is given back. Default: what the process can tell. */
  readonly pressure?: () => number;
  /** In checked modes, keep the stack of one acquisition in so many. Default 16. */
  readonly stackEvery?: number;
  /** Misbehaviour on request, for tests. Default: none. */
  readonly chaos?: ChaosOptions;
}

/** The options of a root pool with every default filled in. */
export interface PoolSettings {
  readonly limitBytes: number;
  readonly regionBytes: number;
  readonly memory: "wasm" | "arraybuffer";
  readonly check: CheckMode;
  readonly zero: "acquire" | "release";
  readonly trimAfterMs: number;
  readonly pressure: (() => number) | undefined;
  readonly stackEvery: number;
  readonly chaos: Required<ChaosOptions> | undefined;
}

const CHECK_MODES: readonly string[] = ["off", "fast", "checked", "strict"];

/** Fills in the defaults and refuses what cannot be meant, naming the option. */
export function settle(options: PoolOptions): PoolSettings {
  const { memory = "wasm", zero = "acquire", pressure, chaos } = options;
  const { limitBytes = 512 * MiB, regionBytes = 64 * MiB, trimAfterMs = 30_000, stackEvery = 16 } = options;
  if (pressure !== undefined && typeof pressure !== "function")
    throw unlike("pressure to be a function", pressure);
  oneOf("memory", memory, ["wasm", "arraybuffer"]);
  oneOf("zero", zero, ["acquire", "release"]);
  numberIn("regionBytes", regionBytes, 2 * PAGE_BYTES, MAX_REGION_BYTES);
  return {
    limitBytes: numberIn("limitBytes", limitBytes, PAGE_BYTES, Infinity),
    regionBytes: Math.ceil(regionBytes / PAGE_BYTES) * PAGE_BYTES,
    memory,
    check: settleCheck(options.check),
    zero,
    trimAfterMs: numberIn("trimAfterMs", trimAfterMs, 1, Infinity),
    pressure,
    stackEvery: Math.ceil(numberIn("stackEvery", stackEvery, 1, Infinity)),
    chaos: chaos === undefined ? undefined : settleChaos(chaos),
  };
}

/** Refuses what is no object of options. */
export function checkOptions(options: unknown): void {
  if (typeof options !== "object" || options === null) throw unlike("options to be an object", options);
}

/** Checks the options that children and root pools share. */
export function checkChildOptions(options: ChildOptions): void {
  checkOptions(options);
  const { name } = options;
  if (name !== undefined && typeof name !== "string") throw unlike("name to be a string", name);
  oneOf("onExhausted", options.onExhausted, ["throw", "unpooled"]);
  if (options.limitBytes !== undefined) numberIn("limitBytes", options.limitBytes, 1, Infinity);
}

function settleChaos(chaos: ChaosOptions): Required<ChaosOptions> {
  if (typeof chaos !== "object" || chaos === null) throw unlike("chaos to be an object", chaos);
  const { seed, drop = 0.25, delay = 0.25, poison = 0.5 } = chaos;
  return {
    seed: numberIn("chaos.seed", seed, -Infinity, Infinity),
    drop: numberIn("chaos.drop", drop, 0, 1),
    delay: numberIn("chaos.delay", delay, 0, 1),
    poison: numberIn("chaos.poison", poison, 0, 1),
  };
}

/** The mode that is asked for, by an option or by the environment. */
export function settleCheck(asked: CheckMode | undefined): CheckMode {
  const host = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process;
  const mode = asked === undefined ? (host?.env?.["MILLPOND_CHECK"] ?? "fast") : asked;
  oneOf(asked === undefined ? "MILLPOND_CHECK" : "check", mode, CHECK_MODES);
  return mode as CheckMode;
}

function oneOf(option: string, value: unknown, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value as string)) return;
  throw new PoolError(
    "BAD_ARGUMENT",
    `expected ${option} to be one of ${allowed.map((word) => `"${word}"`).join(", ")}, got ${show(value)}`,
    { option, got: value, expected: allowed },
  );
}

function numberIn(option: string, value: unknown, least: number, most: number): number {
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw new PoolError(
    "BAD_ARGUMENT",
    `expected ${option} to be a number from ${least} to ${most}, got ${show(value)}`,
    {
      option,
      got: value,
      least,
      most,
    },
  );
}
