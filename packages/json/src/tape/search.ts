// Binary search in ascending columns.

/** The first place from `from` on whose value is `least` or more; `to` when all in front of it are less. */
export function firstAtLeast(values: Uint32Array, from: number, to: number, least: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
