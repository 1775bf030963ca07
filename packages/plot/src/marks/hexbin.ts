// Hexagonal bins: how many points lie in each hexagon of a grid over the panel. Made for clouds of points in which single
// ones cannot be told apart.
import type { Series, SeriesLike } from "@millpond/core";

import type { Canvas, Mark, MarkOptions, Prepared, Ramp, Setting } from "../figure/mark.ts";
import { Points } from "../reduce/points.ts";
import { colormap, type ColormapName } from "../theme/colormaps.ts";
import { fade } from "../theme/colors.ts";
import { badOption, checkLengths, seriesOf } from "./data.ts";
import { lookAt } from "./line.ts";
import { rampColor } from "./scatter.ts";

/** Options of hexagonal bins. */
export interface HexbinOptions extends Omit<MarkOptions, "color" | "label"> {
  /** Hexagons from left to right. @defaultValue 30 */
  readonly grid?: number | undefined;
  /** Hexagons with fewer points are not drawn. @defaultValue 1 */
  readonly least?: number | undefined;
  /** The colours of the counts. @defaultValue "viridis" */
  readonly colormap?: ColormapName | undefined;
  /** A colour bar. @defaultValue true */
  readonly colorbar?: boolean | undefined;
  /** What the colour bar says. */
  readonly valueLabel?: string | undefined;
}

interface Bins {
  readonly columns: number;
  readonly rows: number;
  readonly counts: Float64Array;
  readonly most: number;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

const ROOT = Math.sqrt(3);

/** Counts of points in hexagons. */
export function hexbinMark(name: string, xs: SeriesLike, ys: SeriesLike, options: HexbinOptions): Mark {
  const x = seriesOf(xs, name, "x");
  const y = seriesOf(ys, name, "y");
  checkLengths(name, { x: x.length, y: y.length });
  const { grid = 30 } = options;
  if (!(Number.isInteger(grid) && grid >= 1 && grid <= 1000))
    throw badOption(name, "grid", "an integer from 1 to 1000", grid);
  return {
    name,
    colors: 0,
    axis: options.axis ?? "left",
    prepare(setting): Prepared {
      const columns = lookAt(name, x, y, undefined, setting);
      const known = columns.x.low <= columns.x.high && columns.y.low <= columns.y.high;
      if (!known) return { keys: [], draw: () => undefined };
      const bins = count(x, y, columns.x, columns.y, grid, setting);
      const ramp: Ramp = {
        colors: colormap(options.colormap ?? "viridis"),
        low: 0,
        high: Math.max(1, bins.most),
        label: options.valueLabel,
        scale: "linear",
      };
      return {
        x: columns.x,
        y: columns.y,
        keys: [],
        ramp: options.colorbar === false ? undefined : ramp,
        draw: (canvas) => drawHexagons(bins, columns.x, columns.y, ramp, options, canvas, setting),
      };
    },
  };
}

// Rows of hexagons, every second one shifted by half: their middles are those of two grids of rectangles, and a point
// belongs to the nearer middle. Rows are 0.5 high where columns are 1 / sqrt(3) wide, in the measure of a regular hexagon.
function count(xs: Series, ys: Series, x: Range, y: Range, columns: number, { workspace }: Setting): Bins {
  const rows = Math.max(1, Math.round(columns / ROOT));
  const width = columns + 2;
  const counts = workspace.numbers(2 * width * (rows + 2)).fill(0);
  let most = 0;
  for (let index = 0; index < xs.length; index++) {
    const across = share(xs.at(index), x) * columns;
    const up = share(ys.at(index), y) * rows;
    if (!(across >= 0 && across <= columns && up >= 0 && up <= rows)) continue;
    const [evenX, evenY] = [Math.round(across), Math.round(up)];
    const [oddX, oddY] = [Math.floor(across), Math.floor(up)];
    const toEven = (across - evenX) ** 2 + 3 * (up - evenY) ** 2;
    const toOdd = (across - oddX - 0.5) ** 2 + 3 * (up - oddY - 0.5) ** 2;
    const bin = toEven <= toOdd ? 2 * evenY * width + evenX : (2 * oddY + 1) * width + oddX;
    most = Math.max(most, ++counts[bin]);
  }
  return { columns, rows, counts, most };
}

function share(value: number, { low, high }: Range): number {
  return high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : value === low ? 0.5 : NaN;
}

function drawHexagons(
  { columns, rows, counts }: Bins,
  x: Range,
  y: Range,
  ramp: Ramp,
  options: HexbinOptions,
  canvas: Canvas,
  { workspace }: Setting,
): void {
  const width = columns + 2;
  const hexagon = new Points(workspace, 6);
  const at = (range: Range, part: number): number => range.low * (1 - part) + range.high * part;
  for (let bin = 0; bin < counts.length; bin++) {
    if (counts[bin] < Math.max(1, options.least ?? 1)) continue;
    const row = Math.floor(bin / width);
    const middleX = (bin % width) + (row % 2) / 2;
    const middleY = row / 2;
    hexagon.count = 0;
    for (const [dx, dy] of CORNERS) {
      const px = canvas.x.place(at(x, (middleX + dx) / columns));
      const py = canvas.y.place(at(y, (middleY + dy) / rows));
      hexagon.push(px, py);
      canvas.occupancy.point(px, py);
    }
    const color = fade(rampColor(ramp, counts[bin]), options.alpha ?? 1);
    canvas.painter.fillPath(hexagon.xs, hexagon.ys, [6], { color });
  }
}

// Corners about the middle, in columns and rows; a hair larger, so that neighbours leave no seam.
const CORNERS: readonly (readonly [number, number])[] = [
  [0, 1 / 3],
  [0.5, 1 / 6],
  [0.5, -1 / 6],
  [0, -1 / 3],
  [-0.5, -1 / 6],
  [-0.5, 1 / 6],
].map(([dx, dy]) => [dx * 1.02, dy * 1.02] as const);
