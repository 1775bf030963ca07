// A figure in a canvas that people can move: the browser's events go to the gestures, and what they change is drawn once a
// frame of the screen, however many events came in between.
import { PlotError } from "../errors.ts";
import type { Hit, View } from "../view/view.ts";
import {
  browser,
  type CanvasPixels,
  type InteractiveCanvas,
  type KeyLike,
  type PointerLike,
} from "./canvas.ts";
import { type Change, Gestures } from "./gestures.ts";
import { drawOverlay, hitText } from "./overlay.ts";

/** Options of {@link interact}. */
export interface InteractOptions {
  /** Pixels around the pointer in which points are found. @defaultValue 20 */
  readonly within?: number | undefined;
  /** Called when another point is pointed at, or none. */
  readonly onHover?: ((hit: Hit | undefined) => void) | undefined;
  /** Called when the figure was drawn anew. */
  readonly onDraw?: ((view: View) => void) | undefined;
  /** Gets what is said about a point: an element with `aria-live` reads it to people who do not see the canvas. */
  readonly status?: { textContent: string | null } | undefined;
}

const KEYS =
  "Arrow keys move, plus and minus zoom, 0 resets, n and p go from point to point, 1 to 9 hide and show series.";

/**
 * A figure that people can move; `interact` makes one.
 *
 * ```ts no-run
 * import { plot } from "@millpond/plot";
 * import { interact, type InteractiveCanvas } from "@millpond/plot/interactive";
 *
 * declare const canvas: InteractiveCanvas; // document.querySelector("canvas")
 * const figure = plot({ width: 800, height: 500 }).line([1, 3, 2], { label: "line" }).legend();
 * const interaction = interact(canvas, figure);
 * interaction.view.zoom(400, 250, 2); // moved by the program
 * interaction.draw();
 * interaction.close();
 * ```
 */
export class Interaction {
  /** What is shown. After moving it, call `draw`. */
  readonly view: View;
  readonly #canvas: InteractiveCanvas;
  readonly #context: CanvasPixels;
  readonly #options: InteractOptions;
  readonly #gestures: Gestures;
  // The figure, and the figure with what lies over it.
  readonly #figure: Uint8ClampedArray;
  readonly #shown: Uint8ClampedArray;
  readonly #listeners = new Map<string, (event: object) => void>();
  #request: number | undefined;
  #stale = true;
  #closed = false;
  #said: Hit | undefined;

  /** @internal */
  constructor(canvas: InteractiveCanvas, view: View, options: InteractOptions) {
    const context = canvas.getContext("2d");
    if (context === null) {
      throw new PlotError("BAD_ARGUMENT", "expected a canvas with a 2d context, got one of another kind");
    }
    const { width, height } = view;
    this.view = view;
    this.#canvas = canvas;
    this.#context = context;
    this.#options = options;
    this.#gestures = new Gestures(view, options.within ?? 20);
    this.#figure = view._sheet.pool.acquire(Uint8ClampedArray, 4 * width * height);
    this.#shown = view._sheet.pool.acquire(Uint8ClampedArray, 4 * width * height);
    canvas.width = width;
    canvas.height = height;
    prepareCanvas(canvas);
    try {
      this.#paint();
    } catch (error) {
      this.close();
      throw error;
    }
    this.#listen();
  }

  /** The point that is pointed at. */
  get hovered(): Hit | undefined {
    return this.#gestures.hit;
  }

  /** Draws the figure anew with the next frame of the screen. */
  draw(): void {
    this.#note("figure");
  }

