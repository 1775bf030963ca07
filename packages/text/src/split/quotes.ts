// Quoted sections: where one opens and where it closes, and what it says once its escapes are resolved.
//
// A section opens only at the start of a piece, and the scan for its end reads each byte a bounded number of times: marks
// are short, so that comparing one costs no more than its length.
import { type NamesOf, oneOf, show, unlike } from "../check.ts";

/** What opens and what closes a quoted section, such as `["(", ")"]`. */
export type QuotePair = readonly [prefix: string | Uint8Array, postfix: string | Uint8Array];

/** How quoted sections are written; every option has a default. */
export interface QuotingOptions {
  /**
   * What opens and closes them, 1 to 32 bytes each; the longest prefix wins.
   *
   * @defaultValue `"` and `'`, each with itself
   */
  readonly pairs?: readonly QuotePair[];
  /**
   * How a quoted section holds its own postfix. `"backslash"`: after a backslash, which also writes `\n`, `\t`, `\r`
   * and `\\`; an unknown one stays as it is. `"doubled"`: written twice, as in CSV. `"none"`: it cannot.
   *
   * @defaultValue "backslash"
   */
  readonly escapes?: "backslash" | "doubled" | "none";
  /**
   * A quoted section that never ends: it goes on to the end of the text, or an error.
   *
   * @defaultValue "keep"
   */
  readonly unterminated?: "keep" | "error";
}

/** The names of these options. */
export const QUOTING_OPTIONS: NamesOf<QuotingOptions> = { pairs: true, escapes: true, unterminated: true };

const MOST_MARK_BYTES = 32;
const BACKSLASH = 0x5c;
const DEFAULT_PAIRS: readonly QuotePair[] = [
  ['"', '"'],
  ["'", "'"],
];
// What stands for something else after a backslash: \n, \t and \r.
const CONTROLS: ReadonlyMap<number, number> = new Map([
  [0x6e, 0x0a],
  [0x74, 0x09],
  [0x72, 0x0d],
]);
// What stands for itself after a backslash, whatever the pair, beside the backslash and the pair's own marks.
const DOUBLE = 0x22;
const SINGLE = 0x27;

const encoder = new TextEncoder();

/** A pair of marks as bytes. */
export interface Marks {
  readonly prefix: Uint8Array;
  readonly postfix: Uint8Array;
}

/** The pairs of marks of a split, and how what is between them is read. */
export class Quotes {
  /** Whether a section that is never closed is an error. */
  readonly strict: boolean;
  // Longest prefix first.
  readonly #pairs: readonly Marks[];
  // By byte: 1 where a prefix starts with it.
  readonly #firsts: Uint8Array = new Uint8Array(256);
  readonly #escapes: NonNullable<QuotingOptions["escapes"]>;
  /** Whether the section that `close` looked at holds escapes. */
  escaped = false;

  constructor({ pairs = DEFAULT_PAIRS, escapes = "backslash", unterminated = "keep" }: QuotingOptions) {
    if (!Array.isArray(pairs) || pairs.length === 0)
      throw unlike("pairs to be a list of pairs of quotes", pairs);
    this.#pairs = pairs.map(marksOf).sort((a, b) => b.prefix.length - a.prefix.length);
    for (const { prefix } of this.#pairs) this.#firsts[prefix[0]] = 1;
    this.#escapes = oneOf("escapes", escapes, ["backslash", "doubled", "none"]);
    this.strict = oneOf("unterminated", unterminated, ["keep", "error"]) === "error";
  }

  /** The marks of the section that opens at `at`, if one does. */
  open(bytes: Uint8Array, at: number, end: number): Marks | undefined {
    if (at >= end || this.#firsts[bytes[at]] === 0) return undefined;
    return this.#pairs.find(({ prefix }) => startsAt(bytes, at, end, prefix));
  }

  /** Where the postfix of the section starts whose content starts at `from`; `end` where there is none. */
  close(bytes: Uint8Array, from: number, end: number, { postfix }: Marks): number {
    this.escaped = false;
    const first = postfix[0];
    const escape = this.#escapes === "backslash" ? BACKSLASH : -1;
    for (let at = from; at < end; at++) {
      const byte = bytes[at];
      if (byte === first && startsAt(bytes, at, end, postfix)) {
        const behind = at + postfix.length;
        if (this.#escapes !== "doubled" || !startsAt(bytes, behind, end, postfix)) return at;
        this.escaped = true;
        at = behind + postfix.length - 1;
      } else if (byte === escape) {
        this.escaped = true;
        at++;
      }
    }
    return end;
  }

  /** Writes what the content from `from` up to `end` says into `target`, which has room; returns how many bytes. */
  unescape(bytes: Uint8Array, from: number, end: number, marks: Marks, target: Uint8Array): number {
    if (this.#escapes === "doubled") return undouble(bytes, from, end, marks.postfix, target);
    return unslash(bytes, from, end, marks, target);
  }
}

function undouble(
  bytes: Uint8Array,
  from: number,
  end: number,
  postfix: Uint8Array,
  target: Uint8Array,
): number {
  let to = 0;
  for (let at = from; at < end; at++) {
    // Every postfix in there is doubled: the first half is copied, the second left out.
    if (startsAt(bytes, at, end, postfix)) {
      for (const byte of postfix) target[to++] = byte;
      at += 2 * postfix.length - 1;
    } else {
      target[to++] = bytes[at];
    }
  }
  return to;
}

function unslash(bytes: Uint8Array, from: number, end: number, marks: Marks, target: Uint8Array): number {
  let to = 0;
  for (let at = from; at < end; at++) {
    let byte = bytes[at];
    if (byte === BACKSLASH && at + 1 < end) {
      const meant = meaningOf(bytes, at + 1, end, marks);
      if (meant < 0) target[to++] = byte;
      byte = meant < 0 ? bytes[at + 1] : meant;
      at++;
    }
    target[to++] = byte;
  }
  return to;
}

// The byte that is meant by a backslash and the byte at `at`; -1 where the backslash stays.
function meaningOf(bytes: Uint8Array, at: number, end: number, { prefix, postfix }: Marks): number {
  const byte = bytes[at];
  const literal = byte === BACKSLASH || byte === DOUBLE || byte === SINGLE;
  if (literal || startsAt(bytes, at, end, prefix) || startsAt(bytes, at, end, postfix)) return byte;
  return CONTROLS.get(byte) ?? -1;
}

function startsAt(bytes: Uint8Array, at: number, end: number, mark: Uint8Array): boolean {
  if (at + mark.length > end) return false;
  for (let i = 0; i < mark.length; i++) {
    if (bytes[at + i] !== mark[i]) return false;
  }
  return true;
}

function marksOf(pair: QuotePair): Marks {
  if (!Array.isArray(pair) || pair.length !== 2) {
    throw unlike("each pair of quotes to be a prefix and a postfix", pair);
  }
  return { prefix: markOf(pair[0]), postfix: markOf(pair[1]) };
}

function markOf(mark: string | Uint8Array): Uint8Array {
  const bytes = typeof mark === "string" ? encoder.encode(mark) : mark;
  if (!(bytes instanceof Uint8Array)) throw unlike("a quote to be a string or a Uint8Array", mark);
  if (bytes.length >= 1 && bytes.length <= MOST_MARK_BYTES) return Uint8Array.from(bytes);
  throw unlike(`a quote of 1 to ${MOST_MARK_BYTES} bytes`, `${show(mark)}, ${bytes.length} bytes`);
}
