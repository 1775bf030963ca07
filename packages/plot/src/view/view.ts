// A figure as somebody looks at it: which part of the axes is shown, which series are hidden, and what lies under a
// pointer. It knows no browser: pixels go in and out as numbers, so all of it runs and is tested anywhere.
import { checkOptions, unlike } from "../check.ts";
import { PlotError } from "../errors.ts";
import type { Box } from "../figure/axes.ts";
import { Outputs } from "../figure/outputs.ts";
import type { Sheet } from "../figure/sheet.ts";
import { type PanelFrame, type Range, type Stage, Stages } from "../figure/stage.ts";
import { Workspace } from "../reduce/workspace.ts";
import { type CameraOptions, type CameraState, checkCamera } from "../space/camera.ts";
import type { Mapping } from "../scale/mapping.ts";
import { between, panned, zoomed } from "./move.ts";
import { nearestPoint } from "./nearest.ts";
import { seriesName, SpaceView } from "./space-view.ts";

/** A place in the data. */
export interface DataPlace {
  /** The number of the panel, in the order in which panels are drawn. */
  readonly panel: number;
  /** The value of the x axis. */
  readonly x: number;
  /** The value of the left y axis. */
  readonly y: number;
  /** The value of the right y axis, where there is one. */
  readonly y2: number | undefined;
}

/** A series of a figure. */
export interface SeriesPlace {
  /** The number of the panel. */
  readonly panel: number;
  /** The number of the series in the panel, in the order of calls. */
  readonly mark: number;
}

/** A point under a pointer. */
export interface Hit extends SeriesPlace {
  /** What the series is called: its label, or its kind and number. */
  readonly series: string;
  /** The number of the point in the series. */
  readonly index: number;
  /** Its place along x, in values of the axis. */
  readonly x: number;
  /** Its place along y, in values of its axis. */
  readonly y: number;
  /** Its place along z, in a panel in space. */
  readonly z: number | undefined;
  /** Pixels from the left at which it is drawn. */
  readonly left: number;
  /** Pixels from the top at which it is drawn. */
  readonly top: number;
  /** Its place along x in words: a number, a local time, a name. */
  readonly xText: string;
  /** Its place along y in words. */
  readonly yText: string;
  /** Its place along z in words, in a panel in space. */
  readonly zText: string | undefined;
  /** Pixels from the pointer. */
  readonly distance: number;
}

/** A line of a legend. */
export interface LegendEntry extends SeriesPlace {
  /** What it says. */
  readonly label: string;
  /** Whether the series is hidden. */
  readonly hidden: boolean;
  /** Its left, upper, right and lower ends in pixels. */
  readonly box: Readonly<Record<"left" | "top" | "right" | "bottom", number>>;
}

/** The values at the ends of the axes of a panel, the smaller one first. */
export interface ViewLimits {
  /** Of the x axis. */
  readonly x: readonly [low: number, high: number];
  /** Of the left y axis. */
  readonly y: readonly [low: number, high: number];
  /** Of the right y axis, where there is one. */
  readonly y2: readonly [low: number, high: number] | undefined;
  /** Of the z axis, in a panel in space. */
  readonly z: readonly [low: number, high: number] | undefined;
}

/** Where pixels lie. */
export interface Pixel {
  /** Pixels from the left. */
  readonly left: number;
  /** Pixels from the top. */
  readonly top: number;
}

/** Options of `place`. */
export interface PlaceOptions {
  /** The number of the panel. @defaultValue 0 */
  readonly panel?: number | undefined;
  /** Which y axis is meant. @defaultValue "left" */
  readonly axis?: "left" | "right" | undefined;
  /** The value of z, in a panel in space. */
  readonly z?: number | undefined;
}

/** Which axes move. */
export type ViewAxes = "both" | "x" | "y";

/** A panel, and which of its axes a pixel belongs to. */
export interface AxesPlace {
  /** The number of the panel. */
  readonly panel: number;
  /** Both between the axes; x above and below, y at the sides. */
  readonly axes: ViewAxes;
}

