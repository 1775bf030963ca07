// An axis' scale: what kind it is, which values it shows, and where its ticks are. It knows nothing of pixels until it is
// asked for a mapping.
import { checkOptions, checkTypes, show } from "../check.ts";
import { PlotError } from "../errors.ts";
import { autoLimits, type Limits, ROUND_STEPS, roundLog, roundOutwards, separate } from "./limits.ts";
import { logTicks, symlogTicks } from "./log-ticks.ts";
import { type Bend, LINEAR, LOG, Mapping, SYMLOG } from "./mapping.ts";
import { minorStep, multiples, niceStep } from "./nice.ts";
import { labelNumber, labelNumbers, type Notation } from "./tick-labels.ts";
import { keptTicks, type Ticks } from "./ticks.ts";
import { timeStep, timeTicks } from "./time-ticks.ts";
import { LAST_INSTANT, zoneOf } from "./time-zone.ts";

/**
 * What a scale does with values.
 *
 * | kind | is |
 * |---|---|
 * | `linear` | as far apart as they are |
 * | `log` | by their decimal logarithm; zero and less have no place |
 * | `symlog` | straight between minus and plus a threshold, logarithmic beyond |
 * | `time` | milliseconds since 1970, with ticks at local times of a named zone |
 * | `category` | the names 0, 1, 2 … side by side |
 */
export type ScaleKind = "linear" | "log" | "symlog" | "time" | "category";

/** How an axis turns values into places, and what stands along it. */
export interface ScaleOptions {
  /** What the axis does with values. @defaultValue "linear", or "category" where a mark brings names */
  readonly scale?: ScaleKind | undefined;
  /** The values at the two ends; descending ones invert the axis. What is undefined comes from the data. */
  readonly limits?: readonly [number | undefined, number | undefined] | undefined;
  /** Turns the axis round. @defaultValue false */
  readonly inverted?: boolean | undefined;
  /** How much more than the data is shown, as a share of their range. @defaultValue 0.05, or 0 with `nice` */
  readonly margin?: number | undefined;
  /**
   * Moves the ends that come from the data outwards to a round value, on linear, logarithmic and time axes. Such ends stay
   * while a few more data come in. @defaultValue false
   */
  readonly nice?: boolean | undefined;
  /** Values for ticks, or about how many there should be. */
  readonly ticks?: readonly number[] | number | undefined;
  /** What is written at the ticks that `ticks` lists. */
  readonly tickLabels?: readonly string[] | undefined;
  /** Writes a label; gets the value of the tick and its place among the ticks. */
  readonly format?: ((value: number, index: number) => string) | undefined;
  /** How numbers are written. @defaultValue "auto" */
  readonly notation?: Notation | undefined;
  /** Ticks without labels between the others. @defaultValue only on logarithmic scales */
  readonly minorTicks?: boolean | undefined;
  /** The zone of a time axis. @defaultValue "UTC" */
  readonly zone?: string | undefined;
  /** Where a symlog scale begins to be logarithmic. @defaultValue 1 */
  readonly threshold?: number | undefined;
  /** The names of a category axis. */
  readonly categories?: readonly string[] | undefined;
}

/** What the data of an axis have to say about its limits. */
export interface Extent {
  /** The smallest value that has a place; more than `high` where there is none. */
  readonly low: number;
  readonly high: number;
  /** Where the data stand on this value, nothing is added below (or above) it: bars stand on the axis. */
  readonly base?: number | undefined;
  /** True where the data are shown from above to below if nobody says otherwise, as tables are. */
  readonly inverted?: boolean | undefined;
  /** True where the data fill the axis, as the cells of a heatmap do: nothing is added. */
  readonly tight?: boolean | undefined;
  /** Names of the places 0, 1, 2 …, where the data bring some: the axis is a category axis then. */
  readonly names?: readonly string[] | undefined;
}

// A value is told to some ten thousandth of what its axis shows.
const MORE_DIGITS = 4;
const MOST_DIGITS = 15;

/** A scale with its limits. */
export class Scale {
  /** What errors call its axis. */
  readonly name: string;
  readonly kind: ScaleKind;
  readonly low: number;
  readonly high: number;
  readonly inverted: boolean;
  /** Whether data say what it shows, or limits of both ends. */
  readonly known: boolean;
  readonly #options: ScaleOptions;
  readonly #bend: Bend;
  readonly #threshold: number;

  constructor(name: string, options: ScaleOptions, extent: Extent) {
    checkScale(name, options);
    this.name = name;
    this.kind = options.scale ?? "linear";
    this.#options = options;
    this.#bend = bendOf(this.kind);
    this.#threshold = options.threshold ?? 1;
    const limits = this.#limits(extent);
    const [first, second] = options.limits ?? [];
    const descending = first !== undefined && second !== undefined && first > second;
    this.known = extent.low <= extent.high || (first !== undefined && second !== undefined);
    this.low = limits.low;
    this.high = limits.high;
    this.inverted = (options.inverted ?? extent.inverted ?? false) !== descending;
  }

