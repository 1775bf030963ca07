// From where a figure in space is seen: points of the box around the data, whose sides are -1 and 1, become points of a
// plane, with a depth that is larger the nearer they are.
import { unlike } from "../check.ts";

/** From where a figure in space is seen. */
export interface CameraOptions {
  /** Degrees around the box, from where x grows towards the eye. @defaultValue -60 */
  readonly azimuth?: number | undefined;
  /** Degrees above the floor, from -90 to 90. @defaultValue 30 */
  readonly elevation?: number | undefined;
  /** "perspective" shows smaller what is farther away. @defaultValue "orthographic" */
  readonly projection?: "orthographic" | "perspective" | undefined;
}

// How far away the eye is where that matters; the corners of the box are less than 2 from its middle.
const DISTANCE = 6;

/** Projects points; where the last one came to stays in its fields, so that no object is made for each. */
export class Camera {
  /** To the right. */
  across = 0;
  /** Upwards. */
  up = 0;
  /** Towards the eye. */
  depth = 0;
  /** The direction in which the eye is. */
  readonly eye: readonly [x: number, y: number, z: number];
  readonly #right: readonly [number, number];
  readonly #top: readonly [number, number, number];
  readonly #perspective: boolean;

  constructor({ azimuth = -60, elevation = 30, projection = "orthographic" }: CameraOptions) {
    if (!Number.isFinite(azimuth)) throw unlike("an azimuth in degrees", azimuth);
    if (!(Number.isFinite(elevation) && Math.abs(elevation) <= 90))
      throw unlike("an elevation from -90 to 90 degrees", elevation);
    if (projection !== "orthographic" && projection !== "perspective")
      throw unlike('a projection, "orthographic" or "perspective"', projection);
    const [a, e] = [(azimuth / 180) * Math.PI, (elevation / 180) * Math.PI];
    this.eye = [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)];
    this.#right = [-Math.sin(a), Math.cos(a)];
    this.#top = [-Math.sin(e) * Math.cos(a), -Math.sin(e) * Math.sin(a), Math.cos(e)];
    this.#perspective = projection === "perspective";
  }

  /** Projects a point of the box. */
  look(x: number, y: number, z: number): void {
    const { eye } = this;
    const top = this.#top;
    this.depth = eye[0] * x + eye[1] * y + eye[2] * z;
    const factor = this.#perspective ? DISTANCE / (DISTANCE - this.depth) : 1;
    this.across = (this.#right[0] * x + this.#right[1] * y) * factor;
    this.up = (top[0] * x + top[1] * y + top[2] * z) * factor;
  }
}
