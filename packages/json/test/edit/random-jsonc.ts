// Random JSONC: any layout, comments in all places, trailing commas, escapes and numbers as people may write them.

import * as fc from "fast-check";

const space = fc.constantFrom("", "", " ", "\n", "\n  ", "\t", " // c\n", "/* d */", "\r\n", " /* e\n */ ");
const number = fc.constantFrom("0", "-1", "1.50", "1e2", "12345678901234567890", "-0", "0.1");
const string = fc.constantFrom('""', '"a"', '"\\u0061b"', '"é😀"', '"\\n"', '"a/~b"');
const name = fc.constantFrom('"a"', '"b"', '"\\u0063"', '"d e"', '"x/y~z"', '""');

const texts = fc.letrec<{ value: string; list: string }>((tie) => ({
  list: fc
    .tuple(fc.array(fc.tuple(space, tie("value"), space), { maxLength: 4 }), fc.boolean(), space)
    .map(([items, trails, inside]) => {
      const comma = trails && items.length > 0 ? `,${inside}` : inside;
      return `[${items.map((item) => item.join("")).join(",")}${comma}]`;
    }),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(number, string, fc.constantFrom("true", "false", "null")),
    tie("list"),
    fc
      .tuple(
        fc.uniqueArray(fc.tuple(space, name, space, space, tie("value"), space), {
          maxLength: 4,
          selector: ([, key]) => key,
        }),
        fc.boolean(),
        space,
      )
      .map(([members, trails, inside]) => {
        const comma = trails && members.length > 0 ? `,${inside}` : inside;
        const parts = members.map(([a, key, b, c, value, d]) => `${a}${key}${b}:${c}${value}${d}`);
        return `{${parts.join(",")}${comma}}`;
      }),
  ),
}));

/** A text of JSONC without faults. */
export const randomJsonc: fc.Arbitrary<string> = fc
  .tuple(space, texts.value, space)
  .map((parts) => parts.join(""));
