// Values as places on a scale of 255 colours.
import type { Series } from "@millpond/core";

import { statisticsKernel } from "../kernel/statistics.wasm.ts";
import { eachPiece, pieceLength } from "../reduce/pieces.ts";
import type { Workspace } from "../reduce/workspace.ts";
import * as twin from "./statistics-twin.ts";

/** For each value a byte: 1 for `low` and below, up to 255 for `high` and above, and 0 for NaN. */
export function colorPlaces(data: Series, low: number, high: number, workspace: Workspace): Uint8Array {
  const factor = 255 / (high - low);
  const words = Math.ceil(data.length / 8);
  // One array for all, so that it lies in one region and a kernel reaches it.
  const slab = workspace.numbers(words + pieceLength(data));
  const places = new Uint8Array(slab.buffer, slab.byteOffset, data.length);
  const kernel = statisticsKernel.over(slab.buffer);
  eachPiece(data, slab.subarray(words), (values, start) => {
    if (kernel === undefined) twin.colorPlaces(values, low, factor, places.subarray(start));
    // SAFETY: there is a place for each value of the series.
    else kernel.colorPlaces(values.byteOffset, values.length, low, factor, places.byteOffset + start);
  });
  return places;
}
