// What vectors take values from, brought to two forms: things that can be copied in one go, and things that are
// asked for one value after the other.
import { FIRST_BIGINT_KIND, isTypedArray, type TypedArray } from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";

/**
 * What values can be taken from: typed arrays, plain arrays, other vectors, series, rings, sets, generators:
 * anything that is array-like or iterable.
 */
export type Values<A extends TypedArray> = ArrayLike<A[number]> | Iterable<A[number]>;

/** Numbers that can be written to a typed array in one call, such as a `Series`. */
interface Block {
  readonly length: number;
  copyTo(target: TypedArray, start: number, end: number): unknown;
}

/** Values that are copied in one go; their number is known beforehand. */
export type Bulk = TypedArray | ArrayLike<unknown> | Block;

/** `values` as something that can be copied in one go, or undefined where they have to be iterated. */
export function bulkOf(values: unknown, kind: number): Bulk | undefined {
  if (typeof values !== "object" || values === null) throw notValues(values);
  const inner = isTypedArray(values) ? values : (values as { array?: unknown }).array;
  if (isTypedArray(inner)) return sameContent(inner, kind);
  if (Array.isArray(values)) return values;
  if (isBlock(values) && kind < FIRST_BIGINT_KIND) return values;
  if (Symbol.iterator in values) return undefined;
  if (typeof (values as { length?: unknown }).length === "number") return values as ArrayLike<unknown>;
  throw notValues(values);
}

/** Writes all of `bulk` into `target` from `start` on; there is room for it. */
export function copyBulk(target: TypedArray, start: number, bulk: Bulk): void {
  if (isBlock(bulk)) bulk.copyTo(target.subarray(start, start + bulk.length), 0, bulk.length);
  else (target as Float64Array).set(bulk as ArrayLike<number>, start);
}

function isBlock(values: object): values is Block {
  return typeof (values as Partial<Block>).copyTo === "function" && !isTypedArray(values);
}

// The engine refuses such a copy only once it is about to be made, when a gap may be open for it.
function sameContent(array: TypedArray, kind: number): TypedArray {
  const bigints = array instanceof BigInt64Array || array instanceof BigUint64Array;
  if (bigints === kind >= FIRST_BIGINT_KIND) return array;
  const [wanted, got] = bigints ? ["numbers", "bigints"] : ["bigints", "numbers"];
  throw new PoolError(
    "BAD_ARGUMENT",
    `expected ${wanted}, got a ${array.constructor.name} of ${got}; convert them`,
    {
      got: array.constructor.name,
    },
  );
}

function notValues(values: unknown): PoolError {
  return new PoolError(
    "BAD_ARGUMENT",
    `expected values in an array, a vector, a series or anything that can be iterated, got ${show(values)}`,
    { got: show(values) },
  );
}
