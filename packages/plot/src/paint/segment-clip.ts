// The part of a segment that can be seen, for coordinates as large as numbers are.

import type { Bounds } from "./bounds.ts";
import { shareOf } from "./points.ts";
/** Pixels around the clip within which segments stay as they are. */
const SLACK = 1000;

/** The part of a segment that is kept. One object is reused for all segments. */
export interface KeptPart {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  /** Whether the start is that of the segment. */
  startsThere: boolean;
  /** Whether the end is that of the segment. */
  endsThere: boolean;
}

/** A part to be filled by `keepVisible`. */
export function noPart(): KeptPart {
  return { x0: 0, y0: 0, x1: 0, y1: 0, startsThere: true, endsThere: true };
}

/**
 * Finds the part of a segment that lies in the clip and `margin` pixels around it. Returns false where there is none.
 * Segments near the clip are kept whole.
 */
export function keepVisible(
  kept: KeptPart,
  clip: Bounds,
  margin: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): boolean {
  const left = clip.left - margin;
  const top = clip.top - margin;
  const right = clip.right + margin;
  const bottom = clip.bottom + margin;
  if (Math.max(x0, x1) < left || Math.min(x0, x1) > right) return false;
  if (Math.max(y0, y1) < top || Math.min(y0, y1) > bottom) return false;
  kept.x0 = x0;
  kept.y0 = y0;
  kept.x1 = x1;
  kept.y1 = y1;
  const near =
    Math.min(x0, x1) > left - SLACK &&
    Math.max(x0, x1) < right + SLACK &&
    Math.min(y0, y1) > top - SLACK &&
    Math.max(y0, y1) < bottom + SLACK;
  if (!near) {
    cutAcross(kept, left, right);
    if (Math.max(kept.y0, kept.y1) < top || Math.min(kept.y0, kept.y1) > bottom) return false;
    cutDown(kept, top, bottom);
  }
  kept.startsThere = kept.x0 === x0 && kept.y0 === y0;
  kept.endsThere = kept.x1 === x1 && kept.y1 === y1;
  return true;
}

// The cut ends lie exactly on the sides: shares of a very long segment are too coarse to tell them apart.
function cutAcross(kept: KeptPart, left: number, right: number): void {
  const { x0, y0, x1, y1 } = kept;
  const startX = Math.min(Math.max(x0, left), right);
  const endX = Math.min(Math.max(x1, left), right);
  if (startX !== x0) kept.y0 = valueAt(startX, x0, y0, x1, y1);
  if (endX !== x1) kept.y1 = valueAt(endX, x0, y0, x1, y1);
  kept.x0 = startX;
  kept.x1 = endX;
}

function cutDown(kept: KeptPart, top: number, bottom: number): void {
  const { x0, y0, x1, y1 } = kept;
  const startY = Math.min(Math.max(y0, top), bottom);
  const endY = Math.min(Math.max(y1, top), bottom);
  if (startY !== y0) kept.x0 = valueAt(startY, y0, x0, y1, x1);
  if (endY !== y1) kept.x1 = valueAt(endY, y0, x0, y1, x1);
  kept.y0 = startY;
  kept.y1 = endY;
}

// The other coordinate where one is `at`.
function valueAt(at: number, from: number, valueFrom: number, to: number, valueTo: number): number {
  const share = shareOf(at, from, to);
  return valueFrom * (1 - share) + valueTo * share;
}
