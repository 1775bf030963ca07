// Where lines start, in pooled memory: from offset to line and column in O(log n), and back.

import type { Pool } from "@millpond/core";

import { unlike } from "../check.ts";
import type { JsonPlace } from "../errors.ts";
import { firstAtLeast } from "../tape/search.ts";
import { endsLine } from "./lines.ts";

/** The starts of all lines of a text, made in one pass over it. */
export class LineTable {
  readonly #pool: Pool;
  readonly #starts: Uint32Array;
  readonly #textBytes: number;

  constructor(pool: Pool, text: Uint8Array, textBytes: number) {
    this.#pool = pool;
    this.#textBytes = textBytes;
    this.#starts = pool.acquireUnsafe(Uint32Array, countLines(text, textBytes));
    fillStarts(text, textBytes, this.#starts);
  }

  /** How many lines there are; a text that ends with a line end has an empty one behind it. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** Line and column of an offset, both counted from 1, columns in bytes. */
  placeOf(offset: number): JsonPlace {
    if (!(offset >= 0 && offset <= this.#textBytes)) {
      throw unlike(`an offset from 0 to ${this.#textBytes}`, offset);
    }
    const line = firstAtLeast(this.#starts, 0, this.#starts.length, offset + 1);
    return { line, column: offset - this.#starts[line - 1] + 1, offset };
  }

  /** The offset of a line and column; undefined where there is no such line, or the column is beyond the next. */
  offsetOf(line: number, column: number): number | undefined {
    if (!(line >= 1 && line <= this.lineCount && column >= 1)) return undefined;
    const offset = this.#starts[line - 1] + column - 1;
    const behind = line < this.lineCount ? this.#starts[line] : this.#textBytes + 1;
    return offset < behind ? offset : undefined;
  }

  /** Gives the memory back. */
  close(): void {
    this.#pool.release(this.#starts);
  }
}

function countLines(text: Uint8Array, textBytes: number): number {
  let lines = 1;
  for (let at = 0; at < textBytes; at++) if (endsLine(text, at)) lines++;
  return lines;
}

function fillStarts(text: Uint8Array, textBytes: number, starts: Uint32Array): void {
  let line = 0;
  starts[line++] = 0;
  for (let at = 0; at < textBytes; at++) if (endsLine(text, at)) starts[line++] = at + 1;
}
