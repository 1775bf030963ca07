// Ways to get a typed array and to give it back: the subjects of the pool cases.
//
// What a source keeps its memory in is handed to `take` and `give` as an argument, for all of them, so that the compiler
// cannot fold one's into the code and not another's. Types are written out, as users write them.

import type { Pool } from "@millpond/core";
import type { MemPool } from "@thi.ng/malloc";
import type * as TypedArrayPoolModule from "typedarray-pool";

import type { Role } from "../../lib/definition.ts";

/** The arrays of the pool cases: bytes and doubles. */
export type BenchArray = Uint8Array | Float64Array;

/** "u8" is Uint8Array, "f64" is Float64Array. */
export type Kind = "u8" | "f64";

/** Gives an array of at least `length` elements; some round up. */
export type Take<S> = (state: S, length: number) => BenchArray;

/** Takes an array back. */
export type Give<S> = (state: S, array: BenchArray) => void;

/** What a source must provide for. */
interface Demand {
  /** Bytes of all arrays that are in use at the same time. */
  readonly bytes: number;
}

/** One way to get arrays. */
export interface Source<S = unknown> {
  readonly name: string;
  readonly role: Role;
  readonly open: (demand: Demand) => S | Promise<S>;
  readonly take: Readonly<Record<Kind, Take<S>>>;
  readonly give: Give<S>;
}

// Forgets what the state is, so that sources with different states fit in one list.
function source<S>(definition: Source<S>): Source {
  return definition as unknown as Source;
}

function nothing(): void {}

async function openPool({ bytes }: Demand): Promise<Pool> {
  const { MiB, Pool } = await import("@millpond/core");
  return new Pool({ name: "bench", limitBytes: Math.max(512 * MiB, bytes * 4), check: "fast" });
}

function release(pool: Pool, array: BenchArray): void {
  pool.release(array);
}

/** Our pool without zeroing. */
export const unsafe: Source = source<Pool>({
  name: "millpond",
  role: "ours",
  open: openPool,
  take: {
    u8: (pool, length) => pool.acquireUnsafe(Uint8Array, length),
    f64: (pool, length) => pool.acquireUnsafe(Float64Array, length),
  },
  give: release,
});

/** Our pool as most will use it: arrays are zeroed. */
export const zeroed: Source = source<Pool>({
  name: "millpond",
  role: "ours",
  open: openPool,
  take: {
    u8: (pool, length) => pool.acquire(Uint8Array, length),
    f64: (pool, length) => pool.acquire(Float64Array, length),
  },
  give: release,
});

/** Plain JavaScript. */
export const fresh: Source = source<undefined>({
  name: "plain",
  role: "plain",
  open: () => undefined,
  take: {
    u8: (_, length) => new Uint8Array(length),
    f64: (_, length) => new Float64Array(length),
  },
  give: nothing,
});

function doublesOver(buffer: Buffer, length: number): Float64Array {
  return new Float64Array(buffer.buffer, buffer.byteOffset, length);
}

/** Node's buffers without zeroing; small ones are cut from a slab. */
export const allocUnsafe: Source = source<undefined>({
  name: "allocUnsafe",
  role: "peer",
  open: () => undefined,
  take: {
    u8: (_, length) => Buffer.allocUnsafe(length),
    f64: (_, length) => doublesOver(Buffer.allocUnsafe(length * 8), length),
  },
  give: nothing,
});

/** Node's buffers without zeroing and without the slab. */
export const allocUnsafeSlow: Source = source<undefined>({
  name: "allocUnsafeSlow",
  role: "peer",
  open: () => undefined,
  take: {
    u8: (_, length) => Buffer.allocUnsafeSlow(length),
    f64: (_, length) => doublesOver(Buffer.allocUnsafeSlow(length * 8), length),
  },
  give: nothing,
});

type TypedArrayPool = typeof TypedArrayPoolModule;

async function openTypedArrayPool(): Promise<TypedArrayPool> {
  // A CommonJS module: all of it is the default export.
  return ((await import("typedarray-pool")) as unknown as { default: TypedArrayPool }).default;
}

