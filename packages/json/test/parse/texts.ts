// Texts that several tests parse.

import * as fc from "fast-check";

/** Random JSON with a few characters replaced, removed or inserted. */
export const damagedJson: fc.Arbitrary<string> = fc
  .tuple(
    fc.json({ maxDepth: 4 }),
    fc.array(
      fc.record({
        at: fc.nat(),
        cut: fc.nat(2),
        put: fc.constantFrom(..."[]{},:\"\\ \t\nu0123456789-+.eEtfnraslb\0'/é\ud83d".split("")),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((result, { at, cut, put }) => {
      const place = result.length === 0 ? 0 : at % result.length;
      return result.slice(0, place) + put + result.slice(place + cut);
    }, text),
  )
  .map((text) => text.toWellFormed());

// Words from a small vocabulary.
const VOCABULARY = [
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  '"',
  '"a"',
  "\\",
  "1",
  "-0.5E3",
  "true",
  "null",
  " ",
  "\n",
  "\u001a",
  "\f",
  "é",
  "x",
  "/",
  "//",
  "/*",
  "*/",
  "'",
  "+",
  "0",
];

/** Tokens in any order, so that they meet each other in all ways. */
export const tokenSoup: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...VOCABULARY), { maxLength: 40 })
  .map((words) => words.join(""));
