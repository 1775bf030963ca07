// Where the pixels of a figure go.
import { unlike } from "../check.ts";

/** Options of `pixels`. */
export interface PixelOptions {
  /** Where the pixels go: four bytes R, G, B, A each, row after row. Its memory stays the caller's. */
  readonly into: Uint8Array | Uint8ClampedArray;
  /** Bytes from one row to the next. @defaultValue 4 * width */
  readonly stride?: number | undefined;
}

/** Refuses what is no place for pixels. */
export function checkPixels(options: PixelOptions): PixelOptions {
  if (options?.into instanceof Uint8Array || options?.into instanceof Uint8ClampedArray) return options;
  throw unlike("options with pixels such as { into: new Uint8Array(4 * width * height) }", options?.into);
}
