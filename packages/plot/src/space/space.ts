// Data in space: values of three axes become places in a box, and those become pixels within a rectangle that the box
// fills.
import type { Box } from "../figure/axes.ts";
import type { Mapping } from "../scale/mapping.ts";
import type { Scale } from "../scale/scale.ts";
import type { Camera } from "./camera.ts";

/** The scales of three axes. */
export type Scales = readonly [x: Scale, y: Scale, z: Scale];

/** Three numbers: a place in the box, or values of the axes. */
export type Triple = readonly [x: number, y: number, z: number];

// The box is less high than wide, as most data are.
const USUAL: Triple = [1, 1, 0.75];
// A box that is flatter than this has no room for anything.
const LEAST_SIDE = 0.01;

/** Places values on the screen; where the last one came to stays in its fields. */
export class Space {
  /** Pixels from the left. */
  px = 0;
  /** Pixels from the top. */
  py = 0;
  /** Larger the nearer. */
  depth = 0;
  /** Values to places in the box, from -1 to 1. */
  readonly mappings: readonly [x: Mapping, y: Mapping, z: Mapping];
  readonly camera: Camera;
  // Half of the lengths of the box along the axes; the longest is 1.
  readonly #sides: Triple;
  // What stands in the middle of the room, in the box, and where that is.
  #middle: Triple = [0, 0, 0];
  // Where the middle of the axes is.
  #originX = 0;
  #originY = 0;
  readonly #room: Box;
  #scale = 1;

  constructor(camera: Camera, scales: Scales, room: Box) {
    const [x, y, z] = scales;
    this.camera = camera;
    this.#sides = sidesOf(camera, scales);
    this.#room = room;
    this.mappings = [x.mapping(-1, 1), y.mapping(-1, 1), z.mapping(-1, 1)];
    this.#fit();
  }

  /** Places values; false where they have no place within the limits of the axes. */
  place(x: number, y: number, z: number): boolean {
    const [onX, onY, onZ] = this.mappings;
    const [u, v, w] = [onX.place(x), onY.place(y), onZ.place(z)];
    this.put(u, v, w);
    return isInside(u) && isInside(v) && isInside(w);
  }

  /** Places a point of the box. */
  put(u: number, v: number, w: number): void {
    const { camera } = this;
    const sides = this.#sides;
    camera.look(u * sides[0], v * sides[1], w * sides[2]);
    this.px = this.#originX + camera.across * this.#scale;
    this.py = this.#originY - camera.up * this.#scale;
    this.depth = camera.depth;
  }

  /** How bright a face is, from 0 to 1, by how it is turned to a light beside the eye; its corners are points of the box. */
  brightness(u: readonly number[], v: readonly number[], w: readonly number[]): number {
    const [long, wide, high] = this.#sides;
    const [ax, ay, az] = [(u[2] - u[0]) * long, (v[2] - v[0]) * wide, (w[2] - w[0]) * high];
    const [bx, by, bz] = [(u[3] - u[1]) * long, (v[3] - v[1]) * wide, (w[3] - w[1]) * high];
    const [nx, ny, nz] = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
    const length = Math.hypot(nx, ny, nz);
    const [ex, ey, ez] = this.camera.eye;
    // To the left of the eye and above it.
    const [lx, ly, lz] = [ex + 0.6 * ey, ey - 0.6 * ex, ez + 0.5];
    return length > 0 ? Math.abs(nx * lx + ny * ly + nz * lz) / (length * Math.hypot(lx, ly, lz)) : 1;
  }

  /** The middle of the room, in pixels. */
  get middleX(): number {
    return (this.#room.left + this.#room.right) / 2;
  }

  /** The middle of the room, in pixels. */
  get middleY(): number {
    return (this.#room.top + this.#room.bottom) / 2;
  }

  /** Values that are seen so many pixels to the right of the middle and below it, as far away as the middle. */
  valuesBeside(right: number, down: number): Triple {
    const { camera } = this;
    camera.look(...this.#middle);
    const unit = this.#scale * camera.nearness(camera.depth);
    const beside = this.#beside(this.#middle, right / unit, -down / unit);
    const [x, y, z] = this.mappings.map((mapping, axis) => mapping.value(beside[axis] / this.#sides[axis]));
    return [x, y, z];
  }

  #fit(): void {
    const [long, wide, high] = this.#sides;
    let [left, right, lower, upper] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [u, v, w] of CORNERS) {
      this.camera.look(u * long, v * wide, w * high);
      left = Math.min(left, this.camera.across);
      right = Math.max(right, this.camera.across);
      lower = Math.min(lower, this.camera.up);
      upper = Math.max(upper, this.camera.up);
    }
    const room = this.#room;
    const across = Math.max(1, room.right - room.left) / (right - left);
    const down = Math.max(1, room.bottom - room.top) / (upper - lower);
    this.#scale = this.camera.state.zoom * Math.min(across, down);
    this.#middle = this.#lookedAt() ?? this.#beside([0, 0, 0], (left + right) / 2, (lower + upper) / 2);
    this.camera.look(...this.#middle);
    this.#originX = this.middleX - this.camera.across * this.#scale;
    this.#originY = this.middleY + this.camera.up * this.#scale;
  }

  // The place in the box of what is looked at; undefined where it has none.
  #lookedAt(): Triple | undefined {
    const { lookAt } = this.camera.state;
    if (lookAt === undefined) return undefined;
    const [u, v, w] = this.mappings.map((mapping, axis) => mapping.place(lookAt[axis]) * this.#sides[axis]);
    return Number.isFinite(u + v + w) ? [u, v, w] : undefined;
  }

  // So far to the right of a place in the box and above it, as it is seen.
  #beside(place: Triple, across: number, up: number): Triple {
    const { right, top } = this.camera;
    const [u, v, w] = place.map((at, axis) => at + right[axis] * across + top[axis] * up);
    return [u, v, w];
  }
}

function sidesOf({ state: { aspect } }: Camera, scales: Scales): Triple {
  const lengths = aspect === "equal" ? scales.map(({ low, high }) => high - low) : aspect;
  if (lengths === "auto") return USUAL;
  const longest = Math.max(...lengths);
  const [x, y, z] = lengths.map((length) => Math.max(length / longest, LEAST_SIDE));
  return longest < Infinity ? [x, y, z] : USUAL;
}

/** The corners of the box. */
const CORNERS: readonly Triple[] = [-1, 1].flatMap((u) =>
  [-1, 1].flatMap((v) => [-1, 1].map((w) => [u, v, w] as const)),
);

// A little more, since the places of the limits are rounded.
function isInside(place: number): boolean {
  return place >= -1.000001 && place <= 1.000001;
}
