// Scales: ticks that are inside, apart and readable for any limits there can be, and mappings that never turn back.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { Scale, type ScaleKind, type ScaleOptions } from "../../src/scale/scale.ts";
import { labelNumbers } from "../../src/scale/tick-labels.ts";
import { TimeZone } from "../../src/scale/time-zone.ts";

const wild = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(
    0,
    5e-324,
    -5e-324,
    1e308,
    -1e308,
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
    1,
    1 + 2 ** -52,
    1e-300,
  ),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
);
const kinds = fc.constantFrom<ScaleKind>("linear", "log", "symlog");

function scaleOf(options: ScaleOptions, a: number, b: number): Scale {
  const [low, high] =
    options.scale === "log" ? [Math.abs(a), Math.abs(b)].map((x) => Math.max(x, 5e-324)) : [a, b];
  return new Scale("x axis", options, { low: Math.min(low, high), high: Math.max(low, high) });
}

function labelsOf(options: ScaleOptions, limits: [number, number], count = 8): readonly string[] {
  return new Scale("x axis", { ...options, limits }, { low: 0, high: 1 }).ticks(count).labels;
}

test("limits contain the data and are apart, whatever the data are", () => {
  fc.assert(
    fc.property(kinds, wild, wild, fc.double({ min: 0, max: 0.5, noNaN: true }), (scale, a, b, margin) => {
      const made = scaleOf({ scale, margin }, a, b);
      assert(Number.isFinite(made.low) && Number.isFinite(made.high));
      assert(made.low < made.high, `${made.low} < ${made.high}`);
      if (scale === "log") assert(made.low > 0);
      else {
        const slack = 1e-12 * Math.max(Math.abs(a), Math.abs(b));
        assert(made.low <= Math.min(a, b) + slack && made.high >= Math.max(a, b) - slack);
      }
    }),
  );
});

test("round limits contain the data, are round, and stay while a little more comes in", () => {
  fc.assert(
    fc.property(wild, wild, kinds, (a, b, scale) => {
      const low = scale === "log" ? Math.max(Math.abs(a), 5e-324) : a;
      const { low: from, high: to } = scaleOf({ scale, nice: true }, low, b);
      assert(Number.isFinite(from) && Number.isFinite(to) && from < to);
      const least = scale === "log" ? Math.min(low, Math.max(Math.abs(b), 5e-324)) : Math.min(a, b);
      assert(from <= least);
    }),
  );
  const ends = (options: ScaleOptions, low: number, high: number): number[] => {
    const scale = scaleOf({ ...options, nice: true }, low, high);
    return [scale.low, scale.high];
  };
  assert.deepEqual(ends({}, 3, 97), [0, 100]);
  assert.deepEqual(ends({}, -0.3, 0.7), [-0.4, 0.8]);
  assert.deepEqual(ends({ scale: "log" }, 3, 970), [1, 1000]);
  assert.deepEqual(ends({ limits: [7, undefined] }, 3, 97), [7, 100]);
  assert.deepEqual(ends({ scale: "category" }, 0, 2), [-0.5, 2.5]);
  const noon = Date.UTC(2025, 5, 1, 12);
  const minute = 60_000;
  assert.deepEqual(ends({ scale: "time" }, noon + minute, noon + 7 * minute), [
    noon + minute,
    noon + 7 * minute,
  ]);
  assert.deepEqual(ends({ scale: "time" }, noon + 70_000, noon + 34 * minute), [noon, noon + 35 * minute]);
});

test("zero has a plain label on axes whose others are powers", () => {
  const labels = labelsOf({ scale: "symlog", threshold: 100 }, [-1e10, 1e12]);
  assert(labels.includes("0") && labels.some((label) => label.startsWith("10")));
  assert(
    labels.every((label) => !label.includes("Inf")),
    labels.join(" "),
  );
});

