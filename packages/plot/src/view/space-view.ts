// What a view asks of a panel in space: where points are seen, which one is nearest, and how the camera moves.
import type { Box } from "../figure/axes.ts";
import type { PanelFrame, Stage } from "../figure/stage.ts";
import type { CameraState } from "../space/camera.ts";
import { enlarged, enlargedTo, turned } from "../space/camera-moves.ts";
import type { PreparedSpace } from "../space/prepared-space.ts";
import type { Space, Triple } from "../space/space.ts";
import type { Hit, Pixel, ViewLimits } from "./view.ts";

/** A panel in space, as it is seen now. */
export class SpaceView {
  readonly #space: PreparedSpace;
  readonly #frame: PanelFrame;
  readonly #stage: Stage;
  readonly #seen: Space;

  constructor(space: PreparedSpace, frame: PanelFrame, stage: Stage) {
    this.#space = space;
    this.#frame = frame;
    this.#stage = stage;
    this.#seen = space.seen(frame.box, stage.camera);
  }

  /** From where it is seen. */
  get camera(): CameraState {
    return this.#seen.camera.state;
  }

  /** The values at the ends of the axes. */
  limits(): Pick<ViewLimits, "x" | "y" | "z"> {
    const [x, y, z] = this.#space.scales.map(({ low, high }) => [low, high] as const);
    return { x, y, z };
  }

  /** Where values are seen. */
  pixel(values: Triple): Pixel {
    this.#seen.place(...values);
    return { left: this.#seen.px, top: this.#seen.py };
  }

  /** The point nearest to a pixel, of those that nothing hides. */
  nearest(left: number, top: number, within: number): Omit<Hit, "panel"> | undefined {
    const found = this.#space.nearest(this.#frame.box, this.#stage, left, top, within);
    const hit = found === undefined ? undefined : this.hit(found.solid, found.index);
    return hit === undefined ? undefined : { ...hit, distance: found!.distance };
  }

  /** A point by its number; undefined where it has no place within the axes. */
  hit(mark: number, index: number): Omit<Hit, "panel"> | undefined {
    const values = this.#space.values(mark, index);
    if (values === undefined || !this.#seen.place(...values)) return undefined;
    const { px: left, py: top } = this.#seen;
    const [x, y, z] = values;
    const [xText, yText, zText] = this.#space.scales.map((scale, axis) => scale.describe(values[axis]));
    const series = seriesName(this.#frame.shown[mark].name);
    return { mark, series, index, x, y, z, left, top, xText, yText, zText, distance: 0 };
  }

  /** The camera after the picture was dragged. */
  turned(right: number, down: number): CameraState {
    return turned(this.camera, right, down);
  }

  /** The camera after everything became larger around a pixel. */
  enlarged(left: number, top: number, factor: number): CameraState {
    return enlarged(this.#seen, left, top, factor);
  }

  /** The camera that shows a part of the panel. */
  enlargedTo(part: Box): CameraState {
    return enlargedTo(this.#seen, this.#frame.box, part);
  }
}

/** What people call a series: its label alone, where there is one. */
export function seriesName(name: string): string {
  return /"(.*)"$/s.exec(name)?.[1] ?? name;
}
