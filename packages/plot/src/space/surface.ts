// A table of heights in space: faces between the numbers, coloured by height and shaded by how they are turned, or the
// lines of a wireframe.
import type { Series, SeriesLike } from "@millpond/core";

import { colorOf } from "../figure/mark.ts";
import { checkColumns, type TableExtent } from "../marks/contour.ts";
import { badOption, checkNumber, seriesOf } from "../marks/data.ts";
import { rampColor, valueRamp } from "../marks/value-ramp.ts";
import type { Color } from "../paint/painter.ts";
import { extentOf, summarize } from "../reduce/summary.ts";
import type { ColormapName } from "../theme/colormaps.ts";
import { fade, mix } from "../theme/colors.ts";
import type { Scene } from "./scene.ts";
import type { PreparedSolid, Solid, SolidOptions, SolidSetting } from "./solid.ts";
import type { Space } from "./space.ts";

/** Options of everything that is made of a table of heights. */
export interface TableSolidOptions extends SolidOptions {
  /** Numbers in a row. */
  readonly columns: number;
  /** The values of x and y at the first and the last column and row. @defaultValue their numbers */
  readonly extent?: TableExtent | undefined;
  /** At most so many columns and rows are drawn, evenly chosen. @defaultValue 100 for surfaces, 30 for wireframes */
  readonly grid?: number | undefined;
}

/** Options of surfaces. */
export interface SurfaceOptions extends TableSolidOptions {
  /** The colours of the heights; a `color` takes their place. @defaultValue "viridis" */
  readonly colormap?: ColormapName | undefined;
  /** Whether faces that are turned away from the light are darker. @defaultValue true */
  readonly shaded?: boolean | undefined;
  /** The colour of lines around the faces. @defaultValue none */
  readonly edgeColor?: string | undefined;
  /** Points: the width of those lines. @defaultValue 0.5 */
  readonly edgeWidth?: number | undefined;
  /** A colour bar. @defaultValue false */
  readonly colorbar?: boolean | undefined;
  /** What the colour bar says. */
  readonly valueLabel?: string | undefined;
}

/** Options of wireframes. */
export interface WireframeOptions extends TableSolidOptions {
  /** Points. @defaultValue 0.8 */
  readonly width?: number | undefined;
}

/** Faces between heights; values come row after row. */
export function surfaceSolid(name: string, values: SeriesLike, options: SurfaceOptions): Solid {
  const data = tableOf(name, values, options);
  checkNumber(name, "edgeWidth", options.edgeWidth, 0, 1000);
  return {
    name,
    colors: 0,
    prepare(setting) {
      const { looks } = setting;
      const { color, alpha = 1, edgeColor, edgeWidth = 0.5, label, shaded = true } = options;
      const ramp = valueRamp(data, options, setting);
      const own = color === undefined ? undefined : looks.color(color, alpha);
      const edge = edgeColor === undefined ? undefined : looks.stroke(looks.color(edgeColor), edgeWidth);
      const patch = { color: own ?? fade(ramp.colors[128], alpha) };
      const colorAt = (height: number): Color => own ?? fade(rampColor(ramp, height), alpha);
      return {
        extents: tableExtents(data, options, setting),
        keys: label === undefined ? [] : [{ label, patch, edge }],
        ramp: options.colorbar === true && own === undefined ? ramp : undefined,
        build(space, scene) {
          const look = scene.look({ kind: "face", edge });
          buildFaces(gridOf(data, options, 100), space, scene, look, colorAt, shaded);
        },
      };
    },
  };
}

/** Lines through heights, along the columns and the rows; values come row after row. */
export function wireframeSolid(name: string, values: SeriesLike, options: WireframeOptions): Solid {
  const data = tableOf(name, values, options);
  checkNumber(name, "width", options.width, 0, 1000);
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    prepare(setting) {
      const color = colorOf(options, setting);
      const stroke = setting.looks.stroke(color, options.width ?? 0.8, { cap: "round" });
      return {
        extents: tableExtents(data, options, setting),
        keys: options.label === undefined ? [] : [{ label: options.label, stroke }],
        build(space, scene) {
          const look = scene.look({ kind: "line", stroke });
          buildWires(gridOf(data, options, 30), space, scene, look, color);
        },
      };
    },
  };
}