test("ticks lie within the limits, ascend, and have labels that differ", () => {
  fc.assert(
    fc.property(kinds, wild, wild, fc.integer({ min: 2, max: 12 }), (scale, a, b, count) => {
      const made = scaleOf({ scale }, a, b);
      const { majors, minors, labels } = made.ticks(count);
      assert.equal(labels.length, majors.length);
      assert(majors.length <= 2 * count + 2, `${majors.length} ticks, ${count} wanted`);
      for (const tick of [...majors, ...minors]) {
        const slack = 1e-8 * (made.high / 2 - made.low / 2);
        assert(tick >= made.low - slack && tick <= made.high + slack, `${tick} in ${made.low} ${made.high}`);
      }
      for (let index = 1; index < majors.length; index++) assert(majors[index] > majors[index - 1]);
      assert.equal(new Set(labels).size, labels.length, labels.join(" "));
    }),
    { numRuns: 500, endOnFailure: true },
  );
});

test("there are from three ticks to as many as wanted on ordinary linear axes", () => {
  const ordinary = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(ordinary, fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (low, range) => {
      const { majors } = scaleOf({}, low, low + range).ticks(8);
      assert(majors.length >= 3 && majors.length <= 9, `${majors.length}`);
    }),
  );
});

test("a larger value never has a smaller place, and a place leads back to its value", () => {
  fc.assert(
    fc.property(kinds, wild, wild, wild, wild, fc.boolean(), (scale, a, b, v, w, inverted) => {
      const made = scaleOf({ scale, inverted }, a, b);
      const mapping = made.mapping(10, 910);
      const low = mapping.place(made.low);
      const high = mapping.place(made.high);
      const [left, right] = inverted ? [high, low] : [low, high];
      assert(Math.abs(left - 10) < 1e-6 && Math.abs(right - 910) < 1e-6, `${left} ${right}`);
      const [small, large] = [Math.min(v, w), Math.max(v, w)].map((x) => mapping.place(x));
      if (mapping.has(Math.min(v, w))) assert(inverted ? small >= large : small <= large);
      const middle = mapping.value(300);
      if (Number.isFinite(middle) && Math.abs(middle) > 1e-300) {
        assert(Math.abs(mapping.place(middle) - 300) < 0.01, `${middle} at ${mapping.place(middle)}`);
      }
    }),
    { numRuns: 500, endOnFailure: true },
  );
});

test("labels have one notation an axis, the decimals they need and a real minus sign", () => {
  assert.deepEqual(labelsOf({}, [-0.4, 0.4], 5), ["−0.4", "−0.2", "0.0", "0.2", "0.4"]);
  assert.deepEqual(labelsOf({}, [0, 500_000], 5), ["0", "100000", "200000", "300000", "400000", "500000"]);
  assert.deepEqual(labelsOf({}, [0, 2e6], 5), ["0", "5×10⁵", "1×10⁶", "1.5×10⁶", "2×10⁶"].map(padded));
  assert.deepEqual(labelsOf({ notation: "plain" }, [0, 2e6], 2), ["0", "1000000", "2000000"]);
  assert.deepEqual(labelsOf({ scale: "log" }, [1, 1000], 8), ["1", "10", "100", "1000"]);
  assert.deepEqual(labelsOf({ scale: "log" }, [0.5, 1e8], 9).at(-1), "10⁸");
  assert.deepEqual(labelsOf({ scale: "log", notation: "scientific" }, [0.1, 10], 9)[0], "10⁻¹");
  assert.deepEqual(labelNumbers([0]), ["0"]);
});

function padded(label: string): string {
  return /^\d×/.test(label) ? label.replace("×", ".0×") : label;
}

test("ticks and labels can be chosen", () => {
  const chosen = new Scale(
    "x axis",
    { ticks: [0, 5, 99], tickLabels: ["a", "b", "c"] },
    { low: 0, high: 10 },
  );
  assert.deepEqual(chosen.ticks(4), { majors: [0, 5], minors: [], labels: ["a", "b"] });
  const percent = new Scale(
    "x axis",
    { format: (value) => `${value * 100} %`, limits: [0, 1] },
    { low: 0, high: 1 },
  );
  assert.deepEqual(percent.ticks(2).labels, ["0 %", "50 %", "100 %"]);
});

