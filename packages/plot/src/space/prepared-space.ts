// A figure in space that has looked at its data: where everything in it is seen within a panel, and which point is nearest
// to a pixel. Views ask the same as drawing does.
import type { Box } from "../figure/axes.ts";
import type { Setting, Shown } from "../figure/mark.ts";
import { Camera, type CameraOptions } from "./camera.ts";
import { nearestSeen, type PickedPoint } from "./pick.ts";
import { Scene } from "./scene.ts";
import type { PreparedSolid } from "./solid.ts";
import { type Scales, Space, type Triple } from "./space.ts";

/** What a view may have moved and hidden. */
export interface SpaceStage {
  /** What goes before the options of the figure. */
  readonly camera: CameraOptions | undefined;
  readonly hidden: ReadonlySet<Shown>;
}

/** What is in a panel in space. */
export class PreparedSpace {
  readonly scales: Scales;
  readonly #parts: readonly Shown[];
  readonly #solids: readonly PreparedSolid[];
  readonly #camera: CameraOptions;
  readonly #setting: Setting;

  constructor(
    parts: readonly Shown[],
    solids: readonly PreparedSolid[],
    scales: Scales,
    camera: CameraOptions,
    setting: Setting,
  ) {
    this.#parts = parts;
    this.#solids = solids;
    this.scales = scales;
    this.#camera = camera;
    this.#setting = setting;
  }

  /** How the box of the axes is seen within a panel; a camera that was moved goes before that of the figure. */
  seen(panel: Box, moved: CameraOptions | undefined): Space {
    const camera = new Camera({ ...this.#camera, ...moved });
    return new Space(camera, this.scales, this.room(panel, camera));
  }

  /** What is left of a panel beside tick labels and names, which are at the sides and where the floor is nearer. */
  room({ left, top, right, bottom }: Box, camera: Camera): Box {
    const { looks } = this.#setting;
    const { tickSize, labelSize } = looks.theme;
    const [beside, below] = [looks.pixels(3 * tickSize + labelSize), looks.pixels(2 * tickSize + labelSize)];
    // A picture that is turned may have them anywhere.
    const free = camera.state.roll === 0 ? looks.pixels(tickSize) : below;
    // The floor is above, if it is seen from below.
    const [over, under] = camera.eye[2] < 0 ? [below, free] : [free, below];
    return { left: left + beside, top: top + over, right: right - beside, bottom: bottom - under };
  }

  /** Adds everything that is not hidden to a scene. */
  build(space: Space, scene: Scene, hidden?: ReadonlySet<Shown>): void {
    for (const [number, solid] of this.#solids.entries()) {
      if (hidden?.has(this.#parts[number]) === true) continue;
      scene.begin(number);
      solid.build(space, scene);
    }
  }

  /** The point that is seen nearest to a pixel. */
  nearest(panel: Box, stage: SpaceStage, x: number, y: number, within: number): PickedPoint | undefined {
    const scene = new Scene(this.#setting.workspace);
    this.build(this.seen(panel, stage.camera), scene, stage.hidden);
    return nearestSeen(scene.pieces, x, y, within);
  }

  /** The values of a point of a solid; undefined where there is none. */
  values(solid: number, index: number): Triple | undefined {
    const known = this.#solids[solid];
    if (known === undefined || !(Number.isInteger(index) && index >= 0 && index < known.count))
      return undefined;
    return known.at(index);
  }
}
