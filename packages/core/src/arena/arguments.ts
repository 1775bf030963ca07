// What the functions of arenas refuse: sizes, types, alignments and options that cannot be.
import {
  ARRAY_TYPES,
  type ArrayType,
  checkLength,
  checkType,
  isTypedArray,
  KIND_BYTES,
  type TypedArray,
} from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";
import { MAX_REGION_BYTES } from "../memory/region.ts";
import { GiB, KiB } from "../memory/units.ts";

/** The strictest alignment that can be asked for. */
const MAX_ALIGN = 4096;

/** The chunk size for an option's value: a power of two. */
export function checkChunkBytes(chunkBytes: unknown, option = "chunkBytes"): number {
  if (typeof chunkBytes === "number" && chunkBytes >= KiB && chunkBytes <= GiB) {
    // A shift gives a small integer, a power of two a floating-point number: with that, addresses would be some.
    return 1 << (32 - Math.clz32(Math.ceil(chunkBytes) - 1));
  }
  throw new PoolError(
    "BAD_ARGUMENT",
    `expected ${option} to be a number from ${KiB} to ${GiB}, got ${show(chunkBytes)}`,
    { option, got: chunkBytes, least: KiB, most: GiB },
  );
}

/** The width of an element, for a type and a length that can be. */
export function widthOf(type: ArrayType, length: number): number {
  const width = KIND_BYTES[checkType(type)];
  checkLength(length, MAX_REGION_BYTES / width);
  return width;
}

/** The class of an array, which may be of a subclass such as Buffer. */
export function typeOf(array: TypedArray): ArrayType {
  const name = isTypedArray(array) ? array[Symbol.toStringTag] : undefined;
  const type = ARRAY_TYPES.find((candidate) => candidate.name === name);
  if (type !== undefined) return type;
  throw new PoolError("BAD_ARGUMENT", `expected a typed array to copy, got ${show(array)}`, {
    got: show(array),
  });
}

/** The alignment to use: what was asked for, or what elements of `width` bytes need. */
export function checkAlign(align: number, width: number): number {
  const isPower = align >>> 0 === align && (align & (align - 1)) === 0;
  if (isPower && align >= 1 && align <= MAX_ALIGN) return Math.max(align, width);
  throw new PoolError(
    "BAD_ARGUMENT",
    `expected align to be a power of two from 1 to ${MAX_ALIGN}, got ${show(align)}`,
    { got: align },
  );
}

/** Refuses what cannot be called, before anything is taken for it. */
export function checkWork(work: unknown): void {
  if (typeof work === "function") return;
  throw new PoolError("BAD_ARGUMENT", `expected a function to run, got ${show(work)}`, { got: show(work) });
}

/** Refuses other ways to reset than the two. */
export function checkResetMode(mode: unknown): void {
  if (mode === "keep" || mode === "trim") return;
  throw new PoolError("BAD_ARGUMENT", `expected "keep" or "trim", got ${show(mode)}`, { got: mode });
}
