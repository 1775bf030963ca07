// What bytes mean, by table: one load instead of a row of comparisons.

import { Kind } from "../tape/kinds.ts";

/** Whitespace between tokens. */
export const SPACE = 16;
/** `}` or `]`. */
export const CLOSER = 17;
/** `,`. */
export const COMMA_BYTE = 18;
/** `:`. */
export const COLON_BYTE = 19;

/** What each byte starts: the kind of a value (for `t`, `f`, `n`, `-`, digits, `"`, `[`, `{`), punctuation, or 0. */
export const STARTS: Uint8Array = table({
  " \t\n\r": SPACE,
  "}]": CLOSER,
  ",": COMMA_BYTE,
  ":": COLON_BYTE,
  '"': Kind.STRING,
  "[": Kind.ARRAY,
  "{": Kind.OBJECT,
  "-0123456789": Kind.NUMBER,
  t: Kind.TRUE,
  f: Kind.FALSE,
  n: Kind.NULL,
});

/** Not 0 for bytes that end a run of plain string content: the quote, the backslash, control characters. */
export const ENDS_RUN: Uint8Array = table({ '"\\': 1 }).fill(1, 0, 0x20);

/** What may follow a backslash: 1 for a letter that stands alone, 2 for `u`. */
export const ESCAPE: Uint8Array = table({ '"\\/bfnrt': 1, u: 2 });

/** 1 for hexadecimal digits. */
export const HEX: Uint8Array = table({ "0123456789abcdefABCDEF": 1 });

/** 1 for digits. */
export const DIGIT: Uint8Array = table({ "0123456789": 1 });

function table(rows: Readonly<Record<string, number>>): Uint8Array {
  const values = new Uint8Array(256);
  for (const [characters, value] of Object.entries(rows)) {
    for (const character of characters) values[character.charCodeAt(0)] = value;
  }
  return values;
}
