// The one error class of the package: a stable code and, where the fault lies in a text, its place.

/**
 * What went wrong, as a word that does not change between versions.
 *
 * | code | means |
 * |---|---|
 * | `BAD_ARGUMENT` | an option or argument that cannot be served |
 * | `BAD_SYNTAX` | the text is not JSON of the chosen dialect |
 * | `LIMIT_EXCEEDED` | the text is larger, or has more nodes, than the options allow |
 * | `CLOSED` | a node or document was read after its memory was given back |
 * | `NOT_FOUND` | an edit or patch names a place that is not there |
 * | `CONFLICT` | an edit or patch asks for what the document does not allow, such as a name that is taken |
 */
export type JsonErrorCode =
  | "BAD_ARGUMENT"
  | "BAD_SYNTAX"
  | "LIMIT_EXCEEDED"
  | "CLOSED"
  | "NOT_FOUND"
  | "CONFLICT";

/** Where in a text something went wrong. */
export interface JsonPlace {
  /** Line, counted from 1. */
  readonly line: number;
  /** Byte in the line, counted from 1. */
  readonly column: number;
  /** Byte in the whole text, counted from 0. */
  readonly offset: number;
}

// Two copies of the package may be loaded; the brand lets `instanceof` see across them.
const BRAND: unique symbol = Symbol.for("millpond.JsonError") as never;

/**
 * Thrown by everything in this package. `code` is stable, `message` is for people, `place` says where in the text.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { JsonError } from "@millpond/json";
 *
 * const error = new JsonError("BAD_SYNTAX", "expected a value");
 * assert(error instanceof JsonError);
 * assert.equal(error.code, "BAD_SYNTAX");
 * assert.equal(error.place, undefined);
 * ```
 */
export class JsonError extends Error {
  static {
    Object.defineProperty(this.prototype, "name", { value: "JsonError", configurable: true });
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

  /** A word that does not change between versions; see {@link JsonErrorCode}. */
  readonly code: JsonErrorCode;
  /** Where the fault lies, if it lies in a text. */
  readonly place: JsonPlace | undefined;
  /** For `BAD_SYNTAX`, the code of the fault, as in the list that recovery gives. */
  readonly fault: string | undefined;

  constructor(code: JsonErrorCode, message: string, place?: JsonPlace, fault?: string) {
    super(message);
    this.code = code;
    this.place = place;
    this.fault = fault;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}