function tableOf(name: string, values: SeriesLike, { columns, grid, extent }: TableSolidOptions): Series {
  const data = seriesOf(values, name, "values");
  checkColumns(name, columns, data.length);
  checkNumber(name, "grid", grid, 2, 10_000);
  const ends = extent === undefined ? [] : [...extent.x, ...extent.y];
  if (!ends.every((end) => Number.isFinite(end))) throw badOption(name, "extent", "of finite numbers", ends);
  return data;
}

function tableExtents(
  data: Series,
  options: TableSolidOptions,
  setting: SolidSetting,
): PreparedSolid["extents"] {
  const { x, y } = placeOf(data, options);
  return [
    { low: Math.min(...x), high: Math.max(...x), tight: true },
    { low: Math.min(...y), high: Math.max(...y), tight: true },
    extentOf(summarize(data, setting.workspace), setting.zLeast),
  ];
}

function placeOf(data: Series, { columns, extent }: TableSolidOptions): TableExtent {
  const rows = data.length / columns;
  return extent ?? { x: [0, columns - 1], y: [0, Math.max(0, rows - 1)] };
}

/** The columns and rows of a table that are drawn, and what lies there. */
interface Grid {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  /** x of a column, y of a row, and the height where they meet. */
  readonly x: (column: number) => number;
  readonly y: (row: number) => number;
  readonly height: (column: number, row: number) => number;
}

function gridOf(data: Series, options: TableSolidOptions, most: number): Grid {
  const { columns, grid = most } = options;
  const rows = data.length / columns;
  const place = placeOf(data, options);
  const between = ([from, to]: readonly [number, number], at: number, count: number): number =>
    count > 1 ? from + ((to - from) * at) / (count - 1) : from;
  return {
    columns: chosen(columns, grid),
    rows: chosen(rows, grid),
    x: (column) => between(place.x, column, columns),
    y: (row) => between(place.y, row, rows),
    height: (column, row) => data.at(row * columns + column),
  };
}

// The first and the last are always among them.
function chosen(count: number, most: number): number[] {
  const kept = Math.min(count, Math.floor(most));
  return Array.from({ length: kept }, (_, index) =>
    Math.round((index * (count - 1)) / Math.max(1, kept - 1)),
  );
}

// How dark a face is that is turned away from the light.
const DARKEST = 0.45;

function buildFaces(
  grid: Grid,
  space: Space,
  scene: Scene,
  look: number,
  colorAt: (height: number) => Color,
  shaded: boolean,
): void {
  const [onX, onY, onZ] = space.mappings;
  for (let row = 1; row < grid.rows.length; row++) {
    for (let column = 1; column < grid.columns.length; column++) {
      const [left, right] = [grid.columns[column - 1], grid.columns[column]];
      const [below, above] = [grid.rows[row - 1], grid.rows[row]];
      const xs = [left, right, right, left].map((at) => grid.x(at));
      const ys = [below, below, above, above].map((at) => grid.y(at));
      const zs = [
        grid.height(left, below),
        grid.height(right, below),
        grid.height(right, above),
        grid.height(left, above),
      ];
      let whole = true;
      for (let corner = 0; corner < 4; corner++) {
        whole = space.place(xs[corner], ys[corner], zs[corner]) && whole;
        scene.point(space);
      }
      if (!whole) {
        scene.drop();
        continue;
      }
      const color = colorAt(zs[0] / 4 + zs[1] / 4 + zs[2] / 4 + zs[3] / 4);
      const [u, v, w] = [
        xs.map((x) => onX.place(x)),
        ys.map((y) => onY.place(y)),
        zs.map((z) => onZ.place(z)),
      ];
      const dark = shaded ? DARKEST * (1 - space.brightness(u, v, w)) : 0;
      scene.piece(look, mix(color, color % 256, dark));
    }
  }
}

function buildWires(grid: Grid, space: Space, scene: Scene, look: number, color: Color): void {
  const piece = (fromColumn: number, fromRow: number, toColumn: number, toRow: number): void => {
    const from = space.place(grid.x(fromColumn), grid.y(fromRow), grid.height(fromColumn, fromRow));
    scene.point(space);
    const to = space.place(grid.x(toColumn), grid.y(toRow), grid.height(toColumn, toRow));
    scene.point(space);
    if (from && to) scene.piece(look, color);
    else scene.drop();
  };
  const { columns, rows } = grid;
  for (const row of rows)
    for (let at = 1; at < columns.length; at++) piece(columns[at - 1], row, columns[at], row);
  for (const column of columns)
    for (let at = 1; at < rows.length; at++) piece(column, rows[at - 1], column, rows[at]);
}