/** typedarray-pool: a list of buffers by power of two, a new view each time. */
export const typedarrayPool: Source = source<TypedArrayPool>({
  name: "typedarray-pool",
  role: "peer",
  open: openTypedArrayPool,
  take: {
    u8: (pool, length) => pool.mallocUint8(length),
    f64: (pool, length) => pool.mallocDouble(length),
  },
  give: (pool, array) => pool.free(array),
});

/** typedarray-pool, zeroed by hand, since it has nothing for that. */
export const typedarrayPoolFilled: Source = source<TypedArrayPool>({
  name: "typedarray-pool + fill",
  role: "peer",
  open: openTypedArrayPool,
  take: {
    u8: (pool, length) => pool.mallocUint8(length).fill(0),
    f64: (pool, length) => pool.mallocDouble(length).fill(0),
  },
  give: (pool, array) => pool.free(array),
});

async function openThing({ bytes }: Demand): Promise<MemPool> {
  const { MemPool } = await import("@thi.ng/malloc");
  return new MemPool({ size: Math.max(2 ** 20, bytes * 2), align: 8 });
}

function must<A>(array: A | undefined): A {
  if (array === undefined) throw new Error("@thi.ng/malloc is out of memory");
  return array;
}

/** @thi.ng/malloc: first fit over one buffer, a new view each time. */
export const thingMalloc: Source = source<MemPool>({
  name: "thi.ng malloc",
  role: "peer",
  open: openThing,
  take: {
    u8: (pool, length) => must(pool.mallocAs("u8", length)),
    f64: (pool, length) => must(pool.mallocAs("f64", length)),
  },
  give: (pool, array) => void pool.free(array),
});

/** @thi.ng/malloc with zeroing. */
export const thingCalloc: Source = source<MemPool>({
  name: "thi.ng calloc",
  role: "peer",
  open: openThing,
  take: {
    u8: (pool, length) => must(pool.callocAs("u8", length)),
    f64: (pool, length) => must(pool.callocAs("f64", length)),
  },
  give: (pool, array) => void pool.free(array),
});

/** The least that a pool can do: a stack of arrays for each power of two, which finds no mistake. */
interface FreeList {
  readonly bytes: Uint8Array[][];
  readonly doubles: Float64Array[][];
}

function openFreeList(): FreeList {
  const stacks = <A>(): A[][] => Array.from({ length: 33 }, () => []);
  return { bytes: stacks(), doubles: stacks() };
}

function takeBytes({ bytes }: FreeList, length: number): Uint8Array {
  const place = 32 - Math.clz32(length - 1);
  return bytes[place].pop() ?? new Uint8Array(2 ** place);
}

function takeDoubles({ doubles }: FreeList, length: number): Float64Array {
  const place = 32 - Math.clz32(length - 1);
  return doubles[place].pop() ?? new Float64Array(2 ** place);
}

function giveToList(list: FreeList, array: BenchArray): void {
  const place = 31 - Math.clz32(array.length);
  if (array instanceof Float64Array) list.doubles[place].push(array);
  else list.bytes[place].push(array);
}

/** A bare free list in 20 lines. */
export const freeList: Source = source<FreeList>({
  name: "free list",
  role: "peer",
  open: openFreeList,
  take: { u8: takeBytes, f64: takeDoubles },
  give: giveToList,
});

/** The same, zeroing as much of the array as was asked for. */
export const freeListFilled: Source = source<FreeList>({
  name: "free list + fill",
  role: "peer",
  open: openFreeList,
  take: {
    u8: (list, length) => takeBytes(list, length).fill(0, 0, length),
    f64: (list, length) => takeDoubles(list, length).fill(0, 0, length),
  },
  give: giveToList,
});

/** A source under another name, as a variant: shown beside the others, in no ratio. */
export function variant(name: string, original: Source): Source {
  return { ...original, name, role: "variant" };
}
