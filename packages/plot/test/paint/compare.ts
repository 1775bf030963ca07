// How far what another backend draws is from the pixels of the rasterizer.
import { type FontSet, type Painter, RasterPainter } from "../../src/index.ts";
import { HEIGHT, WIDTH } from "./drawings.ts";

/** A comparison of two pictures. */
export interface Comparison {
  /** The mean difference of all channels. */
  readonly mean: number;
  /** The share of channels that differ much. */
  readonly far: number;
  /** How many channels there is ink in. */
  readonly ink: number;
}

/** Draws on white. */
export function onWhite<P extends Painter>(painter: P, draw: (painter: Painter) => void): P {
  painter.fillRect(0, 0, WIDTH, HEIGHT, { color: 0xffffffff });
  draw(painter);
  return painter;
}

/** Compares a picture with the pixels of a drawing on white. */
export function compareWithPixels(
  other: Uint8Array,
  draw: (painter: Painter) => void,
  fonts?: FontSet,
): Comparison {
  const raster = onWhite(new RasterPainter({ width: WIDTH, height: HEIGHT, fonts }), draw);
  const count = 4 * WIDTH * HEIGHT;
  let sum = 0;
  let far = 0;
  let ink = 0;
  for (let byte = 0; byte < count; byte++) {
    const difference = Math.abs(raster.pixels[byte] - other[byte]);
    sum += difference;
    if (difference > 64) far++;
    if (raster.pixels[byte] < 200) ink++;
  }
  raster.release();
  return { mean: sum / count, far: far / count, ink };
}