/**
 * A view of a figure; `figure.view()` makes one. It is drawn like the figure, and the figure itself stays as it is. What is
 * asked in pixels is about the frame that was drawn last. Data are looked at once for all frames, until `refresh`.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { plot } from "@millpond/plot";
 *
 * const figure = plot({ width: 400, height: 300 }).line([10, 20, 30, 40], [1, 4, 2, 3], { label: "heights" }).legend();
 * const view = figure.view();
 * view.png();
 * const there = view.place(20, 4);
 * const hit = view.nearest(there.left + 2, there.top);
 * assert.deepEqual([hit?.series, hit?.index, hit?.x, hit?.y], ["heights", 1, 20, 4]);
 *
 * view.zoom(there.left, there.top, 2);
 * assert(view.limits().x[0] > 10);
 * view.toggle(view.legend()[0]);
 * view.png(); // without the line, and with a faint entry in the legend
 * view.release();
 * ```
 */
export class View extends Outputs {
  /** @internal */
  readonly _sheet: Sheet;
  #stages: Stages;
  #moves = 0;
  #released = false;

  /** @internal */
  constructor(sheet: Sheet) {
    super();
    this._sheet = sheet;
    this.#stages = new Stages(new Workspace(sheet.pool));
  }

  /** @internal */
  override _stages(): Stages {
    if (this.#released) throw new PlotError("BAD_ARGUMENT", "the view was released and can be used no more");
    return this.#stages;
  }

  /** What lies between the axes of a panel, in pixels. */
  box(panel = 0): Readonly<Record<"left" | "top" | "right" | "bottom", number>> {
    return this.#frame(panel).box;
  }

  /** The number of the panel between whose axes a pixel lies, if there is one. */
  panelAt(left: number, top: number): number | undefined {
    return found(this.#frames().findIndex(({ box }) => isInside(box, left, top)));
  }

  /** The panel with all that belongs to it in which a pixel lies, and the axes beside it. */
  axesAt(left: number, top: number): AxesPlace | undefined {
    const frames = this.#frames();
    const panel = found(frames.findIndex(({ outer }) => isInside(outer, left, top)));
    if (panel === undefined) return undefined;
    const { box } = frames[panel];
    if (isInside(box, left, top)) return { panel, axes: "both" };
    return { panel, axes: top >= box.bottom || top < box.top ? "x" : "y" };
  }

  /** The values at a pixel; undefined outside of all panels, and in space, where a pixel is a line. */
  locate(left: number, top: number): DataPlace | undefined {
    const panel = this.panelAt(left, top);
    if (panel === undefined || this.#seen(panel) !== undefined) return undefined;
    const { x, y, y2 } = this.#frames()[panel];
    return { panel, x: x.value(left), y: y.value(top), y2: y2?.value(top) };
  }

  /** Where values lie, in pixels, also outside of what is shown. `axis` says which y axis is meant; `z` belongs to space. */
  place(x: number, y: number, { panel = 0, axis = "left", z }: PlaceOptions = {}): Pixel {
    const frame = this.#frame(panel);
    const seen = this.#seen(panel);
    if (seen !== undefined) {
      if (typeof z !== "number") throw unlike("a value of z in a panel in space", z);
      return seen.pixel([x, y, z]);
    }
    return { left: frame.x.place(x), top: mappingOf(frame, axis).place(y) };
  }

  /**
   * The point of a line, steps or scattered points that is nearest to a pixel, if one is near enough; in space, of all points
   * that nothing hides.
   */
  nearest(left: number, top: number, { within = 20 }: { readonly within?: number } = {}): Hit | undefined {
    if (!(within > 0 && within < 1e5)) throw unlike("a distance above 0 pixels", within);
    const panel = this.panelAt(left, top);
    if (panel === undefined) return undefined;
    const frame = this.#frames()[panel];
    const stage = this.#stages.all[panel];
    const seen = this.#seen(panel);
    if (seen !== undefined) {
      try {
        const found = seen.nearest(left, top, within);
        return found === undefined ? undefined : { panel, ...found };
      } finally {
        this.#stages.workspace.endFrame();
      }
    }
    const { hidden } = stage;
    let best: Hit | undefined;
    for (const [mark, { points }] of frame.prepared.entries()) {
      if (points === undefined || hidden.has(frame.shown[mark])) continue;
      const y = mappingOf(frame, frame.shown[mark].axis);
      const near = nearestPoint(points, frame.x, y, { x: left, y: top, within });
      if (near === undefined || (best !== undefined && best.distance <= near.distance)) continue;
      best = { panel, mark, ...hitOf(frame, mark, near.index), ...near };
    }
    return best;
  }

  /** A point by its number; undefined where it has no place, or its series has no points. */
  point({ panel, mark }: SeriesPlace, index: number): Hit | undefined {
    const frame = this.#frame(panel);
    const seen = this.#seen(panel);
    if (seen !== undefined) {
      const found = seen.hit(mark, index);
      return found === undefined ? undefined : { panel, ...found };
    }
    const points = frame.prepared[mark]?.points;
    if (points === undefined || !(Number.isInteger(index) && index >= 0 && index < points.ys.data.length)) {
      return undefined;
    }
    const hit = { panel, mark, index, distance: 0, ...hitOf(frame, mark, index) };
    return Number.isFinite(hit.left) && Number.isFinite(hit.top) ? hit : undefined;
  }

  /** The legends, line by line. */
  legend(): LegendEntry[] {
    return this.#frames().flatMap(({ keys, shown }, panel) =>
      keys.map(({ mark, label, left, top, right, bottom }) => {
        const hidden = this.#stages.all[panel].hidden.has(shown[mark]);
        return { panel, mark, label, hidden, box: { left, top, right, bottom } };
      }),
    );
  }

  /** The line of a legend at a pixel, if there is one. */
  legendAt(left: number, top: number): LegendEntry | undefined {
    return this.legend().find(({ box }) => isInside(box, left, top));
  }

  /** Hides a series, or shows it again. The axes stay as they are, and its line of the legend gets faint. */
  toggle({ panel, mark }: SeriesPlace): void {
    const { shown } = this.#frame(panel);
    const { hidden } = this.#stages.all[panel];
    if (shown[mark] === undefined) throw unlike(`a series from 0 to ${shown.length - 1}`, mark);
    if (!hidden.delete(shown[mark])) hidden.add(shown[mark]);
  }

  /** The values at the ends of the axes. */
  limits(panel = 0): ViewLimits {
    const { x, y, y2 } = this.#frame(panel);
    const seen = this.#seen(panel);
    if (seen !== undefined) return { ...seen.limits(), y2: undefined };
    return { x: ends(x), y: ends(y), y2: y2 === undefined ? undefined : ends(y2), z: undefined };
  }

  /** From where a panel in space is seen; undefined for other panels. */
  camera(panel = 0): CameraState | undefined {
    return this.#seen(panel)?.camera;
  }

  /** Sees a panel in space from elsewhere; what is not said stays. */
  look(camera: CameraOptions, panel = 0): void {
    const seen = this.#seen(panel);
    if (seen === undefined) throw unlike("a panel in space", `panel ${panel} with two axes`);
    checkOptions("the camera", camera);
    checkCamera(camera);
    this.#stages.all[panel].camera = { ...seen.camera, ...camera };
  }

  /** Moves what is shown in a panel by so many pixels to the right and down; in space, turns it. */
  pan(right: number, down: number, panel = 0): void {
    const seen = this.#seen(panel);
    if (seen !== undefined) return this.look(seen.turned(right, down), panel);
    this.#move(
      panel,
      (x) => panned(x, right),
      (y) => panned(y, down),
    );
  }

  /** Makes everything `factor` times as large around a pixel, which stays where it is. */
  zoom(
    left: number,
    top: number,
    factor: number,
    { panel = 0, axes = "both" }: { readonly panel?: number; readonly axes?: ViewAxes } = {},
  ): void {
    if (!(factor > 0 && factor < Infinity)) throw unlike("a factor above 0", factor);
    const seen = this.#seen(panel);
    if (seen !== undefined) return this.look(seen.enlarged(left, top, factor), panel);
    this.#move(
      panel,
      (x) => (axes === "y" ? ends(x) : zoomed(x, left, factor)),
      (y) => (axes === "x" ? ends(y) : zoomed(y, top, factor)),
    );
  }

