// Names beside the wedges of a pie. Where they would lie on each other, those of each side are moved apart, and lines lead
// from the wedges to them.
import type { Canvas } from "../figure/mark.ts";
import type { Looks } from "../figure/looks.ts";
import { type RimName, rimPlace, type Wheel, writeRimName } from "./wheel.ts";

/** A name, and the circle that its wedge is part of. */
export interface WedgeName {
  readonly name: RimName;
  readonly wheel: Wheel;
}

interface Place {
  readonly named: WedgeName;
  readonly right: boolean;
  readonly width: number;
  readonly height: number;
  y: number;
}

/** Writes names so many points beside their wedges. */
export function writeWedgeNames(
  names: readonly WedgeName[],
  gap: number,
  canvas: Canvas,
  looks: Looks,
): void {
  if (!isCrowded(names, gap, canvas, looks)) {
    for (const { name, wheel } of names) writeRimName(name, wheel, canvas, looks, gap);
    return;
  }
  const font = looks.font(looks.theme.labelSize);
  const places = names.map((named): Place => {
    const { y } = rimPlace(named.name, named.wheel, canvas, looks, gap);
    const { width, height } = canvas.painter.measure(named.name.text, font);
    return { named, right: Math.sin(2 * Math.PI * named.name.turn) >= 0, width, height, y };
  });
  for (const right of [true, false]) {
    const side = places.filter((place) => place.right === right).sort((a, b) => a.y - b.y);
    moveApart(side, canvas);
    for (const place of side) writeWithLine(place, gap, canvas, looks);
  }
}

function isCrowded(names: readonly WedgeName[], gap: number, canvas: Canvas, looks: Looks): boolean {
  const font = looks.font(looks.theme.labelSize);
  const boxes = names.map(({ name, wheel }) => {
    const { x, y, anchor } = rimPlace(name, wheel, canvas, looks, gap);
    const { width, height } = canvas.painter.measure(name.text, font);
    const left = anchor === "middle" ? x - width / 2 : anchor === "end" ? x - width : x;
    return { left, right: left + width, top: y - height / 2, bottom: y + height / 2 };
  });
  return boxes.some((box, index) =>
    boxes
      .slice(index + 1)
      .some(
        (other) =>
          box.left < other.right &&
          other.left < box.right &&
          box.top < other.bottom &&
          other.top < box.bottom,
      ),
  );
}

// From above to below, no name over the one before; what stands out below is pushed up again.
function moveApart(side: readonly Place[], { top, bottom }: Canvas): void {
  let free = top;
  for (const place of side) {
    place.y = Math.max(place.y, free + place.height / 2);
    free = place.y + place.height / 2;
  }
  let end = bottom;
  for (const place of side.toReversed()) {
    place.y = Math.min(place.y, end - place.height / 2);
    end = place.y - place.height / 2;
  }
}

function writeWithLine(
  { named: { name, wheel }, right, width, y }: Place,
  gap: number,
  canvas: Canvas,
  looks: Looks,
): void {
  const way = right ? 1 : -1;
  const away = wheel.radius + looks.pixels(gap);
  const beside = wheel.x + way * (Math.sqrt(Math.max(0, away ** 2 - (y - wheel.y) ** 2)) + looks.pixels(gap));
  const x = right ? Math.min(beside, canvas.right - width) : Math.max(beside, canvas.left + width);
  const angle = 2 * Math.PI * name.turn;
  const rim = [wheel.x + Math.sin(angle) * wheel.radius, wheel.y - Math.cos(angle) * wheel.radius] as const;
  const pad = looks.pixels(2);
  const xs = Float64Array.of(rim[0], x - way * pad);
  canvas.painter.strokeLine(xs, Float64Array.of(rim[1], y), 2, looks.stroke(looks.text, 0.5));
  const style = looks.textStyle(looks.theme.labelSize, {
    anchor: right ? "start" : "end",
    baseline: "middle",
  });
  canvas.painter.text(name.text, x, y, style);
}
