// Vega to SVG, and resvg to pixels. It makes an object of each point, so it is given no more than a hundred thousand.

import { fileURLToPath } from "node:url";

import type { Spec } from "vega";

import { HEIGHT, type Points, TITLE, WIDTH, X_LABEL, Y_LABEL } from "./data.ts";
import type { Draw } from "./drawing.ts";

const font = fileURLToPath(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"));

const SPEC: Spec = {
  width: WIDTH,
  height: HEIGHT,
  autosize: { type: "fit", contains: "padding" },
  background: "white",
  title: { text: TITLE, font: "DejaVu Sans", fontSize: 20 },
  data: [{ name: "points" }],
  scales: [
    { name: "x", type: "linear", range: "width", domain: { data: "points", field: "x" } },
    { name: "y", type: "linear", range: "height", domain: { data: "points", field: "y" }, nice: true },
  ],
  axes: [
    { orient: "bottom", scale: "x", grid: true, title: X_LABEL },
    { orient: "left", scale: "y", grid: true, title: Y_LABEL },
  ],
  marks: [
    {
      type: "line",
      from: { data: "points" },
      encode: {
        enter: {
          x: { scale: "x", field: "x" },
          y: { scale: "y", field: "y" },
          stroke: { value: "#1f77b4" },
          strokeWidth: { value: 1.5 },
        },
      },
    },
  ],
};

/** A line with all of its points. */
export async function vegaLine({ xs, ys }: Points): Promise<Draw> {
  const { parse, View } = await import("vega");
  const { Resvg } = await import("@resvg/resvg-js");
  return async () => {
    const points = Array.from(xs, (x, index) => ({ x, y: ys[index] }));
    const view = new View(parse(SPEC), { renderer: "none" }).data("points", points);
    const svg = await view.toSVG();
    view.finalize();
    return new Resvg(svg, {
      font: { fontFiles: [font], loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
    })
      .render()
      .asPng();
  };
}
