// What kernels/png.ts does, in TypeScript: the same bytes. Runs where the pool has no wasm memory.

/** Words of the state: tokens of the last call, bits that fill no byte yet, and how many of them there are. */
export const TOKEN_COUNT = 0;
/** See `TOKEN_COUNT`. */
export const BIT_BUFFER = 1;
/** See `TOKEN_COUNT`. */
export const BIT_COUNT = 2;
/** The two sums of Adler-32 of all bytes that were turned into tokens. */
export const ADLER_LOW = 3;
/** See `ADLER_LOW`. */
export const ADLER_HIGH = 4;
/** Tokens below are bytes, the others are runs: 256 + length - 3. */
export const RUNS = 256;
/** The shortest run that is a token of its own. */
export const SHORTEST = 3;

const LONGEST = 258;

/** Writes RGBA pixels as RGB, less the row above. Returns 1 if all are opaque. */
export function filterRgb(current: Uint8Array, above: Uint8Array, target: Uint8Array, count: number): number {
  let alpha = 255;
  for (let pixel = 0; pixel < count; pixel++) {
    const from = 4 * pixel;
    const to = 3 * pixel;
    target[to] = current[from] - above[from];
    target[to + 1] = current[from + 1] - above[from + 1];
    target[to + 2] = current[from + 2] - above[from + 2];
    alpha &= current[from + 3];
  }
  return alpha === 255 ? 1 : 0;
}

/** Writes bytes less the bytes above. */
export function filterBytes(current: Uint8Array, above: Uint8Array, target: Uint8Array, count: number): void {
  for (let index = 0; index < count; index++) target[index] = current[index] - above[index];
}

/** Writes the places of pixels in a palette, and adds new colours to it. Returns how many there are; 257: too many. */
export function indexRow(
  pixels: Uint32Array,
  target: Uint8Array,
  count: number,
  palette: Uint32Array,
  table: Uint16Array,
  known: number,
): number {
  let colors = known;
  let last = 0;
  let place = -1;
  for (let index = 0; index < count; index++) {
    const color = pixels[index];
    if (color !== last || place < 0) {
      place = findColor(color, palette, table, colors);
      if (place === colors) {
        if (colors === 256) return 257;
        palette[colors++] = color;
      }
      last = color;
    }
    target[index] = place;
  }
  return colors;
}

function findColor(color: number, palette: Uint32Array, table: Uint16Array, known: number): number {
  let slot = Math.imul(color, 0x9e3779b1) >>> 22;
  for (;;) {
    const entry = table[slot];
    if (entry === 0) {
      if (known < 256) table[slot] = known + 1;
      return known;
    }
    if (palette[entry - 1] === color) return entry - 1;
    slot = (slot + 1) & 1023;
  }
}

/** How many of some bytes are as that `distance` bytes before them. */
export function repeats(source: Uint8Array, from: number, count: number, distance: number): number {
  let same = 0;
  for (let at = from; at < from + count; at++) if (source[at] === source[at - distance]) same++;
  return same;
}

/**
 * Turns bytes into tokens, those that are as the ones `distance` before them into runs. Counts tokens, and stops after
 * `limit` of them. Returns where it stopped.
 */
export function tokenize(
  source: Uint8Array,
  from: number,
  end: number,
  distance: number,
  tokens: Uint16Array,
  limit: number,
  counts: Uint32Array,
  state: Uint32Array,
): number {
  let at = from;
  let count = 0;
  while (at < end && count < limit) {
    const run = at < distance ? 0 : runLength(source, at, Math.min(end, at + LONGEST), distance);
    const token = run < SHORTEST ? source[at] : RUNS + run - SHORTEST;
    tokens[count++] = token;
    counts[token]++;
    at += run < SHORTEST ? 1 : run;
  }
  state[TOKEN_COUNT] = count;
  addSums(source, from, at, state);
  return at;
}

// As many bytes as sums of them stay below 2^32.
const ADLER_PART = 5552;
const ADLER = 65_521;

function addSums(source: Uint8Array, from: number, to: number, state: Uint32Array): void {
  let low = state[ADLER_LOW];
  let high = state[ADLER_HIGH];
  for (let start = from; start < to; start += ADLER_PART) {
    const end = Math.min(to, start + ADLER_PART);
    for (let at = start; at < end; at++) {
      low += source[at];
      high += low;
    }
    low %= ADLER;
    high %= ADLER;
  }
  state[ADLER_LOW] = low;
  state[ADLER_HIGH] = high;
}

function runLength(source: Uint8Array, start: number, end: number, distance: number): number {
  let at = start;
  while (at < end && source[at] === source[at - distance]) at++;
  return at - start;
}

/** Writes tokens as bits from `position` on. Returns the position behind the last byte. */
export function writeTokens(
  tokens: Uint16Array,
  count: number,
  codes: Uint32Array,
  target: Uint8Array,
  position: number,
  state: Uint32Array,
): number {
  let at = position;
  let buffer = state[BIT_BUFFER];
  let bits = state[BIT_COUNT];
  for (let index = 0; index < count; index++) {
    const code = codes[tokens[index]];
    // Up to 7 bits are waiting, and a token has up to 21.
    buffer |= (code & 0xffffff) << bits;
    bits += code >>> 24;
    for (; bits >= 8; bits -= 8) {
      target[at++] = buffer;
      buffer >>>= 8;
    }
  }
  state[BIT_BUFFER] = buffer;
  state[BIT_COUNT] = bits;
  return at;
}
