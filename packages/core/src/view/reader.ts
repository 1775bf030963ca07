// What a `Series` reads from. One class for each family of sources, so that `Series` itself stays one class.
import type { NumberArray } from "../memory/elements.ts";

/** A source of numbers with a length. */
export interface Reader {
  /** Elements; of sources that grow, as many as there are now. */
  readonly length: number;
  /** All elements as one typed array of numbers, where they lie in one. */
  readonly array: NumberArray | undefined;
  /** True where no element is smaller than the one before it or is NaN, and that is known without reading them. */
  readonly ascending?: boolean;
  /** The element at an index from 0 to `length - 1`; anything else throws `OUT_OF_BOUNDS`. */
  at(index: number): number;
  /** Writes `count` elements from `start` on to the front of `target`; both have that many. */
  copyTo(target: NumberArray, start: number, count: number): void;
}
