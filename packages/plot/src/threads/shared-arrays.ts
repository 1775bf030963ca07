// Arrays of a shared pool in a job. A message gives a thread another buffer object over the same memory each time, which no
// kernel of that thread's pool knows; so such arrays are marked here, and made anew over there over the pool's own buffer.
import type { Pool, SharedPool, TypedArray } from "@millpond/core";

// A string, since symbols do not travel.
const MARK = "millpond shared array";

interface Marked {
  readonly mark: typeof MARK;
  readonly array: TypedArray;
}

/** A job with the arrays that lie in a pool marked, in plain objects and lists of such. */
export function markShared(job: unknown, pool: SharedPool): unknown {
  return replaced(job, (value) =>
    ArrayBuffer.isView(value) && value.buffer === pool.region.buffer
      ? { mark: MARK, array: value }
      : undefined,
  );
}

/** The job with the arrays as views of the memory that a task's pool has. */
export function findShared(job: unknown, pool: Pool): unknown {
  const anchor = pool.acquireUnsafe(Uint8Array, 1);
  const isShared = pool.regionOf(anchor) !== undefined;
  const { buffer } = anchor;
  pool.release(anchor);
  return replaced(job, (value) => {
    if ((value as Partial<Marked>).mark !== MARK) return undefined;
    const { array } = value as Marked;
    const View = array.constructor as new (
      buffer: ArrayBufferLike,
      offset: number,
      length: number,
    ) => TypedArray;
    // SAFETY: a shared pool has one memory, and the sender saw that the array lies in it.
    return isShared ? new View(buffer, array.byteOffset, array.length) : array;
  });
}

// The value with some objects in it replaced; lists of numbers and the like are not looked through.
function replaced(value: unknown, change: (value: object) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const other = change(value);
  if (other !== undefined) return other;
  if (Array.isArray(value)) {
    return typeof value[0] === "object" ? value.map((item) => replaced(item, change)) : value;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, change)]));
}
