// What is used of a browser, written down, so that nobody needs the types of the DOM to use this package. The real things
// fit: a `HTMLCanvasElement` is an `InteractiveCanvas`.

/** What is used of a canvas. */
export interface InteractiveCanvas {
  /** Pixels from left to right; set to those of the figure. */
  width: number;
  /** Pixels from top to bottom. */
  height: number;
  /** How wide it is shown, inside of its border. */
  readonly clientWidth: number;
  /** How high it is shown. */
  readonly clientHeight: number;
  /** Its place in the order of the tabulator key. */
  tabIndex: number;
  /** Its looks, of which the pointer and what fingers do are set. */
  readonly style: {
    /** How the pointer looks. */
    cursor: string;
    /** What the browser does with fingers. */
    touchAction: string;
  };
  /** What pixels are put into. */
  getContext(kind: "2d"): CanvasPixels | null;
  /** Calls a function at each event of a kind. */
  addEventListener(kind: string, listener: (event: object) => void, options?: { passive: boolean }): void;
  /** Ends that. */
  removeEventListener(kind: string, listener: (event: object) => void): void;
  /** Sends all events of a pointer here, also from outside. */
  setPointerCapture(pointer: number): void;
  /** What it says to those who do not see it. */
  getAttribute(name: string): string | null;
  /** What it says to those who do not see it. */
  setAttribute(name: string, value: string): void;
}

/** What is used of a context of two dimensions. */
export interface CanvasPixels {
  /** Shows an image. */
  putImageData(image: never, left: number, top: number): void;
}

/** What is used of the events of pointers and wheels. */
export interface PointerLike {
  readonly pointerId: number;
  readonly button: number;
  readonly offsetX: number;
  readonly offsetY: number;
  readonly shiftKey: boolean;
  readonly deltaY: number;
  readonly deltaMode: number;
  preventDefault(): void;
}

/** What is used of the events of keys. */
export interface KeyLike {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  preventDefault(): void;
}

interface Browser {
  requestAnimationFrame(draw: () => void): number;
  cancelAnimationFrame(request: number): void;
  readonly ImageData: new (pixels: Uint8ClampedArray, width: number, height: number) => never;
}

/** The browser that this runs in. */
export const browser: Browser = globalThis as unknown as Browser;
