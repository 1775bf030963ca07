// From where a figure in space is seen: points of the box around the data, whose sides are -1 and 1, become points of a
// plane, with a depth that is larger the nearer they are.
import { unlike } from "../check.ts";

/** From where a figure in space is seen. */
export interface CameraOptions {
  /** Degrees around the box, from where x grows towards the eye. @defaultValue -60 */
  readonly azimuth?: number | undefined;
  /** Degrees above the floor, from -90 to 90. @defaultValue 30 */
  readonly elevation?: number | undefined;
  /** Degrees by which the picture is turned, against the clock. @defaultValue 0 */
  readonly roll?: number | undefined;
  /** The values of x, y and z that stand in the middle. @defaultValue the middle of the axes */
  readonly lookAt?: readonly [x: number, y: number, z: number] | undefined;
  /** How many times as large as there is room for everything. @defaultValue 1 */
  readonly zoom?: number | undefined;
  /**
   * How long the box is along x, y and z: three numbers, or "equal" where one is as long on each axis. "auto" is as long as
   * wide and a little less high. @defaultValue "auto"
   */
  readonly aspect?: "auto" | "equal" | readonly [x: number, y: number, z: number] | undefined;
  /** "perspective" shows smaller what is farther away. @defaultValue "orthographic" */
  readonly projection?: "orthographic" | "perspective" | undefined;
}

/** From where a figure in space is seen, with all that nobody said. */
export interface CameraState {
  /** Degrees around the box. */
  readonly azimuth: number;
  /** Degrees above the floor. */
  readonly elevation: number;
  /** Degrees by which the picture is turned, against the clock. */
  readonly roll: number;
  /** The values that stand in the middle; undefined for the middle of the axes. */
  readonly lookAt: readonly [x: number, y: number, z: number] | undefined;
  /** How many times as large as there is room for everything. */
  readonly zoom: number;
  /** How long the box is along the axes. */
  readonly aspect: "auto" | "equal" | readonly [x: number, y: number, z: number];
  /** Whether what is farther away is smaller. */
  readonly projection: "orthographic" | "perspective";
}

/** How much larger, or smaller, a picture can get. */
export const MOST_ZOOM = 1e6;
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
  /** The directions that are to the right and upwards in the picture. */
  readonly right: readonly [x: number, y: number, z: number];
  readonly top: readonly [x: number, y: number, z: number];
  readonly state: CameraState;
  readonly #perspective: boolean;

  constructor(options: CameraOptions) {
    checkCamera(options);
    const { azimuth = -60, elevation = 30, roll = 0, zoom = 1, aspect = "auto" } = options;
    const { projection = "orthographic", lookAt } = options;
    this.state = { azimuth, elevation, roll, zoom, aspect, projection, lookAt };
    const [a, e, r] = [azimuth, elevation, roll].map((degrees) => (degrees / 180) * Math.PI);
    const { sin, cos } = Math;
    this.eye = [cos(e) * cos(a), cos(e) * sin(a), sin(e)];
    const right = [-sin(a), cos(a), 0];
    const top = [-sin(e) * cos(a), -sin(e) * sin(a), cos(e)];
    this.right = triple((axis) => right[axis] * cos(r) - top[axis] * sin(r));
    this.top = triple((axis) => right[axis] * sin(r) + top[axis] * cos(r));
    this.#perspective = projection === "perspective";
  }

  /** How much larger than in the middle something of a depth is seen. */
  nearness(depth: number): number {
    return this.#perspective ? DISTANCE / (DISTANCE - depth) : 1;
  }

  /** Projects a point of the box. */
  look(x: number, y: number, z: number): void {
    const { eye, right, top } = this;
    this.depth = eye[0] * x + eye[1] * y + eye[2] * z;
    const factor = this.nearness(this.depth);
    this.across = (right[0] * x + right[1] * y + right[2] * z) * factor;
    this.up = (top[0] * x + top[1] * y + top[2] * z) * factor;
  }
}

/** Refuses options that no camera can have. */
export function checkCamera(options: CameraOptions): void {
  const { azimuth = 0, elevation = 0, roll = 0, zoom = 1, projection = "orthographic", lookAt } = options;
  if (!Number.isFinite(azimuth)) throw unlike("an azimuth in degrees", azimuth);
  if (!(Number.isFinite(elevation) && Math.abs(elevation) <= 90))
    throw unlike("an elevation from -90 to 90 degrees", elevation);
  if (!Number.isFinite(roll)) throw unlike("a roll in degrees", roll);
  if (!(typeof zoom === "number" && zoom >= 1 / MOST_ZOOM && zoom <= MOST_ZOOM))
    throw unlike("a zoom above 0, such as 2", zoom);
  if (projection !== "orthographic" && projection !== "perspective")
    throw unlike('a projection, "orthographic" or "perspective"', projection);
  if (lookAt !== undefined && !isTriple(lookAt)) throw unlike("values of x, y and z to look at", lookAt);
  checkAspect(options);
}

function checkAspect({ aspect = "auto" }: CameraOptions): void {
  if (aspect === "auto" || aspect === "equal") return;
  if (isTriple(aspect) && aspect.every((length) => length > 0 && length < 1e9)) return;
  throw unlike('an aspect, "auto", "equal" or three numbers above 0', aspect);
}

function isTriple(list: unknown): list is readonly number[] {
  return Array.isArray(list) && list.length === 3 && list.every((value) => Number.isFinite(value));
}

function triple(at: (axis: number) => number): [number, number, number] {
  return [at(0), at(1), at(2)];
}
