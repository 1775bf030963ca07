// The printer: walks over the tape in the order of the output and writes tokens, breaks and comments. Not recursive: the
// way back up leads over the column of parents.

import type { Pool } from "@millpond/core";

import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { childStep, kindOf, parentOf } from "../read/walk.ts";
import {
  AFTER_OPENER,
  BEFORE_CLOSER,
  BETWEEN,
  commentAt,
  hasBlankLine,
  hasBreak,
  hasComments,
  trailingEnd,
} from "./gaps.ts";
import type { Style } from "./options.ts";
import { fillOrder } from "./order.ts";
import type { ByteWriter } from "../output/byte-writer.ts";
import { needsQuoting, writeQuoted } from "./strings.ts";
import { fillWidths, TOO_WIDE } from "./widths.ts";

const SPACE = 0x20;
const COLON = 0x3a;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
// No container that is being written on one line.
const NONE = -1;

/**
 * The part of a text that is on a tape, where the text comes in parts: how the part begins and ends. Containers that are
 * opened in other parts have brackets on the tape, which are not written.
 */
export interface Part {
  /** What the part goes on from. */
  readonly entry: "start" | "opener" | "child" | "root";
  /** The innermost container that is open at the entry; its first child stands for the children written before. */
  readonly container: number;
  /** How many containers are open at the entry. */
  readonly depth: number;
  /** Where the part ends on the tape; containers that reach further are open there. */
  readonly end: number;
  /** Whether the text ends with the part. */
  readonly isLast: boolean;
}

/** The part that is a whole text. */
export const WHOLE: Part = { entry: "start", container: 0, depth: 0, end: Infinity, isLast: true };

const NO_WORDS: Uint32Array = new Uint32Array(0);

/** Writes a part of a text. What it needs besides the tape is taken from the pool and is back there afterwards. */
export function print(tape: Tape, pool: Pool, style: Style, part: Part, out: ByteWriter): void {
  let widths = NO_WORDS;
  let order = NO_WORDS;
  try {
    if (style.spaced) {
      widths = pool.acquireUnsafe(Uint32Array, tape.count);
      fillWidths(tape, style, widths);
    }
    if (style.sortKeys) {
      order = pool.acquireUnsafe(Uint32Array, tape.count);
      fillOrder(tape, pool, order);
    }
    new Printer(tape, { style, part, widths, order }, out).run();
  } finally {
    if (order.length > 0) pool.release(order);
    if (widths.length > 0) pool.release(widths);
  }
}

/** What the printer reads besides the tape; the columns are empty where the style does not need them. */
interface Plan {
  readonly style: Style;
  readonly part: Part;
  /** Columns of each node on one line, or TOO_WIDE. */
  readonly widths: Uint32Array;
  /** First and next keys in sorted order. */
  readonly order: Uint32Array;
}

class Printer {
  readonly #tape: Tape;
  readonly #style: Style;
  readonly #part: Part;
  readonly #widths: Uint32Array;
  readonly #order: Uint32Array;
  readonly #out: ByteWriter;
  readonly #comments: boolean;
  #depth = 0;
  // The outermost container that is being written on one line.
  #flat: number = NONE;

  constructor(tape: Tape, { style, part, widths, order }: Plan, out: ByteWriter) {
    this.#tape = tape;
    this.#style = style;
    this.#part = part;
    this.#depth = part.depth;
    this.#widths = widths;
    this.#order = order;
    this.#out = out;
    this.#comments = style.spaced && tape.commentCount > 0;
    if (!style.spaced) this.#flat = -2;
  }

