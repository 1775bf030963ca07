// The outlines of the twelve markers, around (0, 0): the same for every backend.
import type { MarkerKind } from "./painter.ts";
import type { Path } from "./path.ts";

/** How a marker is drawn: its inside, its outline only, or as lines. */
export type MarkerForm = "filled" | "open" | "lines";

const TURN = 2 * Math.PI;
const KINDS: Readonly<Record<MarkerKind, MarkerForm>> = {
  circle: "filled",
  square: "filled",
  "triangle-up": "filled",
  "triangle-down": "filled",
  diamond: "filled",
  star: "filled",
  plus: "lines",
  cross: "lines",
  "open-circle": "open",
  "open-square": "open",
  "open-triangle": "open",
  "open-diamond": "open",
};

/** Whether a word is a marker. */
export function isMarker(kind: unknown): kind is MarkerKind {
  return typeof kind === "string" && Object.hasOwn(KINDS, kind);
}

/** How a marker is drawn. */
export function markerForm(kind: MarkerKind): MarkerForm {
  return KINDS[kind];
}

/** Adds the outline of a marker: one ring, or two lines for "plus" and "cross". */
export function markerOutline(path: Path, kind: MarkerKind, size: number): void {
  const half = size / 2;
  switch (kind) {
    case "circle":
    case "open-circle":
      return circle(path, half);
    case "square":
    case "open-square":
      return ring(path, [-half, -half, half, -half, half, half, -half, half]);
    case "triangle-up":
    case "open-triangle":
      return ring(path, [0, -half, half, half, -half, half]);
    case "triangle-down":
      return ring(path, [0, half, -half, -half, half, -half]);
    case "diamond":
    case "open-diamond":
      return ring(path, [0, -half, half, 0, 0, half, -half, 0]);
    case "star":
      return star(path, half);
    case "plus":
      return lines(path, [-half, 0, half, 0], [0, -half, 0, half]);
    case "cross":
      return lines(path, [-half, -half, half, half], [-half, half, half, -half]);
  }
}

function circle(path: Path, radius: number): void {
  const steps = Math.min(256, Math.max(12, Math.ceil(6 * Math.sqrt(radius))));
  for (let step = 0; step < steps; step++) {
    const angle = (TURN * step) / steps;
    path.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
  }
  path.end();
}

// Five rays, one upwards; the inner corners are those of a pentagram.
function star(path: Path, radius: number): void {
  for (let corner = 0; corner < 10; corner++) {
    const angle = (TURN * corner) / 10 - TURN / 4;
    const distance = corner % 2 === 0 ? radius : radius * 0.381_966;
    path.lineTo(distance * Math.cos(angle), distance * Math.sin(angle));
  }
  path.end();
}

function ring(path: Path, points: readonly number[]): void {
  for (let index = 0; index < points.length; index += 2) path.lineTo(points[index], points[index + 1]);
  path.end();
}

function lines(path: Path, first: readonly number[], second: readonly number[]): void {
  ring(path, first);
  ring(path, second);
}
