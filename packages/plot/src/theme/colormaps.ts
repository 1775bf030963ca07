// Colours for values: lists of colours, and what lies between them. The perceptual ones are those of matplotlib (public
// domain, by N. Smith, S. van der Walt and E. Firing), at ten places.
import { PlotError } from "../errors.ts";
import type { Color } from "../paint/painter.ts";
import { type ColorName, mix, parseColor } from "./colors.ts";

const MAPS: Readonly<Record<string, string>> = {
  viridis: "440154 482878 3e4989 31688e 26828e 1f9e89 35b779 6ece58 b5de2b fde725",
  plasma: "0d0887 46039f 7201a8 9c179e bd3786 d8576b ed7953 fb9f3a fdca26 f0f921",
  inferno: "000004 1b0c41 4a0c6b 781c6d a52c60 cf4446 ed6925 fb9b06 f7d13d fcffa4",
  magma: "000004 180f3d 440f76 721f81 9e2f7f cd4071 f1605d fd9668 feca8d fcfdbf",
  hot: "0b0000 ff0000 ffff00 ffffff",
  cool: "00ffff ff00ff",
  gray: "000000 ffffff",
  jet: "000080 0000ff 0080ff 00ffff 80ff80 ffff00 ff8000 ff0000 800000",
  coolwarm: "3b4cc0 6788ee 9abbff c9d7f0 dddddd edd1c2 f7a889 e26952 b40426",
  rdbu: "67001f b2182b d6604d f4a582 fddbc7 f7f7f7 d1e5f0 92c5de 4393c3 2166ac 053061",
};

/** A colour map by its name, or a list of colours to mix. */
export type ColormapName =
  | "viridis"
  | "plasma"
  | "inferno"
  | "magma"
  | "hot"
  | "cool"
  | "gray"
  | "jet"
  | "coolwarm"
  | "rdbu"
  | readonly ColorName[];

/** The 256 colours of a map. */
export function colormap(name: ColormapName): Uint32Array {
  const stops = stopsOf(name);
  const colors = new Uint32Array(256);
  for (let index = 0; index < 256; index++) {
    const place = (index / 255) * (stops.length - 1);
    const stop = Math.min(Math.floor(place), Math.max(0, stops.length - 2));
    colors[index] = mix(stops[stop], stops[Math.min(stop + 1, stops.length - 1)], place - stop);
  }
  return colors;
}

function stopsOf(name: ColormapName): Color[] {
  if (typeof name !== "string") {
    if (name.length > 0) return name.map((color) => parseColor(color));
    throw new PlotError("BAD_ARGUMENT", "expected at least one colour in a colour map, got none");
  }
  if (Object.hasOwn(MAPS, name)) return MAPS[name].split(" ").map((digits) => parseColor(`#${digits}`));
  const known = Object.keys(MAPS).join(", ");
  throw new PlotError("BAD_ARGUMENT", `expected a colour map, one of ${known}, got ${JSON.stringify(name)}`);
}
