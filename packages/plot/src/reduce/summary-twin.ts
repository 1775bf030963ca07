// The kernel of kernels/columns.ts in TypeScript: where data or the machine give no WebAssembly memory. Same bits.

/** Elements of a block. */
export const BLOCK = 128;

/** The smallest and the largest of each block of elements; both NaN for a block with a NaN in it. */
export function blockExtremes(
  values: Float64Array,
  start: number,
  count: number,
  lows: Float64Array,
  highs: Float64Array,
  place: number,
): void {
  const end = start + count;
  for (let at = start; at < end; at += BLOCK) {
    oneBlock(values, at, Math.min(at + BLOCK, end), lows, highs, place++);
  }
}

function oneBlock(
  values: Float64Array,
  from: number,
  to: number,
  lows: Float64Array,
  highs: Float64Array,
  place: number,
): void {
  let low = Infinity;
  let high = -Infinity;
  // Stays zero unless there is a NaN: of finite and infinite numbers, each is equal to itself.
  let odd = 0;
  for (let index = from; index < to; index++) {
    const value = values[index];
    if (value < low) low = value;
    if (value > high) high = value;
    if (value !== value) odd = 1;
  }
  lows[place] = odd === 0 ? low + 0 : NaN;
  highs[place] = odd === 0 ? high + 0 : NaN;
}

/** True if no element is smaller than the one before it, and none is NaN; `before` stands before the first one. */
export function ascends(values: Float64Array, start: number, count: number, before: number): boolean {
  let last = before;
  for (let index = start; index < start + count; index++) {
    const value = values[index];
    if (!(last <= value)) return false;
    last = value;
  }
  return true;
}
