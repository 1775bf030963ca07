// Regressions: polynomials are found again, the least squares are the least, and Student's t is that of the tables.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool, randomFrom } from "@millpond/core";
import * as fc from "fast-check";

import { Workspace } from "../../src/reduce/workspace.ts";
import { type Fit, fitPolynomial, studentReach } from "../../src/stats/regression.ts";

const workspace = new Workspace(new Pool());

function fitted(xs: readonly number[], ys: readonly number[], order: number, throughOrigin = false): Fit {
  return fitPolynomial(
    Float64Array.from(xs),
    Float64Array.from(ys),
    Math.min(...xs),
    Math.max(...xs),
    { order, throughOrigin },
    workspace,
  );
}

test("through the origin, a polynomial without a power 0 is found again, and a line has the slope of the textbook", () => {
  const xs = Array.from({ length: 30 }, (_, index) => index / 7 + 1);
  const cubic = fitted(
    xs,
    xs.map((x) => 2 * x - 3 * x ** 2 + x ** 3 / 2),
    3,
    true,
  );
  for (const x of [-2, 0, 0.3, 4]) assert(Math.abs(cubic.at(x) - (2 * x - 3 * x ** 2 + x ** 3 / 2)) < 1e-9);
  assert.equal(cubic.freedom, 27);
  const random = randomFrom(5);
  const ys = xs.map((x) => 5 - x + random());
  const line = fitted(xs, ys, 1, true);
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, x, at) => sum + x * b[at], 0);
  const slope = dot(xs, ys) / dot(xs, xs);
  const rest = ys.map((y, index) => y - slope * xs[index]);
  assert(Math.abs(line.at(3) - 3 * slope) < 1e-12);
  assert(Math.abs(line.errorAt(3) - 3 * Math.sqrt(dot(rest, rest) / 29 / dot(xs, xs))) < 1e-12);
});

test("a polynomial is found again from points on it, and is sure of itself", () => {
  const factor = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(fc.array(factor, { minLength: 1, maxLength: 7 }), (factors) => {
      const at = (x: number): number => factors.reduceRight((sum, each) => sum * x + each, 0);
      const xs = Array.from({ length: 30 }, (_, index) => index / 7 - 2);
      const fit = fitted(xs, xs.map(at), factors.length - 1);
      for (const x of [-2, 0.3, 1.9]) {
        assert(Math.abs(fit.at(x) - at(x)) < 1e-8 * (1 + Math.abs(at(x))), `${fit.at(x)} and ${at(x)}`);
        assert(fit.errorAt(x) < 1e-8);
      }
    }),
    { endOnFailure: true },
  );
});

test("a line and its standard error are those of the textbook", () => {
  const random = randomFrom(3);
  const xs = Array.from({ length: 25 }, () => 10 * random());
  const ys = xs.map((x) => 3 - 2 * x + random());
  const fit = fitted(xs, ys, 1);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
  const [middleX, middleY] = [mean(xs), mean(ys)];
  const spread = xs.reduce((sum, x) => sum + (x - middleX) ** 2, 0);
  const slope = xs.reduce((sum, x, index) => sum + (x - middleX) * (ys[index] - middleY), 0) / spread;
  const lineAt = (x: number): number => middleY + slope * (x - middleX);
  const variance = ys.reduce((sum, y, index) => sum + (y - lineAt(xs[index])) ** 2, 0) / 23;
  for (const x of [0, 4, 10]) {
    assert(Math.abs(fit.at(x) - lineAt(x)) < 1e-10);
    const error = Math.sqrt(variance * (1 / 25 + (x - middleX) ** 2 / spread));
    assert(Math.abs(fit.errorAt(x) - error) < 1e-10);
  }
  assert.equal(fit.freedom, 23);
});

test("where there are fewer places than the order asks for, the polynomial goes through their means", () => {
  const fit = fitted([1, 1, 2, 2], [0, 2, 5, 7], 6);
  assert(Math.abs(fit.at(1) - 1) < 1e-12 && Math.abs(fit.at(2) - 6) < 1e-12);
  assert.equal(fit.freedom, 2);
});

test("Student's t is that of the tables", () => {
  for (const [confidence, freedom, expected] of [
    [0.95, 1, 12.7062],
    [0.95, 2, 4.3027],
    [0.95, 5, 2.5706],
    [0.95, 30, 2.0423],
    [0.99, 10, 3.1693],
    [0.5, 3, 0.7649],
    [0.95, 1e6, 1.96],
  ]) {
    const found = studentReach(confidence, freedom);
    assert(Math.abs(found - expected) < 1e-3 * expected, `${found} instead of ${expected}`);
  }
});
