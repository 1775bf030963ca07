// What is drawn in space: faces, pieces of lines and markers, drawn from the farthest to the nearest, each by the mean depth
// of its points (the painter's algorithm). Markers and lines of one look that follow each other are drawn in one go.
import type { Color, FillStyle, MarkerStyle, Painter, StrokeStyle } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";
import type { Workspace } from "../reduce/workspace.ts";
import type { Pieces } from "./pick.ts";
import type { Space } from "./space.ts";

/** How some pieces look; each has a colour of its own. */
export type PieceLook =
  | { readonly kind: "face"; readonly edge: StrokeStyle | undefined }
  | { readonly kind: "line"; readonly stroke: StrokeStyle }
  | { readonly kind: "marker"; readonly marker: MarkerStyle };

/** Collects pieces, and draws them. */
export class Scene {
  readonly #workspace: Workspace;
  readonly #looks: PieceLook[] = [];
  // Places of points; depth and first point of each piece; look and colour of each piece.
  readonly #points: Points;
  readonly #depths: Points;
  readonly #styles: Points;
  // The number in its data, and of its solid, for each point.
  readonly #sources: Points;
  #solid = 0;
  #depth = 0;
  #start = 0;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#points = new Points(workspace, 1024);
    this.#depths = new Points(workspace, 1024);
    this.#styles = new Points(workspace, 1024);
    this.#sources = new Points(workspace, 1024);
  }

  /** A look that pieces can have, as a number. */
  look(look: PieceLook): number {
    return this.#looks.push(look) - 1;
  }

  /** What comes next belongs to a solid. */
  begin(solid: number): void {
    this.#solid = solid;
  }

  /** All pieces. */
  get pieces(): Pieces {
    return {
      points: this.#points,
      sources: this.#sources,
      depths: this.#depths,
      styles: this.#styles,
      looks: this.#looks,
    };
  }

  /** Adds the point that was placed last, with its number in the data, to the piece that is being made. */
  point({ px, py, depth }: Space, index: number): void {
    this.#points.push(px, py);
    this.#sources.push(index, this.#solid);
    this.#depth += depth;
  }

  /** Ends a piece. */
  piece(look: number, color: Color): void {
    const count = this.#points.count - this.#start;
    this.#depths.push(this.#depth / count, this.#start);
    this.#styles.push(look, color);
    this.#start = this.#points.count;
    this.#depth = 0;
  }

  /** Forgets the points since the last piece. */
  drop(): void {
    this.#points.count = this.#start;
    this.#sources.count = this.#start;
    this.#depth = 0;
  }

  /** Draws all pieces. */
  draw(painter: Painter): void {
    const { xs: depths, ys: starts, count } = this.#depths;
    const order = this.#workspace.words(count);
    for (let piece = 0; piece < count; piece++) order[piece] = piece;
    order.sort((a, b) => depths[a] - depths[b]);
    const run = new Run(this.#looks, new Points(this.#workspace, 64), painter);
    const { xs, ys } = this.#points;
    for (const piece of order) {
      const end = piece + 1 < count ? starts[piece + 1] : this.#points.count;
      run.add(this.#styles.xs[piece], this.#styles.ys[piece], xs, ys, starts[piece], end);
    }
    run.end();
  }
}

/** Pieces that are drawn in one go. */
class Run {
  readonly #looks: readonly PieceLook[];
  readonly #points: Points;
  readonly #painter: Painter;
  #look = -1;
  #color = 0;

  constructor(looks: readonly PieceLook[], points: Points, painter: Painter) {
    this.#looks = looks;
    this.#points = points;
    this.#painter = painter;
  }

  add(look: number, color: Color, xs: Float64Array, ys: Float64Array, start: number, end: number): void {
    if (look !== this.#look || color !== this.#color || this.#looks[look].kind === "face") this.end();
    this.#look = look;
    this.#color = color;
    for (let point = start; point < end; point++) this.#points.push(xs[point], ys[point]);
    if (this.#looks[look].kind === "line") this.#points.gap();
  }

  /** Draws what was added. */
  end(): void {
    const { xs, ys, count } = this.#points;
    if (count === 0) return;
    const look = this.#looks[this.#look];
    const color = this.#color;
    if (look.kind === "marker") this.#painter.markers(xs, ys, count, { ...look.marker, color });
    else if (look.kind === "line") this.#painter.strokeLine(xs, ys, count, { ...look.stroke, color });
    else this.#face(xs, ys, count, { color }, look.edge);
    this.#points.count = 0;
  }

  // An opaque face is stroked with a hair of its own colour, so that no seam shows between neighbours.
  #face(
    xs: Float64Array,
    ys: Float64Array,
    count: number,
    fill: FillStyle,
    edge: StrokeStyle | undefined,
  ): void {
    this.#painter.fillPath(xs, ys, [count], fill);
    if (edge !== undefined) this.#painter.strokeRings(xs, ys, [count], edge);
    else if (fill.color % 256 === 255)
      this.#painter.strokeRings(xs, ys, [count], { color: fill.color, width: 1 });
  }
}
