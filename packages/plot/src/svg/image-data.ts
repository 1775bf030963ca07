// Cells as the base64 of a PNG, mirrored where the rectangle is.
import type { Pool } from "@millpond/core";

import { cellColor } from "../paint/cells.ts";
import type { Cells } from "../paint/painter.ts";
import { encodePng } from "../png/png.ts";

/** The base64 of cells as a PNG. */
export function imageData(cells: Cells, mirrorX: boolean, mirrorY: boolean, pool: Pool | undefined): string {
  const { width, height } = cells;
  const pixels = new Uint8Array(4 * width * height);
  const view = new DataView(pixels.buffer);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (mirrorY ? height - 1 - row : row) * width + (mirrorX ? width - 1 - column : column);
      view.setUint32(4 * (row * width + column), cellColor(cells, from), true);
    }
  }
  return base64(encodePng({ width, height, pixels }, { pool }));
}

interface Encoding {
  btoa(data: string): string;
}

// `btoa` is in every browser and in Node; `toBase64` is not.
function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x2000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x2000)));
  }
  return (globalThis as unknown as Encoding).btoa(pieces.join(""));
}
