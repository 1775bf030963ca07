// A figure in space, and what comes out of it.
import { checkOptions } from "../check.ts";
import type { CameraOptions } from "../space/camera.ts";
import { View } from "../view/view.ts";
import { type Outputs, withOutputs } from "./outputs.ts";
import { Panel3d } from "./panel3d-builder.ts";
import { panelSheet } from "./panel-sheet.ts";
import type { FigureOptions, Sheet } from "./sheet.ts";

/** Options of a figure in space. */
export interface Plot3dOptions extends FigureOptions, CameraOptions {}

const FigurePanel3d: abstract new (camera: CameraOptions) => Panel3d & Outputs = withOutputs(Panel3d);

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
export class Plot3d extends FigurePanel3d {
  /** @internal */
  readonly _sheet: Sheet;

  /** @internal */
  constructor(options: Plot3dOptions) {
    checkOptions("plot3d: options", options);
    super(options);
    this._sheet = panelSheet(options, this);
  }

  /** A view of the figure, which can be turned and asked what lies where. */
  view(): View {
    return new View(this._sheet);
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