test("time ticks are at local midnight on both sides of a change of clocks", () => {
  const zone = new TimeZone("Europe/Berlin");
  const options = { scale: "time", zone: "Europe/Berlin" } as const;
  for (const day of ["2025-03-30", "2025-10-26"]) {
    const noon = Date.parse(`${day}T11:00:00Z`);
    const { majors } = new Scale(
      "x axis",
      { ...options, limits: [noon - 2.2e8, noon + 2.2e8] },
      { low: 0, high: 1 },
    ).ticks(6);
    assert(majors.length >= 5);
    for (const tick of majors) assert.equal(zone.local(tick) % 86_400_000, 0);
  }
});

test("hours are those of local clocks in the nights in which these are changed", () => {
  const hours = (zone: string, from: string, to: string): string[] => {
    const limits = [Date.parse(from), Date.parse(to)] as const;
    const { majors } = new Scale(
      "x axis",
      { scale: "time", zone, limits, ticks: 8 },
      { low: 0, high: 1 },
    ).ticks(8);
    return majors.map((tick) => new Date(tick).toISOString().slice(11, 16));
  };
  // In New York 02:00 is skipped on this day: local 00, 01, 03 and 04.
  const spring = hours("America/New_York", "2025-03-09T04:30:00Z", "2025-03-09T08:30:00Z");
  assert.deepEqual(
    spring.filter((time) => time.endsWith(":00")),
    ["05:00", "06:00", "07:00", "08:00"],
  );
  const berlin = hours("Europe/Berlin", "2025-03-29T22:30:00Z", "2025-03-30T02:30:00Z");
  assert.deepEqual(
    berlin.filter((time) => time.endsWith(":00")),
    ["23:00", "00:00", "01:00", "02:00"],
  );
});

test("time labels say what changed", () => {
  const at = (from: string, to: string, zone = "UTC"): readonly string[] =>
    labelsOf({ scale: "time", zone }, [Date.parse(from), Date.parse(to)], 6);
  assert.deepEqual(at("2024-11-01T00:00Z", "2025-03-01T00:00Z"), [
    "Nov\n2024",
    "Dec",
    "Jan\n2025",
    "Feb",
    "Mar",
  ]);
  assert.deepEqual(at("2025-05-04T21:00Z", "2025-05-05T02:00Z"), [
    "21:00\nMay 4\n2025",
    "22:00",
    "23:00",
    "May 5",
    "01:00",
    "02:00",
  ]);
  assert.deepEqual(at("1990-01-01T00:00Z", "2030-01-01T00:00Z"), ["1990", "2000", "2010", "2020", "2030"]);
  assert.deepEqual(at("2025-01-01T00:00Z", "2025-01-01T00:00:02Z")[1], "00:00:00.500".slice(3));
  assert.deepEqual(at("2025-01-01T00:00Z", "2025-01-01T06:00Z", "Asia/Kolkata")[0], "06:00\nJan 1\n2025");
});

