// The bar beside a panel that says which colour stands for which value.
import type { Painter } from "../paint/painter.ts";
import { strokeBox } from "../paint/stroke-box.ts";
import { Scale } from "../scale/scale.ts";
import { axisRoom, type Axis, type Box, drawAxis, layAxis } from "./axes.ts";
import type { Looks } from "./looks.ts";
import type { Ramp } from "./mark.ts";

// Points.
const WIDTH = 12;
const GAP = 10;

/** A colour bar that was measured. */
export interface Colorbar {
  readonly ramp: Ramp;
  readonly axis: Axis;
  /** Pixels with all labels and the gap to the panel. */
  readonly width: number;
}

/** How wide the bar of a ramp is beside a panel of a height. */
export function measureColorbar(ramp: Ramp, height: number, looks: Looks, painter: Painter): Colorbar {
  const { scale: kind, threshold, label } = ramp;
  const options = { scale: kind, threshold, label, margin: 0, grid: false };
  const scale = new Scale("colour bar", options, ramp);
  const axis = layAxis("right", scale, options, height, Infinity, looks, painter);
  return { ramp, axis, width: Math.ceil(looks.pixels(GAP + WIDTH) + axisRoom(axis, looks, painter)) };
}

/** Draws a bar whose left edge, without the gap, is beside a panel. */
export function drawColorbar(bar: Colorbar, left: number, panel: Box, looks: Looks, painter: Painter): void {
  const from = Math.round(left + looks.pixels(GAP));
  const box = {
    left: from,
    right: from + Math.round(looks.pixels(WIDTH)),
    top: panel.top,
    bottom: panel.bottom,
  };
  const indices = Uint8Array.from({ length: 256 }, (_, row) => 255 - row);
  const cells = { width: 1, height: 256, indices, palette: bar.ramp.colors };
  painter.image(cells, box.left, box.top, box.right - box.left, box.bottom - box.top);
  const line = Math.max(1, Math.round(looks.pixels(0.6)));
  const style = { color: looks.frame, width: line, join: "miter" } as const;
  strokeBox(painter, box.left, box.top, box.right, box.bottom, style);
  drawAxis(bar.axis, bar.axis.scale.mapping(box.bottom, box.top), box, looks, painter);
}
