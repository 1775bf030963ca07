// Draws outlines in the units of a font, whose y grows upwards, into a path in pixels, whose y grows downwards.
import type { GlyphPlace, OutlineSink } from "./font-face.ts";

/** Turns the points of one glyph into those of a path. */
export class GlyphPen {
  readonly #path: OutlineSink;
  readonly #x: number;
  readonly #y: number;
  // What one unit to the right or upwards is in pixels.
  readonly #cos: number;
  readonly #sin: number;

  constructor(path: OutlineSink, { x, y, size, cos, sin }: GlyphPlace, unitsPerEm: number) {
    this.#path = path;
    this.#x = x;
    this.#y = y;
    this.#cos = (cos * size) / unitsPerEm;
    this.#sin = (sin * size) / unitsPerEm;
  }

  move(x: number, y: number): void {
    this.#path.moveTo(this.#right(x, y), this.#down(x, y));
  }

  line(x: number, y: number): void {
    this.#path.lineTo(this.#right(x, y), this.#down(x, y));
  }

  quadratic(x1: number, y1: number, x: number, y: number): void {
    this.#path.quadTo(this.#right(x1, y1), this.#down(x1, y1), this.#right(x, y), this.#down(x, y));
  }

  cubic(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.#path.cubicTo(
      this.#right(x1, y1),
      this.#down(x1, y1),
      this.#right(x2, y2),
      this.#down(x2, y2),
      this.#right(x, y),
      this.#down(x, y),
    );
  }

  #right(x: number, y: number): number {
    return this.#x + x * this.#cos + y * this.#sin;
  }

  #down(x: number, y: number): number {
    return this.#y + x * this.#sin - y * this.#cos;
  }
}