test("minor ticks of time axes stand between major ones, at local times", () => {
  const zone = "Europe/Berlin";
  const zones = new TimeZone(zone);
  const minorsOf = (from: string, to: string): string[] => {
    const limits = [Date.parse(from), Date.parse(to)] as const;
    const { majors, minors } = new Scale(
      "x axis",
      { scale: "time", zone, limits, ticks: 8, minorTicks: true },
      { low: 0, high: 1 },
    ).ticks(8);
    assert(majors.length > 1 && minors.every((minor) => !majors.includes(minor)));
    return minors.map((minor) => new Date(zones.local(minor)).toISOString().slice(0, 19));
  };
  const night = minorsOf("2025-03-29T20:00:00Z", "2025-03-30T07:00:00Z");
  assert.deepEqual(night.slice(0, 2), ["2025-03-29T21:30:00", "2025-03-29T22:00:00"]);
  // Clocks skip the hour from two to three.
  assert(night.includes("2025-03-30T01:30:00") && night.includes("2025-03-30T03:30:00"));
  assert(!night.some((local) => local.startsWith("2025-03-30T02")));
  assert.deepEqual(minorsOf("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z").slice(0, 2), [
    "2025-01-15T00:00:00",
    "2025-02-01T00:00:00",
  ]);
  assert.deepEqual(minorsOf("2000-01-01T00:00:00Z", "2050-01-01T00:00:00Z").slice(0, 2), [
    "2002-01-01T00:00:00",
    "2004-01-01T00:00:00",
  ]);
});

test("time ticks lie within the limits in any zone", () => {
  const zones = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
  );
  const instant = fc.integer({ min: -2e12, max: 4e12 });
  fc.assert(
    fc.property(zones, instant, fc.integer({ min: 2, max: 41 }), (zone, low, size) => {
      const high = low + 2 ** size;
      const { majors, labels } = new Scale(
        "x axis",
        { scale: "time", zone, limits: [low, high] },
        { low: 0, high: 1 },
      ).ticks(6);
      assert.equal(majors.length, labels.length);
      if (size > 3)
        assert(majors.length >= 1 && majors.length <= 14, `${majors.length} ticks of ${2 ** size} ms`);
      for (const tick of majors) assert(tick >= low && tick <= high);
      for (let index = 1; index < majors.length; index++) assert(majors[index] > majors[index - 1]);
    }),
  );
});

test("category axes show every name", () => {
  const scale = new Scale("x axis", { scale: "category", categories: ["a", "b", "c"] }, { low: 0, high: 2 });
  assert.deepEqual([scale.low, scale.high, scale.ticks(2).labels], [-0.5, 2.5, ["a", "b", "c"]]);
});

test("axes that cannot be are refused with the name of the axis and what was wrong", () => {
  const make = (options: Record<string, unknown>) => () => new Scale("y axis", options, { low: 0, high: 1 });
  assert.throws(make({ scale: "cubic" }), {
    code: "BAD_ARGUMENT",
    message: /y axis: expected scale .* got "cubic"/,
  });
  assert.throws(make({ limits: [0, Infinity] }), { code: "BAD_ARGUMENT", message: /finite/ });
  assert.throws(make({ scale: "log", limits: [0, 1] }), { code: "BAD_ARGUMENT", message: /above 0/ });
  assert.throws(make({ scale: "time", zone: "Mars/Base" }), { code: "BAD_ARGUMENT", message: /Mars\/Base/ });
  assert.throws(make({ tickLabels: ["a"] }), {
    code: "BAD_ARGUMENT",
    message: /1 labels for automatic ticks/,
  });
  assert.throws(make({ threshold: 0 }), { code: "BAD_ARGUMENT" });
  assert.throws(make({ ticks: 0 }), { code: "BAD_ARGUMENT" });
});

test("large numbers that differ in their last digits are written out, round ones with a power of ten", () => {
  assert.deepEqual(labelNumbers([1_700_000_000, 1_700_000_100, 1_700_000_200]), [
    "1700000000",
    "1700000100",
    "1700000200",
  ]);
  assert.deepEqual(labelNumbers([2e6, 4e6]), ["2×10⁶", "4×10⁶"]);
  assert.deepEqual(labelNumbers([-1e12, -1e12 + 5]), ["\u22121000000000000", "\u2212999999999995"]);
  assert.deepEqual(labelNumbers([0, 2e-7, 4e-7]), ["0", "2×10⁻⁷", "4×10⁻⁷"]);
  assert.deepEqual(labelNumbers([1e20, 1e20 + 2e5], "auto").length, 2);
});
