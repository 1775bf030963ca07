// Names of dash patterns. Lengths are in widths of the line, so that thick dashes look like thin ones.
import { badOption } from "./data.ts";

/** How a line is dashed; a list is lengths of dashes and gaps, in widths of the line. */
export type LineStyle = "solid" | "dashed" | "dotted" | "dash-dot" | "dash-dot-dot" | readonly number[];

const STYLES: Readonly<Record<string, readonly number[] | undefined>> = {
  solid: undefined,
  dashed: [3.7, 1.6],
  dotted: [1, 1.65],
  "dash-dot": [6.4, 1.6, 1, 1.6],
  "dash-dot-dot": [6.4, 1.6, 1, 1.6, 1, 1.6],
};

/** Dashes in pixels, for a line of `width` pixels. */
export function dashOf(
  name: string,
  style: LineStyle | undefined,
  width: number,
): readonly number[] | undefined {
  if (style === undefined || style === "solid") return undefined;
  const lengths = typeof style === "string" ? STYLES[style] : style;
  const good =
    Array.isArray(lengths) && lengths.length > 0 && lengths.every((length) => length >= 0 && length < 1e6);
  if (!good || lengths.every((length) => length === 0)) {
    throw badOption(name, "style", `one of ${Object.keys(STYLES).join(", ")} or lengths of dashes`, style);
  }
  return lengths.map((length) => length * Math.max(width, 1));
}
