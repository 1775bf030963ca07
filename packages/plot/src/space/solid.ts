// What the things in a figure in space have in common, and what it is told about them.
import type { Series, SeriesLike } from "@millpond/core";

import type { LegendKey, MarkOptions, Prepared, Setting } from "../figure/mark.ts";
import { checkLengths, seriesOf } from "../marks/data.ts";
import { extentOf, summarize } from "../reduce/summary.ts";
import type { Extent } from "../scale/scale.ts";
import type { Scene } from "./scene.ts";
import type { Space, Triple } from "./space.ts";

/** Something that was added to a figure in space. */
export interface Solid {
  readonly name: string;
  /** How many colours of the palette it takes in turn. */
  readonly colors: number;
  prepare(setting: SolidSetting): PreparedSolid;
}

/** What it is told before anything is placed. */
export interface SolidSetting extends Setting {
  /** The smallest value that has a place on the z axis. */
  readonly zLeast: number;
}

/** Something that has looked at its data. */
export interface PreparedSolid extends Pick<Prepared, "ramp"> {
  readonly extents: readonly [x: Extent, y: Extent, z: Extent];
  readonly keys: readonly LegendKey[];
  /** How many points it has. */
  readonly count: number;
  /** The values of a point. */
  at(index: number): Triple;
  build(space: Space, scene: Scene): void;
}

/** Options of everything in space. */
export type SolidOptions = Omit<MarkOptions, "axis">;

/** Three columns of coordinates. */
export type Coordinates3 = readonly [x: Series, y: Series, z: Series];

/** Coordinates of points, as many of each. */
export function coordinatesOf(name: string, xs: SeriesLike, ys: SeriesLike, zs: SeriesLike): Coordinates3 {
  const [x, y, z] = [seriesOf(xs, name, "x"), seriesOf(ys, name, "y"), seriesOf(zs, name, "z")];
  checkLengths(name, { x: x.length, y: y.length, z: z.length });
  return [x, y, z];
}

/** The extents of coordinates. */
export function extentsOf([x, y, z]: Coordinates3, setting: SolidSetting): PreparedSolid["extents"] {
  const { workspace, xLeast, yLeast, zLeast } = setting;
  return [
    extentOf(summarize(x, workspace), xLeast),
    extentOf(summarize(y, workspace), yLeast),
    extentOf(summarize(z, workspace), zLeast),
  ];
}
