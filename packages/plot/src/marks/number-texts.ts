// Numbers that are written into cells and at bars: with as many digits as there is room for, smaller where that is not
// enough, and not at all where they could not be read.
import type { Looks } from "../figure/looks.ts";
import type { Painter } from "../paint/painter.ts";
import { labelNumber } from "../scale/tick-labels.ts";

/** How numbers are written, all of them in one way. */
export interface NumberTexts {
  /** Points. */
  readonly size: number;
  write(value: number): string;
}

// The first that fits is taken.
const DIGITS = [6, 4, 3];
// Points; smaller letters cannot be read.
const LEAST_SIZE = 4;

/** How numbers fit into a width in pixels, at most so large; undefined if they do not. */
export function numberTexts(
  values: readonly number[],
  text: true | ((value: number) => string),
  width: number,
  most: number,
  looks: Looks,
  painter: Painter,
): NumberTexts | undefined {
  const font = looks.font(most);
  let widest = 0;
  let write = text === true ? labelNumber : text;
  for (const digits of text === true ? DIGITS : [0]) {
    if (text === true) write = (value) => labelNumber(value, digits);
    widest = values.reduce((wide, value) => Math.max(wide, painter.measure(write(value), font).width), 0);
    if (widest <= width) break;
  }
  const size = most * Math.min(1, width / Math.max(widest, Number.MIN_VALUE));
  return size >= Math.min(LEAST_SIZE, looks.theme.tickSize) ? { size, write } : undefined;
}
