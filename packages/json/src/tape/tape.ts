// The tape: a text and its nodes as five columns, in one block of pooled memory.
//
// Nodes stand in the order in which they start in the text, a parent before its children. A member of an object is two
// nodes, its key and, directly behind it, its value. `nexts` leads from a node over everything inside it, so a step to
// the next sibling is one read; `parents` is also the parser's stack, so depth is bounded by memory alone.
//
// The tape has no methods for reading: readers are functions over its columns, in read/ and elsewhere.

import type { Pool } from "@millpond/core";

import { JsonError } from "../errors.ts";
import type { ChildLists } from "./child-lists.ts";
import { ChildMarks } from "./child-marks.ts";
import { EndMaxima } from "./end-maxima.ts";
import {
  ALIGNMENT,
  aligned,
  blockBytes,
  indexWordsFor,
  MAX_TEXT_BYTES,
  mostNodes,
  NODE_BYTES,
  STATE_BYTES,
  textCapacityFor,
} from "./tape-layout.ts";

const NO_BYTES: Uint8Array = new Uint8Array(0);
const NO_WORDS: Uint32Array = new Uint32Array(0);

/** A cache of decoded strings. @internal */
export interface StringLookup {
  take(
    bytes: Uint8Array,
    from: number,
    to: number,
    decode: (bytes: Uint8Array, from: number, to: number) => string,
  ): string;
}

/**
 * The columns of a parsed text. Column arrays are as long as the capacity; only the first `count` elements are nodes.
 * Growing, reparsing and closing replace the arrays: never keep one across a parse.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Kind, parse } from "@millpond/json";
 *
 * const document = parse('{"a": 1, "b": [2, 3]}');
 * const { kinds, nexts } = document.tape;
 * let members = 0;
 * for (let key = 1; key < nexts[0]; key = nexts[key + 1]) {
 *   assert.equal(kinds[key], Kind.KEY);
 *   members++;
 * }
 * assert.equal(members, 2);
 * document.close();
 * ```
 */
export class Tape {
  /** The UTF-8 text followed by zeros: at least 64 of them. */
  bytes: Uint8Array = NO_BYTES;
  /** How many bytes of `bytes` are text. */
  textBytes = 0;
  /** How many nodes there are. */
  count = 0;
  /** What each node is; see `Kind`. */
  kinds: Uint8Array = NO_BYTES;
  /** The offset of each node's first byte. */
  starts: Uint32Array = NO_WORDS;
  /** The offset behind each node's last byte. */
  ends: Uint32Array = NO_WORDS;
  /** The node behind each node and all that is inside it. */
  nexts: Uint32Array = NO_WORDS;
  /** The container each node is in; `0xffffffff` for the root. A key and its value have the same parent. */
  parents: Uint32Array = NO_WORDS;
  /** How many comments there are; only dialects that have them count any. */
  commentCount = 0;
  /** The offset of each comment's first byte, ascending. */
  commentStarts: Uint32Array = NO_WORDS;
  /** The offset behind each comment's last byte. The second byte of a comment tells `//` from `/*`. */
  commentEnds: Uint32Array = NO_WORDS;
  /** Whether surrogates that stand alone are kept when strings are decoded, however they were written. */
  keepsSurrogates = false;
  /** Whether surrogates that stand alone become U+FFFD when strings are decoded. */
  replacesSurrogates = false;
  /** The lists of children, if the option `children` asks for any. @internal */
  children: ChildLists | undefined;
  /** Where children far from the start of their container are found. @internal */
  readonly marks: ChildMarks = new ChildMarks();
  /** Where decoded strings are looked up first, if they are to be interned. @internal */
  strings: StringLookup | undefined;
  /** Words for a parser that has to go on after the tape grew. @internal */
  state: Uint32Array = NO_WORDS;
  /** Positions that the kernel found and did not use yet. @internal */
  index: Uint32Array = NO_WORDS;
  /** Counts parses and closings, so that a node of an earlier text is recognised. */
  generation = 0;
  /** The bytes of the block that hold the columns' capacity and the text; 0 when closed. */
  blockBytes = 0;
  /** Where the memory comes from. @internal */
  readonly pool: Pool;
  #maxima: EndMaxima | undefined;
  #block: Uint8Array = NO_BYTES;
  #textCapacity = 0;
  #nodeCapacity = 0;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** How many nodes fit before the tape has to grow. */
  get nodeCapacity(): number {
    return this.#nodeCapacity;
  }

