// What a split gives: a table of spans over the bytes of the text. A string is made when somebody asks for one.
import { decodeUtf8, type StringArena } from "@millpond/core";
import { show } from "../check.ts";
import { TextError } from "../errors.ts";
import { ownedPart } from "../owned.ts";
import type { Home } from "./home.ts";
import { DELIMITER, QUOTED, type Scan, UNESCAPED_SHIFT } from "./scan.ts";
import { unitsToBytes } from "./text-scan.ts";

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

const NOT_ASCII = /[^\p{ASCII}]/u;

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
  readonly #home: Home;
  readonly #stride: 2 | 3;
  // Where in the table the first segment is, and where in the bytes the text starts.
  readonly #base: number;
  #origin = 0;
  // Undefined once released.
  #words: Uint32Array | undefined;
  // A text that was split as a string, and whether its spans are known to count bytes as well as units. Undefined once
  // they count bytes alone.
  #text: string | undefined;
  #isAscii = false;
  #bytes: Uint8Array | undefined;
  #ownsBytes = false;
  #unescaped: StringArena | undefined;

  /** @internal */
  constructor(
    home: Home,
    words: Uint32Array,
    base: number,
    stride: 2 | 3,
    length: number,
    text: string | undefined,
  ) {
    this.#home = home;
    this.#words = words;
    this.#base = base;
    this.#stride = stride;
    this.length = length;
    this.#text = text;
  }

  /** Takes what a pass over bytes knows beside the table. @internal */
  _adopt({ bytes, origin, unescaped }: Scan, ownsBytes: boolean): this {
    this.#bytes = bytes;
    this.#origin = origin;
    this.#ownsBytes = ownsBytes;
    this.#unescaped = unescaped;
    return this;
  }

  /** What a segment says, as a string of its own: it keeps neither the text nor this table alive. */
  text(index: number): string {
    const at = this.#wordOf(index);
    const words = this.#words as Uint32Array;
    const number = this.#stride === 2 ? 0 : words[at + 2] >>> UNESCAPED_SHIFT;
    if (number > 0) return this.#resolved().get(this.#resolved().firstId + number - 1);
    if (this.#text !== undefined) return ownedPart(this.#text, words[at], words[at + 1]);
    return decodeUtf8(this.#bytes as Uint8Array, this.#origin + words[at], this.#origin + words[at + 1]);
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
    if (this.#text !== undefined) this.#toBytes(this.#text);
    const words = this.#words as Uint32Array;
    const number = this.#stride === 2 ? 0 : words[at + 2] >>> UNESCAPED_SHIFT;
    if (number > 0) return this.#resolved().bytes(this.#resolved().firstId + number - 1);
    return (this.#bytes as Uint8Array).subarray(this.#origin + words[at], this.#origin + words[at + 1]);
  }

  /** Where a segment starts, in bytes of UTF-8 from the start of the text. */
  start(index: number): number {
    const at = this.#wordOf(index);
    this.#countBytes();
    return (this.#words as Uint32Array)[at];
  }

  /** Where a segment ends. */
  end(index: number): number {
    const at = this.#wordOf(index);
    this.#countBytes();
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
    const texts: string[] = [];
    for (let index = 0; index < this.length; index++) texts.push(this.text(index));
    return texts;
  }

  /** All segments as objects. */
  toArray(): Segment[] {
    const segments: Segment[] = [];
    for (let index = 0; index < this.length; index++) segments.push(this.segment(index));
    return segments;
  }

  /** The segments as objects, one after the other. */
  *[Symbol.iterator](): IterableIterator<Segment> {
    for (let index = 0; index < this.length; index++) yield this.segment(index);
  }

  /** True after `release()`, and after the end of the scope that the result lies in. */
  get released(): boolean {
    return this.#words === undefined || !this.#home.live;
  }

  /** Gives the memory back. Everything but `length`, `released` and `Symbol.dispose` throws from then on. */
  release(): void {
    const words = this.#words;
    if (words === undefined) {
      throw new TextError("DOUBLE_RELEASE", "these segments were released before; release each result once");
    }
    const bytes = this.#bytes;
    const unescaped = this.#unescaped;
    this.#words = undefined;
    this.#bytes = undefined;
    this.#text = undefined;
    this.#unescaped = undefined;
    this.#home.giveBack(words);
    if (this.#ownsBytes) this.#home.giveBack(bytes as Uint8Array);
    if (unescaped !== undefined) this.#home.closeStrings(unescaped);
  }

  /** For `using`: releases unless that has happened. */
  [Symbol.dispose](): void {
    if (!this.released) this.release();
  }

  // Somebody wants to know where segments are.
  #countBytes(): void {
    if (this.#text === undefined || this.#isAscii) return;
    if (NOT_ASCII.test(this.#text)) this.#toBytes(this.#text);
    else this.#isAscii = true;
  }

  // Somebody wants to have bytes: the text is encoded, and spans of units become spans of bytes.
  #toBytes(text: string): void {
    const { bytes, start, end } = this.#home.encode(text);
    const words = this.#words as Uint32Array;
    if (end - start > text.length) unitsToBytes(text, words, this.#base, this.#base + this.length * 2);
    this.#bytes = bytes;
    this.#origin = start;
    this.#ownsBytes = true;
    this.#text = undefined;
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
    if (this.#words === undefined || !this.#home.live) {
      throw new TextError("USE_AFTER_RELEASE", "these segments were released; split the text again");
    }
    if (typeof index === "number" && index >>> 0 === index && index < this.length)
      return this.#base + index * this.#stride;
    throw new TextError(
      "OUT_OF_BOUNDS",
      `expected the index of a segment, 0 to ${this.length - 1}, got ${show(index)}`,
    );
  }
}
