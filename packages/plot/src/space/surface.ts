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
import type { Space, Triple } from "./space.ts";

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
      const grid = gridOf(data, options, 100);
      const colorAt = (height: number): Color => own ?? fade(rampColor(ramp, height), alpha);
      return {
        extents: tableExtents(data, options, setting),
        keys: label === undefined ? [] : [{ label, patch, edge }],
        ramp: options.colorbar === true && own === undefined ? ramp : undefined,
        count: data.length,
        at: grid.at,
        build(space, scene) {
          const look = scene.look({ kind: "face", edge });
          buildFaces(grid, space, scene, look, colorAt, shaded);
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
      const grid = gridOf(data, options, 30);
      return {
        extents: tableExtents(data, options, setting),
        keys: options.label === undefined ? [] : [{ label: options.label, stroke }],
        count: data.length,
        at: grid.at,
        build(space, scene) {
          const look = scene.look({ kind: "line", stroke });
          buildWires(grid, space, scene, look, color);
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
  /** The number in the table of what is in a column and a row. */
  readonly number: (column: number, row: number) => number;
  /** x of its column, y of its row, and the height there. */
  readonly at: (number: number) => Triple;
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
    number: (column, row) => row * columns + column,
    at: (number) => [
      between(place.x, number % columns, columns),
      between(place.y, Math.floor(number / columns), rows),
      data.at(number),
    ],
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
      const numbers = [
        grid.number(left, below),
        grid.number(right, below),
        grid.number(right, above),
        grid.number(left, above),
      ];
      const corners = numbers.map((number) => grid.at(number));
      let whole = true;
      for (const [corner, values] of corners.entries()) {
        whole = space.place(...values) && whole;
        scene.point(space, numbers[corner]);
      }
      if (!whole) {
        scene.drop();
        continue;
      }
      const color = colorAt(corners.reduce((sum, [, , height]) => sum + height / 4, 0));
      const [u, v, w] = [
        corners.map(([x]) => onX.place(x)),
        corners.map(([, y]) => onY.place(y)),
        corners.map(([, , z]) => onZ.place(z)),
      ];
      const dark = shaded ? DARKEST * (1 - space.brightness(u, v, w)) : 0;
      scene.piece(look, mix(color, color % 256, dark));
    }
  }
}

function buildWires(grid: Grid, space: Space, scene: Scene, look: number, color: Color): void {
  const add = (number: number): boolean => {
    const placed = space.place(...grid.at(number));
    scene.point(space, number);
    return placed;
  };
  const piece = (fromColumn: number, fromRow: number, toColumn: number, toRow: number): void => {
    const from = add(grid.number(fromColumn, fromRow));
    const to = add(grid.number(toColumn, toRow));
    if (from && to) scene.piece(look, color);
    else scene.drop();
  };
  const { columns, rows } = grid;
  for (const row of rows)
    for (let at = 1; at < columns.length; at++) piece(columns[at - 1], row, columns[at], row);
  for (const column of columns)
    for (let at = 1; at < rows.length; at++) piece(column, rows[at - 1], column, rows[at]);
}
