// How an axis moves: new limits for its mapping, found in pixels, so that all scales pan and zoom alike.
import type { Range } from "../figure/stage.ts";
import type { Mapping } from "../scale/mapping.ts";

// Limits closer than this, in relation to their size, cannot be told apart on a screen.
const LEAST_SHARE = 1e-12;

/** The limits after everything went so many pixels to the right or down. */
export function panned(mapping: Mapping, pixels: number): Range | undefined {
  return between(mapping, mapping.start - pixels, mapping.end - pixels);
}

/** The limits after what is at `place` stayed there and everything else went `factor` times as far away. */
export function zoomed(mapping: Mapping, place: number, factor: number): Range | undefined {
  return between(mapping, place + (mapping.start - place) / factor, place + (mapping.end - place) / factor);
}

/** The limits that show what lies between two places; undefined where an axis cannot show that. */
export function between(mapping: Mapping, one: number, other: number): Range | undefined {
  const ends = [mapping.value(one), mapping.value(other)];
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const least = Math.max(Math.abs(low), Math.abs(high)) * LEAST_SHARE;
  const shown = mapping.has(low) && mapping.has(high) && high - low > least && high - low < Infinity;
  return shown ? [low, high] : undefined;
}
