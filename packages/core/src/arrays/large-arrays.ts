// Arrays beyond the largest class of an array pool: each is acquired from the allocator and released to it, and
// remembered in between, so that wrong releases are told apart here as they are for the small ones. That takes a
// WeakMap, which is slow beside the side table, and fast beside the allocation of an array of this length.
import type { Allocator } from "../memory/allocator.ts";
import type { ArrayType, TypedArray } from "../memory/elements.ts";

interface Entry<A> {
  /** What the user has. */
  readonly array: A;
  /** What the allocator gave. */
  readonly full: A;
  /** The place among those in use, or -1. */
  place: number;
}

export class LargeArrays<A extends TypedArray> {
  acquired = 0;
  readonly #allocator: Allocator;
  readonly #type: ArrayType<A>;
  // Whether each acquisition gets an array object of its own.
  readonly #fresh: boolean;
  // Released arrays stay known for as long as somebody holds them.
  readonly #entries = new WeakMap<TypedArray, Entry<A>>();
  readonly #used: Entry<A>[] = [];

  constructor(allocator: Allocator, type: ArrayType<A>, fresh: boolean) {
    this.#allocator = allocator;
    this.#type = type;
    this.#fresh = fresh;
  }

  /** Arrays in use. */
  get count(): number {
    return this.#used.length;
  }

  /** Their bytes. */
  get bytes(): number {
    return this.#used.reduce((sum, { full }) => sum + full.byteLength, 0);
  }

  /** An array of exactly `length` elements. */
  acquire(length: number, zeroed: boolean): A {
    const allocator = this.#allocator;
    const full = zeroed ? allocator.acquire(this.#type, length) : allocator.acquireUnsafe(this.#type, length);
    const array = this.#fresh ? new this.#type(full.buffer, full.byteOffset, length) : full;
    let entry = this.#entries.get(array);
    if (entry === undefined) {
      entry = { array, full, place: -1 };
      this.#entries.set(array, entry);
    }
    entry.place = this.#used.push(entry) - 1;
    this.acquired++;
    return array;
  }

  /** Takes an array back if it is one in use. */
  release(array: TypedArray): boolean {
    const entry = this.#entries.get(array);
    if (entry === undefined || entry.place < 0) return false;
    const last = this.#used.pop() as Entry<A>;
    if (last !== entry) {
      this.#used[entry.place] = last;
      last.place = entry.place;
    }
    entry.place = -1;
    this.#allocator.release(entry.full);
    return true;
  }

  /** The arrays in use. */
  arrays(): A[] {
    return this.#used.map(({ array }) => array);
  }

  /** True for an array that was acquired here, in use or not. */
  knows(array: TypedArray): boolean {
    return this.#entries.has(array);
  }

  /** The array in use in which the first byte of `array` lies. Slow: it looks at all. */
  ownerAt(array: TypedArray): A | undefined {
    return this.#used.find(
      (entry) => entry.array.buffer === array.buffer && holds(entry.array, array.byteOffset),
    )?.array;
  }
}

function holds(array: TypedArray, address: number): boolean {
  return address >= array.byteOffset && address < array.byteOffset + array.byteLength;
}

/** True when the bytes of `slice` lie within those of `array`. */
export function contains(array: TypedArray, slice: TypedArray): boolean {
  if (array.buffer !== slice.buffer) return false;
  const start = slice.byteOffset - array.byteOffset;
  return start >= 0 && start + slice.byteLength <= array.byteLength;
}
