// Pixels to the compressed bytes of a PNG: rows are filtered into one buffer, which is then deflated block by block.
import type { Pool } from "@millpond/core";

import { pngKernel, type PngExports } from "../kernel/png.wasm.ts";
import { blockHeader, codeLengths, codesOf } from "./huffman.ts";
import { END_OF_BLOCK, SYMBOL_COUNT, TOKEN_KINDS, tokenExtras, tokenSymbols } from "./length-symbols.ts";
import * as twin from "./png-twin.ts";
import { chooseFilters, packRows } from "./row-filters.ts";

/** RGBA pixels, not premultiplied. */
export interface PngImage {
  /** Pixels from left to right. */
  readonly width: number;
  /** Pixels from top to bottom. */
  readonly height: number;
  /** Four bytes a pixel, row after row. */
  readonly pixels: Uint8Array | Uint8ClampedArray;
  /** Bytes from one row to the next. @defaultValue 4 * width */
  readonly stride?: number | undefined;
}

/** How rows are filtered. */
export type PngFilter = "none" | "up" | "adaptive";

/** How the bytes of a pixel are meant: PNG's numbers. */
export const RGB = 2;
/** See `RGB`. */
export const PALETTE = 3;
/** See `RGB`. */
export const RGBA = 6;

const FILTER_NONE = 0;
const FILTER_UP = 2;
// Bits of a place in a palette.
const DEPTHS: readonly number[] = [1, 2, 4, 8];
const TOKEN_ROOM = 65_536;
const SPARE = 64;
// Which rows are looked at to find out what repeats, and the share of all bytes that has to.
const ROWS_PER_SAMPLE = 16;
const LEAST_GAIN = 0.02;
const CHANNELS: Readonly<Record<number, number>> = { [RGB]: 3, [PALETTE]: 1, [RGBA]: 4 };

/** The buffers for one size of image. Release it when everything is encoded. */
export class PngEncoder {
  readonly #pool: Pool;
  readonly #slab: Uint8Array;
  readonly #kernel: PngExports | undefined;
  readonly #width: number;
  readonly #height: number;
  /** Filtered rows. */
  readonly #raw: Uint8Array;
  /** Compressed bytes. */
  readonly #out: Uint8Array;
  // A row of zeros, and two rows of pixels.
  readonly #rows: readonly Uint8Array[];
  readonly #tokens: Uint16Array;
  readonly #counts: Uint32Array;
  readonly #codes: Uint32Array;
  readonly #state: Uint32Array;
  readonly #palette: Uint32Array;
  readonly #table: Uint16Array;
  #colors = 0;
  #depth = 8;
  // Bytes from one pixel to the next in the filtered rows, and from one row to the next.
  #pixelBytes = 1;
  #lineBytes = 1;

  constructor(pool: Pool, width: number, height: number) {
    this.#pool = pool;
    this.#width = width;
    this.#height = height;
    const rowBytes = 64 * Math.ceil((4 * width) / 64) + SPARE;
    const rawBytes = 64 * Math.ceil(((4 * width + 1) * height + SPARE) / 64);
    // A literal of 9 bits at most on average, and a header for every 65,536 tokens.
    const outBytes = 64 * Math.ceil((1.25 * rawBytes + 4096) / 64);
    const sizes = [rawBytes, outBytes, 2 * TOKEN_ROOM, 4 * TOKEN_KINDS, 4 * TOKEN_KINDS, 64, 1024, 2048];
    const total = 3 * rowBytes + sizes.reduce((sum, bytes) => sum + bytes, 0);
    this.#slab = pool.acquireUnsafe(Uint8Array, total);
    const { buffer } = this.#slab;
    let at = this.#slab.byteOffset;
    const take = (bytes: number): number => (at += bytes) - bytes;
    this.#rows = Array.from({ length: 3 }, () => new Uint8Array(buffer, take(rowBytes), rowBytes));
    this.#rows[0].fill(0);
    this.#tokens = new Uint16Array(buffer, take(2 * TOKEN_ROOM), TOKEN_ROOM);
    this.#counts = new Uint32Array(buffer, take(4 * TOKEN_KINDS), TOKEN_KINDS);
    this.#codes = new Uint32Array(buffer, take(4 * TOKEN_KINDS), TOKEN_KINDS);
    this.#state = new Uint32Array(buffer, take(64), 16);
    this.#palette = new Uint32Array(buffer, take(1024), 256);
    this.#table = new Uint16Array(buffer, take(2048), 1024);
    this.#raw = new Uint8Array(buffer, take(rawBytes), rawBytes);
    this.#out = new Uint8Array(buffer, take(outBytes), outBytes);
    this.#kernel = pngKernel.over(buffer);
  }

  /** Gives everything back; views that were returned are void. */
  release(): void {
    this.#pool.release(this.#slab);
  }

  /** The colours of the last image that was filtered as one with a palette, as they lie in memory. */
  get palette(): Uint32Array {
    return this.#palette.subarray(0, this.#colors);
  }

