// The outline of a glyph as a Type 2 charstring (Adobe Technical Note 5177): numbers, the difference to the point before
// each, followed by the operator that they are for.
import type { OutlineSink } from "../text/font-face.ts";

/** Units of an em that charstrings are written in; fonts have this many unless they say otherwise. */
export const UNITS = 1000;

const LINE = 5;
const CURVE = 8;
const END = 14;
const MOVE = 21;

/** Takes an outline in units, with y downwards, and writes it. */
export class CharstringPen implements OutlineSink {
  readonly #bytes: number[] = [];
  // The point before, as the charstring has it: roundings do not add up.
  #x = 0;
  #y = 0;
  // Before the first operator stands the width of the glyph.
  #width: number | undefined;

  constructor(width: number) {
    this.#width = width;
  }

  /** The charstring, which is complete with this. */
  toBytes(): Uint8Array {
    this.#operator(END);
    return Uint8Array.from(this.#bytes);
  }

  moveTo(x: number, y: number): void {
    this.#operator(MOVE, x, y);
  }

  lineTo(x: number, y: number): void {
    this.#operator(LINE, x, y);
  }

  // The control points of the cubic curve that is the same one.
  quadTo(x1: number, y1: number, x: number, y: number): void {
    const part = (from: number, control: number): number => from + (2 * (control - from)) / 3;
    this.cubicTo(part(this.#x, x1), part(-this.#y, y1), part(x, x1), part(y, y1), x, y);
  }

  cubicTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.#operator(CURVE, x1, y1, x2, y2, x, y);
  }

  // Rings close by themselves.
  end(): void {}

  #operator(operator: number, ...points: number[]): void {
    if (this.#width !== undefined) this.#number(this.#width);
    this.#width = undefined;
    for (let at = 0; at < points.length; at += 2) {
      const x = Math.round(points[at]);
      const y = Math.round(-points[at + 1]);
      this.#number(x - this.#x);
      this.#number(y - this.#y);
      this.#x = x;
      this.#y = y;
    }
    this.#bytes.push(operator);
  }

  #number(value: number): void {
    this.#bytes.push(...charstringNumber(value));
  }
}

/** A whole number of at most 16 bits; small ones are one or two bytes. */
export function charstringNumber(value: number): number[] {
  if (value >= -107 && value <= 107) return [value + 139];
  if (value >= 108 && value <= 1131) return [247 + ((value - 108) >> 8), (value - 108) & 0xff];
  if (value >= -1131 && value <= -108) return [251 + ((-value - 108) >> 8), (-value - 108) & 0xff];
  return [28, (value >> 8) & 0xff, value & 0xff];
}
