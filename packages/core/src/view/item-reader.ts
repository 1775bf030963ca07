// Reads plain arrays and objects that are asked for one element after the other. What is no number there is made one,
// or refused, by one rule: `toNumber`.
import { noSuchIndex } from "../memory/bounds.ts";
import type { NumberArray } from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";
import type { Reader } from "./reader.ts";

/** What an element of a plain array or of another library's column may be. Null and undefined read as NaN. */
export type Numeric = number | bigint | Date | null | undefined;

/** An element as a number: bigints and dates are converted, nothing at all is NaN, and the rest is refused. */
export function toNumber(value: unknown, index: number): number {
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return NaN;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.getTime();
  throw new PoolError(
    "BAD_ARGUMENT",
    `expected a number, a bigint, a Date or null at index ${index}, got ${show(value)}; convert it first`,
    { index, got: show(value) },
  );
}

/** True for what `toNumber` accepts. */
export function isNumeric(value: unknown): value is Numeric {
  if (value === null || value === undefined || value instanceof Date) return true;
  return typeof value === "number" || typeof value === "bigint";
}

/** Reads a plain array, as long as it is at the moment. */
export class PlainReader implements Reader {
  readonly array = undefined;
  readonly #items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.#items = items;
  }

  get length(): number {
    return this.#items.length;
  }

  at(index: number): number {
    const items = this.#items;
    if (index >>> 0 !== index || index >= items.length) throw noSuchIndex(index, items.length);
    const item = items[index];
    return typeof item === "number" ? item : toNumber(item, index);
  }

  copyTo(target: NumberArray, start: number, count: number): void {
    const items = this.#items;
    for (let offset = 0; offset < count; offset++) {
      const item = items[start + offset];
      target[offset] = typeof item === "number" ? item : toNumber(item, start + offset);
    }
  }
}

/** Anything with a length that is asked for elements by `at` or `get`; `copyTo` is the fast way, where there is one. */
export interface ItemSource {
  readonly length: number;
  at?(index: number): unknown;
  get?(index: number): unknown;
  copyTo?(target: NumberArray, start: number, end: number): unknown;
}

/** Reads an object that has a length and `at(index)` or `get(index)`. */
export class ItemReader implements Reader {
  readonly array = undefined;
  readonly #source: ItemSource;

  constructor(source: ItemSource) {
    this.#source = source;
  }

  get length(): number {
    return this.#source.length;
  }

  at(index: number): number {
    const source = this.#source;
    if (index >>> 0 !== index || index >= source.length) throw noSuchIndex(index, source.length);
    return toNumber(source.at === undefined ? source.get?.(index) : source.at(index), index);
  }

  copyTo(target: NumberArray, start: number, count: number): void {
    const source = this.#source;
    if (source.copyTo === undefined) {
      for (let offset = 0; offset < count; offset++) target[offset] = this.at(start + offset);
    } else {
      source.copyTo(target, start, start + count);
    }
  }
}