  /** The block that everything lies in; kernels get its address. @internal */
  get block(): Uint8Array {
    return this.#block;
  }

  /**
   * Makes room for a text of so many bytes and so many nodes and forgets what was there. What is large enough is kept
   * as it is. Returns the room for the text, to be written into; `finishText` follows.
   */
  reserve(textBytes: number, nodes: number): Uint8Array {
    this.clear();
    if (textBytes > MAX_TEXT_BYTES) throw tooLarge(textBytes);
    if (textCapacityFor(textBytes) > this.#textCapacity || nodes > this.#nodeCapacity) {
      const textCapacity = textCapacityFor(textBytes);
      const nodeCapacity = Math.min(aligned(Math.max(nodes, ALIGNMENT)), mostNodes(textCapacity));
      this.#release();
      this.#take(textCapacity, nodeCapacity);
    }
    return this.bytes;
  }

  /** Whether there is room for a text of so many bytes. @internal */
  holdsText(textBytes: number): boolean {
    return textCapacityFor(textBytes) <= this.#textCapacity;
  }

  /** Says how long the text is that was written into `bytes`, and puts zeros behind it. */
  finishText(textBytes: number): void {
    this.textBytes = textBytes;
    this.bytes.fill(0, textBytes, textCapacityFor(textBytes));
  }

  /** More room for text; the first `kept` bytes stay. */
  growText(textBytes: number, kept: number): Uint8Array {
    if (textBytes > MAX_TEXT_BYTES) throw tooLarge(textBytes);
    const old = this.#block;
    const text = this.bytes;
    this.#take(textCapacityFor(textBytes), this.#nodeCapacity);
    this.bytes.set(text.subarray(0, kept));
    this.pool.release(old);
    return this.bytes;
  }

