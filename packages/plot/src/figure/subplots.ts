// Several panels in one figure, in rows and columns, of which a panel may take more than one.
import { checkOptions, checkTypes, show, unlike } from "../check.ts";
import { PlotError } from "../errors.ts";
import { fittedText } from "../paint/fit-text.ts";
import type { Painter } from "../paint/painter.ts";
import type { CameraOptions } from "../space/camera.ts";
import type { Workspace } from "../reduce/workspace.ts";
import { View } from "../view/view.ts";
import type { Box } from "./axes.ts";
import type { Looks } from "./looks.ts";
import { Panel } from "./panel-builder.ts";
import { Panel3d } from "./panel3d-builder.ts";
import { type Borders, bordersOfFrames, cellBox, evenBorders, type Placed } from "./cells.ts";
import { drawDraft } from "./panel.ts";
import type { PanelContent } from "./panel-content.ts";
import { type Draft, draftPanel } from "./panel-draft.ts";
import { type Layout, layPanel } from "./panel-layout.ts";
import { alignFrames, hasBeyond, shareAxis, type Sharing } from "./shared-axes.ts";
import type { Stages } from "./stage.ts";
import { Outputs } from "./outputs.ts";
import { type FigureOptions, Sheet } from "./sheet.ts";

/** Options of a figure of several panels. */
export interface SubplotOptions extends FigureOptions {
  /** What stands above all panels. */
  readonly title?: string | undefined;
  /** Points between neighbouring panels. @defaultValue 6 */
  readonly gap?: number | undefined;
  /**
   * All panels have the same x limits, or those of each column, and only the outermost ones texts: the lowest ones, or the
   * uppermost ones where axes stand at the top. @defaultValue false
   */
  readonly shareX?: boolean | "columns" | undefined;
  /** All panels have the same y limits, or those of each row, and only the outermost ones texts. @defaultValue false */
  readonly shareY?: boolean | "rows" | undefined;
}

/** How many rows and columns a panel takes. */
export interface SpanOptions {
  /** How many rows. @defaultValue 1 */
  readonly rows?: number | undefined;
  /** How many columns. @defaultValue 1 */
  readonly columns?: number | undefined;
}

/** Where a panel in space is, and from where it is seen. */
export interface Span3dOptions extends SpanOptions, CameraOptions {}

interface Cell extends Placed {
  readonly panel: Panel | Panel3d;
}

/**
 * A figure of several panels. `at` makes the panel at a place, or gives the one that is there.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { subplots } from "@millpond/plot";
 *
 * const figure = subplots(2, 2, { title: "Four seasons", width: 600, height: 500 });
 * figure.at(0, 0).line([1, 3, 2]).title("spring");
 * figure.at(0, 1).bar(["a", "b"], [3, 4]);
 * figure.at(1, 0, { columns: 2 }).scatter([3, 1, 2]); // takes the whole row
 * const pixels = figure.pixels({ into: new Uint8Array(4 * 600 * 500) });
 * assert.equal(pixels[3], 255);
 * ```
 */
export class Subplots extends Outputs {
  readonly #rows: number;
  readonly #columns: number;
  readonly #options: SubplotOptions;
  readonly #shareX: Sharing;
  readonly #shareY: Sharing;
  readonly #cells: Cell[] = [];
  /** @internal */
  readonly _sheet: Sheet;

  /** @internal */
  constructor(rows: number, columns: number, options: SubplotOptions) {
    super();
    checkCounts(rows, columns);
    checkSubplots(options);
    this.#rows = rows;
    this.#columns = columns;
    this.#options = options;
    this.#shareX = options.shareX ?? false;
    this.#shareY = options.shareY ?? false;
    this._sheet = new Sheet(options, {
      draw: (box, looks, workspace, painter, stages) => this.#draw(box, looks, workspace, painter, stages),
      title: () => options.title,
    });
  }

  /** The panel whose upper left cell is at a row and a column, counted from 0. */
  at(row: number, column: number, options: SpanOptions = {}): Panel {
    const panel = this.#at(row, column, options, () => new Panel());
    if (panel instanceof Panel) return panel;
    throw unlike("a place without a panel in space, which at3d gives", `row ${row} and column ${column}`);
  }

  /** The panel in space whose upper left cell is at a row and a column, made with its first call. */
  at3d(row: number, column: number, options: Span3dOptions = {}): Panel3d {
    const panel = this.#at(row, column, options, () => new Panel3d(options));
    if (panel instanceof Panel3d) return panel;
    throw unlike("a place without a panel of two axes, which at gives", `row ${row} and column ${column}`);
  }

  #at(row: number, column: number, options: SpanOptions, make: () => Cell["panel"]): Cell["panel"] {
    checkOptions("the span", options);
    const { rows = 1, columns = 1 } = options;
    const known = this.#cells.find((cell) => cell.row === row && cell.column === column);
    if (known !== undefined) return known.panel;
    const inside = (from: number, count: number, all: number): boolean =>
      Number.isInteger(from) && Number.isInteger(count) && from >= 0 && count >= 1 && from + count <= all;
    if (!inside(row, rows, this.#rows) || !inside(column, columns, this.#columns)) {
      const cells = `${this.#rows} rows and ${this.#columns} columns`;
      const got = `row ${show(row)} and column ${show(column)}, ${show(rows)} high and ${show(columns)} wide`;
      throw new PlotError("BAD_ARGUMENT", `expected a place within ${cells}, got ${got}`);
    }
    const panel = make();
    this.#cells.push({ panel, row, column, rows, columns });
    return panel;
  }

