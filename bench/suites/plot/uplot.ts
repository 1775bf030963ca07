// uPlot without a browser: in a window of jsdom, its canvas being one of @napi-rs/canvas. The title, which uPlot sets as
// HTML, is drawn onto the canvas.

import { createRequire } from "node:module";

import type { Canvas } from "@napi-rs/canvas";

import { HEIGHT, type Points, TITLE, WIDTH, X_LABEL, Y_LABEL } from "./data.ts";
import type { Draw } from "./drawing.ts";
import { canvasLibrary } from "./peers.ts";

interface CanvasElement {
  readonly width: number;
  readonly height: number;
}

// The part of a window that is used here.
type ShimWindow = Record<string, unknown> & {
  readonly document: { readonly body: unknown };
  readonly HTMLCanvasElement: { readonly prototype: object };
};

interface Chart {
  readonly root: { querySelector(selector: string): CanvasElement };
  destroy(): void;
}

type CanvasOf = (element: CanvasElement) => Canvas;

const OPTIONS = {
  width: WIDTH,
  height: HEIGHT,
  legend: { show: false },
  cursor: { show: false },
  scales: { x: { time: false } },
  axes: [
    { label: X_LABEL, font: "12px DejaVu Sans" },
    { label: Y_LABEL, font: "12px DejaVu Sans" },
  ],
  series: [{}, { stroke: "#1f77b4", width: 1.5, points: { show: false } }],
};

interface Library {
  readonly Chart: new (options: object, data: unknown, target: unknown) => Chart;
  readonly body: unknown;
  readonly canvasOf: CanvasOf;
}

// uPlot keeps the document that it is loaded with, so there is one for all.
let library: Promise<Library> | undefined;

async function load(): Promise<Library> {
  const { createCanvas, Path2D } = await canvasLibrary();
  const canvases = new WeakMap<CanvasElement, Canvas>();
  const canvasOf: CanvasOf = (element) => {
    const known = canvases.get(element);
    if (known?.width === element.width && known.height === element.height) return known;
    const canvas = createCanvas(element.width, element.height);
    canvases.set(element, canvas);
    return canvas;
  };
  const window = openWindow(canvasOf, Path2D);
  const { default: Chart } = (await import("uplot")) as unknown as { default: Library["Chart"] };
  return { Chart, body: window.document.body, canvasOf };
}

/** A line with uPlot's own reduction. */
export async function uplotLine({ xs, ys }: Points): Promise<Draw> {
  const { Chart, body, canvasOf } = await (library ??= load());
  return async () => {
    const chart = new Chart(OPTIONS, [xs, ys], body);
    // It draws in a microtask; a turn of the event loop lets that pass.
    await new Promise((resolve) => setImmediate(resolve));
    const drawn = canvasOf(chart.root.querySelector("canvas"));
    const context = drawn.getContext("2d");
    context.font = "20px DejaVu Sans";
    context.fillStyle = "black";
    context.textAlign = "center";
    context.fillText(TITLE, WIDTH / 2, 30);
    const png = drawn.toBuffer("image/png");
    chart.destroy();
    return png;
  };
}

function openWindow(canvasOf: CanvasOf, Path2D: unknown): ShimWindow {
  const { JSDOM } = createRequire(import.meta.url)("jsdom") as {
    JSDOM: new (html: string, options: object) => { window: ShimWindow };
  };
  const { window } = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true });
  Object.assign(window.HTMLCanvasElement.prototype, {
    getContext(this: CanvasElement) {
      // uPlot keeps the context and sets the size later, so the one of the right size is looked up at each use.
      return contextOf(this, canvasOf);
    },
  });
  const matchMedia = (): object => ({ matches: false, addEventListener() {}, removeEventListener() {} });
  const names = [
    "document",
    "navigator",
    "HTMLElement",
    "requestAnimationFrame",
    "Event",
    "CustomEvent",
    "MouseEvent",
  ];
  const taken = Object.fromEntries(names.map((name) => [name, window[name]]));
  Object.defineProperty(window, "matchMedia", { value: matchMedia });
  Object.defineProperty(window, "devicePixelRatio", { value: 1 });
  for (const [name, value] of Object.entries({ ...taken, window, Path2D, matchMedia, devicePixelRatio: 1 })) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  return window;
}

function contextOf(element: CanvasElement, canvasOf: CanvasOf): object {
  return new Proxy(
    {},
    {
      get(_, key) {
        const context = canvasOf(element).getContext("2d");
        const value: unknown = Reflect.get(context, key);
        return typeof value === "function" ? (value as () => unknown).bind(context) : value;
      },
      set: (_, key, value) => Reflect.set(canvasOf(element).getContext("2d"), key, value),
    },
  );
}
