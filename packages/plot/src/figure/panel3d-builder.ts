// The chain of calls that fills a panel in space: a box with three axes, seen from somewhere.
import type { SeriesLike } from "@millpond/core";

import { nameOf } from "../marks/check-options.ts";
import { type CameraOptions, checkCamera } from "../space/camera.ts";
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
import { Captions } from "./captions.ts";
import type { Mark } from "./mark.ts";
import type { PanelContent } from "./panel-content.ts";

/**
 * A panel in space: `plot3d()` makes one, `at3d` of `subplots()` several.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel3d, plot3d } from "@millpond/plot";
 *
 * const figure = plot3d({ roll: 10 }).scatter([1, 2], [3, 4], [5, 6], { label: "two" }).zlabel("height").legend();
 * assert(figure instanceof Panel3d);
 * ```
 */
export class Panel3d extends Captions {
  readonly #solids: Solid[] = [];
  readonly #axes: [AxisOptions, AxisOptions, AxisOptions] = [{}, {}, {}];
  // One mark for good, by which views know the panel.
  readonly #marks: readonly Mark[];

  /** @internal */
  constructor(camera: CameraOptions) {
    checkCamera(camera);
    super();
    this.#marks = [spaceMark(this.#solids, this.#axes, camera)];
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

  /** What stands along the z axis, and how it is scaled. */
  zlabel(label: string, options: AxisOptions = {}): this {
    return this.zaxis({ ...options, label });
  }

  /** Scale, limits and ticks of the x axis. */
  override xaxis(options: AxisOptions): this {
    return this.#axis(0, options);
  }

  /** Scale, limits and ticks of the y axis. */
  override yaxis(options: AxisOptions): this {
    return this.#axis(1, options);
  }

  /** Scale, limits and ticks of the z axis, which goes upwards. */
  zaxis(options: AxisOptions): this {
    return this.#axis(2, options);
  }

  /** @internal */
  _content(): PanelContent {
    const { title, legend } = this._captions;
    return { marks: this.#marks, title, x: {}, y: {}, y2: {}, legend, bare: true, insets: [] };
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

  #name(kind: string, options: object): string {
    return nameOf(kind, this.#solids.length + 1, options);
  }
}
