// What a table looks like as text: separators, quotes, comments. Checked once, and turned into bytes.

import { type NamesOf, oneOf, show, unlike } from "../check.ts";
import { TextError } from "../errors.ts";
import { MARK_LIMIT, NO_BYTE } from "../kernel/index-layout.ts";
import { checkDecimalMark } from "../number/numbers.ts";

/** How a table is written. Every option has a default, and the defaults are RFC 4180. */
export interface Dialect {
  /**
   * What separates fields: up to 16 bytes of UTF-8.
   *
   * @defaultValue ","
   */
  readonly delimiter?: string;
  /**
   * What goes around fields that contain separators, one ASCII character, or false where no character does that.
   *
   * @defaultValue '"'
   */
  readonly quote?: string | false;
  /**
   * What makes the next character a plain one between quotes, or everywhere in tables without quotes; one ASCII
   * character. Without it, a quote between quotes is written twice.
   */
  readonly escape?: string;
  /**
   * What ends a row: `"any"` of CR LF, LF and CR, mixed as they come, or one ASCII character, which makes the others
   * plain characters.
   *
   * @defaultValue "any"
   */
  readonly newline?: "any" | (string & {});
  /** What lines that are no rows start with: up to 16 bytes of UTF-8. */
  readonly comment?: string;
  /**
   * Whether blanks and tabs around fields are left out, outside of quotes.
   *
   * @defaultValue false
   */
  readonly trim?: boolean;
  /**
   * Rows without a single byte: `"keep"` makes them rows with one empty field, `"skip"` leaves them out. `"auto"` keeps
   * them in tables of one column only, where they can be nothing else.
   *
   * @defaultValue "auto"
   */
  readonly emptyLines?: "auto" | "keep" | "skip";
  /**
   * A quote in the middle of a field, text behind a closing quote, and quotes that are never closed: an error, or, when
   * `"lenient"`, characters like others.
   *
   * @defaultValue "strict"
   */
  readonly quotes?: "strict" | "lenient";
  /**
   * The character between whole and fraction of numbers, one of ASCII.
   *
   * @defaultValue "."
   */
  readonly decimalMark?: string;
}

/** The names of these options. */
export const DIALECT_OPTIONS: NamesOf<Dialect> = {
  delimiter: true,
  quote: true,
  escape: true,
  newline: true,
  comment: true,
  trim: true,
  emptyLines: true,
  quotes: true,
  decimalMark: true,
};

/** A dialect as bytes. */
export interface DialectBytes {
  readonly delimiter: Uint8Array;
  readonly quote: number;
  readonly escape: number;
  readonly terminator: number;
  readonly otherTerminator: number;
  readonly comment: Uint8Array;
  readonly trim: boolean;
  readonly emptyLines: "auto" | "keep" | "skip";
  readonly lenient: boolean;
  readonly decimalMark: number;
}

const LF = 0x0a;
const CR = 0x0d;

/** Checks a dialect. Throws for what is unknown, and for two options that want the same character. */
export function dialectBytes(dialect: Dialect): DialectBytes {
  const { delimiter = ",", quote = '"', escape, newline = "any", comment = "", trim = false } = dialect;
  const { emptyLines = "auto", quotes = "strict", decimalMark = "." } = dialect;
  if (delimiter === "") {
    throw new TextError("EMPTY_DELIMITER", "expected a delimiter of at least one byte, got an empty string");
  }
  const end = newline === "any" ? LF : asciiOf("newline", newline);
  const settled: DialectBytes = {
    delimiter: markOf("delimiter", delimiter),
    quote: quote === false ? NO_BYTE : asciiOf("quote", quote),
    escape: escape === undefined || escape === quote ? NO_BYTE : asciiOf("escape", escape),
    terminator: end,
    otherTerminator: newline === "any" ? CR : end,
    comment: markOf("comment", comment),
    trim: booleanOf("trim", trim),
    emptyLines: oneOf("emptyLines", emptyLines, ["auto", "keep", "skip"]),
    lenient: oneOf("quotes", quotes, ["strict", "lenient"]) === "lenient",
    decimalMark: checkDecimalMark(decimalMark),
  };
  refuseSame(settled);
  return settled;
}

function asciiOf(name: string, value: unknown): number {
  const code = typeof value === "string" && value.length === 1 ? value.charCodeAt(0) : NO_BYTE;
  if (code < 0x80) return code;
  throw unlike(`${name} to be one ASCII character`, value);
}

function markOf(name: string, value: unknown): Uint8Array {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : undefined;
  if (bytes !== undefined && bytes.length <= MARK_LIMIT) return bytes;
  throw unlike(`${name} to be a string of at most ${MARK_LIMIT} bytes`, value);
}

function booleanOf(name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw unlike(`${name} to be true or false`, value);
}

// Each byte that decides something has to decide one thing only.
function refuseSame({ delimiter, quote, escape, terminator, otherTerminator, comment }: DialectBytes): void {
  const roles = new Map<number, string>();
  const claim = (byte: number, role: string): void => {
    const other = byte === NO_BYTE ? undefined : roles.get(byte);
    if (other !== undefined && other !== role) {
      const character = show(String.fromCharCode(byte));
      throw new TextError(
        "BAD_ARGUMENT",
        `${other} and ${role} are both ${character}; give one of them another character`,
      );
    }
    roles.set(byte, role);
  };
  claim(terminator, "newline");
  claim(otherTerminator, "newline");
  claim(quote, "quote");
  claim(escape, "escape");
  for (const byte of delimiter) if (byte === delimiter[0] || isEnd(byte)) claim(byte, "delimiter");
  if (comment.length > 0) claim(comment[0], "comment");
  for (const byte of comment) if (isEnd(byte)) claim(byte, "comment");

  function isEnd(byte: number): boolean {
    return byte === terminator || byte === otherTerminator;
  }
}
