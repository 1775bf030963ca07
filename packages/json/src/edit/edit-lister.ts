// Turns the runs that the new document consists of into edits of the old one: what lies between two runs that stayed is
// what changed.

import { sourceText } from "../read/text.ts";
import type { Tape } from "../tape/tape.ts";
import type { Sink } from "./emit.ts";
import type { TextEdit } from "./text-edits.ts";

/** Collects the edits while a document is written. */
export class EditLister implements Sink {
  readonly #tape: Tape;
  readonly #edits: TextEdit[] = [];
  #at = 0;
  #text = "";

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  /** See `Sink`. */
  keep(from: number, to: number): void {
    this.#flush(from);
    this.#at = to;
  }

  /** See `Sink`. */
  copy(from: number, to: number): void {
    this.#text += sourceText(this.#tape, from, to);
  }

  /** See `Sink`. */
  text(text: string): void {
    this.#text += text;
  }

  /** The edits. */
  finish(): TextEdit[] {
    this.#flush(this.#tape.textBytes);
    return this.#edits;
  }

  #flush(end: number): void {
    if (end > this.#at || this.#text !== "") this.#edits.push({ start: this.#at, end, text: this.#text });
    this.#text = "";
  }
}
