// Strokes with mitred or bevelled joins: every segment is a box and every join a small polygon. All of them turn the
// same way, so that their windings add up and never cancel.
import type { Bounds } from "../paint/bounds.ts";
import type { Coordinates } from "../paint/painter.ts";
import type { Pen } from "../paint/pen.ts";
import { keepVisible, noPart } from "../paint/segment-clip.ts";
import type { EdgeList } from "./fill.ts";

/** The unit vector of a segment, and whether it has one. */
interface Direction {
  x: number;
  y: number;
  known: boolean;
}

/** Adds the outline of a stroke through the points from `start` to before `end`, which are all finite. */
export function outlineRun(
  edges: EdgeList,
  clip: Bounds,
  pen: Pen,
  xs: Coordinates,
  ys: Coordinates,
  start: number,
  end: number,
  closed: boolean,
): void {
  const before: Direction = { x: 0, y: 0, known: false };
  const after: Direction = { x: 0, y: 0, known: false };
  const count = end - start;
  const segments = closed ? count : count - 1;
  // A closed run goes over its first corner twice, the second time to join it.
  for (let index = 0; index < segments + (closed ? 1 : 0); index++) {
    const a = start + (index % count);
    const b = start + ((index + 1) % count);
    direct(after, xs[a], ys[a], xs[b], ys[b]);
    if (!after.known) continue;
    if (before.known) join(edges, clip, pen, xs[a], ys[a], before, after);
    if (index < segments) {
      const starts = !closed && !before.known;
      box(edges, clip, pen, xs[a], ys[a], xs[b], ys[b], after, starts, !closed && isLast(xs, ys, b, end));
    }
    before.x = after.x;
    before.y = after.y;
    before.known = true;
    edges.settle();
  }
}

// Whether nothing but repetitions follows a point.
function isLast(xs: Coordinates, ys: Coordinates, point: number, end: number): boolean {
  for (let index = point + 1; index < end; index++) {
    if (xs[index] !== xs[point] || ys[index] !== ys[point]) return false;
  }
  return true;
}

function direct(direction: Direction, x0: number, y0: number, x1: number, y1: number): void {
  // Halves, so that the difference of huge numbers is finite; those of the tiniest are no length at all.
  const dx = x1 / 2 - x0 / 2;
  const dy = y1 / 2 - y0 / 2;
  const scale = Math.max(Math.abs(dx), Math.abs(dy));
  direction.known = scale > 0;
  if (!direction.known) return;
  const length = Math.hypot(dx / scale, dy / scale);
  direction.x = dx / scale / length;
  direction.y = dy / scale / length;
}

const kept = noPart();

function box(
  edges: EdgeList,
  clip: Bounds,
  pen: Pen,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  { x: ux, y: uy }: Direction,
  starts: boolean,
  ends: boolean,
): void {
  const half = pen.halfWidth;
  if (!keepVisible(kept, clip, 2 * half + 2, x0, y0, x1, y1)) return;
  const before = starts && pen.cap === "square" ? half : 0;
  const after = ends && pen.cap === "square" ? half : 0;
  const ax = kept.x0 - ux * before;
  const ay = kept.y0 - uy * before;
  const bx = kept.x1 + ux * after;
  const by = kept.y1 + uy * after;
  const nx = -uy * half;
  const ny = ux * half;
  const corners = [ax + nx, ay + ny, ax - nx, ay - ny, bx - nx, by - ny, bx + nx, by + ny];
  polygon(edges, corners);
  if (pen.cap !== "round") return;
  if (starts) fan(edges, ax, ay, nx, ny, half);
  if (ends) fan(edges, bx, by, -nx, -ny, half);
}

// Half a circle from one side of an end to the other.
function fan(edges: EdgeList, x: number, y: number, nx: number, ny: number, half: number): void {
  const steps = Math.min(64, Math.max(4, Math.ceil(3 * Math.sqrt(half))));
  const corners: number[] = [];
  for (let step = 0; step <= steps; step++) {
    const angle = (Math.PI * step) / steps;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    corners.push(x + nx * cos - ny * sin, y + ny * cos + nx * sin);
  }
  polygon(edges, corners);
}

function join(
  edges: EdgeList,
  clip: Bounds,
  pen: Pen,
  x: number,
  y: number,
  before: Direction,
  after: Direction,
): void {
  const half = pen.halfWidth;
  const room = half * pen.miterLimit + 2;
  if (x < clip.left - room || x > clip.right + room || y < clip.top - room || y > clip.bottom + room) return;
  const turn = before.x * after.y - before.y * after.x;
  const dot = before.x * after.x + before.y * after.y;
  if (turn === 0 && dot > 0) return;
  const side = turn > 0 ? half : -half;
  const ax = x + before.y * side;
  const ay = y - before.x * side;
  const bx = x + after.y * side;
  const by = y - after.x * side;
  // The tip of a mitre is as far as the half width over the cosine of half the turn.
  const cosine = Math.sqrt(Math.max(0, (1 + dot) / 2));
  if (pen.join !== "miter" || cosine * pen.miterLimit < 1) {
    polygon(edges, [x, y, ax, ay, bx, by]);
    return;
  }
  const tip = 1 / (2 * cosine * cosine);
  polygon(edges, [x, y, ax, ay, x + (ax + bx - 2 * x) * tip, y + (ay + by - 2 * y) * tip, bx, by]);
}

// Adds a convex polygon, clockwise on the screen.
function polygon(edges: EdgeList, corners: readonly number[]): void {
  const count = corners.length;
  let area = 0;
  for (let index = 0; index < count; index += 2) {
    const next = (index + 2) % count;
    area += (corners[index] - corners[0]) * (corners[next + 1] - corners[1]);
    area -= (corners[next] - corners[0]) * (corners[index + 1] - corners[1]);
  }
  for (let index = 0; index < count; index += 2) {
    const next = (index + 2) % count;
    const [from, to] = area >= 0 ? [index, next] : [next, index];
    edges.add(corners[from], corners[from + 1], corners[to], corners[to + 1]);
  }
}
