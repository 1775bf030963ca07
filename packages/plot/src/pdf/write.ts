// Paths, colours, pens and hatches as PDF writes them.
import { number } from "../paint/number.ts";
import type { Hatch } from "../paint/painter.ts";
import type { PathWords } from "../paint/path-data.ts";
import type { Pen } from "../paint/pen.ts";

/** Paths in the words of PDF. */
export const PDF_PATH: PathWords = {
  move: (x, y) => `${number(x)} ${number(y)} m `,
  line: (x, y) => `${number(x)} ${number(y)} l `,
  close: "h ",
};

/** The three parts of a colour, without its alpha. */
export function rgb(color: number): string {
  return [color >>> 24, (color >>> 16) & 0xff, (color >>> 8) & 0xff]
    .map((part) => number(part / 255))
    .join(" ");
}

const CAPS = ["butt", "round", "square"];
const JOINS = ["miter", "round", "bevel"];

/** Width, ends, joins and dashes of what is stroked next. */
export function penWords(pen: Pen, width: number): string {
  const dash = `[${pen.dash.map(number).join(" ")}] ${number(pen.dashOffset)} d`;
  const limit = pen.join === "miter" ? `${number(pen.miterLimit)} M ` : "";
  return `${number(width)} w ${CAPS.indexOf(pen.cap)} J ${JOINS.indexOf(pen.join)} j ${limit}${dash} `;
}

/** A hatch over a whole picture: whoever uses it clips it to an area. */
export function hatchWords(
  { kind, color, spacing = 8, width = 1 }: Hatch,
  wide: number,
  high: number,
): string {
  const words = [`${rgb(color)} RG ${number(width)} w 0 J [] 0 d `];
  const line = (x0: number, y0: number, x1: number, y1: number): void => {
    words.push(PDF_PATH.move(x0, y0), PDF_PATH.line(x1, y1));
  };
  // Dots are dashes without length and with round ends.
  if (kind === "dots") words.push(`1 J [0 ${number(spacing)}] 0 d `);
  const from = kind === "dots" ? spacing / 2 : 0;
  if (kind === "horizontal" || kind === "cross" || kind === "dots") {
    for (let y = spacing / 2; y < high + width; y += spacing) line(from, y, wide + spacing, y);
  }
  if (kind === "vertical" || kind === "cross") {
    for (let x = spacing / 2; x < wide + width; x += spacing) line(x, 0, x, high);
  }
  const step = spacing * Math.SQRT2;
  if (kind === "diagonal" || kind === "diagonal-cross") {
    for (let sum = 0; sum < wide + high + step; sum += step) line(sum, 0, sum - high, high);
  }
  if (kind === "back-diagonal" || kind === "diagonal-cross") {
    for (let x = -step * Math.ceil(high / step); x < wide + step; x += step) line(x, 0, x + high, high);
  }
  return `${words.join("")}S `;
}
