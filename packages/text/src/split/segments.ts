// What a split gives: a table of spans over the bytes of the text. A string is made when somebody asks for one.
import { decodeUtf8, type StringArena } from "@millpond/core";
import { show } from "../check.ts";
import { TextError } from "../errors.ts";
import { ownedPart } from "../owned.ts";
import type { Home } from "./home.ts";
import { DELIMITER, QUOTED, UNESCAPED_SHIFT } from "./segment-layout.ts";
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

// What spans are places in.
interface Content {
  /** The text that was split as a string, all of it ASCII, so that spans of units are spans of bytes; there are no bytes. */
  readonly text: string | undefined;
  /** The bytes, and where the text starts in them. */
  readonly bytes: Uint8Array;
  readonly origin: number;
  /** Whether the bytes go back with the result. */
  readonly ownsBytes: boolean;
  /** What segments say that stand for something else. */
  readonly unescaped: StringArena | undefined;
  /** Words of the table for each segment. */
  readonly stride: 2 | 3;
}

const NOT_ASCII = /[^\p{ASCII}]/u;
const NO_BYTES = new Uint8Array(0);

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
  // There are many results, and what the collector has to do for one is what it weighs: so no private methods, which V8
  // pays with a word of each object, and no place in a larger table, which is for those in arenas.
  /** How many segments there are. */
  readonly length: number;
  readonly #home: Home;
  // Undefined once released.
  #words: Uint32Array | undefined;
  // A string is a text that was split as one, whose spans count units: most results are asked for nothing else, and
  // there are many of them, so that whatever else may have to be known is in an object of its own.
  #content: string | Content | undefined;

  /** @internal */
  constructor(home: Home, words: Uint32Array, length: number, content: string | Content) {
    this.#home = home;
    this.#words = words;
    this.length = length;
    this.#content = content;
  }

  /** Where in the table the first segment is. @internal */
  get _base(): number {
    return 0;
  }

  /** What a segment says, as a string of its own: it keeps neither the text nor this table alive. */
  text(index: number): string {
    const at = this._wordOf(index);
    const words = this.#words as Uint32Array;
    const content = this.#content as string | Content;
    if (typeof content === "string") return ownedPart(content, words[at], words[at + 1]);
    if (content.text !== undefined) return ownedPart(content.text, words[at], words[at + 1]);
    const { bytes, origin } = content;
    const id = idOf(content, words, at);
    return id < 0
      ? decodeUtf8(bytes, origin + words[at], origin + words[at + 1])
      : unescapedOf(content).get(id);
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
    const at = this._wordOf(index);
    const content = this._withBytes();
    const words = this.#words as Uint32Array;
    const { bytes, origin } = content;
    const id = idOf(content, words, at);
    return id < 0
      ? bytes.subarray(origin + words[at], origin + words[at + 1])
      : unescapedOf(content).bytes(id);
  }

  /** Where a segment starts, in bytes of UTF-8 from the start of the text. */
  start(index: number): number {
    const at = this._wordOf(index);
    this._countBytes();
    return (this.#words as Uint32Array)[at];
  }

  /** Where a segment ends. */
  end(index: number): number {
    const at = this._wordOf(index);
    this._countBytes();
    return (this.#words as Uint32Array)[at + 1];
  }

  /** What a segment is; without `preserveDelimiters`, all are pieces. */
  kind(index: number): SegmentKind {
    return (this._infoOf(index) & DELIMITER) === 0 ? "delimited" : "delimiter";
  }

  /** Whether a segment was a quoted section. */
  quoted(index: number): boolean {
    return (this._infoOf(index) & QUOTED) !== 0;
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
    const content = this.#content;
    this.#words = undefined;
    this.#content = undefined;
    this.#home.giveBack(words);
    if (typeof content === "string" || content === undefined) return;
    if (content.ownsBytes) this.#home.giveBack(content.bytes);
    if (content.unescaped !== undefined) this.#home.closeStrings(content.unescaped);
  }

  /** For `using`: releases unless that has happened. */
  [Symbol.dispose](): void {
    if (!this.released) this.release();
  }

  /** Somebody wants to know where segments are. @internal */
  _countBytes(): void {
    const text = this.#content;
    if (typeof text !== "string") return;
    if (NOT_ASCII.test(text)) this._encode(text);
    else this.#content = contentOf(text, NO_BYTES, 0);
  }

  /** Somebody wants to have bytes. @internal */
  _withBytes(): Content {
    const content = this.#content as string | Content;
    if (typeof content === "string") return this._encode(content);
    return content.text === undefined ? content : this._encode(content.text);
  }

  /** The text is encoded, and spans of units become spans of bytes. @internal */
  _encode(text: string): Content {
    const { bytes, start, end } = this.#home.encode(text);
    const words = this.#words as Uint32Array;
    if (end - start > text.length) unitsToBytes(text, words, this._base, this._base + this.length * 2);
    const content = contentOf(undefined, bytes, start);
    this.#content = content;
    return content;
  }

  /** The word that says what a segment is. @internal */
  _infoOf(index: number): number {
    const at = this._wordOf(index);
    return strideOf(this.#content) === 2 ? 0 : (this.#words as Uint32Array)[at + 2];
  }

  /** The first word of a segment. @internal */
  _wordOf(index: number): number {
    if (this.#words === undefined || !this.#home.live) {
      throw new TextError("USE_AFTER_RELEASE", "these segments were released; split the text again");
    }
    if (typeof index === "number" && index >>> 0 === index && index < this.length)
      return this._base + index * strideOf(this.#content);
    throw new TextError(
      "OUT_OF_BOUNDS",
      `expected the index of a segment, 0 to ${this.length - 1}, got ${show(index)}`,
    );
  }
}

// In a table that many results lie in.
class ArenaSegments extends Segments {
  readonly #base: number;

  constructor(home: Home, words: Uint32Array, base: number, length: number, content: string | Content) {
    super(home, words, length, content);
    this.#base = base;
  }

  override get _base(): number {
    return this.#base;
  }
}

/** Segments from the word `base` of a table on. @internal */
export function segmentsAt(
  home: Home,
  words: Uint32Array,
  base: number,
  length: number,
  content: string | Content,
): Segments {
  return base === 0
    ? new Segments(home, words, length, content)
    : new ArenaSegments(home, words, base, length, content);
}

// What was split as a string: as it is, or encoded.
function contentOf(text: string | undefined, bytes: Uint8Array, origin: number): Content {
  return { text, bytes, origin, ownsBytes: text === undefined, unescaped: undefined, stride: 2 };
}

function strideOf(content: string | Content | undefined): 2 | 3 {
  return typeof content === "object" ? content.stride : 2;
}

// The number of the string that a segment says instead of its bytes, or -1.
function idOf(content: Content, words: Uint32Array, at: number): number {
  const number = content.stride === 2 ? 0 : words[at + 2] >>> UNESCAPED_SHIFT;
  return number === 0 ? -1 : unescapedOf(content).firstId + number - 1;
}

function unescapedOf({ unescaped }: Content): StringArena {
  return unescaped as StringArena;
}
