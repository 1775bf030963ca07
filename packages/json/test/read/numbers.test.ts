// Numbers: the same doubles as JSON.parse, and decimals and bigints that lose nothing.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { parse, parser } from "../../src/index.ts";

const reader = parser();

const digits = (most: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: most }).map((list) => list.join(""));

// The grammar of RFC 8259.
const numberText: fc.Arbitrary<string> = fc
  .record({
    sign: fc.constantFrom("", "-"),
    whole: digits(25).map((text) => text.replace(/^0+(?=\d)/, "")),
    fraction: fc.option(digits(25)),
    exponent: fc.option(fc.integer({ min: -340, max: 320 })),
  })
  .map(({ sign, whole, fraction, exponent }) => {
    const power = exponent === null ? "" : `e${exponent}`;
    return `${sign}${whole}${fraction === null ? "" : `.${fraction}`}${power}`;
  });

test("doubles are those of JSON.parse, rounded correctly.", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        numberText,
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => JSON.stringify(x)),
      ),
      (text) => {
        assert(Object.is(reader.parse(text).root.toNumber(), JSON.parse(text)), text);
      },
    ),
    { numRuns: 50_000 },
  );
});

test("numbers where rounding is hard are rounded as JSON.parse does.", () => {
  const hard = [
    "9007199254740993",
    "0.1",
    "123456789012345.6",
    "1.7976931348623157e308",
    "1e400",
    "5e-324",
    "2.4703282292062327e-324",
    "0.000000000000001",
    "999999999999999",
    "9999999999999999",
    "1.5e0",
    "-0",
    "-0.0",
    "0e9",
    "100000000000000.125",
    "4.35",
    "0.3e-1",
  ];
  for (const text of hard) assert(Object.is(reader.parse(text).root.toNumber(), JSON.parse(text)), text);
});

test("a decimal is exactly what the text says.", () => {
  fc.assert(
    fc.property(numberText, (text) => {
      const decimal = reader.parse(text).root.toDecimal();
      assert(decimal !== undefined);
      const { negative, digits, exponent } = decimal;
      assert.equal(negative, text.startsWith("-"));
      assert(/^(?:0|[1-9]|[1-9]\d*[1-9])$/.test(digits), digits);
      // Both as integers: the text's digits without its point, and the decimal's, at the same power of ten.
      const [, whole, fraction = "", power = "0"] = /^-?(\d+)(?:\.(\d+))?(?:e(.*))?$/.exec(text) ?? [];
      const low = Math.min(exponent, Number(power) - fraction.length);
      const scaled = (value: bigint, scale: number): bigint => value * 10n ** BigInt(scale - low);
      assert.equal(
        scaled(BigInt(digits), exponent),
        scaled(BigInt(whole + fraction), Number(power) - fraction.length),
      );
    }),
    { numRuns: 10_000 },
  );
});

test("bigints are exact, and fractions have none.", () => {
  fc.assert(
    fc.property(fc.bigInt(), (value) => {
      assert.equal(reader.parse(String(value)).root.toBigInt(), value);
      assert.equal(reader.parse(`${value}.000`).root.toBigInt(), value);
    }),
  );
  const of = (text: string): bigint | undefined => reader.parse(text).root.toBigInt();
  assert.deepEqual(
    [of("1e3"), of("1.5e1"), of("1.5"), of("1e-1"), of("-0")],
    [1000n, 15n, undefined, undefined, 0n],
  );
  assert.throws(() => of("1e999999999"), { code: "LIMIT_EXCEEDED" });
  assert.equal(of('"1"'), undefined);
});

test("JSON5 numbers have values, decimals and bigints, too.", () => {
  const document = parse("[0xFF, -0x10, .5, 5., +1, Infinity, NaN]", { dialect: "json5" });
  const nodes = [...document.root];
  assert.deepEqual(
    nodes.map((node) => node.toNumber()),
    [255, -16, 0.5, 5, 1, Infinity, Number.NaN],
  );
  assert.deepEqual(
    nodes.slice(0, 5).map((node) => node.toBigInt()),
    [255n, -16n, undefined, 5n, 1n],
  );
  assert.deepEqual(
    nodes.slice(5).map((node) => node.toDecimal()),
    [undefined, undefined],
  );
  document.close();
});

test("survivesDouble tells what a double would change.", () => {
  const kept = ["1", "0.1", "-1.50", "1e3", "123456789012345680000", "0"];
  const lost = ["12345678901234567890", "0.1000000000000000055", "1e400", "9007199254740993"];
  for (const text of kept) assert.equal(reader.parse(text).root.survivesDouble, true, text);
  for (const text of lost) assert.equal(reader.parse(text).root.survivesDouble, false, text);
});
