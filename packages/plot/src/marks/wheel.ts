// Names around a circle: where the circle is, how large it may be so that every name stays in the panel, and the writing
// of the names. Pies, radar charts and polar charts are such circles.
import type { Canvas } from "../figure/mark.ts";
import type { Looks } from "../figure/looks.ts";
import { fittedText } from "../paint/fit-text.ts";
import type { FontStyle, TextAnchor, TextExtent } from "../paint/painter.ts";

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

/** Points between the circle and a name. */
export const GAP = 5;
// Names this near to straight above or below the middle are centred.
const UPRIGHT = 0.1;
// Where names would leave less than this share of the panel to the circle, they are left out.
const LEAST_SHARE = 0.3;
// Longer names than this share of the panel are broken into lines.
const NAME_SHARE = 0.25;
const NAME_LINES = 3;

/** A circle with the names for which there is room, all of them or none. */
export interface NamedWheel extends Wheel {
  readonly names: readonly RimName[];
}

/** The largest circle in the middle of a panel that leaves room for names around it. */
export function wheelWithin(
  given: readonly RimName[],
  canvas: Canvas,
  looks: Looks,
  away: number = GAP,
): NamedWheel {
  const width = (canvas.right - canvas.left) / 2;
  const height = (canvas.bottom - canvas.top) / 2;
  const half = Math.min(width, height);
  const font = looks.font(looks.theme.labelSize);
  const names = given.map(({ text, turn }) => ({
    text: fittedText(text, 2 * NAME_SHARE * width, NAME_LINES, font, canvas.painter),
    turn,
  }));
  let radius = half * 0.94;
  for (const { text, turn } of names) {
    const [dx, dy] = [Math.abs(Math.sin(turn * 2 * Math.PI)), Math.abs(Math.cos(turn * 2 * Math.PI))];
    const extent = canvas.painter.measure(text, font);
    const gap = looks.pixels(away);
    if (dx >= UPRIGHT) radius = Math.min(radius, (width - extent.width) / dx - gap);
    const outwards = dy * linesBeyond(extent, font);
    if (dy > 0) radius = Math.min(radius, (height - extent.height / 2 - outwards) / dy - gap);
  }
  const x = (canvas.left + canvas.right) / 2;
  const y = (canvas.top + canvas.bottom) / 2;
  if (radius < half * LEAST_SHARE) return { x, y, radius: half * 0.94, names: [] };
  return { x, y, radius, names };
}

// Names of several lines are moved outwards by half of what they are higher than one.
function linesBeyond({ height }: TextExtent, font: FontStyle): number {
  return Math.max(0, height - 1.5 * font.size) / 2;
}

/** Where a name beside a circle is written, and which part of it is there. */
export function rimPlace(
  { text, turn }: RimName,
  wheel: Wheel,
  { painter }: Canvas,
  looks: Looks,
  gap: number,
): { readonly x: number; readonly y: number; readonly anchor: TextAnchor } {
  const [dx, dy] = [Math.sin(turn * 2 * Math.PI), -Math.cos(turn * 2 * Math.PI)];
  const anchor = Math.abs(dx) < UPRIGHT ? "middle" : dx > 0 ? "start" : "end";
  const away = wheel.radius + looks.pixels(gap);
  const font = looks.font(looks.theme.labelSize);
  const outwards = linesBeyond(painter.measure(text, font), font);
  return { x: wheel.x + dx * away, y: wheel.y + dy * (away + outwards), anchor };
}

/** Writes a name beside a circle. */
export function writeRimName(
  name: RimName,
  wheel: Wheel,
  canvas: Canvas,
  looks: Looks,
  gap: number = GAP,
): void {
  const { x, y, anchor } = rimPlace(name, wheel, canvas, looks, gap);
  const style = looks.textStyle(looks.theme.labelSize, { anchor, baseline: "middle" });
  canvas.painter.text(name.text, x, y, style);
}

/** The point at a turn of the circle and a share of its radius. */
export function pointOn({ x, y, radius }: Wheel, turn: number, share: number): [number, number] {
  const angle = 2 * Math.PI * turn;
  return [x + Math.sin(angle) * radius * share, y - Math.cos(angle) * radius * share];
}
