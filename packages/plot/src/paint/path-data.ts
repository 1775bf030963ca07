// Path data: rings and lines in the words of a vector format, cut down to the neighbourhood of the picture, since readers
// keep coordinates in single precision.
import type { Bounds } from "./bounds.ts";
import { markerForm, markerOutline } from "./marker-shapes.ts";
import type { Coordinates, MarkerKind } from "./painter.ts";
import { Path } from "./path.ts";
import { isPoint, shareOf, eachStretch } from "./points.ts";
import { keepVisible, noPart } from "./segment-clip.ts";

/** How a format writes paths. */
export interface PathWords {
  move(x: number, y: number): string;
  line(x: number, y: number): string;
  readonly close: string;
}

/** Pixels around the picture that are kept. */
const MARGIN = 2000;

/** The data of filled rings. */
export function ringData(
  xs: Coordinates,
  ys: Coordinates,
  ringEnds: ArrayLike<number>,
  picture: Bounds,
  words: PathWords,
): string {
  const data: string[] = [];
  let start = 0;
  for (let ring = 0; ring < ringEnds.length; ring++) {
    const points: number[] = [];
    for (let index = start; index < ringEnds[ring]; index++) {
      if (isPoint(xs[index], ys[index])) points.push(xs[index], ys[index]);
    }
    start = ringEnds[ring];
    const kept = clipRing(points, picture);
    if (kept.length >= 6) data.push(subpath(kept, words) + words.close);
  }
  return data.join("");
}

function subpath(points: readonly number[], words: PathWords): string {
  const data = [words.move(points[0], points[1])];
  for (let index = 2; index < points.length; index += 2) {
    data.push(words.line(points[index], points[index + 1]));
  }
  return data.join("");
}

// Cuts a ring at the four sides, one after the other (Sutherland and Hodgman): pieces outside run along a side.
function clipRing(points: readonly number[], { left, top, right, bottom }: Bounds): readonly number[] {
  const far = points.some((value) => Math.abs(value) > right + bottom + MARGIN);
  if (!far) return points;
  const leftward = cutRing(points, 0, left - MARGIN, 1);
  const rightward = cutRing(leftward, 0, right + MARGIN, -1);
  const upward = cutRing(rightward, 1, top - MARGIN, 1);
  return cutRing(upward, 1, bottom + MARGIN, -1);
}

function cutRing(points: readonly number[], axis: number, limit: number, sign: number): number[] {
  const kept: number[] = [];
  const count = points.length;
  for (let index = 0; index < count; index += 2) {
    const before = (index + count - 2) % count;
    const inside = points[index + axis] * sign >= limit * sign;
    if (inside !== points[before + axis] * sign >= limit * sign) {
      const share = shareOf(limit, points[before + axis], points[index + axis]);
      const other = points[before + 1 - axis] * (1 - share) + points[index + 1 - axis] * share;
      kept.push(...(axis === 0 ? [limit, other] : [other, limit]));
    }
    if (inside) kept.push(points[index], points[index + 1]);
  }
  return kept;
}

const part = noPart();

// The data of a stroked line or ring through the points from `start` to before `end`, which are all finite.
function lineData(
  xs: Coordinates,
  ys: Coordinates,
  start: number,
  end: number,
  closed: boolean,
  picture: Bounds,
  words: PathWords,
): string {
  if (end - start === 1) return words.move(xs[start], ys[start]) + words.close;
  if (isNear(xs, ys, start, end, picture)) {
    const points: number[] = [];
    for (let index = start; index < end; index++) points.push(xs[index], ys[index]);
    return subpath(points, words) + (closed ? words.close : "");
  }
  const data: string[] = [];
  const last = closed ? end : end - 1;
  for (let index = start; index < last; index++) {
    const next = index + 1 === end ? start : index + 1;
    if (!keepVisible(part, picture, MARGIN, xs[index], ys[index], xs[next], ys[next])) continue;
    data.push(words.move(part.x0, part.y0) + words.line(part.x1, part.y1));
  }
  return data.join("");
}

/** The data of all stretches of lines or rings; a ring with a gap is a line. */
export function strokeData(
  xs: Coordinates,
  ys: Coordinates,
  ringEnds: ArrayLike<number>,
  closed: boolean,
  picture: Bounds,
  words: PathWords,
): string {
  const data: string[] = [];
  let start = 0;
  for (let ring = 0; ring < ringEnds.length; ring++) {
    const end = ringEnds[ring];
    eachStretch(xs, ys, start, end, (from, to) => {
      data.push(lineData(xs, ys, from, to, closed && to - from === end - start, picture, words));
    });
    start = end;
  }
  return data.join("");
}

/** The data of the outline of a marker around the origin. */
export function markerData(kind: MarkerKind, size: number, picture: Bounds, words: PathWords): string {
  const path = new Path();
  markerOutline(path, kind, size);
  const { xs, ys, ringEnds } = path;
  if (markerForm(kind) !== "lines") return ringData(xs, ys, ringEnds, picture, words);
  return lineData(xs, ys, 0, 2, false, picture, words) + lineData(xs, ys, 2, 4, false, picture, words);
}

function isNear(
  xs: Coordinates,
  ys: Coordinates,
  start: number,
  end: number,
  { right, bottom }: Bounds,
): boolean {
  for (let index = start; index < end; index++) {
    if (Math.abs(xs[index]) > right + MARGIN || Math.abs(ys[index]) > bottom + MARGIN) return false;
  }
  return true;
}
