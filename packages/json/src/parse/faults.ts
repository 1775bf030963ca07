// What can be wrong with a text: stable codes, one sentence each, and the list that recovery collects.

import { JsonError, type JsonPlace } from "../errors.ts";
import { placesOf } from "../read/lines.ts";

const SENTENCES = {
  BAD_ESCAPE: "this is no escape that a string may contain",
  BAD_KEY: "a key has to be a string",
  BAD_NUMBER: "this is no number",
  BAD_UTF8: "these bytes are not UTF-8",
  COMMENT: "comments are not allowed; parse with the dialect jsonc or json5",
  CONTROL_CHARACTER: "a control character in a string has to be escaped",
  EXPECTED_COLON: "expected a colon between key and value",
  EXPECTED_COMMA: "expected a comma",
  EXPECTED_KEY: "expected a key",
  EXPECTED_VALUE: "expected a value",
  LEADING_ZERO: "a number does not start with a zero that is followed by a digit",
  SINGLE_QUOTE: "a string has to be in double quotes",
  TEXT_AFTER_VALUE: "expected the end of the text after the value",
  TRAILING_COMMA: "a comma has to be followed by another element",
  UNCLOSED_ARRAY: "this array is not closed",
  UNCLOSED_COMMENT: "this comment is not closed",
  UNCLOSED_OBJECT: "this object is not closed",
  UNCLOSED_STRING: "this string is not closed",
  UNEXPECTED_CLOSER: "this bracket closes nothing",
  UNEXPECTED_COLON: "a colon stands between a key and its value only",
  UNKNOWN_WORD: "this word is no value",
} as const;

/** What is wrong at one place of a text; the codes do not change between versions. */
export type FaultCode = keyof typeof SENTENCES;

/** One fault of a text, and where it is. */
export interface Fault extends JsonPlace {
  /** What is wrong. */
  readonly code: FaultCode;
  /** The same as a sentence. */
  readonly message: string;
  /** The offset behind the text that is wrong; equal to `offset` where something is missing. */
  readonly end: number;
}

/** Collects faults, or throws the first one. */
export class FaultLog {
  /** How many there were, those beyond the most that are kept included. */
  count = 0;
  readonly #most: number;
  readonly #codes: FaultCode[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** `most` is how many are kept; with 0, the first is thrown. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Notes a fault, or throws it when none is to be kept. `text` is what offsets refer to. */
  add(text: Uint8Array, code: FaultCode, start: number, end: number): void {
    if (this.#most === 0) throw faultError(text, code, start);
    if (this.count++ >= this.#most) return;
    this.#codes.push(code);
    this.#starts.push(start);
    this.#ends.push(end);
  }

  /** The faults in the order of the text. */
  list(text: Uint8Array): readonly Fault[] {
    const order = this.#starts.map((_, index) => index).sort((a, b) => this.#starts[a] - this.#starts[b]);
    const places = placesOf(
      text,
      order.map((index) => this.#starts[index]),
    );
    return order.map((index, place) => {
      const code = this.#codes[index];
      return { code, message: SENTENCES[code], ...places[place], end: this.#ends[index] };
    });
  }
}

function faultError(text: Uint8Array, code: FaultCode, offset: number): JsonError {
  const [place] = placesOf(text, [offset]);
  const message = `${SENTENCES[code]}, at line ${place.line}, column ${place.column} (byte ${offset})`;
  return new JsonError("BAD_SYNTAX", message, place, code);
}
