// The one error class of the package: a stable code and, where the fault lies in a text, its place.

/**
 * What went wrong, as a word that does not change between versions.
 *
 * | code | means |
 * |---|---|
 * | `ABORTED` | reading that was ended by its signal; `cause` is the reason |
 * | `ALREADY_READ` | a table that was read before, or is being read |
 * | `BAD_ARGUMENT` | an option or argument that cannot be served |
 * | `BAD_COMMAND` | a command line or request that makes no sense |
 * | `BAD_HEADER` | a header that is missing, or names two columns alike |
 * | `BAD_QUOTE` | a quote in the middle of a field, or text behind a closing one |
 * | `BAD_SOURCE` | a source that gives something else than text |
 * | `BAD_UTF8` | bytes that are not UTF-8 |
 * | `BAD_VALUE` | a field that is not what the type of its column says |
 * | `DOUBLE_RELEASE` | a result that was released before |
 * | `EMPTY_DELIMITER` | a delimiter without a single byte |
 * | `LINE_TOO_LONG` | a line beyond `maxLineBytes` |
 * | `NO_COLUMN` | a column that is not there |
 * | `NUL_BYTE` | a NUL byte where `nul` is `"error"` |
 * | `OUT_OF_BOUNDS` | an index beyond the end |
 * | `RAGGED_ROW` | a row with more or fewer fields than there are columns |
 * | `ROW_TOO_LONG` | a row beyond `maxRowBytes` |
 * | `SOURCE_FAILED` | a source that failed while it was read; `cause` is its error |
 * | `TEXT_TOO_LONG` | a text of 4 GiB or more where one is split at once |
 * | `UNTERMINATED_QUOTE` | a quoted section that opens and never ends |
 * | `USE_AFTER_RELEASE` | a result whose memory was given back |
 */
export type TextErrorCode =
  | "ABORTED"
  | "ALREADY_READ"
  | "BAD_ARGUMENT"
  | "BAD_COMMAND"
  | "BAD_HEADER"
  | "BAD_QUOTE"
  | "BAD_SOURCE"
  | "BAD_UTF8"
  | "BAD_VALUE"
  | "DOUBLE_RELEASE"
  | "EMPTY_DELIMITER"
  | "LINE_TOO_LONG"
  | "NO_COLUMN"
  | "NUL_BYTE"
  | "OUT_OF_BOUNDS"
  | "RAGGED_ROW"
  | "ROW_TOO_LONG"
  | "SOURCE_FAILED"
  | "TEXT_TOO_LONG"
  | "UNTERMINATED_QUOTE"
  | "USE_AFTER_RELEASE";

/** Where in a text something went wrong. */
export interface TextPlace {
  /** Line, counted from 1. */
  readonly line: number;
  /** Byte in the line, counted from 1. */
  readonly column: number;
  /** Byte in the whole text, counted from 0. */
  readonly offset: number;
}

// Two copies of the package may be loaded; the brand lets `instanceof` see across them.
const BRAND: unique symbol = Symbol.for("millpond.TextError") as never;

/**
 * Thrown by everything in this package. `code` is stable, `message` is for people, `place` says where in the text.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { TextError } from "@millpond/text";
 *
 * const error = new TextError("EMPTY_DELIMITER", "expected a delimiter of at least one byte");
 * assert(error instanceof TextError);
 * assert.equal(error.code, "EMPTY_DELIMITER");
 * assert.equal(error.place, undefined);
 * ```
 */
export class TextError extends Error {
  static {
    Object.defineProperty(this.prototype, "name", { value: "TextError", configurable: true });
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

  /** A word that does not change between versions; see {@link TextErrorCode}. */
  readonly code: TextErrorCode;
  /** Where the fault lies, if it lies in a text. */
  readonly place: TextPlace | undefined;

  constructor(code: TextErrorCode, message: string, place?: TextPlace, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.place = place;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}
