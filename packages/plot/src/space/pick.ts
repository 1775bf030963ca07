// Which point of a figure in space is nearest to a pixel, of those that nothing hides. What hides what is what the picture
// shows: pieces are drawn from the farthest to the nearest, each as a whole.
import type { Points } from "../reduce/points.ts";
import type { PieceLook } from "./scene.ts";

/** Everything that is drawn in a figure in space. */
export interface Pieces {
  /** Pixels of all points, piece after piece. */
  readonly points: Points;
  /** The number in its data of each point, and the number of the solid that it belongs to. */
  readonly sources: Points;
  /** The depth of each piece, and the number of its first point. */
  readonly depths: Points;
  /** The number of the look of each piece, and its colour. */
  readonly styles: Points;
  readonly looks: readonly PieceLook[];
}

/** A point that was found. */
export interface PickedPoint {
  /** The number of what it belongs to, in the order of calls. */
  readonly solid: number;
  /** Its number in the data. */
  readonly index: number;
  /** Pixels from the place that was asked about. */
  readonly distance: number;
}

interface Candidate {
  readonly piece: number;
  readonly point: number;
  readonly distance: number;
}

/** The nearest point that is seen and less than so many pixels away; of several in one place, the one in front. */
export function nearestSeen(pieces: Pieces, x: number, y: number, within: number): PickedPoint | undefined {
  // Only what reaches into the circle can be found there or hide what is found.
  const near: number[] = [];
  const candidates: Candidate[] = [];
  for (let piece = 0; piece < pieces.depths.count; piece++) {
    if (!reaches(pieces, piece, x, y, within)) continue;
    near.push(piece);
    addCandidates(pieces, piece, x, y, within, candidates);
  }
  const { depths, sources } = pieces;
  candidates.sort((a, b) => a.distance - b.distance || depths.xs[b.piece] - depths.xs[a.piece]);
  const seen = candidates.find((candidate) => !near.some((piece) => hides(pieces, piece, candidate)));
  if (seen === undefined) return undefined;
  const { point, distance } = seen;
  return { solid: sources.ys[point], index: sources.xs[point], distance };
}

function endOf({ depths, points }: Pieces, piece: number): number {
  return piece + 1 < depths.count ? depths.ys[piece + 1] : points.count;
}

// Pixels by which a piece stands out of its points.
function marginOf({ looks, styles }: Pieces, piece: number): number {
  const look = looks[styles.xs[piece]];
  if (look.kind === "marker") return look.marker.size / 2;
  return look.kind === "line" ? look.stroke.width / 2 : 0;
}

function reaches(pieces: Pieces, piece: number, x: number, y: number, within: number): boolean {
  const { xs, ys } = pieces.points;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let point = pieces.depths.ys[piece]; point < endOf(pieces, piece); point++) {
    left = Math.min(left, xs[point]);
    right = Math.max(right, xs[point]);
    top = Math.min(top, ys[point]);
    bottom = Math.max(bottom, ys[point]);
  }
  const far = within + marginOf(pieces, piece);
  return left - x < far && x - right < far && top - y < far && y - bottom < far;
}

function addCandidates(
  pieces: Pieces,
  piece: number,
  x: number,
  y: number,
  within: number,
  candidates: Candidate[],
): void {
  const { xs, ys } = pieces.points;
  for (let point = pieces.depths.ys[piece]; point < endOf(pieces, piece); point++) {
    const distance = Math.hypot(xs[point] - x, ys[point] - y);
    if (distance < within) candidates.push({ piece, point, distance });
  }
}

// Whether a piece is drawn over a point of another one. What can be seen through hides nothing. Pieces that begin in one point
// do not hide it: the candidate of the nearest one comes first.
function hides(pieces: Pieces, piece: number, { piece: own, point }: Candidate): boolean {
  const { depths, styles, points } = pieces;
  const over = depths.xs[piece] - depths.xs[own];
  if (over < 0 || (over === 0 && piece <= own) || styles.ys[piece] % 256 < 255) return false;
  return covers(pieces, piece, points.xs[point], points.ys[point]);
}

function covers(pieces: Pieces, piece: number, x: number, y: number): boolean {
  const { xs, ys } = pieces.points;
  const start = pieces.depths.ys[piece];
  const { kind } = pieces.looks[pieces.styles.xs[piece]];
  if (kind === "face") return isWithin(xs, ys, start, endOf(pieces, piece), x, y);
  const end = kind === "line" ? start + 1 : start;
  return segmentDistance(xs[start], ys[start], xs[end], ys[end], x, y) <= marginOf(pieces, piece);
}

function segmentDistance(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const share = square > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square)) : 0;
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}

// A line to the right crosses the sides of what it begins in an odd number of times.
function isWithin(
  xs: Float64Array,
  ys: Float64Array,
  start: number,
  end: number,
  x: number,
  y: number,
): boolean {
  let inside = false;
  for (let point = start, before = end - 1; point < end; before = point++) {
    if (ys[point] > y === ys[before] > y) continue;
    const crossing = xs[point] + ((y - ys[point]) / (ys[before] - ys[point])) * (xs[before] - xs[point]);
    if (x < crossing) inside = !inside;
  }
  return inside;
}