  // `child` is a key, an element, or the root.
  run(): void {
    let child = this.#first();
    while (child >= 0) {
      const inside = this.#child(child);
      child = inside < 0 ? this.#step(child) : inside;
    }
    if (!this.#part.isLast) return;
    if (this.#comments) this.#behindRoot(this.#tape.ends[0], this.#tape.textBytes);
    if (this.#style.finalNewline) this.#out.byte(LINE_FEED);
  }

  // The child that the part begins with, in front of which everything is written; -1 for none.
  #first(): number {
    const { entry, container } = this.#part;
    const { starts } = this.#tape;
    if (entry === "root") return -1;
    if (entry === "child") return this.#step(container + 1);
    if (entry === "start") {
      this.#leading(0, commentAt(this.#tape, starts[0]), starts[0]);
      return 0;
    }
    const first = this.#enter(container);
    return first < 0 ? this.#step(this.#childOf(container)) : first;
  }

  // Writes a child up to the first one inside it, which is returned, or as a whole; then -1 is returned.
  #child(child: number): number {
    const tape = this.#tape;
    const isMember = kindOf(tape, child) === Kind.KEY;
    const value = isMember ? child + 1 : child;
    if (isMember) this.#key(child);
    const kind = kindOf(tape, value);
    if (kind !== Kind.ARRAY && kind !== Kind.OBJECT) {
      this.#scalar(value, kind === Kind.STRING);
      return -1;
    }
    const { starts, ends, nexts } = tape;
    this.#out.byte(tape.bytes[starts[value]]);
    if (nexts[value] === value + 1 && this.#isOpen(value)) return -1;
    if (nexts[value] === value + 1 && !(this.#comments && hasComments(tape, starts[value], ends[value]))) {
      this.#out.byte(tape.bytes[ends[value] - 1]);
      return -1;
    }
    return this.#open(child, value);
  }

  // Returns the first child of a container; -1 when it holds comments only, which are then written.
  #open(child: number, container: number): number {
    if (this.#flat === NONE && this.#fits(child, container)) this.#flat = container;
    this.#depth++;
    return this.#enter(container);
  }

  // The same behind the bracket.
  #enter(container: number): number {
    const { starts, ends, nexts } = this.#tape;
    const start = starts[container] + 1;
    if (nexts[container] === container + 1) {
      this.#gap(start, ends[container] - 1, AFTER_OPENER, true);
      this.#close(container);
      return -1;
    }
    if (this.#comments) this.#trail(start, starts[container + 1], AFTER_OPENER);
    const first = this.#firstChild(container);
    this.#break();
    this.#leadingOf(first, container);
    return first;
  }

  // Goes on behind a child: to the next one, or out of containers that end. Returns -1 behind the root.
  #step(done: number): number {
    const tape = this.#tape;
    let child = done;
    for (;;) {
      const container = parentOf(tape, child);
      if (container < 0) return -1;
      const next = this.#nextChild(child, container);
      if (next === 0 && this.#isOpen(container)) return -1;
      const broken = this.#flat === NONE;
      if (next > 0 || (broken && this.#style.trailingCommas)) this.#out.byte(COMMA);
      if (this.#comments) this.#behindChild(child, container);
      if (next > 0) {
        if (broken) this.#breakBefore(next, container);
        else if (this.#style.spaced) this.#out.byte(SPACE);
        this.#leadingOf(next, container);
        return next;
      }
      this.#dangling(container);
      this.#close(container);
      child = this.#childOf(container);
    }
  }

  // A container as the child of the one around it, that is, its key if it has one.
  #childOf(container: number): number {
    const around = parentOf(this.#tape, container);
    return around < 0 ? container : container - childStep(this.#tape, around);
  }

  // Whether a container goes on behind the part.
  #isOpen(container: number): boolean {
    return this.#tape.ends[container] > this.#part.end;
  }

  #close(container: number): void {
    this.#depth--;
    this.#break();
    if (this.#flat === container) this.#flat = NONE;
    this.#out.byte(this.#tape.bytes[this.#tape.ends[container] - 1]);
  }

  // Whether a container goes on the rest of the line, with a comma behind it.
  #fits(child: number, container: number): boolean {
    const width = this.#widths[container];
    if (width === TOO_WIDE || this.#isOpen(container)) return false;
    const name = child === container ? 0 : this.#widths[child] + 2;
    return this.#depth * this.#style.indentColumns + name + width + 1 <= this.#style.lineWidth;
  }

  #firstChild(container: number): number {
    const sorted = this.#style.sortKeys && kindOf(this.#tape, container) === Kind.OBJECT;
    return sorted ? this.#order[container] : container + 1;
  }

  // The child behind another one in the output, or 0.
  #nextChild(child: number, container: number): number {
    const { nexts } = this.#tape;
    const step = childStep(this.#tape, container);
    if (step === 1 && this.#style.sortKeys) return this.#order[child];
    const next = nexts[child + step];
    return next < nexts[container] ? next : 0;
  }

  #key(key: number): void {
    const { starts, ends } = this.#tape;
    this.#scalar(key, true);
    this.#out.byte(COLON);
    if (!this.#style.spaced) return;
    this.#out.byte(SPACE);
    if (!this.#comments) return;
    const behind = commentAt(this.#tape, starts[key + 1]);
    for (let number = commentAt(this.#tape, ends[key]); number < behind; number++) {
      this.#comment(number);
      if (this.#isLine(number)) this.#break(1);
      else this.#out.byte(SPACE);
    }
  }

  #scalar(node: number, isString: boolean): void {
    const { bytes, starts, ends } = this.#tape;
    const { quote } = this.#style;
    if (isString && needsQuoting(bytes, starts[node], quote)) {
      writeQuoted(this.#out, bytes, starts[node], ends[node], quote);
    } else this.#out.copy(bytes, starts[node], ends[node]);
  }

  // A new line, unless everything around goes on one.
  #break(deeper = 0): void {
    if (this.#flat !== NONE) return;
    this.#out.byte(LINE_FEED);
    this.#out.repeat(this.#style.indentByte, (this.#depth + deeper) * this.#style.indentCount);
  }

  // A new line; in front of it a blank one, if this part of the text has one and they are kept.
  #breakLike(from: number, to: number): void {
    if (this.#style.keepBlankLines && hasBlankLine(this.#tape.bytes, from, to)) this.#out.byte(LINE_FEED);
    this.#break();
  }

  // A new line for a child and its comments.
  #breakBefore(child: number, container: number): void {
    if (!this.#style.keepBlankLines || child === container + 1) {
      this.#break();
      return;
    }
    const { starts, ends, commentStarts, commentEnds } = this.#tape;
    const from = ends[this.#childBefore(child, container)];
    const first = trailingEnd(this.#tape, from, starts[child], BETWEEN);
    const hasTrail = first > commentAt(this.#tape, from);
    const hasLead = first < commentAt(this.#tape, starts[child]);
    this.#breakLike(hasTrail ? commentEnds[first - 1] : from, hasLead ? commentStarts[first] : starts[child]);
  }

  // The comments that belong to the token in front of a gap.
  #trail(from: number, to: number, gap: number): void {
    const behind = trailingEnd(this.#tape, from, to, gap);
    for (let number = commentAt(this.#tape, from); number < behind; number++) {
      this.#out.byte(SPACE);
      this.#comment(number);
    }
  }

  // All comments of a gap that no child follows.
  #gap(from: number, to: number, gap: number, ownLines: boolean): void {
    const { commentStarts, commentEnds } = this.#tape;
    if (ownLines) this.#trail(from, to, gap);
    const behind = commentAt(this.#tape, to);
    const first = trailingEnd(this.#tape, from, to, gap);
    let at = first > commentAt(this.#tape, from) ? commentEnds[first - 1] : from;
    for (let number = first; number < behind; number++) {
      if (number === first && gap === AFTER_OPENER) this.#break();
      else this.#breakLike(at, commentStarts[number]);
      this.#comment(number);
      at = commentEnds[number];
    }
  }

  #behindChild(child: number, container: number): void {
    const [from, to, gap] = this.#gapBehind(child, container);
    this.#trail(from, to, gap);
  }

  #gapBehind(child: number, container: number): [number, number, number] {
    const { starts, ends, nexts } = this.#tape;
    const value = child + childStep(this.#tape, container);
    const next = nexts[value];
    if (next < nexts[container]) return [ends[value], starts[next], BETWEEN];
    return [ends[value], ends[container] - 1, BEFORE_CLOSER];
  }

  // Comments behind the last child in the source, on lines of their own.
  #dangling(container: number): void {
    if (!this.#comments) return;
    const { ends } = this.#tape;
    const closer = ends[container] - 1;
    const last = this.#childBefore(this.#tape.nexts[container], container);
    this.#gap(ends[last], closer, BEFORE_CLOSER, false);
  }

  // The value of the child in front of a node of the container; the last one inside a child leads up to it.
  #childBefore(node: number, container: number): number {
    let value = node - 1;
    while (parentOf(this.#tape, value) !== container) value = parentOf(this.#tape, value);
    return value;
  }

  #leadingOf(child: number, container: number): void {
    if (!this.#comments) return;
    const { starts, ends } = this.#tape;
    const isFirst = child === container + 1;
    const from = isFirst ? starts[container] + 1 : ends[this.#childBefore(child, container)];
    const first = trailingEnd(this.#tape, from, starts[child], isFirst ? AFTER_OPENER : BETWEEN);
    this.#leading(first, commentAt(this.#tape, starts[child]), starts[child]);
  }

  // Comments in front of what stands at `start`; blocks stay on its line if they were there.
  #leading(first: number, behind: number, start: number): void {
    if (!this.#comments) return;
    const { bytes, commentStarts, commentEnds } = this.#tape;
    for (let number = first; number < behind; number++) {
      this.#comment(number);
      const next = number + 1 < behind ? commentStarts[number + 1] : start;
      if (this.#isLine(number) || hasBreak(bytes, commentEnds[number], next)) {
        this.#breakLike(commentEnds[number], next);
      } else this.#out.byte(SPACE);
    }
  }

  #behindRoot(from: number, to: number): void {
    this.#gap(from, to, BEFORE_CLOSER, true);
  }

  #comment(number: number): void {
    const { bytes, commentStarts, commentEnds } = this.#tape;
    this.#out.copy(bytes, commentStarts[number], commentEnds[number]);
  }

  #isLine(number: number): boolean {
    const { bytes, commentStarts } = this.#tape;
    return bytes[commentStarts[number] + 1] === 0x2f;
  }
}
