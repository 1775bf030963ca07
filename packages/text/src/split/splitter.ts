// split() and splitters: a set of delimiters and options that are checked and prepared once, for many texts.
import { checkOptions, unlike } from "../check.ts";
import { TextError } from "../errors.ts";
import type { ArenaHome } from "./arena-home.ts";
import type { DelimiterInput } from "./delimiters.ts";
import type { Home, Words } from "./home.ts";
import type { Matcher } from "./matcher.ts";
import {
  type Plan,
  planOf,
  SPLIT_ONCE_OPTIONS,
  SPLIT_OPTIONS,
  type SplitOnceOptions,
  type SplitOptions,
} from "./options.ts";
import { run } from "./scan.ts";
import { type Scan, scanOf } from "./scan-state.ts";
import { strideOf } from "./segment-layout.ts";
import { type Segment, Segments, segmentsAt } from "./segments.ts";
import { checkTextBytes, type EncodedText, growTable, TABLE_WORDS, tableWordsFor } from "./tables.ts";
import type { TextArena } from "./text-arena.ts";
import { MOST_DIRECT_UNITS, NO_ROOM, scanText } from "./text-scan.ts";

/** A text to split: a string, or bytes of UTF-8. */
export type TextSource = string | Uint8Array;

// A first guess; what is found moves it.
const BYTES_PER_SEGMENT = 8;

/**
 * Splits a text at one or several delimiters, of any length, in time linear in the text. Pieces are spans into the
 * bytes of the text, in pooled memory that goes back with `release()`; see {@link Segments}.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { split } from "@millpond/text";
 *
 * const parts = split("k: v;  'a; b'", [":", ";"], { stripping: true, quoting: true });
 * assert.deepEqual(parts.texts(), ["k", "v", "'a", "b'"]); // a quote counts at the start of a piece
 * parts.release();
 *
 * const all = split("a::b", [":", "::"], { prefer: "longest", preserveDelimiters: true });
 * assert.deepEqual(all.toArray().map(({ kind, text }) => [kind, text]), [
 *   ["delimited", "a"],
 *   ["delimiter", "::"],
 *   ["delimited", "b"],
 * ]);
 * all.release();
 * ```
 *
 * Pieces of no bytes are left out unless `preserveEmpty` is set: `split(",a,,b", ",")` gives `a` and `b`.
 *
 * Throws `EMPTY_DELIMITER` and `BAD_ARGUMENT` for what cannot be, `UNTERMINATED_QUOTE` where that was asked for,
 * `TEXT_TOO_LONG` from 4 GiB on, and what the pool throws when it is exhausted. Nothing is held then.
 */
export function split(
  source: TextSource,
  delimiters: DelimiterInput,
  options: SplitOnceOptions = {},
): Segments {
  checkOptions(options, SPLIT_ONCE_OPTIONS);
  return new Splitter(planOf(delimiters, options)).split(source, options.arena);
}

/**
 * Delimiters and options for many texts: `split` without checking and preparing them each time.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { splitter } from "@millpond/text";
 *
 * const words = splitter([" ", "\t"]);
 * assert.deepEqual(words.texts("to be  or"), ["to", "be", "or"]);
 * assert.equal(words.count("not to be"), 3);
 * ```
 */
export function splitter(delimiters: DelimiterInput, options: SplitOptions = {}): Splitter {
  checkOptions(options, SPLIT_OPTIONS);
  return new Splitter(planOf(delimiters, options));
}

/**
 * Splits texts, each with the same delimiters and options. It holds no memory of the pool between two calls.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { splitter } from "@millpond/text";
 *
 * const fields = splitter(",", { preserveEmpty: true });
 * let empty = 0;
 * for (const line of ["a,,b", ",c"]) {
 *   const found = fields.split(line);
 *   for (let i = 0; i < found.length; i++) if (found.start(i) === found.end(i)) empty++;
 *   found.release();
 * }
 * assert.equal(empty, 2);
 * ```
 */
