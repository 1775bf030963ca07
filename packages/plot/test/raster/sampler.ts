// One picture with everything a painter can do, for the golden image and for tests of memory.

import { type Painter, Path } from "../../src/index.ts";
import { hatchKinds, markerKinds } from "../paint/drawings.ts";

export const WIDTH = 640;
export const HEIGHT = 420;

const columns = (...values: number[]): Float64Array => Float64Array.from(values);

/** Draws the picture. */
export function drawSampler(painter: Painter): void {
  painter.fillRect(0, 0, WIDTH, HEIGHT, { color: 0xffffffff });
  drawStrokes(painter);
  drawAreas(painter);
  drawMarkers(painter);
  drawImages(painter);
  drawTexts(painter);
  drawColumns(painter);
}

function drawStrokes(painter: Painter): void {
  for (const [row, join] of (["round", "miter", "bevel"] as const).entries()) {
    for (const [column, cap] of (["butt", "round", "square"] as const).entries()) {
      const x = 20 + 110 * column;
      const ys = columns(70 + 70 * row, 20 + 70 * row, 70 + 70 * row);
      painter.strokeLine(columns(x, x + 40, x + 80), ys, 3, { color: 0x1f77b4a0, width: 16, join, cap });
    }
  }
  painter.strokeLine(columns(360, 620), columns(20, 30), 2, { color: 0xff, width: 2, dash: [8, 4] });
  const dots = { color: 0xd62728ff, width: 4, dash: [0, 8], cap: "round" as const };
  painter.strokeLine(columns(360, 620), columns(40, 50), 2, dots);
  const xs = columns(360, 400, 440, 480, 520, 560, 600);
  const dashes = { color: 0x2ca02c80, width: 9, dash: [20, 10, 4, 10], cap: "square" as const };
  painter.strokeLine(xs, columns(90, 60, 90, 60, NaN, 60, 90), 7, dashes);
  painter.strokeLine(columns(360, 1e308), columns(100, 2e307), 2, { color: 0x9467bdff, width: 1 });
  painter.strokeLine(columns(-1e308, 1e308), columns(110, 110.5), 2, { color: 0x9467bdff, width: 1 });
}

function drawAreas(painter: Painter): void {
  const path = new Path();
  path.arc(400, 170, 50, 0, 2 * Math.PI);
  path.end();
  path.arc(400, 170, 25, 2 * Math.PI, 0);
  path.end();
  const hatch = { kind: "diagonal", color: 0x000000ff } as const;
  painter.fillPath(path.xs, path.ys, path.ringEnds, { color: 0xff7f0eff, hatch });
  path.reset();
  for (let corner = 0; corner < 5; corner++) {
    const angle = (corner * 4 * Math.PI) / 5;
    path.lineTo(510 + 50 * Math.sin(angle), 170 - 50 * Math.cos(angle));
  }
  path.end();
  painter.fillPath(path.xs, path.ys, path.ringEnds, { color: 0x17becfff, rule: "evenodd" });
  painter.strokeRings(path.xs, path.ys, path.ringEnds, { color: 0x00000080, width: 3, join: "miter" });
  for (const [index, kind] of hatchKinds.entries()) {
    const style = { color: 0xddddddff, hatch: { kind, color: 0x333333ff, width: kind === "dots" ? 3 : 1 } };
    painter.fillRect(360 + 38 * index, 285, 34, 40, style);
  }
}

function drawMarkers(painter: Painter): void {
  for (const [index, kind] of markerKinds.entries()) {
    const edgeColor = index % 3 === 0 ? 0x000000ff : undefined;
    const style = { kind, size: 6 + 6 * (index % 2), color: 0xe377c2ff, edgeColor, edgeWidth: 1.5 };
    painter.markers(columns(370 + 20 * index, 370 + 20 * index), columns(240, 265.3), 2, style);
  }
}

function drawImages(painter: Painter): void {
  const palette = Uint32Array.of(0xff0000ff, 0x00ff00ff, 0x0000ffff, 0xffff00ff, 0x00ffffff, 0xff00ff80);
  const cells = { width: 3, height: 2, indices: Uint8Array.of(0, 1, 2, 3, 4, 5), palette };
  painter.image(cells, 20, 240, 150, 80);
  painter.image(cells, 180, 240, 150, 80, true);
}

function drawTexts(painter: Painter): void {
  painter.pushClip(20, 330, 200, 80);
  painter.text("Wörld AVATAR $10^{-3}$ µm²", 20, 345, { size: 14, color: 0xff });
  painter.text("$\\alpha_i^2 \\leq \\Sigma x_{max}$ Ж→∞ 年", 20, 370, { size: 20, color: 0x333399ff });
  painter.text("small 9px text: The quick brown fox 0123456789", 20, 390, { size: 9, color: 0xff });
  painter.text("clipped at the right end of the clip", 20, 405, { size: 14, color: 0xff });
  painter.popClip();
  const turned = { size: 16, color: 0xff, rotation: -90, anchor: "middle", baseline: "middle" } as const;
  painter.text("rot", 260, 380, turned);
  painter.text("turned 30°", 300, 380, { size: 16, color: 0xff, rotation: 30 });
}

// Minima and maxima of 225 columns, as a dense line has them.
function drawColumns(painter: Painter): void {
  const xs = new Float64Array(900);
  const ys = new Float64Array(900);
  let random = 1;
  for (let index = 0; index < 900; index++) {
    random = (random * 16_807) % 2_147_483_647;
    xs[index] = 400 + Math.floor(index / 4) + 0.5;
    ys[index] = 370 + Math.sin(index / 90) * 20 + (random / 2_147_483_647 - 0.5) * 30;
  }
  painter.strokeLine(xs, ys, 900, { color: 0x1f77b4ff, width: 1.5 });
}
