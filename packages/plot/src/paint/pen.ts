// What a stroke style comes down to: checked, with defaults filled in.
import { unlike } from "../check.ts";
import type { LineCap, LineJoin, StrokeStyle } from "./painter.ts";

/** A style with everything in it. */
export interface Pen {
  readonly halfWidth: number;
  /** Below a width of 1 pixel, this much of the colour's alpha; else 1. */
  readonly strength: number;
  /** Round where there are dashes. */
  readonly join: LineJoin;
  readonly cap: LineCap;
  readonly miterLimit: number;
  /** An even number of lengths, or none. */
  readonly dash: readonly number[];
  readonly dashOffset: number;
}

const JOINS: ReadonlySet<LineJoin> = new Set<LineJoin>(["round", "miter", "bevel"]);
const CAPS: ReadonlySet<LineCap> = new Set<LineCap>(["butt", "round", "square"]);
// Dashes below this many pixels for drawn and left out together cannot be told from a fainter line.
const SHORTEST_PERIOD = 0.05;

/** The pen of a style; undefined where nothing is to be drawn. */
export function penOf(style: StrokeStyle): Pen | undefined {
  const { width, join = "round", cap = "butt", miterLimit = 4, dash = [], dashOffset = 0 } = style;
  if (!(width >= 0 && width < Infinity)) throw unlike("a stroke width of 0 or more pixels", width);
  if (!Number.isFinite(dashOffset)) throw unlike("a finite dash offset", dashOffset);
  if (!JOINS.has(join)) throw unlike('a join as "round", "miter" or "bevel"', join);
  if (!CAPS.has(cap)) throw unlike('a cap as "butt", "round" or "square"', cap);
  if (width === 0) return undefined;
  const dashes = dashOf(dash);
  return {
    halfWidth: Math.max(width, 1) / 2,
    strength: Math.min(width, 1),
    join: dashes.length > 0 ? "round" : join,
    cap,
    miterLimit,
    dash: dashes,
    dashOffset,
  };
}

// The lengths of dashes, an even number of them; none for a solid line.
function dashOf(dash: readonly number[]): readonly number[] {
  let period = 0;
  for (const length of dash) {
    if (!(length >= 0 && length < Infinity)) throw unlike("dashes of 0 or more pixels", length);
    period += length;
  }
  if (period < SHORTEST_PERIOD) return [];
  return dash.length % 2 === 0 ? dash : [...dash, ...dash];
}
