// Strips and swarms: every number of a group as a marker, shifted at random or just so far that none lies on another.
import { randomFrom } from "@millpond/core";

import type { Mark } from "../figure/mark.ts";
import type { MarkerKind } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";
import { sortedNumbers } from "../stats/quantiles.ts";
import { extentOfSorted, pixelOf } from "./box.ts";
import { checkNumber } from "./data.ts";
import {
  type Group,
  type GroupAxes,
  groupColor,
  type GroupOptions,
  type Groups,
  groupsMark,
  namedGroups,
} from "./groups.ts";

/** Options of swarms. */
export interface SwarmOptions extends GroupOptions {
  /** Points: the diameter of markers. @defaultValue 5 */
  readonly size?: number | undefined;
  /** Which marker. @defaultValue "circle" */
  readonly marker?: MarkerKind | undefined;
}

/** Options of strips. */
export interface StripOptions extends SwarmOptions {
  /** How far markers of a strip are shifted, as a share of the room of a group or of a part of it. @defaultValue 0.3 */
  readonly jitter?: number | undefined;
}

// The same picture each time.
const SEED = 7;

/** Markers shifted at random, always in the same way. */
export function stripMark(name: string, groups: Groups, options: StripOptions): Mark {
  checkNumber(name, "jitter", options.jitter, 0, 1);
  return markersMark(name, groups, options, (index, { middle, room }, sorted, axes, out) => {
    const random = randomFrom(SEED + index);
    for (const value of sorted) {
      const [x, y] = pixelOf(axes, middle + (random() - 0.5) * (options.jitter ?? 0.3) * room, value);
      out.push(x, y);
    }
  });
}

/** Markers side by side where they would overlap. */
export function swarmMark(name: string, groups: Groups, options: SwarmOptions): Mark {
  return markersMark(name, groups, options, (_, { middle, width }, sorted, axes, out, size) => {
    const room = Math.abs(axes.across.place(middle + width / 2) - axes.across.place(middle));
    for (const [at, shift] of swarm(
      sorted.map((value) => axes.up.place(value)),
      size,
      room,
    ).entries()) {
      const [x, y] = pixelOf(axes, middle, sorted[at]);
      out.push(axes.upright ? x + shift : x, axes.upright ? y : y + shift);
    }
  });
}

function markersMark(
  name: string,
  groups: Groups,
  options: SwarmOptions,
  fill: (
    index: number,
    group: Group,
    sorted: Float64Array,
    axes: GroupAxes,
    out: Points,
    size: number,
  ) => void,
): Mark {
  checkNumber(name, "size", options.size, 0.1, 1000);
  return groupsMark(name, namedGroups(name, groups), options, 0.8, (found, setting) => {
    const lists = found.map(({ data }) => sortedNumbers(data, setting.workspace));
    const size = setting.looks.pixels(options.size ?? 5);
    const marker = { kind: options.marker ?? "circle", size };
    return {
      extent: extentOfSorted(lists),
      marker,
      paint(index, axes) {
        const points = new Points(setting.workspace, lists[index].length);
        fill(index, found[index], lists[index], axes, points, size);
        const color = groupColor(options, found[index].color, setting);
        axes.canvas.painter.markers(points.xs, points.ys, points.count, { ...marker, color });
        for (let at = 0; at < points.count; at++) axes.canvas.occupancy.point(points.xs[at], points.ys[at]);
      },
    };
  });
}

// For each place, in their order, the shift nearest to the middle at which it touches none of those before it. Only those
// closer than a diameter matter, and they are the last ones.
function swarm(places: Float64Array, size: number, room: number): Float64Array {
  const shifts = new Float64Array(places.length);
  let first = 0;
  for (let index = 0; index < places.length; index++) {
    while (Math.abs(places[index] - places[first]) >= size) first++;
    const candidates = [0];
    for (let other = first; other < index; other++) {
      const apart = Math.sqrt(Math.max(0, size ** 2 - (places[index] - places[other]) ** 2)) + 1e-6;
      candidates.push(shifts[other] - apart, shifts[other] + apart);
    }
    candidates.sort((a, b) => Math.abs(a) - Math.abs(b));
    const free = candidates.find((shift) => isFree(shift, index, first, places, shifts, size));
    shifts[index] = Math.max(-room, Math.min(room, free ?? 0));
  }
  return shifts;
}

function isFree(
  shift: number,
  index: number,
  first: number,
  places: Float64Array,
  shifts: Float64Array,
  size: number,
): boolean {
  for (let other = first; other < index; other++) {
    if ((places[index] - places[other]) ** 2 + (shift - shifts[other]) ** 2 < size ** 2 - 1e-9) return false;
  }
  return true;
}
