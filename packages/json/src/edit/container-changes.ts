// What has to change in the source of one container so that it has its new elements or members: which ranges of bytes go,
// and what comes in where. Everything between is left as it is, above all comments.
//
//     {
//       "a": 1, // about a         A removed member takes the white space in front of it along, up to the line end of a
//       "b": 2  // about b         line comment. Something new behind `b` goes behind its comment, and only the comma
//     }                            in front of it. Comments are never removed.

import { commentEnd, spaceEnd } from "../parse/loose-tokens.ts";
import { firstAtLeast } from "../tape/search.ts";
import type { Tape } from "../tape/tape.ts";
import { isChanged, type Opened, type Piece, type Slot } from "./pieces.ts";
import { isSpace, lineIndent, startsLine, type TextStyle } from "./style.ts";

const COMMA = 0x2c;

/** One change: the bytes from `start` to `end` become text and new members. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly content: readonly (string | Placed)[];
}

/** A piece with the indentation of the line it is in; undefined where it has to stay in one line. */
export interface Placed {
  readonly piece: Piece;
  readonly indent: string | undefined;
}

/** The changes in the source of a container, in order. */
export function changesIn(tape: Tape, node: number, opened: Opened, style: TextStyle): Change[] {
  return new ContainerChanges(tape, node, opened, style).list();
}

class ContainerChanges {
  readonly #tape: Tape;
  readonly #node: number;
  readonly #opened: Opened;
  readonly #style: TextStyle;
  readonly #changes: Change[] = [];
  // Elements or members as they were: start of the key or element, end of the value, and the comma behind it or -1.
  readonly #units: number[] = [];
  readonly #ends: number[] = [];
  readonly #commas: number[] = [];
  readonly #homes: number[] = [];
  readonly #multiline: boolean;
  readonly #indent: string;
  readonly #trailing: boolean;

  constructor(tape: Tape, node: number, opened: Opened, style: TextStyle) {
    this.#tape = tape;
    this.#node = node;
    this.#opened = opened;
    this.#style = style;
    this.#readUnits();
    const start = tape.starts[node];
    const first = this.#units[0];
    this.#multiline = first === undefined ? style.unit !== "" : startsLine(tape, first, start);
    this.#indent = !this.#multiline
      ? ""
      : first === undefined
        ? lineIndent(tape, start) + style.unit
        : lineIndent(tape, first);
    this.#trailing = this.#commas.length > 0 && this.#commas[this.#commas.length - 1] >= 0;
  }

  list(): Change[] {
    const { slots } = this.#opened;
    let slot = this.#insertRun(-1, 0);
    let kept = false;
    for (let unit = 0; unit < this.#units.length; unit++) {
      // What is left of the source is in the order of the source.
      if (slots[slot]?.home !== this.#homes[unit]) {
        this.#removeUnit(unit, kept);
        continue;
      }
      kept = true;
      this.#changeUnit(unit, slots[slot]);
      this.#settleComma(unit, this.#needsComma(slot));
      slot = this.#insertRun(unit, slot + 1);
    }
    return this.#changes.sort((a, b) => a.start - b.start || a.end - b.end);
  }

  #readUnits(): void {
    const { starts, ends, nexts } = this.#tape;
    const step = this.#opened.isObject ? 1 : 0;
    for (let unit = this.#node + 1; unit < nexts[this.#node]; unit = nexts[unit + step]) {
      const end = ends[unit + step];
      const at = skipComments(this.#tape, end, true);
      this.#units.push(starts[unit]);
      this.#ends.push(end);
      this.#homes.push(unit + step);
      this.#commas.push(this.#tape.bytes[at] === COMMA ? at : -1);
    }
  }

