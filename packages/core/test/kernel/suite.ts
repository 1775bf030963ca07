// One suite for kernels, twins and reference. Each case lays arrays into painted memory, runs every function, compares
// the results with the reference bit for bit, and looks at all bytes around: nothing but the results may have changed.

import assert from "node:assert/strict";

import { type ArrayType, type kernels, MiB } from "@millpond/core";

import type { Implementation, RowLayout } from "./implementations.ts";
import * as reference from "./reference.ts";
import type { FloatArray } from "./reference.ts";
import { randomize } from "./values.ts";

/** The class of a {@link FloatArray}. */
type FloatArrayType = ArrayType<Float32Array> | ArrayType<Float64Array>;

/** Where the arrays of a case lie, and how long they are. */
export interface Case {
  readonly Type: FloatArrayType;
  readonly length: number;
  /** Elements from the 16-byte boundary at which an array would start. */
  readonly offset: number;
  /** What the failure message should repeat, such as the seed. */
  readonly label: string;
  readonly random: () => number;
}

/** Gives the address of an array: `slot` 0, 1 or 2, with guard bytes around it. */
type Placement = (slot: number, bytes: number, offsetBytes: number) => number;

/** A stretch of memory for three arrays. */
export interface Window {
  readonly base: number;
  readonly byteLength: number;
  readonly place: Placement;
}

const GUARD_BYTES = 64;

// Painted bytes differ from their neighbours and from those of other slots, so that a copy of paint over paint shows.
const paint = Uint8Array.from({ length: 4 * MiB }, (_, index) => (index * 167 + (index >>> 8) * 59) % 251);
const metrics: readonly kernels.Metric[] = ["dot", "l2", "l2Squared", "cosine"];

/** A window at `base` whose slots have `slotBytes` bytes. */
export function windowAt(base: number, slotBytes: number): Window {
  return {
    base,
    byteLength: 3 * slotBytes,
    place: (slot, _bytes, offsetBytes) => base + slot * slotBytes + GUARD_BYTES + offsetBytes,
  };
}

/** A window at the very end of a memory: the array of slot `last` ends with the memory's last byte. */
export function windowAtEnd(end: number, slotBytes: number, last: number): Window {
  const { byteLength, place } = windowAt(end - 4 * slotBytes, slotBytes);
  return {
    base: end - 4 * slotBytes,
    byteLength: byteLength + slotBytes,
    place: (slot, bytes, offsetBytes) => (slot === last ? end - bytes : place(slot, bytes, offsetBytes)),
  };
}

/** Every function of one array. */
export function checkOne(on: Implementation, window: Window, theCase: Case): void {
  const [a, b] = lay(on, window, theCase, [theCase.length, theCase.length]);
  const before = snapshot(on, window);
  same(on.sum(a), reference.sum(a), "sum", on, theCase);
  same(on.deviations(a), reference.deviations(a), "deviations", on, theCase);
  const [low, high] = on.extremes(a);
  const [expectedLow, expectedHigh] = reference.extremes(a);
  same(low, expectedLow, "smallest", on, theCase);
  same(high, expectedHigh, "largest", on, theCase);
  unchanged(on, window, before, [], "reading functions", theCase);

  const value = theCase.length % 3 === 0 ? 0 : theCase.random() - 0.5;
  on.fill(b, value);
  for (const got of b) same(got, rounded(theCase, value), "fill", on, theCase);
  unchanged(on, window, before, [b], "fill", theCase);
  on.copy(b, a);
  assert.deepEqual(bytesOf(b), bytesOf(a), message("copy", on, theCase));
  unchanged(on, window, before, [b], "copy", theCase);
}

/** Every function of two arrays. */
export function checkPair(on: Implementation, window: Window, theCase: Case): void {
  const [a, b] = lay(on, window, theCase, [theCase.length, theCase.length]);
  const before = snapshot(on, window);
  same(on.dot(a, b), reference.dot(a, b), "dot", on, theCase);
  same(on.l2Squared(a, b), reference.l2Squared(a, b), "l2Squared", on, theCase);
  same(on.cosine(a, b), reference.cosine(a, b), "cosine", on, theCase);
  same(on.cosine(a, a), reference.cosine(a, a), "cosine of an array and itself", on, theCase);
  unchanged(on, window, before, [], "pairs", theCase);
}

/** One query against rows: dense, padded, or windows that overlap. */
export function checkRows(on: Implementation, window: Window, theCase: Case, count: number): void {
  const { length: dimensions, offset } = theCase;
  const step = Math.max(1, dimensions + [0, 0, 1, 5, -3][(offset + dimensions) % 5]);
  const layout: RowLayout = { step, count, dimensions };
  const room = count === 0 ? 0 : (count - 1) * step + dimensions;
  const [values, query, out] = lay(on, window, theCase, [room, dimensions, count]);
  const before = snapshot(on, window);
  for (const metric of metrics) {
    on.rows(metric, query, values, layout, out);
    for (let row = 0; row < count; row++) {
      const expected = reference.pairOf(metric, query, values.subarray(row * step, row * step + dimensions));
      same(out[row], rounded(theCase, expected), `${metric} of row ${row} of ${count}`, on, theCase);
    }
    unchanged(on, window, before, [out], `${metric} of rows`, theCase);
  }
}

// Paints the window, then lays random arrays of these lengths into its slots. Their offsets differ from each other.
function lay(
  on: Implementation,
  window: Window,
  { Type, offset, random }: Case,
  lengths: number[],
): FloatArray[] {
  new Uint8Array(on.region.buffer, window.base, window.byteLength).set(paint.subarray(0, window.byteLength));
  return lengths.map((length, slot) => {
    const size = Type.BYTES_PER_ELEMENT;
    const shift = ((offset + 5 * slot) % 16) * size;
    const array = new Type(on.region.buffer, window.place(slot, length * size, shift), length);
    randomize(array, random);
    return array;
  });
}

// What is left of a number in an array of the case.
function rounded({ Type }: Case, value: number): number {
  return (Type as unknown) === Float32Array ? Math.fround(value) : value;
}

function snapshot(on: Implementation, { base, byteLength }: Window): Uint8Array {
  return new Uint8Array(on.region.buffer, base, byteLength).slice();
}

// Which bits a NaN has is not promised, so what was written is taken as it is and only the rest is compared.
function unchanged(
  on: Implementation,
  window: Window,
  before: Uint8Array,
  written: readonly FloatArray[],
  what: string,
  theCase: Case,
): void {
  for (const array of written) before.set(bytesOf(array), array.byteOffset - window.base);
  const now = new Uint8Array(on.region.buffer, window.base, window.byteLength);
  if (Buffer.compare(before, now) === 0) return;
  const at = before.findIndex((byte, index) => byte !== now[index]);
  assert.fail(message(`${what} changed the byte at address ${window.base + at}`, on, theCase));
}

function bytesOf(array: FloatArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function same(got: number, expected: number, what: string, on: Implementation, theCase: Case): void {
  if (!Object.is(got, expected))
    assert.equal(got, expected, `${message(what, on, theCase)}: got ${got}, expected ${expected}`);
}

function message(what: string, on: Implementation, { Type, length, offset, label }: Case): string {
  return `${what} (${on.name}, ${Type.name}, length ${length}, offset ${offset}, ${label})`;
}
