// What pointers, wheels and keys do to a view. Each answers what has to be drawn anew.
import type { AxesPlace, LegendEntry, Hit, View } from "../view/view.ts";
import { Fingers, type Spread } from "./fingers.ts";
import type { Corners } from "./overlay.ts";

/** What changed: the figure, only what lies over it, or nothing. */
export type Change = "figure" | "overlay" | "nothing";

// A press that moves by less than this many pixels is a click.
const CLICK = 3;
// How much one step of a wheel or a key makes things larger.
const STEP = 1.2;
const PIXELS_A_LINE = 40;
const PIXELS_A_STEP = 100;

interface Press {
  readonly panel: number | undefined;
  readonly entry: LegendEntry | undefined;
  readonly choosing: boolean;
  x: number;
  y: number;
  moved: number;
}

/** Follows what somebody does. Places are pixels of the figure. */
export class Gestures {
  /** The point that is pointed at. */
  hit: Hit | undefined;
  /** The rectangle that is being chosen. */
  chosen: Corners | undefined;
  readonly #view: View;
  readonly #within: number;
  readonly #fingers = new Fingers();
  #press: Press | undefined;
  // What two fingers hold.
  #pinched: AxesPlace | undefined;
  // The panel that keys move: the one that was touched last.
  #panel = 0;

  constructor(view: View, within: number) {
    this.#view = view;
    this.#within = within;
  }

