// Numbers from bytes, against the engine's own reading of the same text.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { bigintFrom, booleanFrom, integerFrom, numberFrom, numberPrefix, timeFrom } from "@millpond/text";

const encoder = new TextEncoder();

function check(text: string, expected: number): void {
  assert.equal(numberFrom(encoder.encode(text)), expected, text);
  const padded = encoder.encode(`9${text}9`);
  assert.equal(numberFrom(padded, 1, padded.length - 1), expected, `${text} in the middle`);
}

test("numbers are what Number reads, to the last bit.", () => {
  const doubles = fc.double({ noNaN: true });
  fc.assert(
    fc.property(doubles, fc.nat(20), (value, digits) => {
      for (const text of [String(value), value.toExponential(digits), value.toPrecision(digits + 1)]) {
        check(text, Number(text));
      }
    }),
    { numRuns: 5000 },
  );
});

test("any digits, marks and exponents are what Number reads.", () => {
  const digits = fc.string({ unit: fc.constantFrom(...Array.from("0123456789")), maxLength: 25 });
  const exponent = fc.option(fc.integer({ min: -400, max: 400 }), { nil: undefined });
  const sign = fc.constantFrom("", "-", "+");
  fc.assert(
    fc.property(sign, digits, fc.option(digits), exponent, (sign, whole, fraction, power) => {
      const mantissa = whole + (fraction === null ? "" : `.${fraction}`);
      const text = `${sign}${mantissa}${power === undefined ? "" : `e${power}`}`;
      check(text, whole + (fraction ?? "") === "" ? NaN : Number(text));
    }),
    { numRuns: 5000 },
  );
});

test("hard cases of rounding.", () => {
  const cases = ["9007199254740993", "2.2250738585072011e-308", "5e-324", "2.4703282292062328e-324", "1e23"];
  cases.push("1.7976931348623159e308", "8.5e22", "123456789012345.6", "0.1e-22", "100000000000000000000000");
  cases.push("6929495644600919.5", "3.2e-23", "0.000000000000000000000000000001", "0e999999999999999999");
  // Half-way but for a digit that is far behind.
  cases.push("9007199254740993.0000000000000000001", String(9007199254741005n * 4096n + 1n));
  for (const text of cases) check(text, Number(text));
  check("-0", -0);
  check("-0.0e400", -0);
  check("1e99999999999999999999", Infinity);
  check("1e-99999999999999999999", 0);
});

test("words for what is not finite are read in any case.", () => {
  for (const text of ["inf", "Infinity", "+INF"]) check(text, Infinity);
  check("-Inf", -Infinity);
  check("NaN", NaN);
  assert.deepEqual(numberPrefix(encoder.encode("infant")), { value: Infinity, end: 3 });
});

test("what is no number is NaN.", () => {
  const wrong = [
    "",
    "-",
    "+",
    ".",
    "-.",
    "e5",
    "1e",
    "1e+",
    "1 ",
    " 1",
    "1.2.3",
    "0x10",
    "1_000",
    "--1",
    "in",
    "1,5",
    "١",
  ];
  for (const text of wrong) check(text, NaN);
});

test("a prefix stops before what does not belong to the number.", () => {
  const prefix = (text: string): readonly [number, number] => {
    const { value, end } = numberPrefix(encoder.encode(text));
    return [value, end];
  };
  assert.deepEqual(prefix("12px"), [12, 2]);
  assert.deepEqual(prefix("1e5x"), [1e5, 3]);
  assert.deepEqual(prefix("1em"), [1, 1]);
  assert.deepEqual(prefix("1e+m"), [1, 1]);
  assert.deepEqual(prefix("1.5.6"), [1.5, 3]);
  assert.deepEqual(prefix("-x"), [NaN, 0]);
});

test("another decimal mark can be told.", () => {
  assert.equal(numberFrom(encoder.encode("1,5"), 0, 3, { decimalMark: "," }), 1.5);
  assert.equal(
    numberFrom(encoder.encode("1234567,890123456789012"), 0, 23, { decimalMark: "," }),
    Number("1234567.890123456789012"),
  );
  assert.equal(numberFrom(encoder.encode("1.5"), 0, 3, { decimalMark: "," }), NaN);
  for (const decimalMark of ["", "5", "e", "-", "··", "é"]) {
    assert.throws(() => numberFrom(encoder.encode("1"), 0, 1, { decimalMark }), { code: "BAD_ARGUMENT" });
  }
});

