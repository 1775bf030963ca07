// Plain PNGs for golden images, by node:zlib alone: the tests of figures do not lean on the encoder of the package.

import assert from "node:assert/strict";
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

/** A PNG of opaque RGBA pixels, stored as RGB rows that are each the difference to the row above. */
export function writePng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const row = 3 * width;
  const rows = new Uint8Array((row + 1) * height);
  for (let y = 0; y < height; y++) {
    rows[(row + 1) * y] = 2;
    for (let byte = 0; byte < row; byte++) {
      const at = 4 * (width * y + Math.floor(byte / 3)) + (byte % 3);
      rows[(row + 1) * y + 1 + byte] = pixels[at] - (y > 0 ? pixels[at - 4 * width] : 0);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const parts = [
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat(parts);
}

/** The RGBA pixels of a PNG that `writePng` wrote. */
export function readPng(png: Uint8Array, width: number, height: number): Uint8Array {
  const file = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  assert.equal(file.readUInt32BE(16), width);
  assert.equal(file.readUInt32BE(20), height);
  const length = file.readUInt32BE(33);
  assert.equal(file.toString("latin1", 37, 41), "IDAT");
  const rows = inflateSync(file.subarray(41, 41 + length));
  const row = 3 * width;
  const pixels = new Uint8Array(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    for (let byte = 0; byte < row; byte++) {
      const at = 4 * (width * y + Math.floor(byte / 3)) + (byte % 3);
      pixels[at] = rows[(row + 1) * y + 1 + byte] + (y > 0 ? pixels[at - 4 * width] : 0);
    }
  }
  return pixels;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, "latin1");
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}