  /** More room for nodes; text, nodes and state stay. */
  grow(nodes: number): void {
    const capacity = Math.min(aligned(nodes), mostNodes(this.#textCapacity));
    if (capacity <= this.#nodeCapacity) throw tooManyNodes(capacity);
    this.#move(this.#textCapacity, capacity);
  }

  /** Room for a text of so many bytes and so many nodes, if there is less; text and nodes stay. Leaves some to spare. */
  makeRoom(textBytes: number, nodes: number): void {
    if (textBytes > MAX_TEXT_BYTES) throw tooLarge(textBytes);
    const fits = textCapacityFor(textBytes) <= this.#textCapacity;
    if (fits && nodes <= this.#nodeCapacity) return;
    const spare = Math.min(textBytes + Math.ceil(textBytes / 8), MAX_TEXT_BYTES);
    const textCapacity = fits ? this.#textCapacity : textCapacityFor(spare);
    const most = mostNodes(textCapacity);
    if (nodes > most) throw tooManyNodes(nodes);
    const wanted = nodes <= this.#nodeCapacity ? this.#nodeCapacity : aligned(Math.ceil(nodes * 1.125));
    this.#move(textCapacity, Math.min(wanted, most));
  }

  // Into another block, with everything.
  #move(textCapacity: number, nodeCapacity: number): void {
    const { bytes, kinds, starts, ends, nexts, parents, state, index, count, textBytes } = this;
    const old = this.#block;
    this.#take(textCapacity, nodeCapacity);
    this.bytes.set(bytes.subarray(0, textCapacityFor(textBytes)));
    this.state.set(state);
    this.index.set(index);
    this.kinds.set(kinds.subarray(0, count));
    this.starts.set(starts.subarray(0, count));
    this.ends.set(ends.subarray(0, count));
    this.nexts.set(nexts.subarray(0, count));
    this.parents.set(parents.subarray(0, count));
    this.pool.release(old);
  }

  /** Notes a comment; comments are noted in the order of the text. */
  addComment(start: number, end: number): void {
    if (this.commentCount === this.commentStarts.length) this.#growComments();
    this.commentStarts[this.commentCount] = start;
    this.commentEnds[this.commentCount++] = end;
  }

  #growComments(): void {
    const { commentStarts: starts, commentEnds: ends } = this;
    const capacity = Math.max(64, starts.length * 2);
    this.commentStarts = this.pool.acquireUnsafe(Uint32Array, capacity);
    this.commentStarts.set(starts);
    if (starts.length > 0) this.pool.release(starts);
    this.commentEnds = this.pool.acquireUnsafe(Uint32Array, capacity);
    this.commentEnds.set(ends);
    if (ends.length > 0) this.pool.release(ends);
  }

  #releaseComments(): void {
    const { commentStarts: starts, commentEnds: ends } = this;
    this.commentStarts = this.commentEnds = NO_WORDS;
    this.commentCount = 0;
    if (starts.length > 0) this.pool.release(starts);
    if (ends.length > 0) this.pool.release(ends);
  }

  /** The maxima of the column `ends`, made when they are first asked for. @internal */
  get maxima(): EndMaxima {
    return (this.#maxima ??= new EndMaxima(this.ends, this.count));
  }

  /** Says that the nodes are others now: handles on the old ones are refused, and what was found among them is forgotten. @internal */
  renew(): void {
    this.generation++;
    this.marks.clear();
    this.#maxima = undefined;
  }

  /** Forgets the text and keeps the memory. */
  clear(): void {
    this.renew();
    this.count = 0;
    this.commentCount = 0;
    this.textBytes = 0;
  }

  /** Gives the memory back. Nodes of this tape are refused from now on. */
  close(): void {
    this.clear();
    this.children?.close();
    this.#releaseComments();
    this.#release();
  }

  #release(): void {
    const block = this.#block;
    if (block.length === 0) return;
    this.#block = NO_BYTES;
    this.bytes = this.kinds = NO_BYTES;
    this.starts = this.ends = this.nexts = this.parents = this.state = this.index = NO_WORDS;
    this.#textCapacity = this.#nodeCapacity = this.blockBytes = 0;
    this.pool.release(block);
  }

  // Rounding up to what the block can hold anyway costs nothing and saves growing.
  #take(textCapacity: number, nodeCapacity: number): void {
    const bytes = blockBytes(textCapacity, nodeCapacity);
    const block = this.pool.acquireUnsafe(Uint8Array, bytes);
    this.#block = block;
    this.#textCapacity = textCapacity;
    this.#nodeCapacity = nodeCapacity;
    this.blockBytes = bytes;
    const { buffer, byteOffset } = block;
    this.state = new Uint32Array(buffer, byteOffset, STATE_BYTES / 4);
    this.bytes = new Uint8Array(buffer, byteOffset + STATE_BYTES, textCapacity);
    const columns = byteOffset + STATE_BYTES + textCapacity;
    const column = (place: number): Uint32Array =>
      new Uint32Array(buffer, columns + place * 4 * nodeCapacity, nodeCapacity);
    this.starts = column(0);
    this.ends = column(1);
    this.nexts = column(2);
    this.parents = column(3);
    this.kinds = new Uint8Array(buffer, columns + 16 * nodeCapacity, nodeCapacity);
    const index = columns + NODE_BYTES * nodeCapacity;
    this.index = new Uint32Array(buffer, index, indexWordsFor(textCapacity));
  }
}

function tooManyNodes(most: number): JsonError {
  return new JsonError(
    "LIMIT_EXCEEDED",
    `a tape behind a text of this size has at most ${most} nodes; read the elements as a stream`,
  );
}

function tooLarge(textBytes: number): JsonError {
  return new JsonError(
    "LIMIT_EXCEEDED",
    `a text has at most ${MAX_TEXT_BYTES} bytes, this one has ${textBytes}; read it as a stream`,
  );
}
