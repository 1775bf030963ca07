// Data as marks take them: series with a name, so that an error says which one and where.
import { PoolError, type Series, series, type SeriesLike } from "@millpond/core";

import { checkOptions, show } from "../check.ts";
import { PlotError } from "../errors.ts";
import { firstMissing, type Summary } from "../reduce/summary.ts";

/**
 * What is done about numbers that are missing: NaN, null, infinities, and what has no place on a logarithmic axis.
 *
 * - `gap`: the line has a gap, the marker is not drawn;
 * - `drop`: the line goes on to the next number there is;
 * - `error`: a `PlotError` says which one it is.
 */
export type Missing = "gap" | "drop" | "error";

/** A series of something numeric; `what` says whose, such as "y of line 1". */
export function seriesOf(source: SeriesLike, name: string, what: string): Series {
  try {
    return series(source);
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    throw new PlotError("BAD_DATA", `${name}: expected ${what} to be numbers; ${error.message}`, place(name));
  }
}

/** Refuses series of different lengths. */
export function checkLengths(name: string, lengths: Readonly<Record<string, number>>): void {
  const all = Object.entries(lengths);
  if (all.every(([, length]) => length === all[0][1])) return;
  const got = all.map(([what, length]) => `${length} of ${what}`).join(" and ");
  throw new PlotError(
    "LENGTH_MISMATCH",
    `${name}: expected as many numbers in each series, got ${got}`,
    place(name),
  );
}

/** Refuses missing numbers, where the mark is to. */
export function checkMissing(
  missing: Missing | undefined,
  name: string,
  what: string,
  summary: Summary,
  least: number,
): void {
  if (missing === undefined || missing === "gap" || missing === "drop") return;
  if (missing !== "error") throw badOption(name, "missing", '"gap", "drop" or "error"', missing);
  const index = firstMissing(summary, least);
  if (index >= 0) throw missingAt(name, what, index, summary.data.at(index));
}

/** The error about one number. */
function missingAt(name: string, what: string, index: number, value: number): PlotError {
  const message = `${name}: ${what} at index ${index} is ${value}, which has no place; pass missing: "gap" or "drop"`;
  return new PlotError("BAD_DATA", message, { series: name, index });
}

/** The error about one number that no mark of its kind can show. */
export function badValue(name: string, expected: string, value: number, index: number): PlotError {
  const message = `${name}: expected ${expected}, got ${value} at index ${index}`;
  return new PlotError("BAD_DATA", message, { series: name, index });
}

/** The error about an option. */
export function badOption(name: string, option: string, expected: string, got: unknown): PlotError {
  return new PlotError(
    "BAD_ARGUMENT",
    `${name}: expected ${option} to be ${expected}, got ${show(got)}`,
    place(name),
  );
}

/** Values by name: an object, or a map. */
export type Named<T> = Readonly<Record<string, T>> | ReadonlyMap<string, T>;

/** Named columns as series; `what` says what they are. */
export function columnsOf(
  name: string,
  what: string,
  columns: Named<SeriesLike>,
): { readonly label: string; readonly values: Series }[] {
  return entriesOf(name, what, columns).map(([label, values]) => ({
    label,
    values: seriesOf(values, name, `values of "${label}"`),
  }));
}

/** Names and values; `what` says what they are. */
export function entriesOf<T>(name: string, what: string, values: Named<T>): [string, T][] {
  checkOptions(`${name}: ${what}`, values);
  return values instanceof Map ? [...(values as ReadonlyMap<string, T>)] : Object.entries(values);
}

/** What looking at data gives, with errors about elements of them as those of the series that they are in. */
export function lookedAt<T>(name: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof PoolError) || error.code !== "BAD_ARGUMENT") throw error;
    const { index } = error.details;
    const where = { series: name, index: typeof index === "number" ? index : undefined };
    throw new PlotError("BAD_DATA", `${name}: ${error.message}`, where);
  }
}

/** Refuses a number that is not within bounds. */
export function checkNumber(
  name: string,
  option: string,
  value: number | undefined,
  low: number,
  high: number,
): void {
  if (value === undefined || (typeof value === "number" && value >= low && value <= high)) return;
  throw badOption(name, option, `a number from ${low} to ${high}`, value);
}

/** Whether values run upwards; "horizontal" swaps the axes. */
export function isUpright(name: string, orientation: "vertical" | "horizontal" | undefined): boolean {
  if (orientation === undefined || orientation === "vertical") return true;
  if (orientation === "horizontal") return false;
  throw badOption(name, "orientation", '"vertical" or "horizontal"', orientation);
}

/** Positions: numbers, or names of a category axis. */
export function positionsOf(
  source: SeriesLike | readonly string[],
  name: string,
  what: string,
): {
  readonly numbers: Series | undefined;
  readonly names: readonly string[] | undefined;
  readonly length: number;
} {
  if (isNames(source)) return { numbers: undefined, names: source, length: source.length };
  const numbers = seriesOf(source, name, what);
  return { numbers, names: undefined, length: numbers.length };
}

/** The room of one of some places side by side: the smallest distance between two neighbours, 1 if there is none. */
export function smallestStep(places: Series): number {
  let step = Infinity;
  for (let index = 1; index < places.length; index++) {
    const apart = Math.abs(places.at(index) - places.at(index - 1));
    if (apart > 0) step = Math.min(step, apart);
  }
  return step === Infinity ? 1 : step;
}

function isNames(source: SeriesLike | readonly string[]): source is readonly string[] {
  if (!Array.isArray(source) || source.length === 0) return false;
  const items: readonly unknown[] = source;
  return items.every((item) => typeof item === "string");
}

function place(name: string): { series: string; index: undefined } {
  return { series: name, index: undefined };
}
