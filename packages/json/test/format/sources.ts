// Random texts of all dialects for tests of formatting and editing: values written with random gaps, comments and quotes.

import * as fc from "fast-check";

import type { JsonValue } from "../../src/index.ts";

/** A value, how it was written, and in which dialect. */
export interface Written {
  readonly value: JsonValue;
  readonly text: string;
}

const PLAIN_GAPS = ["", "", " ", "\n", "\n  ", "\r\n\t"];
const COMMENT_GAPS = [
  ...PLAIN_GAPS,
  " /* a */ ",
  "/* b\n */",
  " // c\n",
  "\n  // d\n",
  "\n\n",
  "\n\n// g\n\n",
  "\n/**/\n",
  "//e\r\n",
  " /*,*/ // f, ]\n",
];

// Quotes and backslashes are made as other letters, and put in afterwards: nothing here goes through JSON.parse, which in V8
// 13.6 takes the key "\"" for "\\" at times.
const anyValue = fc
  .jsonValue({ maxDepth: 4, stringUnit: fc.constantFrom(..."abQ'Bé😀\n/,]".split(/(?:)/u)) })
  .map((value) => respelt(value as JsonValue));

function respelt(value: JsonValue): JsonValue {
  // There is no negative zero in JSON.stringify.
  if (value === 0) return 0;
  if (typeof value === "string") return value.replaceAll("Q", '"').replaceAll("B", "\\");
  if (Array.isArray(value)) return value.map(respelt);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [respelt(name) as string, respelt(member)]),
  );
}

/** Writes a value with the gaps in turn. */
function write(value: JsonValue, gaps: readonly string[], json5: boolean): string {
  let turn = 0;
  const gap = (): string => gaps[turn++ % gaps.length];
  const quoted = (text: string): string =>
    json5 && turn++ % 2 === 0
      ? `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
      : JSON.stringify(text);
  const key = (name: string): string => (json5 && /^[ab]+$/.test(name) ? name : quoted(name));
  const list = (open: string, parts: string[], close: string): string => {
    const trailing =
      gaps !== PLAIN_GAPS && gaps.length > 8 && parts.length > 0 && turn++ % 3 === 0 ? `,${gap()}` : "";
    return open + gap() + parts.join(`${gap()},${gap()}`) + gap() + trailing + close;
  };
  const any = (part: JsonValue): string => {
    if (Array.isArray(part)) return list("[", part.map(any), "]");
    if (typeof part === "string") return quoted(part);
    if (typeof part !== "object" || part === null) return JSON.stringify(part);
    const members = Object.entries(part).map(([name, item]) => `${key(name)}${gap()}:${gap()}${any(item)}`);
    return list("{", members, "}");
  };
  return gap() + any(value) + gap();
}

/** Strict JSON with random whitespace. */
export const strictText: fc.Arbitrary<Written> = fc
  .tuple(anyValue, fc.array(fc.constantFrom(...PLAIN_GAPS), { minLength: 1, maxLength: 8 }))
  .map(([value, gaps]) => ({
    value,
    text: write(value, gaps, false),
  }));

/** JSON5 or JSONC with random whitespace and comments. */
export const looseText = (json5: boolean): fc.Arbitrary<Written> =>
  fc
    .tuple(anyValue, fc.array(fc.constantFrom(...COMMENT_GAPS), { minLength: 9, maxLength: 30 }))
    .map(([value, gaps]) => ({
      value,
      text: write(value, gaps, json5),
    }));
