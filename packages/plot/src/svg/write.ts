// Numbers, paths, colours and texts as SVG writes them.
import { number } from "../paint/number.ts";
import type { PathWords } from "../paint/path-data.ts";

/** Paths as the attribute `d` has them. */
export const SVG_PATH: PathWords = {
  move: (x, y) => `M${number(x)} ${number(y)}`,
  line: (x, y) => `L${number(x)} ${number(y)}`,
  close: "Z",
};

/** Attributes for a colour: `fill="#102030" fill-opacity="0.5"`. */
export function paint(attribute: "fill" | "stroke", color: number): string {
  const rgb = (color >>> 8).toString(16).padStart(6, "0");
  const alpha = color & 0xff;
  const opacity =
    alpha === 255 ? "" : ` ${attribute}-opacity="${Math.round((alpha / 255) * 10_000) / 10_000}"`;
  return `${attribute}="#${rgb}"${opacity}`;
}

// What no XML document may hold: controls but for tabs and line ends, halves of surrogate pairs, and two numbers that are
// no characters.
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** A text between tags or quotes. */
export function escaped(text: string): string {
  return text
    .replaceAll(UNWRITABLE, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
