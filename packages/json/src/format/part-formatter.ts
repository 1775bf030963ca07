// Formats a text that comes in chunks, part by part, in constant memory.
//
// Chunks gather in a window. Where it is full, it is cut behind a child or an opening bracket, and what is in front of the
// cut is parsed and printed like any other text: brackets that were opened earlier are put in front of it, with `[]` for
// the children that were written already, and brackets that are closed later are put behind it.
//
//     {"a": [1, 2, {"b": ⟨3}, 4], "c"⟩: 5}        the window is ⟨3}, 4], "c"⟩, the cut behind 4]
//     {"":[{"b": 3}, 4] }                          what is parsed, and printed from 3 on
//
// A container that is cut through reaches over more than the look-ahead, so it is too wide for a line.

import { type Pool, vec, type Vec } from "@millpond/core";

import type { JsonDocument } from "../document.ts";
import { JsonError, type JsonPlace } from "../errors.ts";
import type { JsonParser } from "../parser.ts";
import { ByteWriter } from "../output/byte-writer.ts";
import { placeBehind, placesOf } from "../read/lines.ts";
import { type Cut, findCut } from "./cut.ts";
import type { Style } from "./options.ts";
import { type Part, print } from "./print.ts";

const OPEN_OBJECT = 0x7b;
// `]` is two behind `[`, and `}` behind `{`.
const TO_CLOSER = 2;
// How many times the look-ahead a window is: what is looked ahead at is looked at again in the next one.
const WINDOW = 4;

/** What a stream is read with. */
export interface Reading {
  readonly pool: Pool;
  readonly json5: boolean;
  /** Recovers, so that faults come as a list. */
  readonly parser: JsonParser;
  /** The most containers inside each other. */
  readonly maxDepth: number;
  /** The most bytes that the window may grow to for one token. */
  readonly maxBytes: number;
  /** How many bytes a container is followed before it counts as too wide. */
  readonly lookAheadBytes: number;
}

/** Takes chunks and gives formatted text. `close` gives the memory back. */
export class PartFormatter {
  readonly #reading: Reading;
  readonly #style: Style;
  readonly #window: Vec<Uint8Array>;
  // The opening brackets of the containers around the window.
  readonly #around: Vec<Uint8Array>;
  readonly #opens: Vec<Uint32Array>;
  readonly #cut: Cut = { at: 0, closed: 0, opened: 0, depth: 0 };
  readonly #source: ByteWriter;
  readonly #out: ByteWriter;
  #full: number;
  #entry: Part["entry"] = "start";
  // Where the window begins in the stream.
  #origin: JsonPlace = { line: 1, column: 1, offset: 0 };

  constructor(reading: Reading, style: Style) {
    const { pool } = reading;
    this.#reading = reading;
    this.#style = style;
    this.#full = reading.lookAheadBytes * WINDOW;
    this.#window = vec(pool, Uint8Array);
    this.#around = vec(pool, Uint8Array);
    this.#opens = vec(pool, Uint32Array);
    this.#source = new ByteWriter(pool);
    this.#out = new ByteWriter(pool);
  }

