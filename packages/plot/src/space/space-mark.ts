// A whole figure in space as one mark without axes: the panel around it has the title, the legend and the colour bar.
import type { AxisOptions } from "../figure/axis-options.ts";
import type { Canvas, Mark, Prepared, Setting } from "../figure/mark.ts";
import { type Extent, Scale, type ScaleKind } from "../scale/scale.ts";
import { drawBox } from "./axes-box.ts";
import type { CameraOptions } from "./camera.ts";
import { PreparedSpace } from "./prepared-space.ts";
import { Scene } from "./scene.ts";
import type { PreparedSolid, Solid } from "./solid.ts";
import type { Scales } from "./space.ts";

/** The options of three axes. */
export type AxesOptions = readonly [x: AxisOptions, y: AxisOptions, z: AxisOptions];

/** Things in space, seen by a camera. */
export function spaceMark(solids: readonly Solid[], axes: AxesOptions, camera: CameraOptions): Mark {
  return {
    name: "figure in space",
    // It has a panel of its own, so nobody asks for the next one.
    colors: 0,
    axis: "left",
    parts: solids,
    prepare(setting): Prepared {
      const prepared = prepareSolids(solids, axes, setting);
      const scales = axes.map((options, axis) => scaleOf(axis, options, prepared)) as unknown as Scales;
      const space = new PreparedSpace(solids, prepared, scales, camera, setting);
      return {
        keys: prepared.flatMap(({ keys }, part) => keys.map((key) => ({ ...key, part }))),
        ramp: prepared.find(({ ramp }) => ramp !== undefined)?.ramp,
        space,
        draw: (canvas) => drawSpace(space, axes, canvas, setting),
      };
    },
  };
}

function prepareSolids(solids: readonly Solid[], axes: AxesOptions, setting: Setting): PreparedSolid[] {
  const [xLeast, yLeast, zLeast] = axes.map(({ scale }) => leastOf(scale));
  let { firstColor } = setting;
  return solids.map((solid) => {
    const own = { ...setting, firstColor, xLeast, yLeast, zLeast };
    firstColor += solid.colors;
    return solid.prepare(own);
  });
}

function leastOf(kind: ScaleKind | undefined): number {
  return kind === "log" ? Number.MIN_VALUE : -Number.MAX_VALUE;
}

function scaleOf(axis: number, options: AxisOptions, prepared: readonly PreparedSolid[]): Scale {
  const extents = prepared.map(({ extents }) => extents[axis]);
  const all: Extent = {
    low: Math.min(...extents.map(({ low }) => low)),
    high: Math.max(...extents.map(({ high }) => high)),
    tight: extents.length > 0 && extents.every(({ tight }) => tight === true),
  };
  return new Scale(`${"xyz"[axis]} axis`, options, all);
}

function drawSpace(
  prepared: PreparedSpace,
  axes: AxesOptions,
  canvas: Canvas,
  { looks, workspace }: Setting,
): void {
  const { painter, occupancy, stage } = canvas;
  const space = prepared.seen(canvas, stage?.camera);
  drawBox(space, prepared.scales, axes, looks, painter);
  const scene = new Scene(workspace);
  prepared.build(space, scene, stage?.hidden);
  scene.draw(painter);
  const { left, top, right, bottom } = prepared.room(canvas, space.camera);
  occupancy.rect(left, top, right - left, bottom - top);
}
