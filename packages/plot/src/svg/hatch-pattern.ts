// Hatches as patterns of SVG, in phase with those of the rasterizer.
import { number } from "../paint/number.ts";
import type { Hatch } from "../paint/painter.ts";
import { paint } from "./write.ts";

/** The element that defines a hatch. */
export function hatchPattern(id: string, { kind, color, spacing = 8, width = 1 }: Hatch): string {
  const looks = paint("fill", color);
  const side = number(spacing);
  const middle = (spacing - width) / 2;
  const across = `<rect y="${number(middle)}" width="${side}" height="${number(width)}" ${looks}/>`;
  const upright = `<rect x="${number(middle)}" width="${number(width)}" height="${side}" ${looks}/>`;
  const dot = `<circle cx="${number(spacing / 2)}" cy="${number(spacing / 2)}" r="${number(width / 2)}" ${looks}/>`;
  // Diagonal lines go through the corner of the picture: half a line on either side of the tile.
  const half = number(width / 2);
  const sides = `<rect width="${half}" height="${side}" ${looks}/><rect x="${number(spacing - width / 2)}" width="${half}" height="${side}" ${looks}/>`;
  const ends = `<rect width="${side}" height="${half}" ${looks}/><rect y="${number(spacing - width / 2)}" width="${side}" height="${half}" ${looks}/>`;
  const content = {
    horizontal: across,
    vertical: upright,
    cross: across + upright,
    diagonal: sides,
    "back-diagonal": sides,
    "diagonal-cross": sides + ends,
    dots: dot,
  }[kind];
  const angle = { diagonal: 45, "back-diagonal": -45, "diagonal-cross": 45 }[kind as string];
  const turn = angle === undefined ? "" : ` patternTransform="rotate(${angle})"`;
  return `<pattern id="${id}" width="${side}" height="${side}" patternUnits="userSpaceOnUse"${turn}>${content}</pattern>`;
}
