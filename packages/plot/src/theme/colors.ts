// Colours as people write them, and the number that painters take: 0xRRGGBBAA, not premultiplied.
import { show } from "../check.ts";
import { PlotError } from "../errors.ts";
import type { Color } from "../paint/painter.ts";

const NAMES: Readonly<Record<string, number>> = {
  black: 0x000000,
  white: 0xffffff,
  gray: 0x808080,
  grey: 0x808080,
  silver: 0xc0c0c0,
  red: 0xff0000,
  maroon: 0x800000,
  green: 0x008000,
  lime: 0x00ff00,
  olive: 0x808000,
  blue: 0x0000ff,
  navy: 0x000080,
  teal: 0x008080,
  cyan: 0x00ffff,
  aqua: 0x00ffff,
  magenta: 0xff00ff,
  fuchsia: 0xff00ff,
  yellow: 0xffff00,
  orange: 0xffa500,
  purple: 0x800080,
  brown: 0xa52a2a,
  pink: 0xffc0cb,
  gold: 0xffd700,
  salmon: 0xfa8072,
  coral: 0xff7f50,
  crimson: 0xdc143c,
  indigo: 0x4b0082,
  violet: 0xee82ee,
  turquoise: 0x40e0d0,
  tomato: 0xff6347,
  steelblue: 0x4682b4,
};

/**
 * A colour: `"#rgb"`, `"#rrggbb"`, `"#rrggbbaa"`, `"rgb(1, 2, 3)"`, `"rgba(1, 2, 3, 0.5)"`, a name such as `"steelblue"`,
 * `"transparent"`, or `"C0"`, `"C1"` … for the colours of the theme's palette.
 */
export type ColorName = string;

/** The number of a colour; `palette` is what "C0" and its like are taken from. */
export function parseColor(name: ColorName, palette: readonly Color[] = []): Color {
  const text = typeof name === "string" ? name.trim().toLowerCase() : "";
  const hex = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(text);
  if (hex !== null) return parseHex(hex[1]);
  const place = /^c(\d+)$/.exec(text);
  if (place !== null && palette.length > 0) return palette[Number(place[1]) % palette.length];
  const parts = /^rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*([\d.]+)\s*)?\)$/.exec(text);
  if (parts !== null) return fromParts(parts);
  if (text === "transparent" || text === "none") return 0;
  if (Object.hasOwn(NAMES, text)) return NAMES[text] * 256 + 255;
  throw unknownColor(name, text);
}

/** The same colour, with its opacity multiplied by `alpha`. */
export function fade(color: Color, alpha: number): Color {
  return color - (color % 256) + Math.round((color % 256) * Math.min(1, Math.max(0, alpha)));
}

/** A colour between two others: `b` where `share` is 1. */
export function mix(a: Color, b: Color, share: number): Color {
  let mixed = 0;
  for (let unit = 2 ** 24; unit >= 1; unit /= 256) {
    const from = Math.floor(a / unit) % 256;
    const to = Math.floor(b / unit) % 256;
    mixed += Math.round(from + (to - from) * share) * unit;
  }
  return mixed;
}

/** How light a colour looks, from 0 to 1. */
export function luminance(color: Color): number {
  const channel = (unit: number): number => (Math.floor(color / unit) % 256) / 255;
  return 0.299 * channel(2 ** 24) + 0.587 * channel(2 ** 16) + 0.114 * channel(256);
}

/** The grey that looks as light as a colour. */
export function grayOf(color: Color): Color {
  const level = Math.round(255 * luminance(color));
  return ((level * 256 + level) * 256 + level) * 256 + (color % 256);
}

function parseHex(digits: string): Color {
  const long = digits.length <= 4 ? digits.replace(/./g, "$&$&") : digits;
  return Number.parseInt(long.padEnd(8, "f"), 16);
}

function fromParts([, red, green, blue, alpha = "1"]: readonly string[]): Color {
  const [r, g, b] = [red, green, blue].map((part) => Math.min(255, Number(part)));
  return ((r * 256 + g) * 256 + b) * 256 + Math.round(255 * Math.min(1, Number(alpha)));
}

function unknownColor(name: unknown, text: string): PlotError {
  const near = Object.keys(NAMES).find((known) => isNear(known, text));
  const hint = near === undefined ? 'write "#rrggbb", "rgb(r, g, b)" or a name' : `did you mean "${near}"?`;
  return new PlotError("BAD_ARGUMENT", `expected a colour, got ${show(name)}; ${hint}`);
}

// One letter too many, too few, wrong, or two that changed places.
function isNear(known: string, text: string): boolean {
  if (Math.abs(known.length - text.length) > 1 || text.length < 3) return false;
  let front = 0;
  while (front < known.length && known[front] === text[front]) front++;
  let back = 0;
  while (back < known.length - front && known.at(-1 - back) === text.at(-1 - back)) back++;
  return Math.max(known.length, text.length) - front - back <= (known.length === text.length ? 2 : 1);
}
