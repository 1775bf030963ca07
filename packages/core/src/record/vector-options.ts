// Options of vectors, and the refusal of values that cannot be meant.
import type { ArrayType } from "../memory/elements.ts";
import { MiB } from "../memory/units.ts";
import { integerIn, refusal } from "./record-options.ts";
import { MAX_SLOTS } from "./slots.ts";

/** The element types of vectors. */
export type VectorType = "f32" | "f64";

/** Options of `vectors()`; all but `dimensions` have a default. */
export interface VectorOptions<T extends VectorType = VectorType> {
  /** Elements of a vector. */
  readonly dimensions: number;
  /** `"f32"` (the default) or `"f64"`. */
  readonly type?: T;
  /**
   * Rows start at multiples of so many bytes: 8, 16, 32 or 64. Default 32, which keeps each 16-byte load of a kernel
   * within a cache line; 64 gives each row lines of its own.
   */
  readonly align?: number;
  /** Vectors for which there is room from the start. Default 0. */
  readonly capacity?: number;
  /** The most vectors there may be; one more is refused with `POOL_EXHAUSTED`. Default 268,435,455. */
  readonly maxVectors?: number;
  /** Rows of a segment, rounded up to a power of two, at least 32. Default: about 1 MiB of rows, 4,096 at most. */
  readonly segmentRows?: number;
  /** Shown in error messages and statistics. Default "vectors". */
  readonly name?: string;
}

/** The options with every default filled in. */
export interface VectorSettings {
  readonly name: string;
  readonly dimensions: number;
  readonly type: ArrayType<Float32Array> | ArrayType<Float64Array>;
  /** Bytes from row to row. */
  readonly stride: number;
  readonly capacity: number;
  readonly maxVectors: number;
  /** A power of two, so that the segment of an index is a shift. */
  readonly segmentRows: number;
}

const MOST_DIMENSIONS = 1_048_576;
const LEAST_ROWS = 32;
const DEFAULT_ROWS = 4096;
const MOST_ROWS = 1_048_576;
const SEGMENT_BYTES = 1 * MiB;

/** Fills in the defaults and refuses what cannot be meant. */
export function settleVectors(options: VectorOptions): VectorSettings {
  const dimensions = integerIn("dimensions", options.dimensions, 1, MOST_DIMENSIONS);
  const { type = "f32", align = 32 } = options;
  if (type !== "f32" && type !== "f64") throw refusal("type", '"f32" or "f64"', type);
  if (![8, 16, 32, 64].includes(align)) throw refusal("align", "8, 16, 32 or 64", align);
  const bytes = dimensions * (type === "f32" ? 4 : 8);
  const stride = Math.ceil(bytes / align) * align;
  const maxVectors = integerIn("maxVectors", options.maxVectors ?? MAX_SLOTS, 1, MAX_SLOTS);
  return {
    name: options.name ?? "vectors",
    dimensions,
    type: type === "f32" ? Float32Array : Float64Array,
    stride,
    capacity: integerIn("capacity", options.capacity ?? 0, 0, maxVectors),
    maxVectors,
    segmentRows: segmentRows(options.segmentRows, stride),
  };
}

function segmentRows(asked: number | undefined, stride: number): number {
  if (asked === undefined) {
    const fitting = 2 ** Math.floor(Math.log2(SEGMENT_BYTES / stride));
    return Math.min(DEFAULT_ROWS, Math.max(LEAST_ROWS, fitting));
  }
  integerIn("segmentRows", asked, 1, MOST_ROWS);
  return Math.max(LEAST_ROWS, 2 ** Math.ceil(Math.log2(asked)));
}
