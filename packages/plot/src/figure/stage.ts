// What a view adds to the panels that it draws: the part of the axes that is shown, the marks that are hidden, and what
// was found in the data. Drawing notes here where everything went, which is what a pointer asks for.
import type { Mapping } from "../scale/mapping.ts";
import type { Scale } from "../scale/scale.ts";
import type { CameraOptions } from "../space/camera.ts";
import type { Workspace } from "../reduce/workspace.ts";
import type { Box } from "./axes.ts";
import type { Mark, Prepared, Shown } from "./mark.ts";

/** Values at the ends of an axis, the smaller one first. */
export type Range = readonly [low: number, high: number];

/** An entry of a legend that was drawn, in pixels. */
export interface DrawnKey extends Box {
  /** The number of the mark that it stands for. */
  readonly mark: number;
  readonly label: string;
}

/** Where the parts of a panel were drawn. */
export interface PanelFrame {
  /** All that belongs to the panel. */
  readonly outer: Box;
  /** What lies between the axes. */
  readonly box: Box;
  /** What is in it: the marks, or the parts of a figure in space. */
  readonly shown: readonly Shown[];
  readonly prepared: readonly Prepared[];
  /** Values to pixels. A view replaces them when it moves, before it is drawn anew. */
  x: Mapping;
  y: Mapping;
  y2: Mapping | undefined;
  readonly scales: { readonly x: Scale; readonly y: Scale; readonly y2: Scale | undefined };
  readonly keys: readonly DrawnKey[];
}

/** What a view knows of one panel. */
export class Stage {
  /** Limits that go before those of the figure. */
  x: Range | undefined;
  y: Range | undefined;
  y2: Range | undefined;
  /** Which move of the view set them: of panels that share an axis, the newest holds. */
  moves = 0;
  /** From where a panel in space is seen, before what the figure says. */
  camera: CameraOptions | undefined;
  readonly hidden: Set<Shown> = new Set();
  /** What was drawn last; undefined until the panel is drawn. */
  frame: PanelFrame | undefined;
  /** Where the legend was drawn first: it does not jump away while data move below it. */
  legend: { readonly x: number; readonly y: number } | undefined;
  #prepared: readonly Prepared[] | undefined;
  // The axes as the figure has them, when it was drawn so last.
  #home: Pick<PanelFrame, "x" | "y" | "y2"> | undefined;

  /** Notes what was drawn. */
  show(frame: PanelFrame): void {
    this.frame = frame;
    if (this.x === undefined) this.#home = { x: frame.x, y: frame.y, y2: frame.y2 };
  }

  /** Back to the limits of the figure. */
  goHome(): void {
    this.x = undefined;
    this.y = undefined;
    this.y2 = undefined;
    this.camera = undefined;
    if (this.frame !== undefined) Object.assign(this.frame, this.#home);
  }

  /** What the marks found in their data, looked at once for all frames. */
  prepared(marks: readonly Mark[], look: () => readonly Prepared[]): readonly Prepared[] {
    if (this.#prepared?.length !== marks.length) this.#prepared = look();
    return this.#prepared;
  }

  /** Lets the next frame look at the data anew. */
  forget(): void {
    this.#prepared = undefined;
  }
}

/** The stages of all panels of a figure, and the memory that stays taken between frames. */
export class Stages {
  readonly workspace: Workspace;
  // Panels by their lists of marks, which are theirs for good.
  readonly #stages = new Map<readonly Mark[], Stage>();

  constructor(workspace: Workspace) {
    this.workspace = workspace;
  }

  /** The stage of a panel. */
  of(marks: readonly Mark[]): Stage {
    let stage = this.#stages.get(marks);
    if (stage === undefined) this.#stages.set(marks, (stage = new Stage()));
    return stage;
  }

  /** In the order in which the panels were drawn first. */
  get all(): Stage[] {
    return [...this.#stages.values()];
  }
}
