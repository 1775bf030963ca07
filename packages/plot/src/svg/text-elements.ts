// Texts as `<text>`: one element a line, with raised and lowered pieces as `<tspan>`.
import { number } from "../paint/number.ts";
import type { TextStyle } from "../paint/painter.ts";
import { namesOf, type TextLayout } from "../text/font-set.ts";
import { spansOf } from "../text/maths.ts";
import { firstBaseline, rotationOf } from "../text/outline-text.ts";
import { escaped, paint } from "./write.ts";

/** The elements of a text. */
export function textElements(
  layout: TextLayout,
  text: string,
  x: number,
  y: number,
  style: TextStyle,
): string {
  const { size, anchor = "start", family, color } = style;
  const rotation = rotationOf(style);
  const names = [...(family === undefined ? [] : namesOf(family)), "DejaVu Sans", "sans-serif"];
  const fonts = [...new Set(names)]
    .map((name) => (/^[A-Za-z][\w-]*$/.test(name) ? name : quoted(name)))
    .join(", ");
  const looks = `font-family="${escaped(fonts)}" font-size="${number(size)}" text-anchor="${anchor}" ${paint("fill", color)}`;
  const turn = rotation === 0 ? "" : ` transform="rotate(${number(rotation)} ${number(x)} ${number(y)})"`;
  const down = firstBaseline(layout, style);
  return text
    .normalize("NFC")
    .split(/\r?\n/)
    .map((line, index) => {
      const place = `x="${number(x)}" y="${number(y + down + index * layout.lineHeight)}"`;
      return line === ""
        ? ""
        : `<text ${place} ${looks}${turn} xml:space="preserve">${spans(line, size)}</text>`;
    })
    .join("");
}

// A name as a string of CSS.
function quoted(name: string): string {
  return `'${name.replaceAll(/['\\]/g, "\\$&")}'`;
}

function spans(line: string, size: number): string {
  let height = 0;
  return spansOf(line)
    .map(({ text, scale, rise }) => {
      const down = (height - rise) * size;
      height = rise;
      if (scale === 1 && down === 0) return escaped(text);
      return `<tspan dy="${number(down)}" font-size="${number(scale * size)}">${escaped(text)}</tspan>`;
    })
    .join("");
}
