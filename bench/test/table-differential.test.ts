// Tables against csv-parse and Papa Parse: where the two agree about a text, rows() has to agree with them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import { rows, type RowsOptions } from "@millpond/text";
import { type Options, parse } from "csv-parse/sync";
import * as fc from "fast-check";
import papa from "papaparse";

const pools = [new Pool(), new Pool({ memory: "arraybuffer" })];

interface Spelling {
  readonly delimiter: string;
  readonly newline: "\n" | "\r\n" | "\r";
  readonly quote: string;
  readonly comment: string;
}

const spellings: fc.Arbitrary<Spelling> = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "||", "::"),
  newline: fc.constantFrom("\n", "\r\n", "\r"),
  quote: fc.constantFrom('"', '"', "'"),
  comment: fc.constantFrom("", "", "#"),
});

// Tokens of one spelling, mostly legal.
function texts({ delimiter, newline, quote, comment }: Spelling): fc.Arbitrary<string> {
  const q = quote;
  const inner = fc.constantFrom("a", delimiter, newline, q + q, " ", "b c", "é", "x".repeat(40));
  const quoted = fc.array(inner, { maxLength: 5 }).map((parts) => q + parts.join("") + q);
  const plain = fc.constantFrom("a", "", "12.5", "b c", " d", "e ", "é😀", "word", "y".repeat(50));
  const field = fc.oneof({ weight: 3, arbitrary: plain }, { weight: 2, arbitrary: quoted });
  const odd = fc.constantFrom(`a${q}b`, `${q}a`, `${q}a${q}b`, q, `${comment}x`, delimiter.slice(0, 1));
  const any = fc.oneof({ weight: 12, arbitrary: field }, { weight: 1, arbitrary: odd });
  const row = fc.array(any, { minLength: 1, maxLength: 5 }).map((fields) => fields.join(delimiter));
  return fc.tuple(fc.array(row, { maxLength: 30 }), fc.boolean()).map(([lines, end]) => {
    return lines.join(newline) + (end && lines.length > 0 ? newline : "");
  });
}

// What both say, or undefined where they differ or one of them sees an error.
function agreed(text: string, { delimiter, newline, quote, comment }: Spelling): string[][] | undefined {
  const options: Options = { delimiter, quote, record_delimiter: newline, relax_column_count: true };
  let first: string[][];
  try {
    first = parse(text, comment === "" ? options : { ...options, comment });
  } catch {
    return undefined;
  }
  const comments = comment === "" ? (false as const) : comment;
  const settings = { delimiter, newline, quoteChar: quote, comments, worker: false } as const;
  const second = papa.parse<string[]>(text, settings);
  if (second.errors.length > 0) return undefined;
  // Papa Parse takes an end of the last row for the start of another one.
  if (text.endsWith(newline)) second.data.pop();
  return JSON.stringify(first) === JSON.stringify(second.data) ? first : undefined;
}

test("rows() agrees with csv-parse and Papa Parse where they agree.", () => {
  let compared = 0;
  const property = fc.property(
    spellings.chain((spelling) => fc.tuple(fc.constant(spelling), texts(spelling))),
    ([spelling, text]) => {
      const expected = agreed(text, spelling);
      if (expected === undefined) return;
      compared++;
      const { delimiter, quote, comment } = spelling;
      for (const pool of pools) {
        const options: RowsOptions = { delimiter, quote, comment, ragged: "keep", emptyLines: "keep", pool };
        assert.deepEqual([...rows(text, options).arrays()], expected);
      }
    },
  );
  fc.assert(property, { numRuns: 3000 });
  assert(compared > 500, `the two agreed about ${compared} texts only`);
});