  /** Shows what lies in a rectangle of pixels. */
  zoomTo(box: Readonly<Record<"left" | "top" | "right" | "bottom", number>>, panel = 0): void {
    const seen = this.#seen(panel);
    if (seen !== undefined) return this.look(seen.enlargedTo(box), panel);
    this.#move(
      panel,
      (x) => between(x, box.left, box.right),
      (y) => between(y, box.top, box.bottom),
    );
  }

  /** Shows everything again as the figure has it, but for what is hidden. */
  reset(panel?: number): void {
    const all = this.#stages.all;
    for (const stage of panel === undefined ? all : [this.#stage(panel)]) stage.goHome();
  }

  /** Looks at the data anew with the next frame: call it when they have changed. What is shown and hidden stays. */
  refresh(): void {
    const { all, workspace } = this._stages();
    for (const stage of all) stage.forget();
    workspace.release();
  }

  /** Gives all memory back. The view can be used no more. */
  release(): void {
    this.#released = true;
    this.#stages.workspace.release();
  }

  /** Same as `release`, for `using`. */
  [Symbol.dispose](): void {
    this.release();
  }

  #frames(): PanelFrame[] {
    const frames = this._stages().all.flatMap(({ frame }) => frame ?? []);
    if (frames.length > 0) return frames;
    throw new PlotError("BAD_ARGUMENT", "the view was not drawn yet: call pixels, png, svg or draw before");
  }

  #frame(panel: number): PanelFrame {
    const frames = this.#frames();
    if (frames[panel] === undefined) throw unlike(`a panel from 0 to ${frames.length - 1}`, panel);
    return frames[panel];
  }

  // A panel in space as it is seen now, if it is one.
  #seen(panel: number): SpaceView | undefined {
    const frame = this.#frame(panel);
    const space = frame.prepared[0]?.space;
    return space === undefined ? undefined : new SpaceView(space, frame, this.#stages.all[panel]);
  }

  #stage(panel: number): Stage {
    this.#frame(panel);
    return this.#stages.all[panel];
  }

  // Where an axis can go no further, all of them stay: a picture that moves along one axis only would be wrong.
  #move(
    panel: number,
    across: (x: Mapping) => Range | undefined,
    down: (y: Mapping) => Range | undefined,
  ): void {
    const frame = this.#frame(panel);
    const stage = this.#stages.all[panel];
    const x = across(frame.x);
    const y = down(frame.y);
    const y2 = frame.y2 === undefined ? undefined : down(frame.y2);
    if (x === undefined || y === undefined || (frame.y2 !== undefined && y2 === undefined)) return;
    stage.x = x;
    stage.y = y;
    stage.y2 = y2;
    stage.moves = ++this.#moves;
    frame.x = frame.x.over(...x);
    frame.y = frame.y.over(...y);
    if (y2 !== undefined) frame.y2 = frame.y2?.over(...y2);
  }
}

function found(index: number): number | undefined {
  return index < 0 ? undefined : index;
}

function isInside({ left, top, right, bottom }: Box, x: number, y: number): boolean {
  return x >= left && x < right && y >= top && y < bottom;
}

function mappingOf({ y, y2 }: PanelFrame, axis: "left" | "right" | undefined): Mapping {
  return axis === "right" ? (y2 ?? y) : y;
}

function ends(mapping: Mapping): Range {
  return [mapping.value(mapping.start), mapping.value(mapping.end)];
}

function hitOf(
  frame: PanelFrame,
  mark: number,
  index: number,
): Omit<Hit, "panel" | "mark" | "index" | "distance"> {
  const { xs, ys } = frame.prepared[mark].points!;
  const x = xs === undefined ? index : xs.at(index);
  const y = ys.data.at(index);
  const { name, axis } = frame.shown[mark];
  const { scales } = frame;
  const scale = axis === "right" ? (scales.y2 ?? scales.y) : scales.y;
  return {
    series: seriesName(name),
    x,
    y,
    left: frame.x.place(x),
    top: mappingOf(frame, axis).place(y),
    z: undefined,
    xText: scales.x.describe(x),
    yText: scale.describe(y),
    zText: undefined,
  };
}
