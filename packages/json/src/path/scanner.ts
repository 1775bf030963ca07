// Reads the words of a JSONPath: spaces, names, strings and numbers, with the place of what is wrong.

import { JsonError } from "../errors.ts";

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  "/": "/",
  "\\": "\\",
};

const NAME = /[A-Za-z_\u{80}-\u{d7ff}\u{e000}-\u{10ffff}][0-9A-Za-z_\u{80}-\u{d7ff}\u{e000}-\u{10ffff}]*/uy;
const INTEGER = /0|-?[1-9]\d*/y;
const NUMBER = /(?:-?(?:0|[1-9]\d*))(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const FUNCTION = /[a-z][a-z0-9_]*(?=\()/y;
const WORD = /(?:true|false|null)(?![0-9A-Za-z_])/y;
// Filters in filters and parentheses in parentheses: the parser of queries is recursive, so there is a limit.
const MOST_NESTED = 200;

/** A place in the text of a query. */
export class Scanner {
  /** The whole query. */
  readonly text: string;
  /** Where the next character is. */
  at = 0;
  #nested = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The error for what stands here. */
  fault(expected: string): JsonError {
    const { at, text } = this;
    const found = at < text.length ? JSON.stringify(text.slice(at, at + 12)) : "the end";
    const message = `expected ${expected} in the JSONPath ${JSON.stringify(text.slice(0, 200))}, got ${found} at character ${at}`;
    return new JsonError("BAD_SYNTAX", message, { line: 1, column: at + 1, offset: at });
  }

  /** Passes over spaces. */
  space(): void {
    while (" \t\n\r".includes(this.text[this.at] ?? "x")) this.at++;
  }

  /** Whether `word` stands here. */
  sees(word: string): boolean {
    return this.text.startsWith(word, this.at);
  }

  /** Passes over `word` if it stands here. */
  takes(word: string): boolean {
    if (!this.sees(word)) return false;
    this.at += word.length;
    return true;
  }

  /** Passes over `word`, which has to stand here. */
  expect(word: string): void {
    if (!this.takes(word)) throw this.fault(`"${word}"`);
  }

  /** Goes one level deeper, up to a limit; `leave` comes back. */
  enter(): void {
    if (++this.#nested <= MOST_NESTED) return;
    const message = `a JSONPath nests at most ${MOST_NESTED} filters and parentheses; this one has more at character ${this.at}`;
    throw new JsonError("LIMIT_EXCEEDED", message);
  }

  /** Comes back from `enter`. */
  leave(): void {
    this.#nested--;
  }

  /** A name without quotes, or undefined. */
  name(): string | undefined {
    return this.#match(NAME);
  }

  /** The name of a function that is called here, or undefined. */
  functionName(): string | undefined {
    return this.#match(FUNCTION);
  }

  /** `true`, `false` or `null`, or undefined. */
  word(): string | undefined {
    return this.#match(WORD);
  }

  /** The source of a number literal, or undefined. */
  number(): string | undefined {
    return this.#match(NUMBER);
  }

  /** An index or a part of a slice, or undefined. */
  integer(): number | undefined {
    const start = this.at;
    const source = this.#match(INTEGER);
    if (source === undefined) return undefined;
    const value = Number(source);
    // "-0" is read as far as "-" here, and 01 as 0 with a digit behind it.
    if (Number.isSafeInteger(value) && !/\d/.test(this.text[this.at] ?? "")) return value;
    this.at = start;
    throw this.fault("an integer of at most 2^53 - 1, without leading zeros");
  }

  /** A string in quotes, decoded; undefined where none starts. */
  string(): string | undefined {
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") return undefined;
    this.at++;
    let value = "";
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) throw this.fault(`the closing quote ${quote}`);
      if (character === quote) break;
      if (character < " ") throw this.fault("a character that is no control character");
      value += character === "\\" ? this.#escape(quote) : this.#character();
    }
    this.at++;
    return value;
  }

  // One character as it is; surrogates come in pairs.
  #character(): string {
    const code = this.text.codePointAt(this.at) as number;
    if (code >= 0xd800 && code <= 0xdfff) throw this.fault("a whole character");
    const character = String.fromCodePoint(code);
    this.at += character.length;
    return character;
  }

  #escape(quote: string): string {
    const letter = this.text[this.at + 1];
    const simple = letter === quote ? quote : SIMPLE_ESCAPES[letter ?? ""];
    if (simple !== undefined) {
      this.at += 2;
      return simple;
    }
    if (letter !== "u") throw this.fault("an escape that JSON has");
    const unit = this.#unit();
    if (unit >= 0xdc00 && unit <= 0xdfff) throw this.fault("no low surrogate by itself");
    if (unit < 0xd800 || unit > 0xdbff) return String.fromCharCode(unit);
    if (!this.sees("\\u")) throw this.fault("the low surrogate of a pair");
    const low = this.#unit();
    if (low < 0xdc00 || low > 0xdfff) throw this.fault("the low surrogate of a pair");
    return String.fromCharCode(unit, low);
  }

  #unit(): number {
    const digits = this.text.slice(this.at + 2, this.at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.fault("four hexadecimal digits");
    this.at += 6;
    return Number.parseInt(digits, 16);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found[0];
  }
}
