// Areas: rings of points become edges, edges become coverage.
import { emptyExtent, type Extent, include, pixelsOf, type Bounds } from "../paint/bounds.ts";
import type { Coordinates } from "../paint/painter.ts";
import { isPoint } from "../paint/points.ts";
import { LIST_ROOM, type Surface } from "./surface.ts";

// Edges over edges add up in 32 bits: this many whole ones still fit, and then what is there goes into the mask.
const EDGE_LIMIT = 8192;

/** Collects edges and brings them into the cells of a surface. */
export class EdgeList {
  readonly #surface: Surface;
  readonly #clip: Bounds;
  readonly #extent: Extent = emptyExtent();
  #count = 0;
  #total = 0;

  constructor(surface: Surface, clip: Bounds) {
    this.#surface = surface;
    this.#clip = clip;
  }

  /** Adds an edge between two finite points. */
  add(x0: number, y0: number, x1: number, y1: number): void {
    const list = this.#surface.lists[0];
    if (this.#count === LIST_ROOM) this.#flush();
    const at = 4 * this.#count++;
    list[at] = x0;
    list[at + 1] = y0;
    list[at + 2] = x1;
    list[at + 3] = y1;
    include(this.#extent, x0, y0);
    include(this.#extent, x1, y1);
  }

  /**
   * Allows for a look at the cells, between closed shapes that all turn the same way: many of them over one another do
   * not overflow.
   */
  settle(): void {
    if (this.#total + this.#count > EDGE_LIMIT) this.toMask(false);
  }

  /** Turns what was added into coverage. Returns the pixels that may be covered. */
  toMask(evenOdd: boolean): Bounds | undefined {
    this.#flush();
    this.#total = 0;
    const bounds = pixelsOf(this.#extent, 0, this.#clip);
    if (bounds !== undefined) this.#surface.sweep(bounds, evenOdd);
    return bounds;
  }

  #flush(): void {
    if (this.#count > 0 && this.#clip.left < this.#clip.right)
      this.#surface.addEdges(this.#count, this.#clip);
    this.#total += this.#count;
    this.#count = 0;
  }
}

/** Covers an area in the mask. Returns the pixels that may be covered. */
export function fillRings(
  surface: Surface,
  clip: Bounds,
  xs: Coordinates,
  ys: Coordinates,
  ringEnds: ArrayLike<number>,
  evenOdd: boolean,
): Bounds | undefined {
  const edges = new EdgeList(surface, clip);
  let start = 0;
  for (let ring = 0; ring < ringEnds.length; ring++) {
    addRing(edges, xs, ys, start, ringEnds[ring]);
    start = ringEnds[ring];
  }
  return edges.toMask(evenOdd);
}

// Points that are not finite are left out.
function addRing(edges: EdgeList, xs: Coordinates, ys: Coordinates, start: number, end: number): void {
  let last = end - 1;
  while (last >= start && !isPoint(xs[last], ys[last])) last--;
  if (last < start) return;
  let fromX = xs[last];
  let fromY = ys[last];
  for (let index = start; index <= last; index++) {
    const x = xs[index];
    const y = ys[index];
    if (!isPoint(x, y)) continue;
    edges.add(fromX, fromY, x, y);
    fromX = x;
    fromY = y;
  }
}