test("integers are exact or NaN.", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (value) => {
      const bytes = encoder.encode(String(value));
      assert.equal(bigintFrom(bytes), value);
      const safe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
      assert.equal(integerFrom(bytes), safe ? Number(value) : NaN);
    }),
    { numRuns: 3000 },
  );
  assert.equal(integerFrom(encoder.encode("9007199254740991")), Number.MAX_SAFE_INTEGER);
  assert.equal(integerFrom(encoder.encode("9007199254740992")), NaN);
  assert.equal(integerFrom(encoder.encode("-0")), 0);
  assert.equal(integerFrom(encoder.encode("+007")), 7);
  for (const text of ["", "-", "1.0", "1e3", "1 "]) {
    assert.equal(integerFrom(encoder.encode(text)), NaN);
    assert.equal(bigintFrom(encoder.encode(text)), undefined);
  }
});

test("ranges outside the bytes are refused.", () => {
  const bytes = encoder.encode("123");
  for (const [start, end] of [
    [-1, 2],
    [0, 4],
    [2, 1],
    [0.5, 2],
    [NaN, 2],
  ] as const) {
    for (const read of [numberFrom, integerFrom, bigintFrom, numberPrefix]) {
      assert.throws(() => read(bytes, start, end), { code: "BAD_ARGUMENT" });
    }
  }
});

test("truth values in every spelling.", () => {
  for (const text of ["true", "TRUE", "t", "Yes", "y", "1"])
    assert.equal(booleanFrom(encoder.encode(text)), true);
  for (const text of ["false", "F", "no", "N", "0"]) assert.equal(booleanFrom(encoder.encode(text)), false);
  for (const text of ["", "2", "tru", "truee", "on"]) {
    assert.equal(booleanFrom(encoder.encode(text)), undefined, text);
  }
});

test("moments are what Date gives for the same ISO text with a zone.", () => {
  const date = fc.date({
    min: new Date("0000-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(date, (moment) => {
      const text = moment.toISOString();
      assert.equal(timeFrom(encoder.encode(text)), moment.getTime());
      assert.equal(timeFrom(encoder.encode(text.slice(0, 10))), Date.parse(text.slice(0, 10)));
    }),
    { numRuns: 2000 },
  );
  for (const text of ["2024-02-29T12:00+05:30", "2024-02-29T12:00:01-08:00", "1999-12-31T23:59:59.5Z"]) {
    assert.equal(timeFrom(encoder.encode(text)), Date.parse(text), text);
  }
  assert.equal(timeFrom(encoder.encode("2024-02-29 12:00+0530")), Date.parse("2024-02-29T12:00+05:30"));
  assert.equal(timeFrom(encoder.encode("2024-02-29 12:00-03")), Date.parse("2024-02-29T12:00-03:00"));
  assert.equal(
    timeFrom(encoder.encode("2024-02-29t12:00:00.123456z")),
    Date.parse("2024-02-29T12:00:00.123Z"),
  );
});

test("what is no moment is NaN.", () => {
  const wrong = [
    "",
    "2024",
    "2024-1-1",
    "2023-02-29",
    "2024-13-01",
    "2024-00-01",
    "2024-01-32",
    "2024-04-31",
    "1900-02-29",
  ];
  wrong.push(
    "2024-01-01x",
    "2024-01-01T",
    "2024-01-01T24:00",
    "2024-01-01T12:60",
    "2024-01-01T12:00:60",
    "2024-01-01T1:00",
  );
  wrong.push("2024-01-01T12:00:", "2024-01-01T12:00:0", "2024-01-01T12:00:00.", "2024-01-01T12:00:00X");
  wrong.push(
    "2024-01-01T12:00+1",
    "2024-01-01T12:00+24:00",
    "2024-01-01T12:00+01:0",
    "2024-01-01T12:00Z ",
    "20240101T1200",
  );
  for (const text of wrong) assert.equal(timeFrom(encoder.encode(text)), NaN, text);
});
