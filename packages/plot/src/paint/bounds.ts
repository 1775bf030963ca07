// Rectangles of whole pixels, and the part of a surface that a shape touches.

/** A rectangle of whole pixels, from `left` to before `right` and from `top` to before `bottom`. */
export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A rectangle that grows around points; `left > right` while there is none. */
export interface Extent {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** An extent of no point. */
export function emptyExtent(): Extent {
  return { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
}

/** Lets an extent grow around a point. */
export function include(extent: Extent, x: number, y: number): void {
  if (x < extent.left) extent.left = x;
  if (x > extent.right) extent.right = x;
  if (y < extent.top) extent.top = y;
  if (y > extent.bottom) extent.bottom = y;
}

/** The whole pixels within `margin` of an extent that lie in a clip; undefined where there are none. */
export function pixelsOf(extent: Extent, margin: number, clip: Bounds): Bounds | undefined {
  const left = Math.max(clip.left, Math.floor(extent.left - margin));
  const top = Math.max(clip.top, Math.floor(extent.top - margin));
  const right = Math.min(clip.right, Math.ceil(extent.right + margin));
  const bottom = Math.min(clip.bottom, Math.ceil(extent.bottom + margin));
  return left < right && top < bottom ? { left, top, right, bottom } : undefined;
}

/** No pixels. */
export const NOTHING: Bounds = { left: 0, top: 0, right: 0, bottom: 0 };

/** The least rectangle around two of them; those without pixels count for nothing. */
export function union(a: Bounds, b: Bounds): Bounds {
  if (b.left >= b.right || b.top >= b.bottom) return a;
  if (a.left >= a.right || a.top >= a.bottom) return b;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/** What two rectangles share; a rectangle of no pixels where that is nothing. */
export function intersection(a: Bounds, b: Bounds): Bounds {
  const left = Math.max(a.left, b.left);
  const top = Math.max(a.top, b.top);
  const right = Math.max(left, Math.min(a.right, b.right));
  const bottom = Math.max(top, Math.min(a.bottom, b.bottom));
  return { left, top, right, bottom };
}
