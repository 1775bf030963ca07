// What every backend refuses.
import assert from "node:assert/strict";

import type { Painter } from "../../src/index.ts";

const one = Float64Array.of(1);
const line = { color: 0xff, width: 1 };
const dot = { kind: "circle", size: 3, color: 0xff } as const;
const black = { color: 0xff };

const calls: readonly ((painter: Painter) => void)[] = [
  (painter) => painter.strokeLine(one, one, 2, line),
  (painter) => painter.strokeLine(one, one, -1, line),
  (painter) => painter.strokeLine(one, one, 1, { ...line, width: NaN }),
  (painter) => painter.strokeLine(one, one, 1, { ...line, dash: [-1] }),
  (painter) => painter.strokeLine(one, one, 1, { ...line, dashOffset: Infinity }),
  (painter) => painter.strokeLine(one, one, 1, { ...line, join: "mitre" as never }),
  (painter) => painter.strokeLine(one, one, 1, { ...line, cap: "flat" as never }),
  (painter) => painter.strokeRings(one, one, [2], line),
  (painter) => painter.fillPath(one, one, [1, 0], black),
  (painter) => painter.fillRects(one, one, one, new Float64Array(0), 1, black),
  (painter) => painter.fillRects(one, one, one, one, 1, black, new Uint32Array(0)),
  (painter) => painter.fillRect(0, 0, 9, 9, { color: 0, hatch: { kind: "dots", color: 0, spacing: 0 } }),
  (painter) => painter.fillRect(0, 0, 9, 9, { color: 0, hatch: { kind: "dots", color: 0, width: -1 } }),
  (painter) => painter.fillRect(0, 0, 9, 9, { color: 0, hatch: { kind: "bricks" as never, color: 0 } }),
  (painter) => painter.markers(one, one, 1, { ...dot, kind: "blob" as never }),
  (painter) => painter.markers(one, one, 1, { ...dot, kind: "toString" as never }),
  (painter) => painter.markers(one, one, 1, { ...dot, size: -1 }),
  (painter) => painter.markers(one, one, 2, dot),
  (painter) => painter.markers(one, one, 1, { ...dot, sizes: new Float64Array(0) }),
  (painter) => painter.image({ width: 2, height: 2, rgba: new Uint8Array(15) }, 0, 0, 9, 9),
  (painter) => painter.image({ width: 0.5, height: 2, rgba: new Uint8Array(16) }, 0, 0, 9, 9),
  (painter) => painter.text("a", 1, 1, { ...black, size: 0 }),
  (painter) => painter.text("a", 1, 1, { ...black, size: 9, rotation: NaN }),
  (painter) => painter.text("a", 1, 1, { ...black, size: 9, baseline: "low" as never }),
  (painter) => painter.pushClip(NaN, 0, 1, 1),
  (painter) => painter.popClip(),
];

const nowhere: readonly ((painter: Painter) => void)[] = [
  (painter) => painter.strokeLine(Float64Array.of(NaN, 5), Float64Array.of(1, NaN), 2, line),
  (painter) => painter.strokeLine(one, one, 1, { ...line, width: 0 }),
  (painter) => painter.fillPath(one, one, [], black),
  (painter) => painter.fillRect(NaN, 0, 9, 9, black),
  (painter) => painter.fillRect(0, 0, Infinity, 9, black),
  (painter) => painter.fillRect(3, 3, 0, 9, black),
  (painter) => painter.markers(Float64Array.of(-Infinity), one, 1, dot),
  (painter) => painter.markers(one, one, 1, { ...dot, sizes: Float64Array.of(NaN) }),
  (painter) => painter.image({ width: 0, height: 2, rgba: new Uint8Array(0) }, 0, 0, 9, 9),
  (painter) => painter.image({ width: 1, height: 1, rgba: new Uint8Array(4).fill(255) }, 0, NaN, 9, 9),
  (painter) => painter.text("a", NaN, 1, { ...black, size: 9 }),
];

/** Makes the calls that a backend has to refuse, and those that leave nothing behind. */
export function checkRefusals(painter: Painter): void {
  for (const call of calls) assert.throws(() => call(painter), { code: "BAD_ARGUMENT" }, String(call));
  for (const call of nowhere) call(painter);
}