  #needsComma(slot: number): boolean {
    return slot < this.#opened.slots.length - 1 || this.#trailing;
  }

  #change(start: number, end: number, ...content: (string | Placed)[]): void {
    this.#changes.push({ start, end, content });
  }

  #changeUnit(unit: number, slot: Slot): void {
    const { starts, ends } = this.#tape;
    if (slot.renamed) this.#change(starts[slot.key], ends[slot.key], JSON.stringify(slot.name));
    const { piece, home } = slot;
    if (!isChanged(slot)) return;
    const indent = this.#style.unit === "" ? undefined : lineIndent(this.#tape, this.#units[unit]);
    this.#change(starts[home], ends[home], { piece, indent });
  }

  #settleComma(unit: number, needed: boolean): void {
    const comma = this.#commas[unit];
    if (comma >= 0 && !needed) this.#change(comma, comma + 1);
    else if (comma < 0 && needed) this.#change(this.#ends[unit], this.#ends[unit], ",");
  }

  #removeUnit(unit: number, followsUnit: boolean): void {
    const { bytes } = this.#tape;
    let start = this.#units[unit];
    const comma = this.#commas[unit];
    const end = this.#ends[unit];
    let behind = comma >= 0 && onlySpace(bytes, end, comma) ? comma + 1 : end;
    if (followsUnit || startsLine(this.#tape, start, this.#tape.starts[this.#node])) {
      start = this.#leadingSpace(start);
    } else behind = sameLineSpaceEnd(bytes, behind);
    this.#change(start, behind);
    if (comma >= behind) this.#change(comma, comma + 1);
  }

  // Where the white space in front of a token starts, the line end of a line comment left out.
  #leadingSpace(token: number): number {
    const { bytes } = this.#tape;
    let start = token;
    while (isSpace(bytes[start - 1])) start--;
    if (!this.#endsLineComment(start)) return start;
    while (start < token && bytes[start] !== 0x0a && bytes[start] !== 0x0d) start++;
    return bytes[start] === 0x0d && bytes[start + 1] === 0x0a ? start + 2 : start + 1;
  }

  #endsLineComment(offset: number): boolean {
    const { bytes, commentStarts, commentEnds, commentCount } = this.#tape;
    const place = firstAtLeast(commentEnds, 0, commentCount, offset);
    return place < commentCount && commentEnds[place] === offset && bytes[commentStarts[place] + 1] === 0x2f;
  }

  // Puts in what is new from `from` on, behind a unit or, for -1, at the beginning. Returns the slot behind it.
  #insertRun(unit: number, from: number): number {
    const { slots } = this.#opened;
    let to = from;
    while (to < slots.length && slots[to].home < 0) to++;
    if (to === from) return to;
    if (unit < 0 && this.#units.length === 0) this.#fill(from, to);
    else if (unit < 0 && !this.#multiline) this.#insertInFront(from, to);
    else this.#insertBehind(unit, from, to);
    return to;
  }

  // In front of the first unit, in its line.
  #insertInFront(from: number, to: number): void {
    const content: (string | Placed)[] = [];
    for (let slot = from; slot < to; slot++) {
      this.#item(slot, undefined, content);
      const more = slot + 1 < this.#opened.slots.length;
      if (more) content.push(`,${this.#style.gap}`);
      else if (this.#trailing) content.push(",");
    }
    this.#change(this.#units[0], this.#units[0], ...content);
  }

  // Behind a unit, its comma and the comments that end its line; behind the bracket for -1.
  #insertBehind(unit: number, from: number, to: number): void {
    let at = this.#tape.starts[this.#node] + 1;
    if (unit >= 0) at = this.#commas[unit] >= 0 ? this.#commas[unit] + 1 : this.#ends[unit];
    const anchor = lineTail(this.#tape, at);
    const breaks = this.#multiline || this.#endsLineComment(anchor);
    const content: (string | Placed)[] = [];
    for (let slot = from; slot < to; slot++) {
      content.push(breaks ? this.#style.newline + this.#indent : this.#style.gap);
      this.#item(slot, breaks ? this.#indent : undefined, content);
      if (this.#needsComma(slot)) content.push(",");
    }
    this.#change(anchor, anchor, ...content);
  }

  // Into a container that was empty; comments in it stay in front.
  #fill(from: number, to: number): void {
    const { bytes, starts, ends } = this.#tape;
    const close = ends[this.#node] - 1;
    let at = close;
    while (at > starts[this.#node] + 1 && isSpace(bytes[at - 1])) at--;
    const breaks = this.#multiline || this.#endsLineComment(at);
    const content: (string | Placed)[] = [];
    for (let slot = from; slot < to; slot++) {
      if (breaks) content.push(this.#style.newline + this.#indent);
      else if (slot > from) content.push(this.#style.gap);
      this.#item(slot, breaks ? this.#indent : undefined, content);
      if (slot < to - 1) content.push(",");
    }
    const outer = lineIndent(this.#tape, starts[this.#node]);
    if (breaks) content.push(this.#style.newline + outer);
    this.#change(at, close, ...content);
  }

  #item(slot: number, indent: string | undefined, content: (string | Placed)[]): void {
    const { name, piece } = this.#opened.slots[slot];
    if (this.#opened.isObject) content.push(`${JSON.stringify(name)}:${this.#style.gap}`);
    content.push({ piece, indent });
  }
}

// Behind spaces and comments.
function skipComments(tape: Tape, from: number, lines: boolean): number {
  const { bytes, textBytes } = tape;
  let at = from;
  for (;;) {
    if (lines) at = spaceEnd(bytes, at, true);
    else while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
    const end = commentEnd(bytes, at, textBytes);
    if (end === 0) return at;
    at = end;
  }
}

// Behind the comments from `from` on that nothing but the line's end or a bracket follows; `from` where there are none.
function lineTail(tape: Tape, from: number): number {
  const { bytes, textBytes } = tape;
  let tail = from;
  for (;;) {
    let at = tail;
    while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
    const end = commentEnd(bytes, at, textBytes);
    if (end === 0) break;
    tail = end;
  }
  const next = bytes[skipComments(tape, tail, false)];
  return next === 0x0a || next === 0x0d || next === 0x5d || next === 0x7d ? tail : from;
}

function onlySpace(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isSpace(bytes[at])) return false;
  return true;
}

// Behind the spaces at `from`, unless the line ends there.
function sameLineSpaceEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
  return bytes[at] === 0x0a || bytes[at] === 0x0d ? from : at;
}
