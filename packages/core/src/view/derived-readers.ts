// Readers that compute: evenly spaced numbers, windows into other readers, and functions of other readers.
import { noSuchIndex } from "../memory/bounds.ts";
import type { NumberArray } from "../memory/elements.ts";
import { ArrayReader } from "./array-reader.ts";
import { PlainReader } from "./item-reader.ts";
import type { Reader } from "./reader.ts";

/** Evenly spaced numbers. The last one is given apart, since sums of fractions would miss it. */
export class RangeReader implements Reader {
  readonly array = undefined;
  readonly length: number;
  readonly #first: number;
  readonly #step: number;
  readonly #last: number;

  constructor(first: number, step: number, length: number, last: number) {
    this.length = length;
    this.#first = first;
    this.#step = step;
    this.#last = last;
  }

  // All but the last are rounded alike, so they ascend with the step; the last one is given.
  get ascending(): boolean {
    const before = this.length - 2;
    return before < 0 || (this.#step >= 0 && this.at(before) <= this.#last);
  }

  at(index: number): number {
    const { length } = this;
    if (index >>> 0 !== index || index >= length) throw noSuchIndex(index, length);
    return index === length - 1 ? this.#last : this.#first + this.#step * index;
  }

  copyTo(target: NumberArray, start: number, count: number): void {
    const first = this.#first;
    const step = this.#step;
    for (let offset = 0; offset < count; offset++) target[offset] = first + step * (start + offset);
    if (count > 0 && start + count === this.length) target[count - 1] = this.#last;
  }
}

/** `count` elements of `inner`: the one at `start`, and then each `step` further. */
export function windowOf(inner: Reader, start: number, step: number, count: number): Reader {
  if (inner instanceof WindowReader) return inner.window(start, step, count);
  if (inner instanceof ArrayReader && step === 1) return inner.part(start, count);
  return new WindowReader(inner, start, step, count);
}

/** Some elements of another reader. It has the length it was made with, and notices when the source lost some. */
class WindowReader implements Reader {
  readonly length: number;
  readonly #inner: Reader;
  readonly #start: number;
  readonly #step: number;
  #whole: NumberArray | undefined;
  #part: NumberArray | undefined;

  constructor(inner: Reader, start: number, step: number, count: number) {
    this.length = count;
    this.#inner = inner;
    this.#start = start;
    this.#step = step;
  }

  // The part is kept for as long as the source has the same array.
  get array(): NumberArray | undefined {
    const whole = this.#step === 1 ? this.#inner.array : undefined;
    if (whole !== this.#whole) {
      this.#whole = whole;
      this.#part = whole?.subarray(this.#start, this.#start + this.length);
    }
    if (this.#part !== undefined) this.#refuseGone(0, this.length);
    return this.#part;
  }

  get ascending(): boolean {
    return this.#step > 0 && this.#inner.ascending === true;
  }

  at(index: number): number {
    if (index >>> 0 !== index || index >= this.length) throw noSuchIndex(index, this.length);
    return readAt(this.#inner, this.#start + this.#step * index);
  }

  copyTo(target: NumberArray, start: number, count: number): void {
    this.#refuseGone(start, count);
    const inner = this.#inner;
    const first = this.#start + this.#step * start;
    if (this.#step === 1) {
      inner.copyTo(target, first, count);
      return;
    }
    const array = inner.array;
    if (array instanceof Float64Array) copyStrided(target, array, first, this.#step, count);
    else copyStridedFrom(target, inner, first, this.#step, count);
  }

  window(start: number, step: number, count: number): Reader {
    return windowOf(this.#inner, this.#start + this.#step * start, this.#step * step, count);
  }

  #refuseGone(start: number, count: number): void {
    const ends = this.#step > 0 ? start + count - 1 : start;
    const place = this.#start + this.#step * ends;
    if (count > 0 && place >= this.#inner.length) throw noSuchIndex(place, this.#inner.length);
  }
}

function copyStrided(
  target: NumberArray,
  source: Float64Array,
  first: number,
  step: number,
  count: number,
): void {
  for (let offset = 0, place = first; offset < count; offset++, place += step) target[offset] = source[place];
}

function copyStridedFrom(
  target: NumberArray,
  source: Reader,
  first: number,
  step: number,
  count: number,
): void {
  for (let offset = 0, place = first; offset < count; offset++, place += step) {
    target[offset] = readAt(source, place);
  }
}

/** A function of each element, called when the element is asked for. */
export class MappedReader implements Reader {
  readonly array = undefined;
  readonly #inner: Reader;
  readonly #change: (value: number, index: number) => number;

  constructor(inner: Reader, change: (value: number, index: number) => number) {
    this.#inner = inner;
    this.#change = change;
  }

  get length(): number {
    return this.#inner.length;
  }

  at(index: number): number {
    return this.#change(readAt(this.#inner, index), index);
  }

  // Through the target only where it holds every number as it is.
  copyTo(target: NumberArray, start: number, count: number): void {
    if (!(target instanceof Float64Array)) {
      for (let offset = 0; offset < count; offset++) target[offset] = this.at(start + offset);
      return;
    }
    this.#inner.copyTo(target, start, count);
    const change = this.#change;
    for (let offset = 0; offset < count; offset++) target[offset] = change(target[offset], start + offset);
  }
}

/**
 * `reader.at(index)`. The two most frequent classes are told apart by hand: a call that has seen five classes looks
 * its target up in a table each time.
 */
export function readAt(reader: Reader, index: number): number {
  if (reader instanceof ArrayReader) return reader.at(index);
  if (reader instanceof PlainReader) return reader.at(index);
  return reader.at(index);
}
