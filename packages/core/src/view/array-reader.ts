// Reads typed arrays: one that stays, or the one that a growing thing has at the moment.
import { noSuchIndex } from "../memory/bounds.ts";
import { loadElement } from "../memory/element-access.ts";
import {
  ARRAY_TYPES,
  FIRST_BIGINT_KIND,
  isTypedArray,
  kindOfArray,
  type NumberArray,
  type TypedArray,
} from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";
import type { Reader } from "./reader.ts";

/** The kind of any value: that of a typed array, subclasses such as Node's `Buffer` included, or -1. */
export function kindOf(value: unknown): number {
  if (!isTypedArray(value)) return -1;
  const kind = kindOfArray(value);
  if (kind >= 0) return kind;
  const name = value[Symbol.toStringTag];
  return ARRAY_TYPES.findIndex((type) => type.name === name);
}

/** Reads one typed array. */
export class ArrayReader implements Reader {
  readonly array: NumberArray | undefined;
  readonly #elements: TypedArray;
  readonly #kind: number;

  constructor(elements: TypedArray, kind: number) {
    this.#elements = elements;
    this.#kind = kind;
    this.array = numbersOf(elements, kind);
  }

  // Asked of the array each time: a released array of a strict pool has none left.
  get length(): number {
    return this.#elements.length;
  }

  at(index: number): number {
    return numberAt(this.#elements, this.#kind, index);
  }

  copyTo(target: NumberArray, start: number, count: number): void {
    copyNumbers(this.#elements, this.#kind, target, start, count);
  }

  /** The part from `start` on, `count` elements long. */
  part(start: number, count: number): ArrayReader {
    return new ArrayReader(this.#elements.subarray(start, start + count), this.#kind);
  }
}

/** Something that owns a typed array and may have another one later: a vector, a column. */
export interface ArrayHolder {
  readonly array: TypedArray;
}

/** Reads what a holder holds at the moment, so that no block is read that the holder has left. */
export class HolderReader implements Reader {
  readonly #holder: ArrayHolder;

  constructor(holder: ArrayHolder) {
    this.#holder = holder;
  }

  get length(): number {
    return this.#holder.array.length;
  }

  get array(): NumberArray | undefined {
    const { array } = this.#holder;
    return numbersOf(array, knownKind(array));
  }

  at(index: number): number {
    const { array } = this.#holder;
    return numberAt(array, knownKind(array), index);
  }

  copyTo(target: NumberArray, start: number, count: number): void {
    const { array } = this.#holder;
    copyNumbers(array, knownKind(array), target, start, count);
  }
}

function knownKind(array: unknown): number {
  const kind = kindOf(array);
  if (kind >= 0) return kind;
  throw new PoolError(
    "BAD_ARGUMENT",
    `the source of a series had a typed array when the series was made, and now has ${show(array)}`,
  );
}

function numbersOf(array: TypedArray, kind: number): NumberArray | undefined {
  return kind < FIRST_BIGINT_KIND ? (array as NumberArray) : undefined;
}

function numberAt(array: TypedArray, kind: number, index: number): number {
  if (index >>> 0 !== index || index >= array.length) throw noSuchIndex(index, array.length);
  const element = loadElement(array, kind, index);
  return typeof element === "number" ? element : Number(element);
}

function copyNumbers(
  array: TypedArray,
  kind: number,
  target: NumberArray,
  start: number,
  count: number,
): void {
  if (kind >= FIRST_BIGINT_KIND) {
    for (let offset = 0; offset < count; offset++) target[offset] = numberAt(array, kind, start + offset);
  } else {
    const whole = count === array.length;
    target.set((whole ? array : array.subarray(start, start + count)) as NumberArray);
  }
}