  /** Bits of a pixel's place in that palette, of 8-bit channels else. */
  get depth(): number {
    return this.#depth;
  }

  /** The filtered rows of an image of a colour type. Undefined where it has more colours or more alpha than that type. */
  filter(image: PngImage, colorType: number, filter: PngFilter = "up"): Uint8Array | undefined {
    this.#pixelBytes = CHANNELS[colorType];
    this.#lineBytes = 1 + this.#pixelBytes * this.#width;
    this.#depth = 8;
    this.#colors = 0;
    const fits =
      colorType === PALETTE ? this.#indexRows(image, filter) : this.#filterRows(image, colorType, filter);
    if (!fits) return undefined;
    const raw = this.#raw.subarray(0, this.#lineBytes * this.#height);
    if (filter === "adaptive") chooseFilters(raw, this.#lineBytes, this.#height, this.#pixelBytes);
    return raw;
  }

  #filterRows(image: PngImage, colorType: number, filter: PngFilter): boolean {
    const [zeros] = this.#rows;
    const up = filter === "up";
    let above = zeros;
    for (let row = 0; row < this.#height; row++) {
      const at = row * this.#lineBytes;
      this.#raw[at] = up ? FILTER_UP : FILTER_NONE;
      const current = this.#rowOf(image, row, this.#rows[1 + (row % 2)]);
      if (!this.#filterRow(current, up ? above : zeros, at + 1, colorType)) return false;
      above = current;
    }
    return true;
  }

  // The bytes of a row where the kernel can reach them: as they are, or in `room`.
  #rowOf({ pixels, stride = 4 * this.#width }: PngImage, row: number, room: Uint8Array): Uint8Array {
    const start = row * stride;
    const end = start + 4 * this.#width;
    const near = pixels.buffer === this.#slab.buffer && (pixels.byteOffset + start) % 4 === 0;
    if (near) return new Uint8Array(pixels.buffer, pixels.byteOffset + start, 4 * this.#width);
    room.set(pixels.subarray(start, end));
    return room.subarray(0, end - start);
  }

  // Places in the palette, several to a byte where few colours are in it: their number is known at the end only.
  #indexRows(image: PngImage, filter: PngFilter): boolean {
    this.#table.fill(0);
    for (let row = 0; row < this.#height; row++) {
      this.#raw[row * this.#lineBytes] = FILTER_NONE;
      this.#indexRow(this.#rowOf(image, row, this.#rows[1]), row * this.#lineBytes + 1);
      if (this.#colors > 256) return false;
    }
    this.#depth = DEPTHS.find((depth) => this.#colors <= 2 ** depth)!;
    if (this.#depth < 8) {
      packRows(this.#raw, this.#width, this.#height, this.#depth);
      this.#lineBytes = 1 + Math.ceil((this.#width * this.#depth) / 8);
    }
    if (filter === "up") this.#filterUp();
    return true;
  }

  #indexRow({ buffer, byteOffset }: Uint8Array, at: number): void {
    const width = this.#width;
    const raw = this.#raw;
    const palette = this.#palette;
    const table = this.#table;
    this.#colors =
      this.#kernel === undefined
        ? twin.indexRow(
            new Uint32Array(buffer, byteOffset, width),
            raw.subarray(at),
            width,
            palette,
            table,
            this.#colors,
          )
        : this.#kernel.indexRow(
            byteOffset,
            raw.byteOffset + at,
            width,
            palette.byteOffset,
            table.byteOffset,
            this.#colors,
          );
  }

