// A list of points in pixels that grows in pooled memory: what is left of a line when it comes to be drawn. NaN is a gap.
import type { Workspace } from "./workspace.ts";

/** What takes the points of a line one by one. */
export interface Sink {
  push(x: number, y: number): void;
  gap(): void;
}

/** Points, as two columns. */
export class Points implements Sink {
  /** Pixels from the left. */
  xs: Float64Array;
  /** Pixels from the top. */
  ys: Float64Array;
  /** How many there are. */
  count = 0;
  readonly #workspace: Workspace;

  constructor(workspace: Workspace, capacity: number) {
    this.#workspace = workspace;
    this.xs = workspace.numbers(Math.max(capacity, 16));
    this.ys = workspace.numbers(Math.max(capacity, 16));
  }

  /** Adds a point. */
  push(x: number, y: number): void {
    if (this.count === this.xs.length) this.#grow();
    this.xs[this.count] = x;
    this.ys[this.count++] = y;
  }

  /** What comes next is not joined to what came before. */
  gap(): void {
    if (this.count > 0 && this.ys[this.count - 1] === this.ys[this.count - 1]) this.push(NaN, NaN);
  }

  #grow(): void {
    const length = 2 * this.xs.length;
    this.xs = this.#workspace.longer(this.xs, length);
    this.ys = this.#workspace.longer(this.ys, length);
  }
}
