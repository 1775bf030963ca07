// Reading a text word by word, for commands and requests:
//
//     word   =  value  |  key separator  |  key separator value
//     value  =  quoted section  |  [ list ]  |  anything up to the next delimiter
//
// Only the first separator of a word counts, and none in quotes, so key:http://x has one key. What directly follows a
// quoted section or a list is a word of its own, as in split().
import { unlike } from "../check.ts";
import { defaultPool } from "../default-pool.ts";
import { TextError } from "../errors.ts";
import { placeOf } from "../place.ts";
import { Delimiters } from "../split/delimiters.ts";
import type { Matcher } from "../split/matcher.ts";
import { type Marks, Quotes } from "../split/quotes.ts";

const OPEN = 0x5b;
const CLOSE = 0x5d;
// What an item of a list can stand behind: the bracket, a comma, white space.
const ITEM_BEGINS: readonly number[] = [OPEN, 0x2c, 0x20, 0x09, 0x0a, 0x0d];

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** One word. */
export interface Word {
  /** What is before the separator; undefined where there is none. */
  readonly key: string | undefined;
  /** The word, or what is behind the separator; undefined where nothing is. */
  readonly text: string | undefined;
  /** What the text is: a quoted section without its quotes, a list with its brackets, or plain. */
  readonly form: "plain" | "quoted" | "list";
  /** Where the word starts and ends, and where its value starts, in bytes. */
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
  /** Whether the word is the mark that ends a group, such as ";". */
  readonly isBreak: boolean;
}

/** What separates words, keys and groups. */
export interface WordOptions {
  readonly delimiters: readonly string[];
  readonly separator: string;
  readonly breaks?: string;
  readonly lists?: boolean;
}

/** Reads words from the start of a text to its end. */
export class WordReader {
  readonly bytes: Uint8Array;
  readonly #matcher: Matcher;
  readonly #quotes = new Quotes({});
  readonly #separator: string;
  readonly #breaks: string | undefined;
  readonly #lists: boolean;
  #at = 0;
  // The mark that was found last, which is still the next one when a quoted section was passed.
  #markStart = -1;
  #markEnd = -1;

  constructor(text: string, { delimiters, separator, breaks, lists = false }: WordOptions) {
    if (!Array.isArray(delimiters)) throw unlike("delimiters as a list of strings", delimiters);
    const marks = breaks === undefined ? [separator] : [separator, breaks];
    for (const mark of marks) {
      if (typeof mark !== "string") throw unlike("a separator as a string", mark);
      if (delimiters.includes(mark)) throw unlike("separators that are no delimiters", mark);
    }
    if (separator === breaks) throw unlike("two different separators", separator);
    this.bytes = encoder.encode(text);
    // Nothing is taken from the pool before the first search.
    this.#matcher = new Delimiters([...delimiters, ...marks], "longest").open(defaultPool());
    this.#separator = separator;
    this.#breaks = breaks;
    this.#lists = lists;
  }

  /** All words. */
  readAll(): Word[] {
    const words: Word[] = [];
    try {
      for (let word = this.#next(); word !== undefined; word = this.#next()) words.push(word);
    } finally {
      this.#matcher.close();
    }
    return words;
  }

  /** The error for a word that cannot be. */
  bad(what: string, word: Word): TextError {
    return this.#error(what, word.start);
  }

  /** The text from one byte to another, as it is written. */
  written(start: number, end: number): string {
    return decoder.decode(this.bytes.subarray(start, end));
  }

  #next(): Word | undefined {
    const { length } = this.bytes;
    for (;;) {
      this.#findMark();
      if (this.#markStart > this.#at || this.#at >= length) break;
      const mark = this.written(this.#markStart, this.#markEnd);
      const start = this.#at;
      if (mark === this.#separator) break;
      this.#at = this.#markEnd;
      if (mark === this.#breaks) return wordOf(undefined, mark, "plain", start, start, this.#at, true);
    }
    return this.#at >= length ? undefined : this.#read();
  }

  #read(): Word {
    const start = this.#at;
    const first = this.#section();
    if (first !== undefined) return wordOf(undefined, first.text, first.form, start, start, this.#at);
    this.#findMark();
    const key = this.written(start, this.#markStart);
    if (this.written(this.#markStart, this.#markEnd) !== this.#separator) {
      this.#at = this.#markStart;
      return wordOf(undefined, key, "plain", start, start, this.#at);
    }
    this.#at = this.#markEnd;
    const valueStart = this.#at;
    const value = this.#section() ?? this.#plainValue();
    return wordOf(key, value?.text, value?.form ?? "plain", start, valueStart, this.#at);
  }

  // Up to the next delimiter: separators are part of a value.
  #plainValue(): Value | undefined {
    const start = this.#at;
    for (;;) {
      this.#findMark();
      this.#at = this.#markStart;
      if (this.written(this.#markStart, this.#markEnd) !== this.#separator) break;
      this.#at = this.#markEnd;
    }
    return this.#at === start ? undefined : { text: this.written(start, this.#at), form: "plain" };
  }

  // The quoted section or list that starts here.
  #section(): Value | undefined {
    const { bytes } = this;
    if (this.#lists && bytes[this.#at] === OPEN) return this.#list();
    const marks = this.#quotes.open(bytes, this.#at, bytes.length);
    if (marks === undefined) return undefined;
    const from = this.#at + marks.prefix.length;
    const to = this.#closeOf(from, marks);
    const target = new Uint8Array(to - from);
    const length = this.#quotes.unescape(bytes, from, to, marks, target);
    this.#at = to + marks.postfix.length;
    return { text: decoder.decode(target.subarray(0, length)), form: "quoted" };
  }

  #list(): Value {
    const start = this.#at;
    let at = start + 1;
    while (at < this.bytes.length && this.bytes[at] !== CLOSE) {
      // A quote in the middle of an item is not special.
      const begins = ITEM_BEGINS.includes(this.bytes[at - 1]);
      const marks = begins ? this.#quotes.open(this.bytes, at, this.bytes.length) : undefined;
      at =
        marks === undefined ? at + 1 : this.#closeOf(at + marks.prefix.length, marks) + marks.postfix.length;
    }
    if (at === this.bytes.length) throw this.#error("a list without its closing bracket", start);
    this.#at = at + 1;
    return { text: this.written(start, this.#at), form: "list" };
  }

  #closeOf(from: number, marks: Marks): number {
    const to = this.#quotes.close(this.bytes, from, this.bytes.length, marks);
    if (to < this.bytes.length) return to;
    throw this.#error("a quote that never closes", from - marks.prefix.length);
  }

  #findMark(): void {
    if (this.#markStart >= this.#at) return;
    const { length } = this.bytes;
    const found = this.#matcher.find(this.bytes, this.#at, length);
    this.#markStart = found ? this.#matcher.start : length;
    this.#markEnd = found ? this.#matcher.end : length;
  }

  #error(what: string, offset: number): TextError {
    const place = placeOf(this.bytes, 0, offset);
    return new TextError(
      "BAD_COMMAND",
      `${what} in line ${place.line}, column ${place.column} (byte ${place.offset})`,
      place,
    );
  }
}

interface Value {
  readonly text: string;
  readonly form: Word["form"];
}

function wordOf(
  key: string | undefined,
  text: string | undefined,
  form: Word["form"],
  start: number,
  valueStart: number,
  end: number,
  isBreak = false,
): Word {
  return { key, text, form, start, valueStart, end, isBreak };
}
