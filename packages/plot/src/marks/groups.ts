// Named groups of numbers over a category axis: what boxes, violins, strips and swarms have in common. A group can have
// parts with names of their own, which stand side by side and have a colour each in all groups.
import { isSeriesLike, type Series, type SeriesLike } from "@millpond/core";

import type { Canvas, LegendKey, Mark, Prepared, Setting } from "../figure/mark.ts";
import type { Color, MarkerStyle } from "../paint/painter.ts";
import type { Mapping } from "../scale/mapping.ts";
import type { Extent } from "../scale/scale.ts";
import { checkLengths, columnsOf, entriesOf, isUpright, type Named, seriesOf } from "./data.ts";

/** Numbers by the name of their group, or by the name of their group and of the part of it. */
export type Groups = Named<SeriesLike | Named<SeriesLike>>;

/** Options of everything that shows groups. */
export interface GroupOptions {
  /** "horizontal" swaps the axes. @defaultValue "vertical" */
  readonly orientation?: "vertical" | "horizontal" | undefined;
  /** A colour for each group, or for each part of the groups. @defaultValue the palette's next */
  readonly colors?: readonly string[] | undefined;
  /** Opacity from 0 to 1. @defaultValue 1 */
  readonly alpha?: number | undefined;
  /** How much of the room of a group is taken. @defaultValue 0.8, for boxes without parts 0.5 */
  readonly width?: number | undefined;
  /** Lets the parts of a group stand side by side instead of over each other. @defaultValue true */
  readonly dodge?: boolean | undefined;
  /** Where the groups stand, on an axis of numbers. @defaultValue at 0, 1, 2 …, on an axis with their names */
  readonly positions?: readonly number[] | undefined;
}

/** One group, or one part of a group. */
export interface Group {
  readonly data: Series;
  /** Where its middle is on the category axis, and how much of that axis it takes. */
  readonly middle: number;
  readonly width: number;
  /** How much of the axis there is for it. */
  readonly room: number;
  /** Which of the colours it has. */
  readonly color: number;
  /** Which part it is; 0 of a group without parts. */
  readonly part: number;
}

/** Groups as they were passed in, sorted out. */
export interface NamedGroups {
  readonly names: readonly string[];
  /** The names of parts, in the order in which they come first. */
  readonly parts: readonly string[];
  readonly data: readonly {
    readonly group: number;
    readonly part: string | undefined;
    readonly data: Series;
  }[];
}

/** The two axes by what they mean, and a way back to x and y. */
export interface GroupAxes {
  readonly across: Mapping;
  readonly up: Mapping;
  readonly upright: boolean;
  readonly canvas: Canvas;
}

/** What a mark over groups finds in them: their extent, and how to draw each one. */
interface GroupsFound {
  readonly extent: Extent;
  /** The markers that it consists of, for the legend. */
  readonly marker?: Omit<MarkerStyle, "color">;
  readonly paint: (index: number, axes: GroupAxes) => void;
}

/** Sorts groups and their parts out. */
export function namedGroups(name: string, groups: Groups): NamedGroups {
  const entries = entriesOf(name, "groups", groups);
  const parts = new Set<string>();
  const data: NamedGroups["data"][number][] = [];
  for (const [group, [label, values]] of entries.entries()) {
    if (isSeriesLike(values) || Array.isArray(values) || typeof values !== "object" || values === null) {
      data.push({
        group,
        part: undefined,
        data: seriesOf(values as SeriesLike, name, `values of "${label}"`),
      });
      continue;
    }
    for (const { label: part, values: numbers } of columnsOf(name, `parts of "${label}"`, values)) {
      parts.add(part);
      data.push({ group, part, data: numbers });
    }
  }
  return { names: entries.map(([label]) => label), parts: [...parts], data };
}

/** A mark over groups, which takes so much of their room if nobody says how much. */
export function groupsMark(
  name: string,
  named: NamedGroups,
  options: GroupOptions,
  ownWidth: number,
  find: (groups: readonly Group[], setting: Setting) => GroupsFound,
): Mark {
  const upright = isUpright(name, options.orientation);
  const { positions } = options;
  if (positions !== undefined)
    checkLengths(name, { groups: named.names.length, positions: positions.length });
  const groups = placed(named, { width: named.parts.length > 0 ? 0.8 : ownWidth, ...options });
  return {
    name,
    colors: 0,
    axis: "left",
    prepare(setting): Prepared {
      const { extent, marker, paint } = find(groups, setting);
      const places = placesOf(named, positions);
      return {
        x: upright ? places : extent,
        y: upright ? extent : places,
        keys: keysOf(named.parts, options, marker, setting),
        draw(canvas) {
          const across = upright ? canvas.x : canvas.y;
          const axes = { across, up: upright ? canvas.y : canvas.x, upright, canvas };
          for (let index = 0; index < groups.length; index++) paint(index, axes);
        },
      };
    },
  };
}

// Parts that stand side by side leave so much of their width free.
const APART = 0.1;

function placed(
  { parts, data }: NamedGroups,
  { width = 0.8, dodge = true, positions }: GroupOptions,
): Group[] {
  return data.map(({ group, part: label, data: numbers }) => {
    const middle = positions?.[group] ?? group;
    const part = label === undefined ? 0 : parts.indexOf(label);
    const own = { data: numbers, part, color: parts.length > 0 ? part : group };
    if (label === undefined || !dodge) return { ...own, middle, width, room: 1 };
    const room = width / parts.length;
    return { ...own, middle: middle + (part + 0.5) * room - width / 2, width: room * (1 - APART), room };
  });
}

function placesOf({ names }: NamedGroups, positions: GroupOptions["positions"]): Extent {
  if (positions === undefined) return { low: 0, high: names.length - 1, names };
  return { low: Math.min(...positions) - 0.5, high: Math.max(...positions) + 0.5 };
}

// What has no colour is not in the legend: lines around it that other marks fill.
function keysOf(
  parts: readonly string[],
  options: GroupOptions,
  marker: GroupsFound["marker"],
  setting: Setting,
): LegendKey[] {
  return parts.flatMap((label, part) => {
    const color = groupColor(options, part, setting);
    if (color % 256 === 0) return [];
    return [marker === undefined ? { label, patch: { color } } : { label, marker: { ...marker, color } }];
  });
}

/** One of the colours. */
export function groupColor(options: GroupOptions, place: number, { looks }: Setting): Color {
  const { colors } = options;
  return looks.color(colors?.[place % colors.length] ?? `C${place}`, options.alpha ?? 1);
}
