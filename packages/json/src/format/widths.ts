// Which containers fit on a line: how many columns each takes there, from the innermost ones outwards.

import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { childStep, kindOf } from "../read/walk.ts";
import { hasComments } from "./gaps.ts";
import type { Style } from "./options.ts";
import { quotedWidth, textWidth } from "./strings.ts";

/** The width of a container that does not go on one line. */
export const TOO_WIDE = 0xffffffff;

/** Fills in the width of each node. Children stand behind their parents, so one pass from the end knows them all. */
export function fillWidths(tape: Tape, style: Style, widths: Uint32Array): void {
  for (let node = tape.count - 1; node >= 0; node--) {
    const kind = kindOf(tape, node);
    const container = kind === Kind.ARRAY || kind === Kind.OBJECT;
    widths[node] = container ? containerWidth(tape, style, widths, node) : scalarWidth(tape, style, node);
  }
}

function scalarWidth(tape: Tape, { quote }: Style, node: number): number {
  const { bytes, starts, ends } = tape;
  const kind = kindOf(tape, node);
  if (kind !== Kind.STRING && kind !== Kind.KEY) return textWidth(bytes, starts[node], ends[node]);
  return quotedWidth(bytes, starts[node], ends[node], quote);
}

function containerWidth(tape: Tape, style: Style, widths: Uint32Array, node: number): number {
  const { nexts, starts, ends } = tape;
  const step = childStep(tape, node);
  const most = step === 1 ? style.compactObjects : style.compactArrays;
  let width = 2;
  let count = 0;
  for (let child = node + 1; child < nexts[node]; child = nexts[child + step]) {
    if (count++ > 0) width += 2;
    if (step === 1) width += widths[child] + 2;
    width += widths[child + step];
    if (count > most || width > style.lineWidth) return TOO_WIDE;
  }
  return tape.commentCount > 0 && hasComments(tape, starts[node], ends[node]) ? TOO_WIDE : width;
}
