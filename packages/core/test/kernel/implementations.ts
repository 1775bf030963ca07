// Kernels and twins behind one interface, so that one suite can run over all of them.

import {
  distancesF32Kernel,
  distancesF64Kernel,
  type kernels,
  numbersKernel,
  type Region,
} from "@millpond/core";

import { cosineOf, dotF32, dotF64, l2SquaredF32, l2SquaredF64 } from "../../src/kernel/distance-twins.ts";
import * as twins from "../../src/kernel/number-twins.ts";
import { rowsF32, rowsF64 } from "../../src/kernel/row-twins.ts";
import type { FloatArray } from "./reference.ts";

/** Rows in an array: `count` rows of `dimensions` elements, `step` elements apart. */
export interface RowLayout {
  readonly step: number;
  readonly count: number;
  readonly dimensions: number;
}

/** The same functions for every way to compute them; arrays lie in the implementation's region. */
export interface Implementation {
  readonly name: string;
  readonly region: Region;
  fill(array: FloatArray, value: number): void;
  copy(target: FloatArray, source: FloatArray): void;
  sum(array: FloatArray): number;
  deviations(array: FloatArray): number;
  extremes(array: FloatArray): readonly number[];
  dot(a: FloatArray, b: FloatArray): number;
  l2Squared(a: FloatArray, b: FloatArray): number;
  cosine(a: FloatArray, b: FloatArray): number;
  rows(
    metric: kernels.Metric,
    query: FloatArray,
    values: FloatArray,
    layout: RowLayout,
    out: FloatArray,
  ): void;
}

/** The WebAssembly kernels over a region, called with addresses. */
export function kernelsOver(region: Region): Implementation {
  const numbers = numbersKernel.on(region)!;
  const pairs = (array: FloatArray) =>
    (array instanceof Float32Array ? distancesF32Kernel : distancesF64Kernel).on(region)!;
  const isWide = (array: FloatArray): boolean => array instanceof Float64Array;
  return {
    name: `${region.kind} kernels`,
    region,
    fill(array, value) {
      if (isWide(array)) numbers.fillF64(array.byteOffset, array.length, value);
      else numbers.fillF32(array.byteOffset, array.length, value);
    },
    copy: (target, source) => numbers.copyBytes(target.byteOffset, source.byteOffset, source.byteLength),
    sum: (array) => numbers[isWide(array) ? "sumF64" : "sumF32"](array.byteOffset, array.length),
    deviations: (array) =>
      numbers[isWide(array) ? "deviationsF64" : "deviationsF32"](array.byteOffset, array.length),
    extremes(array) {
      const low = numbers[isWide(array) ? "extremesF64" : "extremesF32"](array.byteOffset, array.length);
      return [low, numbers.largest()];
    },
    dot: (a, b) => pairs(a).dot(a.byteOffset, b.byteOffset, a.length),
    l2Squared: (a, b) => pairs(a).l2Squared(a.byteOffset, b.byteOffset, a.length),
    cosine: (a, b) => pairs(a).cosine(a.byteOffset, b.byteOffset, a.length),
    rows(metric, query, values, { step, count, dimensions }, out) {
      const stride = step * values.BYTES_PER_ELEMENT;
      const run = pairs(query)[`${metric}Rows`];
      run(query.byteOffset, values.byteOffset, stride, count, dimensions, out.byteOffset);
    },
  };
}

/** The TypeScript twins over a region, called with the whole memory and an index, as an engine would. */
export function twinsOver(region: Region): Implementation {
  const f32 = new Float32Array(region.buffer);
  const f64 = new Float64Array(region.buffer);
  const whole = (array: FloatArray): FloatArray => (array instanceof Float32Array ? f32 : f64);
  const start = (array: FloatArray): number => array.byteOffset / array.BYTES_PER_ELEMENT;
  const pair = (squared: boolean, a: FloatArray, b: FloatArray): number =>
    a instanceof Float32Array
      ? (squared ? l2SquaredF32 : dotF32)(f32, start(a), f32, start(b), a.length)
      : (squared ? l2SquaredF64 : dotF64)(f64, start(a), f64, start(b), a.length);
  return {
    name: `${region.kind} twins`,
    region,
    fill: (array, value) => void array.fill(value),
    copy: (target, source) => target.set(source),
    sum: (array) => twins.sum(whole(array), start(array), array.length),
    deviations: (array) => twins.deviations(whole(array), start(array), array.length),
    extremes(array) {
      const out: number[] = [];
      twins.extremes(whole(array), start(array), array.length, out);
      return out;
    },
    dot: (a, b) => pair(false, a, b),
    l2Squared: (a, b) => pair(true, a, b),
    cosine: (a, b) => cosineOf(pair(false, a, b), pair(false, a, a), pair(false, b, b)),
    rows(metric, query, values, layout, out) {
      if (query instanceof Float32Array) {
        rowsF32(query, { values: values as Float32Array, ...layout }, metric, out as Float32Array);
      } else {
        rowsF64(query, { values: values as Float64Array, ...layout }, metric, out as Float64Array);
      }
    },
  };
}
