// A whole figure in space as one mark without axes: the panel around it has the title, the legend and the colour bar.
import type { AxisOptions } from "../figure/axis-options.ts";
import type { Canvas, Mark, Prepared, Setting } from "../figure/mark.ts";
import { type Extent, Scale, type ScaleKind } from "../scale/scale.ts";
import { drawBox } from "./axes-box.ts";
import { Camera, type CameraOptions } from "./camera.ts";
import { Scene } from "./scene.ts";
import type { PreparedSolid, Solid } from "./solid.ts";
import { type Scales, Space } from "./space.ts";

/** The options of three axes. */
export type AxesOptions = readonly [x: AxisOptions, y: AxisOptions, z: AxisOptions];

/** Things in space, seen by a camera. */
export function spaceMark(solids: readonly Solid[], axes: AxesOptions, camera: CameraOptions): Mark {
  return {
    name: "figure in space",
    // Counted when asked: the mark is there before what is in it.
    get colors() {
      return solids.reduce((sum, { colors }) => sum + colors, 0);
    },
    axis: "left",
    prepare(setting): Prepared {
      const prepared = prepareSolids(solids, axes, setting);
      const scales = axes.map((options, axis) => scaleOf(axis, options, prepared)) as unknown as Scales;
      return {
        keys: prepared.flatMap(({ keys }) => keys),
        ramp: prepared.find(({ ramp }) => ramp !== undefined)?.ramp,
        draw: (canvas) => drawSpace(prepared, scales, axes, new Camera(camera), canvas, setting),
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
  prepared: readonly PreparedSolid[],
  scales: Scales,
  axes: AxesOptions,
  camera: Camera,
  { left, top, right, bottom, painter, occupancy }: Canvas,
  { looks, workspace }: Setting,
): void {
  // Room for tick labels and names, at the sides and where the floor is nearer: above, if it is seen from below. A picture
  // that is turned may have them anywhere.
  const { tickSize, labelSize } = looks.theme;
  const [beside, below] = [looks.pixels(3 * tickSize + labelSize), looks.pixels(2 * tickSize + labelSize)];
  const free = camera.state.roll === 0 ? looks.pixels(tickSize) : below;
  const [over, under] = camera.eye[2] < 0 ? [below, free] : [free, below];
  const space = new Space(camera, scales, {
    left: left + beside,
    top: top + over,
    right: right - beside,
    bottom: bottom - under,
  });
  drawBox(space, scales, axes, looks, painter);
  const scene = new Scene(workspace);
  for (const solid of prepared) solid.build(space, scene);
  scene.draw(painter);
  occupancy.rect(left + beside, top + over, right - left - 2 * beside, bottom - top - over - under);
}
