// What a figure and the things in it know of each other. A mark is what a call such as `line(...)` adds: its data and its
// options. Preparing it looks at the data, before anything is laid out; drawing comes when places are known.
import type { Series } from "@millpond/core";

import type { Color, FillStyle, MarkerStyle, Painter, StrokeStyle } from "../paint/painter.ts";
import type { Summary } from "../reduce/summary.ts";
import type { Workspace } from "../reduce/workspace.ts";
import type { Mapping } from "../scale/mapping.ts";
import type { Extent } from "../scale/scale.ts";
import type { PreparedSpace, SpaceStage } from "../space/prepared-space.ts";
import type { Occupancy } from "./occupancy.ts";
import type { Looks } from "./looks.ts";

/** What a line of a legend stands for, which can be hidden: a mark, or a part of a figure in space. */
export interface Shown {
  /** What it is called in errors: its label, or its kind and number. */
  readonly name: string;
  /** "right" for the axis at the right. */
  readonly axis?: "left" | "right" | undefined;
}

/** Something that was added to a figure. */
export interface Mark extends Shown {
  /** What is in it, where it is a figure in space. */
  readonly parts?: readonly Shown[] | undefined;
  /** How many colours of the palette it takes in turn. */
  readonly colors: number;
  /** "right" for the axis at the right. */
  readonly axis: "left" | "right";
  /** Drawn below the data, among them in the order of calls, or over them. */
  readonly layer?: "below" | "above" | undefined;
  prepare(setting: Setting): Prepared;
}

/** What a mark is told before layout. */
export interface Setting {
  readonly workspace: Workspace;
  readonly looks: Looks;
  /** The smallest values that have a place on the axes: more than the least number on logarithmic ones. */
  readonly xLeast: number;
  readonly yLeast: number;
  /** The first of its colours. */
  readonly firstColor: number;
  /** Pixels between the sides of the figure, for data that are counted in columns of pixels. */
  readonly width: number;
}

/** A mark that has looked at its data. */
export interface Prepared {
  readonly x?: Extent | undefined;
  readonly y?: Extent | undefined;
  readonly keys: readonly LegendKey[];
  readonly ramp?: Ramp | undefined;
  /** Points that a pointer can find. */
  readonly points?: PointColumns | undefined;
  /** What is in it, where it is a figure in space. */
  readonly space?: PreparedSpace | undefined;
  draw(canvas: Canvas): void;
}

/** The points of a mark. */
export interface PointColumns {
  /** Without it, y lies over 0, 1, 2 … */
  readonly xs: Series | undefined;
  readonly ys: Summary;
  /** True if x ascends. */
  readonly ascending: boolean;
}

/** Where a mark is drawn. */
export interface Canvas {
  readonly painter: Painter;
  readonly x: Mapping;
  readonly y: Mapping;
  /** The panel, in whole pixels. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Where something is drawn; the legend keeps out of there. */
  readonly occupancy: Occupancy;
  /** What a view moved and hid. */
  readonly stage: SpaceStage | undefined;
}

/** One line of a legend: what it says, and what is drawn beside it. */
export interface LegendKey {
  readonly label: string;
  readonly stroke?: StrokeStyle | undefined;
  readonly marker?: MarkerStyle | undefined;
  readonly patch?: FillStyle | undefined;
  readonly edge?: StrokeStyle | undefined;
  /** The number of the part that it is of, in a figure in space. */
  readonly part?: number | undefined;
  /** True for what is hidden: the key is drawn, but faintly. */
  readonly hidden?: boolean | undefined;
}

/** Colours that stand for values: what a colour bar shows. */
export interface Ramp {
  readonly colors: Uint32Array;
  readonly low: number;
  readonly high: number;
  readonly label: string | undefined;
  readonly scale: "linear" | "log" | "symlog";
  /** Where a symlog scale begins to be logarithmic. @defaultValue 1 */
  readonly threshold?: number | undefined;
}

/** Options that all marks have. */
export interface MarkOptions {
  /** What the legend says; without one, it says nothing. */
  readonly label?: string | undefined;
  /** A colour. @defaultValue the palette's next */
  readonly color?: string | undefined;
  /** Opacity from 0 to 1. @defaultValue 1 */
  readonly alpha?: number | undefined;
  /** Which y axis it belongs to. @defaultValue "left" */
  readonly axis?: "left" | "right" | undefined;
}

/** The colour of a mark: its own, or the palette's next. */
export function colorOf(options: MarkOptions, setting: Setting, place = 0): Color {
  return setting.looks.color(options.color ?? `C${setting.firstColor + place}`, options.alpha ?? 1);
}

/** An extent of nothing: the axis then takes its limits from elsewhere. */
export const NO_EXTENT: Extent = { low: Infinity, high: -Infinity };
