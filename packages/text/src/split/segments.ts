// What a split gives: a table of spans over the bytes of the text. A string is made when somebody asks for one.
import { decodeUtf8, type Pool, type StringArena } from "@millpond/core";
import { show } from "../check.ts";
import { TextError } from "../errors.ts";
import { DELIMITER, QUOTED, type Scan, UNESCAPED_SHIFT } from "./scan.ts";

/** What a segment is: a piece of the text, or a delimiter between two. */
export type SegmentKind = "delimited" | "delimiter";

/** One segment as an object of its own. */
export interface Segment {
  /** What it says: without quotes and with escapes resolved, unless `preserveQuoting` is set. */
  readonly text: string;
  /** What it is. */
  readonly kind: SegmentKind;
  /** Where it starts, in bytes of UTF-8 from the start of the text. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** Whether it was a quoted section. */
  readonly quoted: boolean;
}

/** What a result is made from. @internal */
export interface Result {
  readonly scan: Scan;
  readonly stride: 2 | 3;
  readonly pool: Pool;
  /** The text, where it was a string of ASCII alone: its spans then count units too. */
  readonly text: string | undefined;
  /** Whether the bytes are the pool's. */
  readonly ownsBytes: boolean;
}

// V8 copies a part of a string up to this length; a longer one would keep the whole text alive.
const MOST_COPIED_UNITS = 12;

/**
 * The segments of one text, in its order. They lie in pooled memory, which goes back with `release()`, or at the end
 * of a block with `using`. Strings that it gave out are nobody's part and stay good.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { split } from "@millpond/text";
 *
 * const fields = split("4711,Mühle,12.5", ",");
 * assert.equal(fields.length, 3);
 * assert.equal(fields.text(1), "Mühle");
 * assert.deepEqual([fields.start(1), fields.end(1)], [5, 11]); // bytes of UTF-8
 * assert.deepEqual(fields.texts(), ["4711", "Mühle", "12.5"]);
 * fields.release();
 * ```
 *
 * Where the text was given as bytes, they are read again for each string: leave them as they are until the release.
 */
export class Segments implements Iterable<Segment> {
  /** How many segments there are. */
  readonly length: number;
  readonly #stride: 2 | 3;
  readonly #origin: number;
  readonly #pool: Pool;
  readonly #ownsBytes: boolean;
  // Undefined once released.
  #words: Uint32Array | undefined;
  #bytes: Uint8Array | undefined;
  #text: string | undefined;
  #unescaped: StringArena | undefined;

  /** @internal */
  constructor({ scan, stride, pool, text, ownsBytes }: Result) {
    this.length = scan.top / stride;
    this.#stride = stride;
    this.#origin = scan.origin;
    this.#pool = pool;
    this.#ownsBytes = ownsBytes;
    this.#words = scan.words;
    this.#bytes = scan.bytes;
    this.#text = text;
    this.#unescaped = scan.unescaped;
  }

  /** What a segment says, as a string of its own: it keeps neither the text nor this table alive. */
  text(index: number): string {
    const at = this.#wordOf(index);
    const words = this.#words as Uint32Array;
    const number = this.#stride === 2 ? 0 : words[at + 2] >>> UNESCAPED_SHIFT;
    if (number > 0) return this.#resolved().get(this.#resolved().firstId + number - 1);
    const start = words[at];
    const end = words[at + 1];
    if (this.#text !== undefined && end - start <= MOST_COPIED_UNITS) return this.#text.slice(start, end);
    return decodeUtf8(this.#bytes as Uint8Array, this.#origin + start, this.#origin + end);
  }

  /**
   * The bytes of what a segment says, as a view: good until the release.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { split } from "@millpond/text";
   *
   * const fields = split(new TextEncoder().encode("a,bc"), ",");
   * assert.deepEqual([...fields.bytes(1)], [0x62, 0x63]);
   * fields.release();
   * ```
   */
  bytes(index: number): Uint8Array {
    const at = this.#wordOf(index);
    const words = this.#words as Uint32Array;
    const number = this.#stride === 2 ? 0 : words[at + 2] >>> UNESCAPED_SHIFT;
    if (number > 0) return this.#resolved().bytes(this.#resolved().firstId + number - 1);
    return (this.#bytes as Uint8Array).subarray(this.#origin + words[at], this.#origin + words[at + 1]);
  }

  /** Where a segment starts, in bytes of UTF-8 from the start of the text. */
  start(index: number): number {
    const at = this.#wordOf(index);
    return (this.#words as Uint32Array)[at];
  }

  /** Where a segment ends. */
  end(index: number): number {
    const at = this.#wordOf(index);
    return (this.#words as Uint32Array)[at + 1];
  }

  /** What a segment is; without `preserveDelimiters`, all are pieces. */
  kind(index: number): SegmentKind {
    return (this.#infoOf(index) & DELIMITER) === 0 ? "delimited" : "delimiter";
  }

  /** Whether a segment was a quoted section. */
  quoted(index: number): boolean {
    return (this.#infoOf(index) & QUOTED) !== 0;
  }

  /** One segment as an object. */
  segment(index: number): Segment {
    return {
      text: this.text(index),
      kind: this.kind(index),
      start: this.start(index),
      end: this.end(index),
      quoted: this.quoted(index),
    };
  }

  /** What all segments say. */
  texts(): string[] {
    return Array.from({ length: this.length }, (_, index) => this.text(index));
  }

  /** All segments as objects. */
  toArray(): Segment[] {
    return Array.from({ length: this.length }, (_, index) => this.segment(index));
  }

  /** The segments as objects, one after the other. */
  *[Symbol.iterator](): IterableIterator<Segment> {
    for (let index = 0; index < this.length; index++) yield this.segment(index);
  }

  /** True after `release()`. */
  get released(): boolean {
    return this.#words === undefined;
  }

  /** Gives the memory back. Everything but `length`, `released` and `Symbol.dispose` throws from then on. */
  release(): void {
    const words = this.#words;
    if (words === undefined) {
      throw new TextError("DOUBLE_RELEASE", "these segments were released before; release each result once");
    }
    const bytes = this.#bytes as Uint8Array;
    const unescaped = this.#unescaped;
    this.#words = undefined;
    this.#bytes = undefined;
    this.#text = undefined;
    this.#unescaped = undefined;
    this.#pool.release(words);
    if (this.#ownsBytes) this.#pool.release(bytes);
    unescaped?.release();
  }

  /** For `using`: releases unless that has happened. */
  [Symbol.dispose](): void {
    if (!this.released) this.release();
  }

  #resolved(): StringArena {
    return this.#unescaped as StringArena;
  }

  #infoOf(index: number): number {
    const at = this.#wordOf(index);
    return this.#stride === 2 ? 0 : (this.#words as Uint32Array)[at + 2];
  }

  // The first word of a segment.
  #wordOf(index: number): number {
    if (this.#words === undefined) {
      throw new TextError("USE_AFTER_RELEASE", "these segments were released; split the text again");
    }
    if (index >>> 0 === index && index < this.length) return index * this.#stride;
    throw new TextError(
      "OUT_OF_BOUNDS",
      `expected the index of a segment, 0 to ${this.length - 1}, got ${show(index)}`,
    );
  }
}
