// Radar charts: polygons over spokes, one spoke for each name. They bring their own grid.
import type { SeriesLike } from "@millpond/core";

import type { LegendKey, Mark } from "../figure/mark.ts";
import { Points } from "../reduce/points.ts";
import { fade } from "../theme/colors.ts";
import { badOption, checkLengths, columnsOf } from "./data.ts";
import { pointOn } from "./wheel.ts";
import { checkWheel, drawWheel, reachOf, shareOf, strokesOf, type WheelOptions } from "./wheel-grid.ts";

/** A polygon for each named column, over the same spokes. */
export function radarMark(
  name: string,
  spokes: readonly string[],
  columns: Readonly<Record<string, SeriesLike>>,
  options: WheelOptions,
): Mark {
  const named = columnsOf(name, "columns", columns);
  for (const { label, values } of named)
    checkLengths(name, { spokes: spokes.length, [label]: values.length });
  if (spokes.length < 3) throw badOption(name, "spokes", "at least three names", spokes.length);
  checkWheel(name, options);
  const names = spokes.map((text, index) => ({ text, turn: index / spokes.length }));
  return {
    name,
    colors: 0,
    axis: "left",
    prepare(setting) {
      const reach = reachOf(named, options);
      const strokes = strokesOf(named, options, setting);
      return {
        keys: named.map(({ label }, index): LegendKey => ({ label, stroke: strokes[index] })),
        draw(canvas) {
          const wheel = drawWheel(names, reach, false, options, canvas, setting);
          for (const [index, { values }] of named.entries()) {
            const ring = new Points(setting.workspace, values.length);
            for (let at = 0; at < values.length; at++) {
              const value = values.at(at);
              const share = Number.isFinite(value) ? Math.max(0, shareOf(value, reach)) : 0;
              ring.push(...pointOn(wheel, names[at].turn, share));
            }
            const inside = { color: fade(strokes[index].color, options.fill ?? 0.15) };
            canvas.painter.fillPath(ring.xs, ring.ys, [ring.count], inside);
            canvas.painter.strokeRings(ring.xs, ring.ys, [ring.count], strokes[index]);
          }
        },
      };
    },
  };
}
