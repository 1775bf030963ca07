// The box around data in space: the three sides that are seen from inside, with their grid, and behind three of the edges
// the ticks and the names of the axes.
import type { AxisOptions } from "../figure/axis-options.ts";
import type { Looks } from "../figure/looks.ts";
import type { Painter, TextStyle } from "../paint/painter.ts";
import { uprightAngle } from "../paint/upright-angle.ts";
import type { Ticks } from "../scale/ticks.ts";
import { mix } from "../theme/colors.ts";
import type { Scales, Space, Triple } from "./space.ts";

/** An axis of the box. */
interface BoxAxis {
  /** 0, 1 or 2 for x, y or z. */
  readonly axis: number;
  readonly ticks: Ticks;
  /** Where the ticks are in the box. */
  readonly places: readonly number[];
  readonly options: AxisOptions;
  /** The side of the box that is seen from inside, -1 or 1. */
  readonly back: number;
}

// Points between a tick and its label, and between labels and the name of the axis.
const TICK_PAD = 3;
const LABEL_PAD = 4;
const TICKS = 6;

/** Draws the box and its axes; data are drawn over them. */
export function drawBox(
  space: Space,
  scales: Scales,
  options: readonly [AxisOptions, AxisOptions, AxisOptions],
  looks: Looks,
  painter: Painter,
): void {
  const axes = scales.map((scale, axis): BoxAxis => {
    const ticks = scale.ticks(TICKS);
    const places = ticks.majors.map((tick) => space.mappings[axis].place(tick));
    return { axis, ticks, places, options: options[axis], back: space.camera.eye[axis] > 0 ? -1 : 1 };
  });
  for (const side of axes) drawSide(side, axes, space, looks, painter);
  for (const axis of axes) drawEdge(axis, edgeOf(axis, axes, space), space, looks, painter);
}

// A side with the grid lines of the two axes that lie in it.
function drawSide(
  side: BoxAxis,
  axes: readonly BoxAxis[],
  space: Space,
  looks: Looks,
  painter: Painter,
): void {
  const [first, second] = axes.filter(({ axis }) => axis !== side.axis);
  const at = (a: number, b: number): Triple => place(side.axis, side.back, first.axis, a, b);
  const [xs, ys] = pixelsOf(space, [at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)]);
  painter.fillPath(xs, ys, [4], { color: mix(looks.panel, looks.grid, 0.15) });
  const grid = looks.stroke(looks.grid, looks.theme.gridWidth);
  for (const [axis, line] of [
    [first, (t: number): Triple[] => [at(t, -1), at(t, 1)]],
    [second, (t: number): Triple[] => [at(-1, t), at(1, t)]],
  ] as const) {
    if (axis.options.grid === false) continue;
    for (const tick of axis.places) painter.strokeLine(...pixelsOf(space, line(tick)), 2, grid);
  }
  painter.strokeRings(xs, ys, [4], looks.stroke(looks.grid, looks.theme.frameWidth));
}

// The place on a side of the box at which the other two axes, the first of them named, have the places `a` and `b`.
function place(side: number, back: number, first: number, a: number, b: number): Triple {
  const found: [number, number, number] = [b, b, b];
  found[side] = back;
  found[first] = a;
  return found;
}

function pixelsOf(space: Space, places: readonly Triple[]): [Float64Array, Float64Array] {
  const xs = new Float64Array(places.length);
  const ys = new Float64Array(places.length);
  for (const [index, [u, v, w]] of places.entries()) {
    space.put(u, v, w);
    xs[index] = space.px;
    ys[index] = space.py;
  }
  return [xs, ys];
}

// Where ticks stand: for x and y the edges of the floor that are nearer, for z the edge at the right.
function edgeOf({ axis }: BoxAxis, [x, y, z]: readonly BoxAxis[], space: Space): (t: number) => Triple {
  if (axis === 0) return (t) => [t, -y.back, z.back];
  if (axis === 1) return (t) => [-x.back, t, z.back];
  const [xs] = pixelsOf(space, [
    [-x.back, y.back, 0],
    [x.back, -y.back, 0],
  ]);
  return xs[0] >= xs[1] ? (t) => [-x.back, y.back, t] : (t) => [x.back, -y.back, t];
}

function drawEdge(
  { ticks, places, options }: BoxAxis,
  edge: (t: number) => Triple,
  space: Space,
  looks: Looks,
  painter: Painter,
): void {
  const { tickSize, labelSize, tickLength, frameWidth } = looks.theme;
  const [endX, endY] = pixelsOf(space, [edge(-1), edge(1), [0, 0, 0]]);
  const [dx, dy] = outward(endX, endY);
  const frame = looks.stroke(looks.frame, frameWidth);
  painter.strokeLine(endX, endY, 2, frame);
  const length = looks.pixels(tickLength);
  const away = length + looks.pixels(TICK_PAD);
  const style = looks.textStyle(tickSize, anchored(dx, dy));
  let room = 0;
  const [xs, ys] = pixelsOf(space, places.map(edge));
  for (const [index, label] of ticks.labels.entries()) {
    const [x, y] = [xs[index], ys[index]];
    painter.strokeLine(Float64Array.of(x, x + dx * length), Float64Array.of(y, y + dy * length), 2, frame);
    painter.text(label, x + dx * away, y + dy * away, style);
    const extent = painter.measure(label, style);
    room = Math.max(room, Math.abs(dx) * extent.width + Math.abs(dy) * extent.height);
  }
  const { label } = options;
  if (label === undefined || label === "") return;
  const far =
    away + room + looks.pixels(LABEL_PAD) + painter.measure(label, looks.font(labelSize)).height / 2;
  const rotation = uprightAngle(endX[1] - endX[0], endY[1] - endY[0]);
  const [x, y] = [(endX[0] + endX[1]) / 2 + dx * far, (endY[0] + endY[1]) / 2 + dy * far];
  painter.text(label, x, y, looks.textStyle(labelSize, { anchor: "middle", baseline: "middle", rotation }));
}

// At right angles to an edge, away from the middle of the box, which is the third point.
function outward(xs: Float64Array, ys: Float64Array): [number, number] {
  const [alongX, alongY] = [xs[1] - xs[0], ys[1] - ys[0]];
  const length = Math.hypot(alongX, alongY);
  // An edge that points at the eye is a point.
  if (length < 1e-9) return [0, 1];
  const [normalX, normalY] = [-alongY / length, alongX / length];
  const side = ((xs[0] + xs[1]) / 2 - xs[2]) * normalX + ((ys[0] + ys[1]) / 2 - ys[2]) * normalY;
  return side < 0 ? [-normalX, -normalY] : [normalX, normalY];
}

function anchored(dx: number, dy: number): Partial<TextStyle> {
  return {
    anchor: dx > 0.35 ? "start" : dx < -0.35 ? "end" : "middle",
    baseline: dy > 0.6 ? "top" : dy < -0.6 ? "bottom" : "middle",
  };
}
