// Fingers on a canvas, or one pressed button of a mouse: where each of them is, and where two of them are together.

/** The middle of two fingers, and how many pixels they are apart; of one finger, its place. */
export interface Spread {
  readonly x: number;
  readonly y: number;
  readonly apart: number;
}

/** Follows fingers by the numbers that the browser gives them. */
export class Fingers {
  readonly #places = new Map<number, { readonly x: number; readonly y: number }>();

  /** How many there are. */
  get count(): number {
    return this.#places.size;
  }

  /** The two that came first. */
  get spread(): Spread {
    const [one, other = one] = this.#places.values();
    const apart = Math.hypot(one.x - other.x, one.y - other.y);
    return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, apart: Math.max(1, apart) };
  }

  /** A finger is put down. */
  put(finger: number, x: number, y: number): void {
    this.#places.set(finger, { x, y });
  }

  /** One that is down moves; a pointer above the canvas is none. */
  move(finger: number, x: number, y: number): void {
    if (this.#places.has(finger)) this.#places.set(finger, { x, y });
  }

  /** One goes up. False if it was not down. */
  lift(finger: number): boolean {
    return this.#places.delete(finger);
  }
}
