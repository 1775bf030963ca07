// Names around a circle: where the circle is, how large it may be so that every name stays in the panel, and the writing
// of the names. Pies, radar charts and polar charts are such circles.
import type { Canvas } from "../figure/mark.ts";
import type { Looks } from "../figure/looks.ts";

/** A circle in pixels. */
export interface Wheel {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** A name beside a circle, and where: 0 at the top, a quarter at the right. */
export interface RimName {
  readonly text: string;
  readonly turn: number;
}

// Points between the circle and a name.
const GAP = 5;
// Names this near to straight above or below the middle are centred.
const UPRIGHT = 0.1;
// However long names are, this share of the panel is left to the circle.
const LEAST_SHARE = 0.3;

/** The largest circle in the middle of a panel that leaves room for names around it. */
export function wheelWithin(
  names: readonly RimName[],
  canvas: Canvas,
  looks: Looks,
  away: number = GAP,
): Wheel {
  const width = (canvas.right - canvas.left) / 2;
  const height = (canvas.bottom - canvas.top) / 2;
  const half = Math.min(width, height);
  let radius = half * 0.94;
  for (const { text, turn } of names) {
    const [dx, dy] = [Math.abs(Math.sin(turn * 2 * Math.PI)), Math.abs(Math.cos(turn * 2 * Math.PI))];
    const extent = canvas.painter.measure(text, looks.font(looks.theme.labelSize));
    const gap = looks.pixels(away);
    if (dx >= UPRIGHT) radius = Math.min(radius, (width - extent.width) / dx - gap);
    if (dy > 0) radius = Math.min(radius, (height - extent.height / 2) / dy - gap);
  }
  const x = (canvas.left + canvas.right) / 2;
  const y = (canvas.top + canvas.bottom) / 2;
  return { x, y, radius: Math.max(radius, half * LEAST_SHARE) };
}

/** Writes a name beside a circle. */
export function writeRimName(
  { text, turn }: RimName,
  wheel: Wheel,
  canvas: Canvas,
  looks: Looks,
  gap: number = GAP,
): void {
  const [dx, dy] = [Math.sin(turn * 2 * Math.PI), -Math.cos(turn * 2 * Math.PI)];
  const anchor = Math.abs(dx) < UPRIGHT ? "middle" : dx > 0 ? "start" : "end";
  const away = wheel.radius + looks.pixels(gap);
  const style = looks.textStyle(looks.theme.labelSize, { anchor, baseline: "middle" });
  canvas.painter.text(text, wheel.x + dx * away, wheel.y + dy * away, style);
}

/** The point at a turn of the circle and a share of its radius. */
export function pointOn({ x, y, radius }: Wheel, turn: number, share: number): [number, number] {
  const angle = 2 * Math.PI * turn;
  return [x + Math.sin(angle) * radius * share, y - Math.cos(angle) * radius * share];
}