export class Splitter {
  readonly #plan: Plan;
  readonly #stride: 2 | 3;
  // What short strings are split at without encoding them, if they can be.
  readonly #direct: string | undefined;
  // A running mean, for the size of the next table.
  #bytesPerSegment = BYTES_PER_SEGMENT;

  /** @internal */
  constructor(plan: Plan) {
    const { byte } = plan.delimiters;
    this.#plan = plan;
    this.#stride = strideOf(plan);
    const isDirect = byte >= 0 && byte <= 0x7f && !plan.typed && !plan.stripping;
    this.#direct = isDirect ? String.fromCharCode(byte) : undefined;
  }

  /**
   * The segments of a text: to be released, or in the arena of a scope, which takes them back when it ends. The arena is an
   * argument here and an option of `split()`, since it changes from call to call.
   */
  split(source: TextSource, arena?: TextArena): Segments {
    const direct = this.#direct;
    if (direct !== undefined && typeof source === "string" && source.length <= MOST_DIRECT_UNITS) {
      return arena === undefined
        ? this.#splitText(source, direct)
        : this.#splitTextInto(source, direct, homeOf(arena));
    }
    return this.#splitBytes(source, arena === undefined ? this.#plan.home : homeOf(arena));
  }

  // A short string, in a table of its own.
  #splitText(text: string, delimiter: string): Segments {
    const { pool, keepEmpty, home } = this.#plan;
    let size = TABLE_WORDS[0];
    for (;;) {
      const words = pool.acquireUnsafe(Uint32Array, size);
      const top = scanText(text, delimiter, keepEmpty, words, 0, size);
      if (top !== NO_ROOM) return new Segments(home, words, top / 2, text);
      pool.release(words);
      size = tableWordsFor(size + 1);
    }
  }

  // The same in the arena of a scope: with room for the most that can be, of which the rest goes back.
  #splitTextInto(text: string, delimiter: string, home: ArenaHome): Segments {
    refuseEnded(home);
    const most = 2 * (text.length + 1);
    const words = home.takeWords(most);
    const { base } = home;
    const top = scanText(text, delimiter, this.#plan.keepEmpty, words, base, base + most);
    home.shrinkWords(most, top - base);
    return segmentsAt(home, words, base, (top - base) / 2, text);
  }

  #splitBytes(source: TextSource, home: Home): Segments {
    const { pool } = this.#plan;
    const pass = this.#open(source, home);
    const { scan } = pass;
    const textBytes = scan.end - scan.origin;
    let table: Words;
    try {
      scan.words = pool.acquireUnsafe(Uint32Array, this.#firstWords(textBytes));
      scan.limit = scan.words.length;
      run(scan, this.#plan, pass.matcher);
      while (!scan.done) {
        scan.words = growTable(pool, scan.words, scan.top);
        scan.limit = scan.words.length;
        run(scan, this.#plan, pass.matcher);
      }
      table = home.settle(scan.words, scan.top);
      // The pool is the splitter's; that of an arena can be another.
      if (table.words !== scan.words) pool.release(scan.words);
    } catch (error) {
      this.#close(pass);
      throw error;
    }
    pass.matcher.close();
    const count = scan.top / this.#stride;
    this.#bytesPerSegment += (textBytes / (count + 1) - this.#bytesPerSegment) / 8;
    return this.#segmentsOf(pass, table);
  }

  /** What all segments of a text say, in an array. Nothing is to be released. */
  texts(source: TextSource): string[] {
    const segments = this.split(source);
    try {
      return segments.texts();
    } finally {
      segments.release();
    }
  }

  /** How many segments a text has. */
  count(source: TextSource): number {
    let count = 0;
    for (const { top } of this.#batches(this.#open(source, this.#plan.home))) count += top / this.#stride;
    return count;
  }

  /**
   * The segments of a text as objects, found while they are asked for: the memory that is held does not grow with the
   * text, and goes back when the loop ends or is left.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { splitter } from "@millpond/text";
   *
   * const found: string[] = [];
   * for (const { text, start } of splitter(",").segments("alpha,beta,gamma")) {
   *   found.push(`${text}@${start}`);
   *   if (found.length === 2) break;
   * }
   * assert.deepEqual(found, ["alpha@0", "beta@6"]);
   * ```
   */
  segments(source: TextSource): IterableIterator<Segment> {
    if (typeof source !== "string") plainBytes(source);
    return this.#segmentsIn(source);
  }

  *#segmentsIn(source: TextSource): IterableIterator<Segment> {
    const pass = this.#open(source, this.#plan.home);
    for (const { words } of this.#batches(pass)) yield* this.#segmentsOf(pass, { words, base: 0 });
  }

  // Fills one table again and again, and closes the pass in the end.
  *#batches(pass: Pass): IterableIterator<Scan> {
    const { scan, matcher } = pass;
    try {
      scan.words = this.#plan.pool.acquireUnsafe(Uint32Array, TABLE_WORDS[1]);
      scan.limit = scan.words.length;
      while (!scan.done) {
        scan.top = 0;
        run(scan, this.#plan, matcher);
        yield scan;
        scan.unescaped?.reset();
      }
    } finally {
      this.#close(pass);
    }
  }

  // The words that a text will need, if its pieces are like those of the texts before.
  #firstWords(textBytes: number): number {
    const segments = (1.25 * textBytes) / Math.max(1, this.#bytesPerSegment) + 4;
    return tableWordsFor(Math.min(Math.ceil(segments), textBytes + 4) * this.#stride);
  }

  #open(source: TextSource, home: Home): Pass {
    const { pool, delimiters } = this.#plan;
    if (!home.live)
      throw new TextError("USE_AFTER_RELEASE", "the scope of this arena has ended; use it inside");
    const ownsBytes = typeof source === "string";
    const { bytes, start, end } = ownsBytes ? home.encode(source) : plainBytes(source);
    const scan = scanOf(bytes, start, end, home);
    return { scan, matcher: delimiters.open(pool), ownsBytes };
  }

  // Gives everything back, after an error or when nobody else will.
  #close({ scan, matcher, ownsBytes }: Pass): void {
    const { home, words, bytes, unescaped } = scan;
    matcher.close();
    if (words.length > 0) this.#plan.pool.release(words);
    if (ownsBytes) home.giveBack(bytes);
    if (unescaped !== undefined) home.closeStrings(unescaped);
  }

  #segmentsOf({ scan, ownsBytes }: Pass, { words, base }: Words): Segments {
    const count = scan.top / this.#stride;
    const { bytes, origin, unescaped } = scan;
    const content = { text: undefined, bytes, origin, ownsBytes, unescaped, stride: this.#stride };
    return segmentsAt(scan.home, words, base, count, content);
  }
}

// One text on its way.
interface Pass {
  readonly scan: Scan;
  readonly matcher: Matcher;
  readonly ownsBytes: boolean;
}

function homeOf(arena: TextArena): ArenaHome {
  const home = (arena as Partial<TextArena> | null)?._home;
  if (home === undefined) throw unlike("arena to be that of a scope, see withArena", arena);
  return home;
}

function refuseEnded(home: Home): void {
  if (home.live) return;
  throw new TextError("USE_AFTER_RELEASE", "the scope of this arena has ended; split inside of its function");
}

// Loops see plain arrays alone: a Buffer would have another hidden class.
function plainBytes(source: Uint8Array): EncodedText {
  if (!(source instanceof Uint8Array)) throw unlike("a text as a string or a Uint8Array", source);
  checkTextBytes(source.length);
  const isPlain = source.constructor === Uint8Array;
  const bytes = isPlain ? source : new Uint8Array(source.buffer, source.byteOffset, source.length);
  return { bytes, start: 0, end: bytes.length };
}