  /** What can be written after this chunk, as arrays of the caller's own. */
  *push(chunk: Uint8Array): IterableIterator<Uint8Array> {
    const { lookAheadBytes } = this.#reading;
    for (let at = 0; at < chunk.length;) {
      const behind = Math.min(chunk.length, at + this.#full - this.#window.length);
      this.#window.extend(chunk.subarray(at, behind));
      at = behind;
      if (this.#window.length < this.#full) return;
      this.#findCut(this.#window.length - lookAheadBytes);
      if (this.#cut.at === 0) this.#widen();
      else {
        yield this.#write(this.#cut.at, false);
        // After a long token, more than usual may be left.
        this.#full = Math.max(lookAheadBytes * WINDOW, this.#window.length + lookAheadBytes);
      }
    }
  }

  /** The rest, at the end of the stream. */
  finish(): Uint8Array {
    this.#findCut(Infinity);
    const { length } = this.#window;
    const open = this.#around.length - this.#cut.closed + this.#cut.opened;
    const rest = this.#write(length, open <= 0);
    if (open <= 0) return rest;
    const isObject = this.#around.get(this.#around.length - 1) === OPEN_OBJECT;
    const [code, what] = isObject ? ["UNCLOSED_OBJECT", "an object"] : ["UNCLOSED_ARRAY", "an array"];
    throw fault(code, `the stream ends in ${what} that is not closed`, this.#origin);
  }

  /** Gives the memory back. */
  close(): void {
    this.#window.release();
    this.#around.release();
    this.#opens.release();
    this.#source.release();
    this.#out.release();
    this.#reading.parser.close();
  }

  #findCut(sure: number): void {
    const { json5, maxDepth } = this.#reading;
    findCut(this.#window.array, sure, json5, this.#opens, this.#cut);
    if (this.#around.length + this.#cut.depth <= maxDepth) return;
    throw new JsonError("LIMIT_EXCEEDED", `the text nests deeper than maxDepth = ${maxDepth}`, this.#origin);
  }

  // A token, or what is between two, is longer than the window.
  #widen(): void {
    const { maxBytes } = this.#reading;
    if (this.#full >= maxBytes) {
      const message = `a string, a number or a gap of the stream has more than maxBytes = ${maxBytes} bytes; raise it`;
      throw new JsonError("LIMIT_EXCEEDED", message, this.#origin);
    }
    this.#full = Math.min(this.#full * 2, maxBytes);
  }

  // Formats the window up to `end` and takes it out.
  #write(end: number, isLast: boolean): Uint8Array {
    const { parser, pool } = this.#reading;
    const entry = this.#entry;
    const depth = this.#around.length;
    this.#source.length = this.#out.length = 0;
    const container = this.#putHead();
    const headBytes = this.#source.length;
    this.#source.copy(this.#window.array, 0, end);
    const document = this.#parse(parser, headBytes, isLast);
    const part = { entry, container, depth, end: isLast ? Infinity : headBytes + end, isLast };
    print(document.tape, pool, this.#style, part, this.#out);
    this.#advance(end);
    return this.#out.toBytes();
  }

  // Opens the containers around that are closed in front of the cut, and one more. Returns the node of the innermost.
  #putHead(): number {
    const { length } = this.#around;
    const source = this.#source;
    let node = 0;
    for (let place = Math.max(0, length - this.#cut.closed - 1); place < length; place++) {
      const bracket = this.#around.get(place);
      const isInnermost = place === length - 1;
      source.byte(bracket);
      if (bracket === OPEN_OBJECT && (!isInnermost || this.#entry === "child")) source.text('"":');
      if (!isInnermost) node += bracket === OPEN_OBJECT ? 2 : 1;
    }
    if (this.#entry === "child" || this.#entry === "root") source.text("[]");
    return node;
  }

  // Closes what is open at the cut, and parses.
  #parse(parser: JsonParser, headBytes: number, isLast: boolean): JsonDocument {
    const source = this.#source;
    const end = source.length;
    const window = this.#window.array;
    for (let place = this.#cut.opened - 1; place >= 0; place--) {
      source.byte(window[this.#opens.get(place)] + TO_CLOSER);
    }
    const outermost = this.#around.length - this.#cut.closed - 1;
    if (!isLast && outermost >= 0) source.byte(this.#around.get(outermost) + TO_CLOSER);
    const document = parser.parse(source.written);
    if (document.faultCount === 0) return document;
    const [{ code, message, offset }] = document.faults;
    const at = Math.min(Math.max(offset, headBytes), end) - headBytes;
    throw fault(code, message, placeBehind(this.#origin, placesOf(window, [at])[0]));
  }

  #advance(end: number): void {
    const { closed, opened } = this.#cut;
    const window = this.#window.array;
    this.#origin = placeBehind(this.#origin, placesOf(window, [end])[0]);
    this.#around.truncate(Math.max(0, this.#around.length - closed));
    for (let place = 0; place < opened; place++) this.#around.push(window[this.#opens.get(place)]);
    const isOpener = opened > 0 && this.#opens.get(opened - 1) === end - 1;
    this.#entry = this.#around.length === 0 ? "root" : isOpener ? "opener" : "child";
    this.#window.remove(0, end);
  }
}

function fault(code: string, message: string, place: JsonPlace): JsonError {
  const { line, column, offset } = place;
  const words = `${message}, at line ${line}, column ${column} (byte ${offset}) of the stream`;
  return new JsonError("BAD_SYNTAX", words, place, code);
}
