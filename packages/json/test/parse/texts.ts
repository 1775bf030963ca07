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
