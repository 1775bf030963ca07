// Radar charts: polygons over spokes, one spoke for each name. They bring their own grid.
import type { Series, SeriesLike } from "@millpond/core";

import type { Canvas, LegendKey, Mark, Setting } from "../figure/mark.ts";
import { Points } from "../reduce/points.ts";
import { labelNumbers } from "../scale/tick-labels.ts";
import { multiples, niceStep } from "../scale/nice.ts";
import { fade } from "../theme/colors.ts";
import { badOption, checkLengths, checkNumber, seriesOf } from "./data.ts";
import { type Wheel, wheelWithin, writeRimName } from "./wheel.ts";

/** Options of radar charts. */
export interface RadarOptions {
  /** The value at the rim. @defaultValue the largest value, rounded up */
  readonly most?: number | undefined;
  /** Opacity of the polygons' insides. @defaultValue 0.15 */
  readonly fill?: number | undefined;
  /** A colour for each polygon. @defaultValue the palette's */
  readonly colors?: readonly string[] | undefined;
}

/** A polygon for each named column, over the same spokes. */
export function radarMark(
  name: string,
  spokes: readonly string[],
  columns: Readonly<Record<string, SeriesLike>>,
  options: RadarOptions,
): Mark {
  const named = Object.entries(columns).map(([label, values]) => ({
    label,
    values: seriesOf(values, name, `values of "${label}"`),
  }));
  for (const { label, values } of named)
    checkLengths(name, { spokes: spokes.length, [label]: values.length });
  if (spokes.length < 3) throw badOption(name, "spokes", "at least three names", spokes.length);
  checkNumber(name, "fill", options.fill, 0, 1);
  checkNumber(name, "most", options.most, Number.MIN_VALUE, Number.MAX_VALUE);
  return {
    name,
    colors: 0,
    axis: "left",
    prepare(setting) {
      const most = options.most ?? largest(named.map(({ values }) => values));
      const color = (index: number): number =>
        setting.looks.color(options.colors?.[index % options.colors.length] ?? `C${index}`);
      const strokes = named.map((_, index) =>
        setting.looks.stroke(color(index), setting.looks.theme.lineWidth),
      );
      const keys = named.map(({ label }, index): LegendKey => ({ label, stroke: strokes[index] }));
      return {
        keys,
        draw(canvas) {
          const wheel = drawWheel(spokes, most, canvas, setting);
          for (const [index, { values }] of named.entries()) {
            const ring = new Points(setting.workspace, values.length);
            for (let at = 0; at < values.length; at++) {
              const value = values.at(at);
              const share = Number.isFinite(value) ? Math.max(0, value / most) : 0;
              ring.push(...pointOn(wheel, at / spokes.length, share));
            }
            canvas.painter.fillPath(ring.xs, ring.ys, [ring.count], {
              color: fade(color(index), options.fill ?? 0.15),
            });
            canvas.painter.strokeRings(ring.xs, ring.ys, [ring.count], strokes[index]);
          }
        },
      };
    },
  };
}

function largest(columns: readonly Series[]): number {
  let most = 0;
  for (const column of columns) {
    for (let index = 0; index < column.length; index++) {
      const value = column.at(index);
      if (value > most && value < Infinity) most = value;
    }
  }
  if (most === 0) return 1;
  const step = niceStep(0, most, 5);
  const below = multiples(step, 0, most).at(-1) ?? 0;
  return below >= most ? below : below + (multiples(step, 0, most)[1] ?? most);
}

function pointOn({ x, y, radius }: Wheel, turn: number, share: number): [number, number] {
  const angle = 2 * Math.PI * turn;
  return [x + Math.sin(angle) * radius * share, y - Math.cos(angle) * radius * share];
}

// Rings and spokes with their names.
function drawWheel(spokes: readonly string[], most: number, canvas: Canvas, { looks }: Setting): Wheel {
  const { painter, occupancy } = canvas;
  const corners = spokes.map((_, index) => index / spokes.length);
  const names = spokes.map((text, index) => ({ text, turn: corners[index] }));
  const wheel = wheelWithin(names, canvas, looks);
  const grid = looks.stroke(fade(looks.frame, 0.3), looks.theme.gridWidth);
  const rings = multiples(niceStep(0, most, 5), 0, most).filter((value) => value > 0);
  for (const value of [...rings, most]) {
    const points = corners.map((turn) => pointOn(wheel, turn, value / most));
    const xs = Float64Array.from(points, ([x]) => x);
    painter.strokeRings(
      xs,
      Float64Array.from(points, ([, y]) => y),
      [xs.length],
      grid,
    );
  }
  for (const name of names) {
    const [x, y] = pointOn(wheel, name.turn, 1);
    painter.strokeLine(Float64Array.of(wheel.x, x), Float64Array.of(wheel.y, y), 2, grid);
    writeRimName(name, wheel, canvas, looks);
  }
  const small = looks.textStyle(looks.theme.tickSize * 0.9, {
    baseline: "middle",
    color: fade(looks.text, 0.7),
  });
  // The rim has a name beside it, and no number.
  for (const [index, label] of labelNumbers(rings).entries()) {
    if (rings[index] >= most) continue;
    painter.text(label, wheel.x + looks.pixels(3), wheel.y - (wheel.radius * rings[index]) / most, small);
  }
  occupancy.rect(wheel.x - wheel.radius, wheel.y - wheel.radius, 2 * wheel.radius, 2 * wheel.radius);
  return wheel;
}
