// A figure in space, and what comes out of it.
import type { SeriesLike } from "@millpond/core";

import { checkOptions } from "../check.ts";
import { checkMarkOptions } from "../marks/check-options.ts";
import { Camera, type CameraOptions } from "../space/camera.ts";
import { type Line3dOptions, lineSolid, type Scatter3dOptions, scatterSolid } from "../space/points.ts";
import type { Solid } from "../space/solid.ts";
import { spaceMark } from "../space/space-mark.ts";
import {
  type SurfaceOptions,
  surfaceSolid,
  type WireframeOptions,
  wireframeSolid,
} from "../space/surface.ts";
import { type AxisOptions, checkAxis } from "./axis-options.ts";
import { checkLegend, type LegendOptions, type LegendPosition } from "./legend.ts";
import { drawPanel, type PanelContent } from "./panel.ts";
import { Outputs } from "./outputs.ts";
import { type FigureOptions, Sheet } from "./sheet.ts";

/** Options of a figure in space. */
export interface Plot3dOptions extends FigureOptions, CameraOptions {}

/**
 * A figure in space: a box with three axes, seen from somewhere. What is nearer is drawn over what is farther away, each
 * face, marker and piece of a line as a whole.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { plot3d } from "@millpond/plot";
 *
 * const heights = Float64Array.from({ length: 400 }, (_, at) => Math.sin((at % 20) / 3) * Math.cos(at / 60));
 * const figure = plot3d({ width: 400, height: 300, azimuth: -45, elevation: 35 })
 *   .surface(heights, { columns: 20, colorbar: true })
 *   .scatter([5, 10], [5, 10], [1, 1], { color: "red", label: "peaks" })
 *   .zlabel("height")
 *   .legend();
 * assert.equal(String.fromCharCode(...figure.png().subarray(1, 4)), "PNG");
 * assert.throws(() => plot3d({ elevation: 100 }), { code: "BAD_ARGUMENT" });
 * ```
 */
export class Plot3d extends Outputs {
  readonly #solids: Solid[] = [];
  /** @internal */
  readonly _sheet: Sheet;
  #title: string | undefined;
  #axes: [AxisOptions, AxisOptions, AxisOptions] = [{}, {}, {}];
  #legend: LegendOptions | undefined;

  /** @internal */
  constructor(options: Plot3dOptions) {
    super();
    checkOptions("plot3d: options", options);
    const camera = new Camera(options);
    this._sheet = new Sheet(options, {
      draw: (box, looks, workspace, painter) =>
        drawPanel(this.#content(camera), box, looks, workspace, painter),
      title: () => this.#title,
    });
  }

  /** A marker at each point. */
  scatter(xs: SeriesLike, ys: SeriesLike, zs: SeriesLike, options: Scatter3dOptions = {}): this {
    return this.#add(scatterSolid(this.#name("scatter", options), xs, ys, zs, options));
  }

  /** A line through points. */
  line(xs: SeriesLike, ys: SeriesLike, zs: SeriesLike, options: Line3dOptions = {}): this {
    return this.#add(lineSolid(this.#name("line", options), xs, ys, zs, options));
  }

  /** A table of heights as a surface; values come row after row, the first row at the lowest y. */
  surface(values: SeriesLike, options: SurfaceOptions): this {
    return this.#add(surfaceSolid(this.#name("surface", options), values, options));
  }

  /** A table of heights as lines along its rows and columns. */
  wireframe(values: SeriesLike, options: WireframeOptions): this {
    return this.#add(wireframeSolid(this.#name("wireframe", options), values, options));
  }

  /** What stands above the figure. */
  title(text: string): this {
    this.#title = text;
    return this;
  }

  /** What stands along the x axis, and how it is scaled. */
  xlabel(label: string, options: AxisOptions = {}): this {
    return this.xaxis({ ...options, label });
  }

  /** What stands along the y axis, and how it is scaled. */
  ylabel(label: string, options: AxisOptions = {}): this {
    return this.yaxis({ ...options, label });
  }

  /** What stands along the z axis, and how it is scaled. */
  zlabel(label: string, options: AxisOptions = {}): this {
    return this.zaxis({ ...options, label });
  }

  /** Scale, limits and ticks of the x axis. */
  xaxis(options: AxisOptions): this {
    return this.#axis(0, options);
  }

  /** Scale, limits and ticks of the y axis. */
  yaxis(options: AxisOptions): this {
    return this.#axis(1, options);
  }

  /** Scale, limits and ticks of the z axis, which goes upwards. */
  zaxis(options: AxisOptions): this {
    return this.#axis(2, options);
  }

  /** Lists what has a label. */
  legend(options: LegendOptions | LegendPosition = {}): this {
    const whole = typeof options === "string" ? { position: options } : options;
    checkLegend(whole);
    this.#legend = whole;
    return this;
  }

  #content(camera: Camera): PanelContent {
    return {
      marks: [spaceMark(this.#solids, this.#axes, camera)],
      title: this.#title,
      x: {},
      y: {},
      y2: {},
      legend: this.#legend,
      bare: true,
      insets: [],
    };
  }

  #add(solid: Solid): this {
    this.#solids.push(solid);
    return this;
  }

  #axis(axis: 0 | 1 | 2, options: AxisOptions): this {
    checkAxis(`${"xyz"[axis]} axis`, options, []);
    this.#axes[axis] = { ...this.#axes[axis], ...options };
    return this;
  }

  // What errors call something: by its label, or by its kind and number.
  #name(kind: string, options: object): string {
    const numbered = `${kind} ${this.#solids.length + 1}`;
    const { label } = checkMarkOptions(numbered, options);
    return label === undefined ? numbered : `${kind} "${label}"`;
  }
}

/**
 * An empty figure in space. See {@link Plot3d}.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { plot3d } from "@millpond/plot";
 *
 * const turns = Float64Array.from({ length: 200 }, (_, index) => index / 10);
 * const figure = plot3d({ projection: "perspective" }).line(turns.map(Math.cos), turns.map(Math.sin), turns);
 * assert(figure.svg().startsWith("<svg"));
 * assert.throws(() => figure.line([1], [1], [1, 2]), { code: "LENGTH_MISMATCH" });
 * ```
 */
export function plot3d(options: Plot3dOptions = {}): Plot3d {
  return new Plot3d(options);
}
