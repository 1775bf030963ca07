// A figure of one panel, and what comes out of it.
import { Panel } from "./panel-builder.ts";
import { panelSheet } from "./panel-sheet.ts";
import { View } from "../view/view.ts";
import { type Outputs, withOutputs } from "./outputs.ts";
import type { FigureOptions, Sheet } from "./sheet.ts";

const FigurePanel: abstract new () => Panel & Outputs = withOutputs(Panel);

/**
 * A figure: a panel that can be drawn. Calls can be chained, and the same figure can be drawn as often as wanted.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { plot } from "@millpond/plot";
 *
 * const seconds = Float64Array.from({ length: 500 }, (_, index) => index / 100);
 * const figure = plot({ width: 400, height: 300 })
 *   .line(seconds, seconds.map(Math.sin), { label: "sine" })
 *   .line(seconds, seconds.map(Math.cos), { label: "cosine", style: "dashed" })
 *   .title("Waves")
 *   .xlabel("seconds")
 *   .legend();
 * const file = figure.png();
 * assert.equal(String.fromCharCode(...file.subarray(1, 4)), "PNG");
 * const pixels = figure.pixels({ into: new Uint8Array(4 * 400 * 300) }); // R, G, B, A
 * assert.deepEqual([...pixels.subarray(0, 4)], [255, 255, 255, 255]);
 * ```
 */
export class Plot extends FigurePanel {
  /** @internal */
  readonly _sheet: Sheet;

  /** @internal */
  constructor(options: FigureOptions) {
    super();
    this._sheet = panelSheet(options, this);
  }

  /** A view of the figure, which can be moved and asked what lies where. */
  view(): View {
    return new View(this._sheet);
  }
}

/**
 * An empty figure. See {@link Plot}.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { plot } from "@millpond/plot";
 *
 * const figure = plot({ width: 200, height: 100, theme: "dark" }).histogram([1, 2, 2, 3, 3, 3]);
 * const pixels = figure.pixels({ into: new Uint8Array(4 * 200 * 100) });
 * assert.deepEqual([...pixels.subarray(0, 3)], [0x1e, 0x1e, 0x1e]);
 * assert.throws(() => figure.line([1, 2], [1]), { code: "LENGTH_MISMATCH" });
 * ```
 */
export function plot(options: FigureOptions = {}): Plot {
  return new Plot(options);
}