  /** A view of the figure, which can be moved and asked what lies where. */
  view(): View {
    return new View(this._sheet);
  }

  #draw(box: Box, looks: Looks, workspace: Workspace, painter: Painter, stages: Stages | undefined): void {
    const { title, gap = 6 } = this.#options;
    const top = title === undefined ? box.top : drawTitle(title, box, looks, painter);
    const between = looks.pixels(gap);
    const even = evenBorders({ ...box, top }, this.#rows, this.#columns);
    const found = this.#cells.map((cell) =>
      draftPanel(this.#contentOf(cell), cellBox(even, cell, between), looks, workspace, painter, stages),
    );
    const across = shareAxis(this.#cells, found, "x", this.#shareX);
    const inCells = shareAxis(this.#cells, across, "y", this.#shareY);
    const free = inCells.map((draft) => layPanel(draft, looks, painter));
    const sharing = this.#shareX !== false || this.#shareY !== false;
    const { drafts, layouts } = sharing
      ? this.#aligned(inCells, free, even, between, looks, painter)
      : { drafts: inCells, layouts: free };
    for (const [index, draft] of drafts.entries()) {
      drawDraft(draft, layouts[index], looks, workspace, painter);
    }
  }

  // Panels with frames of one size, above and beside each other.
  #aligned(
    drafts: readonly Draft[],
    layouts: readonly Layout[],
    even: Borders,
    between: number,
    looks: Looks,
    painter: Painter,
  ): { drafts: readonly Draft[]; layouts: readonly Layout[] } {
    const framed = this.#cells.map((_, index) => index).filter((index) => !drafts[index].content.bare);
    const borders = bordersOfFrames(
      even,
      framed.map((index) => this.#cells[index]),
      framed.map((index) => layouts[index].box),
    );
    const moved = drafts.map((draft, index) => ({
      ...draft,
      outer: cellBox(borders, this.#cells[index], between),
    }));
    const again = moved.map((draft) => layPanel(draft, looks, painter));
    return { drafts: moved, layouts: alignFrames(this.#cells, moved, again) };
  }

  // Inner panels say nothing that the outer ones say.
  #contentOf(cell: Cell): PanelContent {
    const content = cell.panel._content();
    const { x, y } = content;
    const silent = { labels: false, label: undefined };
    // A pie below says nothing about an axis.
    const framed = this.#cells.filter(({ panel }) => !panel._content().bare);
    return {
      ...content,
      ...(this.#shareX !== false && hasBeyond(x.side ?? "bottom", cell, framed)
        ? { x: { ...x, ...silent } }
        : {}),
      ...(this.#shareY !== false && hasBeyond(y.side ?? "left", cell, framed)
        ? { y: { ...y, ...silent } }
        : {}),
    };
  }
}

function checkCounts(rows: number, columns: number): void {
  for (const [what, count] of Object.entries({ rows, columns })) {
    if (Number.isInteger(count) && count >= 1 && count <= 100) continue;
    throw unlike(`${what} to be an integer from 1 to 100`, count);
  }
}

function checkSubplots(options: SubplotOptions): void {
  checkOptions("options", options);
  checkTypes("subplots", options, { title: "string", gap: "number" });
  const { shareX = false, shareY = false, gap = 0 } = options;
  if (typeof shareX !== "boolean" && shareX !== "columns")
    throw unlike('subplots: shareX to be true, false or "columns"', shareX);
  if (typeof shareY !== "boolean" && shareY !== "rows")
    throw unlike('subplots: shareY to be true, false or "rows"', shareY);
  if (!(gap >= 0 && gap <= 1000)) throw unlike("gap to be a number from 0 to 1000 points", gap);
}

/** An empty figure of several panels. See {@link Subplots}.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { subplots } from "@millpond/plot";
 *
 * const figure = subplots(1, 2);
 * assert.throws(() => figure.at(1, 0), { code: "BAD_ARGUMENT" });
 * ```
 */
export function subplots(rows: number, columns: number, options: SubplotOptions = {}): Subplots {
  return new Subplots(rows, columns, options);
}

const TITLE_LINES = 2;

// Returns where the panels begin.
function drawTitle(title: string, box: Box, looks: Looks, painter: Painter): number {
  const size = looks.theme.titleSize * 1.1;
  const pad = looks.pixels(6);
  const font = looks.font(size);
  const text = fittedText(title, box.right - box.left - 2 * pad, TITLE_LINES, font, painter);
  const style = looks.textStyle(size, { anchor: "middle", baseline: "top" });
  painter.text(text, (box.left + box.right) / 2, box.top + pad, style);
  return box.top + pad + painter.measure(text, font).height;
}