  /** How the pointer looks at a place. */
  cursor(x: number, y: number): string {
    if (this.#press !== undefined && !this.#press.choosing && this.#press.panel !== undefined)
      return "grabbing";
    if (this.#view.legendAt(x, y) !== undefined) return "pointer";
    return this.#view.panelAt(x, y) === undefined ? "default" : "crosshair";
  }

  /** A button or a finger goes down; with `choosing`, a rectangle begins. */
  press(finger: number, x: number, y: number, choosing: boolean): Change {
    this.#fingers.put(finger, x, y);
    if (this.#fingers.count > 1) return this.#pinch();
    const entry = this.#view.legendAt(x, y);
    const panel = entry === undefined ? this.#view.panelAt(x, y) : undefined;
    this.#press = { panel, entry, choosing, x, y, moved: 0 };
    this.#panel = panel ?? this.#panel;
    if (panel !== undefined && choosing) this.chosen = { fromX: x, fromY: y, toX: x, toY: y };
    return this.#point(undefined);
  }

  /** The pointer moves. */
  move(finger: number, x: number, y: number): Change {
    const before = this.#fingers.count > 1 ? this.#fingers.spread : undefined;
    this.#fingers.move(finger, x, y);
    if (before !== undefined) return this.#spread(before, this.#fingers.spread);
    const press = this.#press;
    if (press === undefined) return this.#point(this.#view.nearest(x, y, { within: this.#within }));
    const [right, down] = [x - press.x, y - press.y];
    press.moved += Math.abs(right) + Math.abs(down);
    press.x = x;
    press.y = y;
    if (this.chosen !== undefined) {
      this.chosen.toX = x;
      this.chosen.toY = y;
      return "overlay";
    }
    if (press.panel === undefined || (right === 0 && down === 0)) return "nothing";
    this.#view.pan(right, down, press.panel);
    return "figure";
  }

  /** The button or the finger goes up. */
  lift(finger: number, x: number, y: number): Change {
    this.#fingers.lift(finger);
    if (this.#fingers.count > 0) return this.#goOn();
    const press = this.#press;
    const { chosen } = this;
    this.#press = undefined;
    this.chosen = undefined;
    if (press === undefined) return "nothing";
    if (press.entry !== undefined && press.moved <= CLICK) {
      this.#view.toggle(press.entry);
      return "figure";
    }
    if (chosen === undefined || press.panel === undefined) return "nothing";
    const box = {
      left: Math.min(chosen.fromX, x),
      top: Math.min(chosen.fromY, y),
      right: Math.max(chosen.fromX, x),
      bottom: Math.max(chosen.fromY, y),
    };
    // What is too small to be meant is forgotten.
    if (box.right - box.left <= CLICK || box.bottom - box.top <= CLICK) return "overlay";
    this.#view.zoomTo(box, press.panel);
    return "figure";
  }

  /** A pointer is gone, or was taken away. */
  leave(finger: number): Change {
    const lifted = this.#fingers.lift(finger);
    if (this.#fingers.count > 0) return lifted ? this.#goOn() : "nothing";
    return this.#end();
  }

  // Nothing is pressed or pointed at any more.
  #end(): Change {
    this.#press = undefined;
    this.chosen = undefined;
    return this.#point(undefined) === "nothing" ? "nothing" : "overlay";
  }

  /** A wheel turns; beside the panel it moves one axis only. */
  wheel(x: number, y: number, delta: number, mode: number): Change {
    const place = this.#view.axesAt(x, y);
    if (place === undefined) return "nothing";
    this.#panel = place.panel;
    const pixels = mode === 0 ? delta : delta * PIXELS_A_LINE;
    this.#view.zoom(x, y, STEP ** (-pixels / PIXELS_A_STEP), place);
    this.hit = undefined;
    return "figure";
  }

  /** The figure was drawn anew: the point that is pointed at may lie elsewhere. */
  follow(): void {
    if (this.hit !== undefined) this.hit = this.#view.point(this.hit, this.hit.index);
  }

  /** Back to where everything began. */
  reset(): Change {
    this.#view.reset();
    this.hit = undefined;
    return "figure";
  }

  /** A key goes down; undefined where it means nothing here. */
  key(key: string): Change | undefined {
    const box = this.#view.box(this.#panel);
    const [wide, high] = [(box.right - box.left) / 10, (box.bottom - box.top) / 10];
    const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2] as const;
    const panel = this.#panel;
    const pan = (right: number, down: number) => (): void => this.#view.pan(right, down, panel);
    const zoom = (factor: number) => (): void => this.#view.zoom(...middle, factor, { panel });
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: pan(wide, 0),
      ArrowRight: pan(-wide, 0),
      ArrowUp: pan(0, high),
      ArrowDown: pan(0, -high),
      "+": zoom(STEP),
      "=": zoom(STEP),
      "-": zoom(1 / STEP),
      "0": () => this.reset(),
      Home: () => this.reset(),
    };
    if (Object.hasOwn(moves, key)) {
      moves[key]();
      this.hit = undefined;
      return "figure";
    }
    if (/^[1-9]$/.test(key)) return this.#toggle(Number(key) - 1);
    if (key === "n") return this.#step(1);
    if (key === "p") return this.#step(-1);
    return key === "Escape" ? this.#end() : undefined;
  }

  // Two fingers hold what lies between them, and nothing else is going on.
  #pinch(): Change {
    const { x, y } = this.#fingers.spread;
    this.#pinched = this.#view.axesAt(x, y);
    this.#panel = this.#pinched?.panel ?? this.#panel;
    this.#end();
    return "overlay";
  }

  // What two fingers hold goes along with them: it moves with their middle, and grows as they spread. Beside a panel they
  // hold one axis; in space their middle does not turn anything.
  #spread(before: Spread, after: Spread): Change {
    const { x, y, apart } = after;
    if (this.#pinched === undefined) return "nothing";
    const { panel, axes } = this.#pinched;
    if (this.#view.camera(panel) === undefined) {
      this.#view.pan(axes === "y" ? 0 : x - before.x, axes === "x" ? 0 : y - before.y, panel);
    }
    this.#view.zoom(x, y, apart / before.apart, this.#pinched);
    return "figure";
  }

  // The last one of several fingers goes on dragging.
  #goOn(): Change {
    const { x, y } = this.#fingers.spread;
    const panel = this.#pinched?.panel;
    if (this.#fingers.count === 1) this.#press = { panel, entry: undefined, choosing: false, x, y, moved: 0 };
    return "nothing";
  }

  #toggle(entry: number): Change {
    const known = this.#view.legend()[entry];
    if (known === undefined) return "nothing";
    this.#view.toggle(known);
    this.hit = undefined;
    return "figure";
  }

  // From point to point; the first of the panel is found from its middle.
  #step(by: number): Change {
    const { hit } = this;
    if (hit !== undefined) return this.#point(this.#view.point(hit, hit.index + by) ?? hit);
    const { left, top, right, bottom } = this.#view.box(this.#panel);
    const within = Math.hypot(right - left, bottom - top);
    return this.#point(this.#view.nearest((left + right) / 2, (top + bottom) / 2, { within }));
  }

  #point(hit: Hit | undefined): Change {
    const before = this.hit;
    this.hit = hit;
    const same = before?.panel === hit?.panel && before?.mark === hit?.mark && before?.index === hit?.index;
    return same ? "nothing" : "overlay";
  }
}