  // From the last row up, so that the row above is as it was.
  #filterUp(): void {
    const raw = this.#raw;
    const line = this.#lineBytes;
    for (let row = this.#height - 1; row >= 0; row--) {
      const at = row * line;
      raw[at] = FILTER_UP;
      if (row > 0) this.#lessAbove(raw.subarray(at + 1), raw.subarray(at + 1 - line), at + 1, line - 1);
    }
  }

  // Returns false for a row that is not opaque where it has to be.
  #filterRow(current: Uint8Array, above: Uint8Array, at: number, colorType: number): boolean {
    const raw = this.#raw;
    const kernel = this.#kernel;
    const width = this.#width;
    if (colorType === RGB) {
      if (kernel === undefined) return twin.filterRgb(current, above, raw.subarray(at), width) === 1;
      // SAFETY: the raw rows have room behind the last one for what is overwritten.
      return kernel.filterRgb(current.byteOffset, above.byteOffset, raw.byteOffset + at, width) === 1;
    }
    this.#lessAbove(current, above, at, CHANNELS[colorType] * width);
    return true;
  }

  #lessAbove(current: Uint8Array, above: Uint8Array, at: number, bytes: number): void {
    const raw = this.#raw;
    if (this.#kernel === undefined) twin.filterBytes(current, above, raw.subarray(at), bytes);
    else this.#kernel.filterBytes(current.byteOffset, above.byteOffset, raw.byteOffset + at, bytes);
  }

  /** The zlib stream of filtered rows, in memory of the encoder that the next call overwrites. */
  deflate(raw: Uint8Array): Uint8Array {
    const out = this.#out;
    const state = this.#state;
    out[0] = 0x78;
    out[1] = 0x01;
    state.fill(0);
    state[twin.ADLER_LOW] = 1;
    let position = 2;
    const distance = this.#distanceFor(raw);
    for (let at = 0; at < raw.length;) {
      this.#counts.fill(0);
      at = this.#tokenize(raw, at, distance);
      position = this.#writeBlock(position, distance, at === raw.length);
    }
    if (state[twin.BIT_COUNT] > 0) out[position++] = state[twin.BIT_BUFFER];
    for (const sum of [state[twin.ADLER_HIGH], state[twin.ADLER_LOW]]) {
      out[position++] = sum >>> 8;
      out[position++] = sum;
    }
    return out.subarray(0, position);
  }

  // Runs are of one byte, unless in one of so many rows many more bytes are as in the pixel before.
  #distanceFor(raw: Uint8Array): number {
    const pixel = this.#pixelBytes;
    const line = this.#lineBytes;
    let more = 0;
    for (let at = pixel; at + line <= raw.length; at += ROWS_PER_SAMPLE * line) {
      more += this.#repeats(raw, at, line, pixel) - this.#repeats(raw, at, line, 1);
    }
    return more * ROWS_PER_SAMPLE > LEAST_GAIN * raw.length ? pixel : 1;
  }

  #repeats(raw: Uint8Array, from: number, count: number, distance: number): number {
    // SAFETY: `from` is at least the distance, and the row ends within the raw bytes.
    return (
      this.#kernel?.repeats(raw.byteOffset + from, count, distance) ??
      twin.repeats(raw, from, count, distance)
    );
  }

  #tokenize(raw: Uint8Array, from: number, distance: number): number {
    const tokens = this.#tokens;
    const counts = this.#counts;
    const state = this.#state;
    if (this.#kernel === undefined) {
      return twin.tokenize(raw, from, raw.length, distance, tokens, TOKEN_ROOM, counts, state);
    }
    const end = raw.length;
    const stopped = this.#kernel.tokenize(
      raw.byteOffset,
      from,
      end,
      distance,
      tokens.byteOffset,
      TOKEN_ROOM,
      counts.byteOffset,
      state.byteOffset,
    );
    return stopped >>> 0;
  }

  #writeBlock(position: number, distance: number, final: boolean): number {
    const lengths = this.#setCodes();
    let at = position;
    for (const [value, count] of blockHeader(lengths, distance, final))
      at = this.#writeBits(at, value, count);
    const tokens = this.#tokens;
    const count = this.#state[twin.TOKEN_COUNT];
    const out = this.#out;
    // SAFETY: 65,536 tokens take 172 KB at most, and all of them less than the room, which holds 9 bits for every byte.
    if (at + 3 * count > out.length && at + this.#blockBytes() + SPARE > out.length) {
      throw new RangeError("the compressed image is larger than its room");
    }
    if (this.#kernel === undefined) at = twin.writeTokens(tokens, count, this.#codes, out, at, this.#state);
    else {
      const target = out.byteOffset + at;
      const { byteOffset: codes } = this.#codes;
      const end = this.#kernel.writeTokens(tokens.byteOffset, count, codes, target, this.#state.byteOffset);
      at = (end >>> 0) - out.byteOffset;
    }
    return this.#writeBits(at, codesOf(lengths)[END_OF_BLOCK], lengths[END_OF_BLOCK]);
  }

  #blockBytes(): number {
    let bits = 0;
    for (let token = 0; token < TOKEN_KINDS; token++)
      bits += this.#counts[token] * (this.#codes[token] >>> 24);
    return Math.ceil(bits / 8);
  }

  // Codes for the tokens that were counted. A run is a symbol, its extra bits, and a 0 for the only distance.
  #setCodes(): Uint8Array {
    const counts = new Uint32Array(SYMBOL_COUNT);
    for (let token = 0; token < TOKEN_KINDS; token++) counts[tokenSymbols[token]] += this.#counts[token];
    counts[END_OF_BLOCK] = 1;
    const lengths = codeLengths(counts, 15);
    const codes = codesOf(lengths);
    for (let token = 0; token < TOKEN_KINDS; token++) {
      const symbol = tokenSymbols[token];
      const extra = tokenExtras[token];
      const bits = codes[symbol] | ((extra & 0xff) << lengths[symbol]);
      const count = lengths[symbol] + (extra >>> 8) + (token < twin.RUNS ? 0 : 1);
      this.#codes[token] = bits | (count << 24);
    }
    return lengths;
  }

  #writeBits(position: number, value: number, count: number): number {
    const state = this.#state;
    let at = position;
    let buffer = state[twin.BIT_BUFFER] | (value << state[twin.BIT_COUNT]);
    let bits = state[twin.BIT_COUNT] + count;
    for (; bits >= 8; bits -= 8) {
      this.#out[at++] = buffer;
      buffer >>>= 8;
    }
    state[twin.BIT_BUFFER] = buffer;
    state[twin.BIT_COUNT] = bits;
    return at;
  }
}
