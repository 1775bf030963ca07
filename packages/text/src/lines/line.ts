// A view of one line and its fields: it is moved from line to line, and nothing is made until it is asked for.
import { decodeUtf8, type StringArena } from "@millpond/core";
import { show } from "../check.ts";
import { TextError } from "../errors.ts";
import { numberFrom } from "../number/numbers.ts";
import { DELIMITER, QUOTED, UNESCAPED_SHIFT } from "../split/segment-layout.ts";
import type { SegmentKind } from "../split/segments.ts";

/** Where a line and its fields lie; whoever finds lines moves it from one to the next. */
export interface LineContent {
  /** The memory of the line, and where it starts and ends there. */
  bytes: Uint8Array;
  start: number;
  end: number;
  /** Where the line starts in the text. */
  offset: number;
  /** The table of fields, the first word of the first of them, and what to add to words to have places in `bytes`. */
  words: Uint32Array;
  base: number;
  shift: number;
  /** What escaped fields say. */
  unescaped: StringArena | undefined;
}

/**
 * The line that reading has come to, and its fields. There is one `Line` for all of them: it shows the next one
 * afterwards, so take values out of it and do not keep it.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { processLinesSync } from "@millpond/text";
 *
 * const seen: string[] = [];
 * processLinesSync("mill,12.5\npond,7", ",", (line) => {
 *   seen.push(`${line.index} ${line.text(0)} ${2 * line.number(1)}`);
 * });
 * assert.deepEqual(seen, ["0 mill 25", "1 pond 14"]);
 * ```
 */
export class Line {
  readonly #content: LineContent;
  readonly #stride: 2 | 3;
  #length = -1;
  #index = -1;

  /** @internal */
  constructor(content: LineContent, stride: 2 | 3) {
    this.#content = content;
    this.#stride = stride;
  }

  /** Shows a line of so many fields. @internal */
  _move(index: number, length: number): this {
    this.#index = index;
    this.#length = length;
    return this;
  }

  /** Shows nothing any more. @internal */
  _leave(): void {
    this.#length = -1;
  }

  /** The number of the line in the whole text, from 0. */
  get index(): number {
    return this.#index;
  }

  /** How many fields there are. */
  get length(): number {
    return Math.max(0, this.#length);
  }

  /** Where the line starts, in bytes from the start of the text. */
  get offset(): number {
    return this.#content.offset;
  }

  /** Bytes of the line, without its line end. */
  get byteLength(): number {
    return this.#content.end - this.#content.start;
  }

  /** The whole line, as it is written. */
  toString(): string {
    this.#refuseGone();
    return decodeUtf8(this.#content.bytes, this.#content.start, this.#content.end);
  }

  /** What a field says, as a string of its own. */
  text(field: number): string {
    const at = this.#wordOf(field);
    const { words, bytes, shift, unescaped } = this.#content;
    const number = this.#stride === 2 ? 0 : words[at + 2] >>> UNESCAPED_SHIFT;
    if (number > 0 && unescaped !== undefined) return unescaped.get(unescaped.firstId + number - 1);
    return decodeUtf8(bytes, shift + words[at], shift + words[at + 1]);
  }

  /** The number that a field says, read from its bytes without a string; NaN where it is none. */
  number(field: number): number {
    const at = this.#wordOf(field);
    const { words, bytes, shift } = this.#content;
    return numberFrom(bytes, shift + words[at], shift + words[at + 1]);
  }

  /** The bytes of a field as they are written, as a view: good until the next line. */
  bytes(field: number): Uint8Array {
    const at = this.#wordOf(field);
    const { words, bytes, shift } = this.#content;
    return bytes.subarray(shift + words[at], shift + words[at + 1]);
  }

  /** Where a field starts, in bytes from the start of the line. */
  start(field: number): number {
    return this.#placeOf(this.#wordOf(field));
  }

  /** Where a field ends. */
  end(field: number): number {
    return this.#placeOf(this.#wordOf(field) + 1);
  }

  /** Whether it is a field, or a delimiter where these are kept. */
  kind(field: number): SegmentKind {
    return (this.#infoOf(field) & DELIMITER) === 0 ? "delimited" : "delimiter";
  }

  /** Whether a field was a quoted section. */
  quoted(field: number): boolean {
    return (this.#infoOf(field) & QUOTED) !== 0;
  }

  /** What all fields say. */
  texts(): string[] {
    this.#refuseGone();
    const texts: string[] = [];
    for (let field = 0; field < this.#length; field++) texts.push(this.text(field));
    return texts;
  }

  // A word as a place from the start of the line.
  #placeOf(word: number): number {
    const { words, shift, start } = this.#content;
    return words[word] + shift - start;
  }

  #infoOf(field: number): number {
    const at = this.#wordOf(field);
    return this.#stride === 2 ? 0 : this.#content.words[at + 2];
  }

  // The first word of a field.
  #wordOf(field: number): number {
    if (field >>> 0 === field && field < this.#length) return this.#content.base + field * this.#stride;
    this.#refuseGone();
    throw new TextError(
      "OUT_OF_BOUNDS",
      `expected the number of a field of line ${this.#index}, 0 to ${this.#length - 1}, got ${show(field)}`,
    );
  }

  #refuseGone(): void {
    if (this.#length >= 0) return;
    throw new TextError(
      "USE_AFTER_RELEASE",
      "this line was left; take what is needed of it inside the function that it is passed to",
    );
  }
}
