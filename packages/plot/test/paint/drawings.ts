// What any backend has to draw: small drawings of each kind of thing, for pictures of 160 to 120 pixels.
import { type HatchKind, type MarkerKind, type Painter, Path } from "../../src/index.ts";

/** The size of the drawings. */
export const WIDTH = 160;
export const HEIGHT = 120;

/** Coordinates. */
export const columns = (...values: number[]): Float64Array => Float64Array.from(values);

/** All markers; the last four are open. */
export const markerKinds: readonly MarkerKind[] = [
  "circle",
  "square",
  "triangle-up",
  "triangle-down",
  "diamond",
  "plus",
  "cross",
  "star",
  "open-circle",
  "open-square",
  "open-triangle",
  "open-diamond",
];

/** All hatches. */
export const hatchKinds: readonly HatchKind[] = [
  "diagonal",
  "back-diagonal",
  "horizontal",
  "vertical",
  "cross",
  "diagonal-cross",
  "dots",
];

/** Drawings by name. */
export const drawings: Record<string, (painter: Painter) => void> = {
  "areas with holes": (painter) => {
    const path = new Path();
    path.arc(60, 60, 45, 0, 2 * Math.PI);
    path.end();
    path.arc(60, 60, 20, 2 * Math.PI, 0);
    path.end();
    painter.fillPath(path.xs, path.ys, path.ringEnds, { color: 0x1f77b4ff });
    painter.fillPath(columns(100, 150, 150, 100), columns(20, 90, 20, 90), [4], {
      color: 0xd6272880,
      rule: "evenodd",
    });
    painter.fillRects(columns(5.5, 20.25), columns(100, 100), columns(9, 9.5), columns(12, -30), 2, {
      color: 0x2ca02cff,
    });
  },
  "strokes with joins, caps and gaps": (painter) => {
    for (const [row, join] of (["round", "miter", "bevel"] as const).entries()) {
      const ys = columns(30 + 30 * row, 10 + 30 * row, 30 + 30 * row);
      const cap = (["butt", "round", "square"] as const)[row];
      painter.strokeLine(columns(10, 30, 50), ys, 3, { color: 0x9467bd90, width: 8, join, cap });
    }
    painter.strokeLine(columns(70, 90, NaN, 110, 150), columns(20, 40, 40, 40, 20), 5, {
      color: 0x000000ff,
      width: 2,
    });
    painter.strokeRings(columns(80, 140, 110), columns(110, 110, 60), [3], {
      color: 0xff7f0eff,
      width: 4,
      join: "miter",
    });
  },
  dashes: (painter) => {
    painter.strokeLine(columns(10, 150), columns(20, 20.5), 2, { color: 0x000000ff, width: 3, dash: [9, 5] });
    painter.strokeLine(columns(10, 150), columns(40, 60), 2, {
      color: 0xff,
      width: 3,
      dash: [0, 6],
      cap: "round",
    });
    painter.strokeLine(columns(10, 80, 150), columns(110, 70, 110), 3, {
      color: 0x17becfff,
      width: 5,
      dash: [12, 6, 2],
      dashOffset: 7,
    });
  },
  markers: (painter) => {
    for (const [index, kind] of markerKinds.slice(0, 8).entries()) {
      const style = { kind, size: 11, color: 0xe377c2ff, edgeColor: 0x000000ff, edgeWidth: 1.5 };
      painter.markers(columns(15.25 + 18 * index), columns(30.5), 1, style);
    }
    for (const [index, kind] of markerKinds.slice(8).entries()) {
      painter.markers(columns(20 + 30 * index), columns(80), 1, {
        kind,
        size: 14,
        color: 0x1f77b4ff,
        edgeWidth: 2,
      });
    }
  },
  hatches: (painter) => {
    for (const [index, kind] of hatchKinds.entries()) {
      const hatch = { kind, color: 0x000000ff, width: kind === "dots" ? 4 : 2 };
      painter.fillRect(5 + 22 * index, 10, 20, 100, { color: 0xccddeeff, hatch });
    }
  },
  "images and clips": (painter) => {
    const palette = Uint32Array.of(0xff0000ff, 0x00ff00ff, 0x0000ffff, 0xffff00ff);
    painter.image({ width: 2, height: 2, indices: Uint8Array.of(0, 1, 2, 3), palette }, 10, 10, 60, 40);
    painter.image({ width: 2, height: 2, indices: Uint8Array.of(0, 1, 2, 3), palette }, 150, 10, -60, 40);
    painter.pushClip(20, 70, 100, 30);
    painter.pushClip(40, 60, 100, 100);
    painter.fillRect(0, 0, WIDTH, HEIGHT, { color: 0x7f7f7fff });
    painter.popClip();
    painter.strokeLine(columns(0, 160), columns(60, 110), 2, { color: 0xff0000ff, width: 3 });
    painter.popClip();
    painter.fillRect(150, 110, 20, 20, { color: 0x000000ff });
  },
  texts: (painter) => {
    painter.text("Sensor AV $10^{-3}$", 8, 30, { size: 15, color: 0x000000ff });
    painter.text("middle\nlines", 80, 60, {
      size: 12,
      color: 0x1f77b4ff,
      anchor: "middle",
      baseline: "middle",
    });
    painter.text("up", 150, 110, { size: 20, color: 0xd62728ff, rotation: -90 });
  },
  "huge coordinates": (painter) => {
    painter.strokeLine(columns(-1e308, 1e308), columns(20, 20.2), 2, { color: 0x000000ff, width: 2 });
    painter.fillPath(columns(-1e300, 1e300, 1e300, -1e300), columns(60, 60, 1e300, 1e300), [4], {
      color: 0x2ca02cff,
    });
    painter.fillRect(100, -1e308, 20, 1.7e308, { color: 0xff7f0eff });
    painter.fillRect(120, -1e9, 20, 2e9, { color: 0xff7f0eff });
  },
};
