// A figure that is drawn again and again into the same pixels while its data change. Each frame is laid out anew, which
// is quick, and recorded; only columns of pixels in which something differs from the frame before are drawn.
//
//     data ──▶ marks, axes, texts ──▶ list of calls ── compared with the list before ──▶ columns ──▶ pixels
//
// What comes out has the same bytes as the whole figure drawn at once.
import { PlotError } from "../errors.ts";
import { checkPixels, type PixelOptions } from "../figure/pixel-options.ts";
import type { Sheet } from "../figure/sheet.ts";
import type { Painter } from "../paint/painter.ts";
import { RasterPainter } from "../raster/raster-painter.ts";
import type { PixelColumns } from "./call.ts";
import { DisplayList } from "./display-list.ts";

interface Target {
  readonly into: PixelOptions["into"];
  readonly stride: number | undefined;
  readonly painter: RasterPainter;
}

/**
 * What `prepare()` of a figure makes. It holds memory of the figure's pool until it is released.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool } from "@millpond/core";
 * import { plot, pointStream } from "@millpond/plot";
 *
 * const pool = new Pool();
 * const speeds = pointStream(pool, { capacity: 1000 });
 * const live = plot({ width: 300, height: 200, pool })
 *   .line(speeds.xs, speeds.ys)
 *   .xaxis({ limits: [0, 100] })
 *   .yaxis({ limits: [0, 10] })
 *   .prepare();
 * const into = pool.acquire(Uint8Array, 4 * 300 * 200);
 * for (let time = 0; time < 50; time++) speeds.append(time, time % 10);
 * assert.deepEqual(live.frame({ into }), { left: 0, right: 300 }); // the first frame is all new
 * speeds.append(50, 3);
 * const { left, right } = live.frame({ into });
 * assert(left > 0 && right - left < 30); // a few columns of pixels
 * assert.deepEqual(live.frame({ into }), { left: 0, right: 0 }); // nothing has changed
 * live.release();
 * pool.release(into);
 * speeds.release();
 * assert.equal(pool.stats().bytesInUse, 0);
 * ```
 */
export class PreparedFigure {
  readonly #sheet: Sheet;
  readonly #draw: (painter: Painter) => void;
  #target: Target | undefined;
  // What the target shows; undefined where nobody knows.
  #shown: DisplayList | undefined;
  #released = false;

  /** @internal */
  constructor(sheet: Sheet, draw: (painter: Painter) => void) {
    this.#sheet = sheet;
    this.#draw = draw;
  }

  /**
   * Brings the pixels up to date and says which columns of them were drawn. Nobody else may draw into them between two
   * frames. Other pixels than those of the frame before are drawn as a whole.
   */
  frame(options: PixelOptions): PixelColumns {
    if (this.#released) {
      throw new PlotError("BAD_ARGUMENT", "this figure was released; prepare() makes another one");
    }
    const { painter } = this.#aim(options);
    const next = this.#record();
    const before = this.#shown;
    const changed = before === undefined ? { left: 0, right: painter.width } : next.changesFrom(before);
    this.#shown = undefined;
    before?.release();
    try {
      if (changed.left < changed.right) {
        painter._renew(changed.left, changed.right);
        next.drawTo(painter, changed);
        painter._settle();
      }
    } catch (error) {
      next.release();
      throw error;
    }
    this.#shown = next;
    return changed;
  }

  /** Gives all memory back. The pixels stay as they are. */
  release(): void {
    this.#released = true;
    this.#forget();
  }

  /** Same as `release`, for `using`. */
  [Symbol.dispose](): void {
    this.release();
  }

  #forget(): void {
    this.#shown?.release();
    this.#shown = undefined;
    this.#target?.painter.release();
    this.#target = undefined;
  }

  #aim(options: PixelOptions): Target {
    const { into, stride } = checkPixels(options);
    if (this.#target?.into === into && this.#target.stride === stride) return this.#target;
    this.#forget();
    const { width, height, pool, fonts } = this.#sheet;
    const painter = new RasterPainter({ width, height, pool, fonts, pixels: into, stride, _staged: true });
    this.#target = { into, stride, painter };
    return this.#target;
  }

  #record(): DisplayList {
    const { width, height, pool, fonts } = this.#sheet;
    const list = new DisplayList({ width, height, pool, fonts });
    try {
      this.#draw(list);
      return list;
    } catch (error) {
      list.release();
      throw error;
    }
  }
}
