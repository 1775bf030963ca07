// What is done to rows of a PNG that lie in one buffer, each behind a byte for its filter: packing small palettes, and choosing
// a filter for each row (PNG 1.2, chapter 6). All of it in place; rows are gone through from the last one up, and bytes from
// the last one back, so that what a filter needs is still there.

const FILTERS = 5;

/** Packs rows of one byte a pixel so that each pixel has `depth` bits, 1, 2 or 4, the first pixel in the highest ones. */
export function packRows(raw: Uint8Array, width: number, height: number, depth: number): void {
  const perByte = 8 / depth;
  const line = 1 + Math.ceil(width / perByte);
  for (let row = 0; row < height; row++) {
    const from = row * (width + 1);
    const to = row * line;
    raw[to] = raw[from];
    for (let at = 1; at < line; at++)
      raw[to + at] = packed(raw, from + 1 + (at - 1) * perByte, from + width, depth);
  }
}

// The pixels from `from` to `last` that have room in one byte.
function packed(raw: Uint8Array, from: number, last: number, depth: number): number {
  let byte = 0;
  for (let bits = 8 - depth, at = from; bits >= 0 && at <= last; bits -= depth, at++) byte |= raw[at] << bits;
  return byte;
}

/**
 * Filters each row in the way that leaves the smallest numbers, taken as signed bytes: that compresses best, mostly. `pixel`
 * is how many bytes further on the next pixel is.
 */
export function chooseFilters(raw: Uint8Array, line: number, height: number, pixel: number): void {
  for (let row = height - 1; row >= 0; row--) {
    const start = row * line;
    let best = 0;
    let least = Infinity;
    for (let filter = 0; filter < FILTERS; filter++) {
      const sum = sumOf(raw, start, line, pixel, filter, least);
      if (sum < least) [best, least] = [filter, sum];
    }
    for (let at = start + line - 1; at > start; at--) raw[at] = filtered(raw, at, start, line, pixel, best);
    raw[start] = best;
  }
}

// How large the bytes of a row get; no further than needed to see that it is more than `most`.
function sumOf(
  raw: Uint8Array,
  start: number,
  line: number,
  pixel: number,
  filter: number,
  most: number,
): number {
  let sum = 0;
  for (let at = start + 1; at < start + line && sum < most; at++) {
    const byte = filtered(raw, at, start, line, pixel, filter) & 0xff;
    sum += Math.min(byte, 256 - byte);
  }
  return sum;
}

// None, less the pixel to the left, less the one above, less their mean, less what Paeth's rule expects.
function filtered(
  raw: Uint8Array,
  at: number,
  start: number,
  line: number,
  pixel: number,
  filter: number,
): number {
  if (filter === 0) return raw[at];
  const left = at - pixel > start ? raw[at - pixel] : 0;
  if (filter === 1) return raw[at] - left;
  const above = start > 0 ? raw[at - line] : 0;
  if (filter === 2) return raw[at] - above;
  if (filter === 3) return raw[at] - ((left + above) >> 1);
  const corner = start > 0 && at - pixel > start ? raw[at - line - pixel] : 0;
  return raw[at] - expected(left, above, corner);
}

function expected(left: number, above: number, corner: number): number {
  const sum = left + above - corner;
  const [byLeft, byAbove, byCorner] = [Math.abs(sum - left), Math.abs(sum - above), Math.abs(sum - corner)];
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}