  /** The same scale with other limits. */
  within({ low, high }: Limits): Scale {
    const limits = this.inverted ? ([high, low] as const) : ([low, high] as const);
    return new Scale(this.name, { ...this.#options, limits, inverted: false }, { low, high });
  }

  /** Values to pixels, `low` at `start`, or at `end` on an inverted axis. */
  mapping(start: number, end: number): Mapping {
    const [from, to] = this.inverted ? [end, start] : [start, end];
    return new Mapping(this.#bend, this.low, this.high, from, to, this.#threshold);
  }

  /** One value in words: a local time, a name, or a number with digits enough for what the axis shows. */
  describe(value: number): string {
    const { categories, zone = "UTC" } = this.#options;
    if (this.kind === "time" && Math.abs(value) <= LAST_INSTANT) {
      const local = new Date(zoneOf(zone).local(value)).toISOString();
      return local.replace("T", " ").replace(/(?:\.000)?Z$/, "");
    }
    if (this.kind === "category") return categories?.[Math.round(value)] ?? labelNumber(value);
    const most = Math.max(Math.abs(this.low), Math.abs(this.high));
    const needed = Math.ceil(Math.log10(most / (this.high - this.low))) + MORE_DIGITS;
    return labelNumber(value, Math.min(MOST_DIGITS, Math.max(6, needed)));
  }

  /** Ticks within the limits; `count` is how many there should be if nobody else says so. */
  ticks(count: number): Ticks {
    const { kind, low, high } = this;
    const { ticks, tickLabels, notation, minorTicks, zone, threshold, format } = this.#options;
    if (this.#options.categories !== undefined && kind === "category") return this.#nameTicks();
    const axis = [kind, low, high, count, ticks, tickLabels, notation, minorTicks, zone, threshold];
    const made = keptTicks(axis, () =>
      Array.isArray(ticks)
        ? this.#chosenTicks(ticks as readonly number[])
        : this.#niceTicks(typeof ticks === "number" ? ticks : count),
    );
    // A function may write something else each time.
    return format === undefined ? made : { ...made, labels: made.majors.map(format) };
  }

  #limits(extent: Extent): Limits {
    const { categories, limits = [undefined, undefined] } = this.#options;
    if (this.kind === "category" && limits[0] === undefined && limits[1] === undefined) {
      const count = categories?.length ?? Math.ceil(extent.high + 1);
      return { low: -0.5, high: (count > 0 && count < Infinity ? count : 1) - 0.5 };
    }
    const auto = this.#autoLimits(extent);
    const [a, b] = limits;
    if (a !== undefined && b !== undefined) return separate(Math.min(a, b), Math.max(a, b), this.#bend);
    if (a !== undefined)
      return a < auto.high ? separate(a, auto.high, this.#bend) : autoLimits(a, a, this.#bend, 0);
    if (b !== undefined)
      return auto.low < b ? separate(auto.low, b, this.#bend) : autoLimits(b, b, this.#bend, 0);
    return auto;
  }

  #autoLimits(extent: Extent): Limits {
    const { low, high, base } = extent;
    const { nice = false, margin = nice ? 0 : 0.05 } = this.#options;
    const wide = autoLimits(low, high, this.#bend, extent.tight === true ? 0 : margin, this.#threshold);
    const auto = nice ? this.#rounded(wide) : wide;
    if (base === undefined || !(low < high)) return auto;
    return { low: low === base ? base : auto.low, high: high === base ? base : auto.high };
  }

  #rounded(limits: Limits): Limits {
    if (this.kind === "log") return roundLog(limits);
    if (this.kind === "symlog" || this.kind === "category") return limits;
    const { low, high } = limits;
    return roundOutwards(limits, this.kind === "time" ? timeStep(low, high, ROUND_STEPS) : undefined);
  }

  #nameTicks(): Ticks {
    const names = this.#options.categories ?? [];
    const majors = names.map((_, index) => index).filter((index) => index >= this.low && index <= this.high);
    return { majors, minors: [], labels: majors.map((index) => names[index]) };
  }

  #chosenTicks(values: readonly number[]): Ticks {
    const labels = this.#options.tickLabels;
    const kept = values.map((value, index) => ({ value, index }));
    const shown = kept.filter(({ value }) => value >= this.low && value <= this.high);
    const majors = shown.map(({ value }) => value);
    if (labels !== undefined) return { majors, minors: [], labels: shown.map(({ index }) => labels[index]) };
    return { majors, minors: [], labels: labelNumbers(majors, this.#options.notation) };
  }

  #niceTicks(count: number): Ticks {
    const { low, high } = this;
    const { notation = "auto", minorTicks } = this.#options;
    if (this.kind === "time")
      return timeTicks(low, high, count, zoneOf(this.#options.zone ?? "UTC"), minorTicks === true);
    if (this.kind === "log") return without(logTicks(low, high, count, notation), minorTicks);
    if (this.kind === "symlog")
      return without(symlogTicks(low, high, count, this.#threshold, notation), minorTicks);
    const step = niceStep(low, high, count);
    const whole = this.kind === "category" && step.exponent < 0 ? { digits: 1, exponent: 0 } : step;
    const majors = multiples(whole, low, high);
    const between = minorTicks === true ? multiples(minorStep(whole), low, high) : [];
    const minors = between.filter((tick) => !majors.includes(tick));
    return { majors, minors, labels: labelNumbers(majors, notation) };
  }
}

function without(ticks: Ticks, minorTicks: boolean | undefined): Ticks {
  return minorTicks === false ? { ...ticks, minors: [] } : ticks;
}

function bendOf(kind: ScaleKind): Bend {
  if (kind === "log") return LOG;
  return kind === "symlog" ? SYMLOG : LINEAR;
}

const NOTATIONS: readonly unknown[] = ["auto", "plain", "scientific"];
const TYPES = {
  inverted: "boolean",
  nice: "boolean",
  format: "function",
  minorTicks: "boolean",
  zone: "string",
  label: "string",
  grid: "boolean",
  labels: "boolean",
  rotation: "number",
} as const;
const KINDS: readonly unknown[] = ["linear", "log", "symlog", "time", "category"];

/** Refuses options that no axis can be made of; `name` says which axis. */
export function checkScale(name: string, options: ScaleOptions): void {
  checkOptions(`${name}: options`, options);
  checkTypes(name, options, TYPES);
  const { notation = "auto", categories } = options;
  if (!NOTATIONS.includes(notation)) refuse(name, "notation", `one of ${NOTATIONS.join(", ")}`, notation);
  if (categories !== undefined && !isListOf(categories, "string"))
    refuse(name, "categories", "a list of names", categories);
  const { scale = "linear", limits, ticks, tickLabels, threshold = 1, margin = 0, zone } = options;
  if (!KINDS.includes(scale)) refuse(name, "scale", `one of ${KINDS.join(", ")}`, scale);
  if (limits !== undefined) checkLimits(name, limits, scale);
  if (!isWithin(threshold, Number.MIN_VALUE, Number.MAX_VALUE))
    refuse(name, "threshold", "a number above 0", threshold);
  if (!isWithin(margin, 0, 10)) refuse(name, "margin", "a number from 0 to 10", margin);
  if (typeof ticks === "number" && !(ticks >= 1 && ticks <= 1000)) {
    refuse(name, "ticks", "a list of values or a count from 1 to 1000", ticks);
  }
  if (ticks !== undefined && typeof ticks !== "number" && !isListOf(ticks, "number"))
    refuse(name, "ticks", "a list of values or a count from 1 to 1000", ticks);
  if (tickLabels !== undefined && !isListOf(tickLabels, "string"))
    refuse(name, "tickLabels", "a list of texts", tickLabels);
  if (tickLabels !== undefined && (!Array.isArray(ticks) || ticks.length !== tickLabels.length)) {
    const got = `${tickLabels.length} labels for ${Array.isArray(ticks) ? ticks.length : "automatic"} ticks`;
    throw new PlotError("BAD_ARGUMENT", `${name}: expected a tick value for each tick label, got ${got}`);
  }
  if (zone !== undefined) zoneOf(zone);
}

function checkLimits(name: string, limits: readonly (number | undefined)[], scale: ScaleKind): void {
  if (!Array.isArray(limits) || limits.length !== 2) refuse(name, "limits", "two numbers", limits);
  for (const limit of limits) {
    if (limit === undefined) continue;
    if (!Number.isFinite(limit)) refuse(name, "limits", "finite numbers", limits);
    if (scale === "log" && limit <= 0) refuse(name, "limits", "numbers above 0 on a log axis", limits);
  }
}

function refuse(name: string, option: string, expected: string, got: unknown): never {
  throw new PlotError("BAD_ARGUMENT", `${name}: expected ${option} to be ${expected}, got ${show(got)}`);
}

function isWithin(value: unknown, low: number, high: number): boolean {
  return typeof value === "number" && value >= low && value <= high;
}

function isListOf(value: unknown, type: "string" | "number"): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === type);
}
