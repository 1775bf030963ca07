// A plain PNG decoder for tests: node:zlib, and the filters and colour types that the format describes.

import assert from "node:assert/strict";
import { crc32, inflateSync } from "node:zlib";

/** A decoded file. */
export interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly colorType: number;
  /** Bits of a channel or of a place in the palette. */
  readonly depth: number;
  /** The filters that occur. */
  readonly filters: ReadonlySet<number>;
  /** RGBA. */
  readonly pixels: Uint8Array;
  /** All chunks in order. */
  readonly chunks: readonly (readonly [type: string, data: Buffer])[];
}

/** Splits a file into its chunks and checks their sums. */
export function chunksOf(png: Uint8Array): (readonly [string, Buffer])[] {
  const bytes = Buffer.from(png);
  assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  const chunks: (readonly [string, Buffer])[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const end = at + 8 + length;
    assert.equal(bytes.readUInt32BE(end), crc32(bytes.subarray(at + 4, end)));
    chunks.push([bytes.toString("latin1", at + 4, at + 8), bytes.subarray(at + 8, end)]);
    at = end + 4;
  }
  return chunks;
}

/** Decodes a still image, or one frame whose data are given. */
export function decode(png: Uint8Array, data?: Uint8Array): Decoded {
  const chunks = chunksOf(png);
  const chunk = (type: string): Buffer | undefined => chunks.find(([name]) => name === type)?.[1];
  const header = chunk("IHDR")!;
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const colorType = header[9];
  const depth = header[8];
  assert.deepEqual([header[10], header[11], header[12]], [0, 0, 0]);
  const channels = { 2: 3, 3: 1, 6: 4 }[colorType]!;
  const line = Math.ceil((channels * depth * width) / 8);
  const filtered = inflateSync(data ?? chunk("IDAT")!);
  const raw = unpacked(unfiltered(filtered, channels, line, height), line, channels * width, height, depth);
  const filters = new Set(Array.from({ length: height }, (_, row) => filtered[row * (line + 1)]));
  const palette = chunk("PLTE");
  const alphas = chunk("tRNS");
  const pixels = new Uint8Array(4 * width * height).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (palette === undefined) pixels.set(raw.subarray(channels * pixel, channels * (pixel + 1)), 4 * pixel);
    else {
      const color = raw[pixel];
      assert(color < palette.length / 3);
      pixels.set([...palette.subarray(3 * color, 3 * color + 3), alphas?.[color] ?? 255], 4 * pixel);
    }
  }
  return { width, height, colorType, depth, filters, pixels, chunks };
}

function unfiltered(filtered: Buffer, channels: number, line: number, height: number): Uint8Array {
  assert.equal(filtered.length, (line + 1) * height);
  const raw = new Uint8Array(line * height);
  for (let row = 0; row < height; row++) {
    const filter = filtered[row * (line + 1)];
    assert(filter <= 4, `filter ${filter}`);
    for (let at = 0; at < line; at++) {
      const a = at >= channels ? raw[row * line + at - channels] : 0;
      const b = row > 0 ? raw[(row - 1) * line + at] : 0;
      const c = row > 0 && at >= channels ? raw[(row - 1) * line + at - channels] : 0;
      const nearest = [a, b, c].toSorted((x, y) => Math.abs(a + b - c - x) - Math.abs(a + b - c - y))[0];
      const guess = [0, a, b, Math.floor((a + b) / 2), nearest][filter];
      raw[row * line + at] = filtered[row * (line + 1) + 1 + at] + guess;
    }
  }
  return raw;
}

// One byte for each number of less than eight bits.
function unpacked(
  packed: Uint8Array,
  line: number,
  count: number,
  height: number,
  depth: number,
): Uint8Array {
  return Uint8Array.from({ length: count * height }, (_, index) => {
    const bit = (index % count) * depth;
    const byte = packed[Math.floor(index / count) * line + Math.floor(bit / 8)];
    return (byte >> (8 - depth - (bit % 8))) & (2 ** depth - 1);
  });
}