  /** Stops, and gives all memory back; the canvas shows what it shows. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const [kind, listener] of this.#listeners) this.#canvas.removeEventListener(kind, listener);
    if (this.#request !== undefined) browser.cancelAnimationFrame(this.#request);
    const { pool } = this.view._sheet;
    this.view.release();
    pool.release(this.#figure);
    pool.release(this.#shown);
  }

  /** Same as `close`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #listen(): void {
    const gestures = this.#gestures;
    this.#onPointer("pointerdown", (event, x, y) => {
      if (event.button !== 0) return "nothing";
      this.#canvas.setPointerCapture(event.pointerId);
      return gestures.press(event.pointerId, x, y, event.shiftKey);
    });
    this.#onPointer("pointermove", ({ pointerId }, x, y) => gestures.move(pointerId, x, y));
    this.#onPointer("pointerup", ({ pointerId }, x, y) => gestures.lift(pointerId, x, y));
    this.#onPointer("pointercancel", ({ pointerId }) => gestures.leave(pointerId));
    this.#onPointer("pointerleave", ({ pointerId }) => gestures.leave(pointerId));
    this.#onPointer("dblclick", () => gestures.reset());
    this.#onPointer("wheel", (event, x, y) => {
      event.preventDefault();
      return gestures.wheel(x, y, event.deltaY, event.deltaMode);
    });
    this.#on("keydown", (event) => {
      const { key, ctrlKey, altKey, metaKey } = event as KeyLike;
      const change = ctrlKey || altKey || metaKey ? undefined : gestures.key(key);
      if (change === undefined) return;
      (event as KeyLike).preventDefault();
      this.#note(change);
    });
  }

  #on(kind: string, listener: (event: object) => void): void {
    this.#listeners.set(kind, listener);
    this.#canvas.addEventListener(kind, listener, { passive: false });
  }

  #onPointer(kind: string, react: (event: PointerLike, x: number, y: number) => Change): void {
    this.#on(kind, (event) => {
      const { offsetX, offsetY } = event as PointerLike;
      // The canvas may be shown larger or smaller than it is.
      const x = (offsetX / this.#canvas.clientWidth) * this.#canvas.width;
      const y = (offsetY / this.#canvas.clientHeight) * this.#canvas.height;
      this.#note(react(event as PointerLike, x, y));
      this.#canvas.style.cursor = this.#gestures.cursor(x, y);
    });
  }

  #note(change: Change): void {
    if (change === "nothing" || this.#closed) return;
    if (change === "figure") this.#stale = true;
    this.#request ??= browser.requestAnimationFrame(() => {
      this.#request = undefined;
      this.#paint();
    });
  }

  #paint(): void {
    const { view } = this;
    const drawn = this.#stale;
    if (drawn) {
      view.pixels({ into: this.#figure });
      this.#gestures.follow();
    }
    this.#stale = false;
    const { hit, chosen } = this.#gestures;
    const over = hit !== undefined || chosen !== undefined;
    if (over) {
      this.#shown.set(this.#figure);
      drawOverlay(view._sheet, this.#shown, { hit, chosen });
    }
    const pixels = over ? this.#shown : this.#figure;
    this.#context.putImageData(new browser.ImageData(pixels, view.width, view.height), 0, 0);
    if (drawn) this.#options.onDraw?.(view);
    if (hit !== this.#said) this.#say(hit);
  }

  #say(hit: Hit | undefined): void {
    this.#said = hit;
    const { status, onHover } = this.#options;
    if (status !== undefined) status.textContent = hit === undefined ? "" : hitText(hit);
    onHover?.(hit);
  }
}

/**
 * Shows a figure in a canvas and lets people move it: drag to pan, turn the wheel or spread two fingers to zoom (over an
 * axis: that axis), drag with the shift key to zoom into a rectangle, double-click to reset, click into the legend to hide
 * and show series, point to see the nearest point. Figures in space turn. Everything can be done with keys, too.
 *
 * The data are looked at once, so frames of millions of points cost little; when they change, call `view.refresh()` and
 * `draw()`. Data in arrays of the figure's pool are read in place.
 *
 * ```ts no-run
 * import { plot } from "@millpond/plot";
 * import { interact, type InteractiveCanvas } from "@millpond/plot/interactive";
 *
 * declare const canvas: InteractiveCanvas; // document.querySelector("canvas")
 * const figure = plot({ width: 800, height: 500 }).line([1, 3, 2], { label: "line" }).legend();
 * interact(canvas, figure, {
 *   onHover: (hit) => console.log(hit?.series, hit?.index, hit?.x, hit?.y),
 * });
 * ```
 */
export function interact(
  canvas: InteractiveCanvas,
  figure: { view(): View },
  options: InteractOptions = {},
): Interaction {
  return new Interaction(canvas, figure.view(), options);
}

function prepareCanvas(canvas: InteractiveCanvas): void {
  canvas.style.touchAction = "none";
  if (canvas.tabIndex < 0) canvas.tabIndex = 0;
  const wanted = { role: "application", "aria-roledescription": "figure", "aria-label": KEYS };
  for (const [name, value] of Object.entries(wanted)) {
    if (canvas.getAttribute(name) === null) canvas.setAttribute(name, value);
  }
}
