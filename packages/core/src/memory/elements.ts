// The eleven kinds of typed array, numbered, so that tables can speak of them by index.
import { PoolError, show } from "./errors.ts";

/** Any of the eleven typed arrays, over any buffer. */
export type TypedArray<B extends ArrayBufferLike = ArrayBufferLike> =
  | Int8Array<B>
  | Uint8Array<B>
  | Uint8ClampedArray<B>
  | Int16Array<B>
  | Uint16Array<B>
  | Int32Array<B>
  | Uint32Array<B>
  | Float32Array<B>
  | Float64Array<B>
  | BigInt64Array<B>
  | BigUint64Array<B>;

/** The typed arrays whose elements are numbers: all but the two of bigints. */
export type NumberArray<B extends ArrayBufferLike = ArrayBufferLike> = Exclude<
  TypedArray<B>,
  BigInt64Array<B> | BigUint64Array<B>
>;

/** The class of a typed array, as it is passed to `acquire`: `Float64Array`, `Uint8Array`, … */
export interface ArrayType<A extends TypedArray = TypedArray> {
  /** `"Float64Array"` and so on. */
  readonly name: string;
  /** The width of an element. */
  readonly BYTES_PER_ELEMENT: number;
  /** Ties the class to its instances for the type checker. */
  readonly prototype: A;
  new (length: number): A;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): A;
}

/** All eleven classes; the index is the kind. */
export const ARRAY_TYPES: readonly ArrayType[] = [
  Uint8Array,
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Uint16Array,
  Int16Array,
  Int8Array,
  Uint8ClampedArray,
  BigInt64Array,
  BigUint64Array,
];

/** Kinds from here on hold bigints. */
export const FIRST_BIGINT_KIND = 9;

/** Bytes per element, by kind. */
export const KIND_BYTES: Uint8Array = Uint8Array.from(ARRAY_TYPES, (type) => type.BYTES_PER_ELEMENT);

/** The kind of a typed-array class, or -1. Comparisons in order of use: no hash, no property. */
export function kindOfType(type: unknown): number {
  if (type === Uint8Array) return 0;
  if (type === Float64Array) return 1;
  if (type === Float32Array) return 2;
  if (type === Int32Array) return 3;
  if (type === Uint32Array) return 4;
  for (let kind = 5; kind < ARRAY_TYPES.length; kind++) {
    if (type === ARRAY_TYPES[kind]) return kind;
  }
  return -1;
}

/** The kind of an array that is known to be one of the eleven. */
export function kindOfArray(array: TypedArray): number {
  return kindOfType(array.constructor);
}

/** True for the eleven, false for `DataView` and everything else. */
export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Refuses what is not one of the eleven classes. */
export function checkType(type: unknown): number {
  const kind = kindOfType(type);
  if (kind >= 0) return kind;
  throw new PoolError(
    "BAD_ARGUMENT",
    `expected a typed-array class such as Float64Array, got ${show(type)}`,
    { got: show(type) },
  );
}

/** Refuses lengths that are negative, fractional, NaN, not numbers, or larger than `most`. */
export function checkLength(length: unknown, most: number, what = "length"): asserts length is number {
  if (typeof length === "number" && Number.isInteger(length) && length >= 0 && length <= most) return;
  throw new PoolError(
    "BAD_ARGUMENT",
    `expected ${what} to be an integer from 0 to ${most}, got ${show(length)}`,
    { [what]: length, most },
  );
}
