// The one error class of the package: a stable code and, where the fault lies in data, the series and the element.

/**
 * What went wrong, as a word that does not change between versions.
 *
 * | code | means |
 * |---|---|
 * | `BAD_ARGUMENT` | an option or argument that cannot be served |
 * | `BAD_DATA` | a value in the data that cannot be drawn |
 * | `BAD_FONT` | bytes that are no font, or a font that was never registered |
 * | `NOT_INSTALLED` | something that needs a package which is not there |
 * | `LENGTH_MISMATCH` | series that belong together and have different lengths |
 */
export type PlotErrorCode = "BAD_ARGUMENT" | "BAD_DATA" | "BAD_FONT" | "LENGTH_MISMATCH" | "NOT_INSTALLED";

/** Which value of which series something is about. */
export interface PlotPlace {
  /** The series, by its label or by its number in the figure. */
  readonly series: string;
  /** The element of the series, counted from 0; undefined where the whole series is meant. */
  readonly index: number | undefined;
}

// Two copies of the package may be loaded; the brand lets `instanceof` see across them.
const BRAND: unique symbol = Symbol.for("millpond.PlotError") as never;

/**
 * Thrown by everything in this package. `code` is stable, `message` is for people, `place` says where in the data.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { PlotError } from "@millpond/plot";
 *
 * const error = new PlotError("BAD_DATA", "expected a finite width");
 * assert(error instanceof PlotError);
 * assert.equal(error.code, "BAD_DATA");
 * assert.equal(error.place, undefined);
 * ```
 */
export class PlotError extends Error {
  static {
    Object.defineProperty(this.prototype, "name", { value: "PlotError", configurable: true });
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

  /** A word that does not change between versions; see {@link PlotErrorCode}. */
  readonly code: PlotErrorCode;
  /** Where the fault lies, if it lies in the data. */
  readonly place: PlotPlace | undefined;

  constructor(code: PlotErrorCode, message: string, place?: PlotPlace) {
    super(message);
    this.code = code;
    this.place = place;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}
