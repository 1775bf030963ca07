// Heights that are written into contour lines: each line that is long enough is cut in its middle, and the text stands in
// the gap, turned as the line goes there.
import type { Canvas, Setting } from "../figure/mark.ts";
import { uprightAngle } from "../paint/upright-angle.ts";
import { Points } from "../reduce/points.ts";

// A line is labelled if it is this many times as long as its label.
const LEAST = 3;

/** Writes a text into each line of some lines, and returns the lines as they are with the gaps. */
export function labelLines(
  lines: Points,
  text: string,
  color: number,
  { painter }: Canvas,
  { workspace, looks }: Setting,
): Points {
  const size = looks.theme.tickSize * 0.9;
  const room = painter.measure(text, looks.font(size)).width + looks.pixels(4);
  const cut = new Points(workspace, lines.count + 64);
  for (let start = 0; start < lines.count;) {
    let end = start;
    while (end < lines.count && lines.xs[end] === lines.xs[end]) end++;
    const length = lengthOf(lines, start, end);
    const gap = length >= LEAST * room ? room : 0;
    const ends = copyCut(lines, start, end, (length - gap) / 2, (length + gap) / 2, cut);
    if (gap > 0) {
      const style = {
        color,
        anchor: "middle",
        baseline: "middle",
        rotation: uprightAngle(ends[2] - ends[0], ends[3] - ends[1]),
      } as const;
      painter.text(text, (ends[0] + ends[2]) / 2, (ends[1] + ends[3]) / 2, looks.textStyle(size, style));
    }
    start = end + 1;
  }
  return cut;
}

function lengthOf({ xs, ys }: Points, start: number, end: number): number {
  let length = 0;
  for (let index = start + 1; index < end; index++)
    length += Math.hypot(xs[index] - xs[index - 1], ys[index] - ys[index - 1]);
  return length;
}

/** Copies a line but for what lies between two distances along it; returns where the gap begins and ends. */
function copyCut(
  { xs, ys }: Points,
  start: number,
  end: number,
  from: number,
  to: number,
  out: Points,
): [number, number, number, number] {
  const ends: [number, number, number, number] = [NaN, NaN, NaN, NaN];
  let before = 0;
  if (start < end) out.push(xs[start], ys[start]);
  for (let index = start + 1; index < end; index++) {
    const [dx, dy] = [xs[index] - xs[index - 1], ys[index] - ys[index - 1]];
    const after = before + Math.hypot(dx, dy);
    for (const [place, distance] of [from, to].entries()) {
      if (from === to || !(before <= distance && distance < after)) continue;
      const share = (distance - before) / (after - before);
      ends[2 * place] = xs[index - 1] + dx * share;
      ends[2 * place + 1] = ys[index - 1] + dy * share;
      out.push(ends[2 * place], ends[2 * place + 1]);
      if (place === 0) out.gap();
    }
    if (from === to || after <= from || after > to) out.push(xs[index], ys[index]);
    before = after;
  }
  out.gap();
  return ends;
}
