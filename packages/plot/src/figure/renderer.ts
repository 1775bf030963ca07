// One place for all figures of a program: their memory, and what they have in common.
import { Pool, type PoolStats } from "@millpond/core";

import { checkOptions } from "../check.ts";
import { PlotError } from "../errors.ts";
import { Plot } from "./plot.ts";
import { Plot3d, type Plot3dOptions } from "./plot3d.ts";
import { type PoolConfig, poolOf } from "./pool-config.ts";
import type { FigureOptions } from "./sheet.ts";
import { type SubplotOptions, Subplots } from "./subplots.ts";

/** Options of a renderer: what its figures have unless they say otherwise. */
export interface RendererOptions extends FigureOptions {
  /** The most bytes that are kept between figures; not with a pool of your own. @defaultValue that of a pool */
  readonly limitBytes?: number | undefined;
  /** Makes memory ready and says how much is kept, instead of `pool` or `limitBytes`. @defaultValue none */
  readonly poolConfig?: PoolConfig | undefined;
}

/**
 * Makes figures that share a pool, a size and a theme. `renderer()` makes one.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { renderer } from "@millpond/plot";
 *
 * const charts = renderer({ width: 300, height: 200, theme: "dark" });
 * for (let day = 0; day < 3; day++) charts.plot().line([day, 2, 1]).png();
 * assert.equal(charts.stats().bytesInUse, 0); // all of it went back
 * assert(charts.stats().bytesRetained > 0); // and waits for the next figure
 * charts.close();
 * assert.throws(() => charts.plot(), { code: "BAD_ARGUMENT" });
 * ```
 */
export class Renderer {
  /** Where the memory of all its figures comes from. */
  readonly pool: Pool;
  readonly #defaults: FigureOptions;
  readonly #ownsPool: boolean;

  /** @internal */
  constructor(options: RendererOptions) {
    checkOptions("options", options);
    const { limitBytes, poolConfig, ...defaults } = options;
    const { pool } = defaults;
    if ([pool, limitBytes, poolConfig].filter((option) => option !== undefined).length > 1) {
      throw new PlotError(
        "BAD_ARGUMENT",
        "expected one of pool, limitBytes and poolConfig, got several; give limits to the pool",
      );
    }
    this.#ownsPool = pool === undefined;
    this.pool = pool ?? (poolConfig === undefined ? limited(limitBytes) : poolOf(poolConfig));
    this.#defaults = { ...defaults, pool: this.pool };
  }

  /** An empty figure; options go before those of the renderer. */
  plot(options: Omit<FigureOptions, "pool"> = {}): Plot {
    this.#checkOpen();
    return new Plot({ ...this.#defaultsFor(options), ...options });
  }

  /** An empty figure of several panels. */
  subplots(rows: number, columns: number, options: Omit<SubplotOptions, "pool"> = {}): Subplots {
    this.#checkOpen();
    return new Subplots(rows, columns, { ...this.#defaultsFor(options), ...options });
  }

  /** An empty figure in space. */
  plot3d(options: Omit<Plot3dOptions, "pool"> = {}): Plot3d {
    this.#checkOpen();
    return new Plot3d({ ...this.#defaults, ...options });
  }

  /** What its pool holds and has done. */
  stats(): PoolStats {
    return this.pool.stats();
  }

  /** Gives all memory back, unless the pool is yours. No figure can be made any more. */
  close(): void {
    if (this.#ownsPool && !this.pool.closed) this.pool.close();
  }

  /** Same as `close`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  // A size of the figure's own goes before that of the renderer, whichever way either is told.
  #defaultsFor({ inches, width, height }: FigureOptions): FigureOptions {
    if (inches !== undefined) return { ...this.#defaults, width: undefined, height: undefined };
    if (width !== undefined || height !== undefined) return { ...this.#defaults, inches: undefined };
    return this.#defaults;
  }

  #checkOpen(): void {
    if (this.pool.closed)
      throw new PlotError("BAD_ARGUMENT", "expected a renderer that is open, got a closed one");
  }
}

function limited(limitBytes: number | undefined): Pool {
  return new Pool({ name: "renderer", ...(limitBytes === undefined ? {} : { limitBytes }) });
}

/**
 * A renderer. See {@link Renderer}.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool } from "@millpond/core";
 * import { renderer } from "@millpond/plot";
 *
 * const pool = new Pool();
 * const charts = renderer({ pool, dpi: 72 });
 * charts.subplots(1, 2).at(0, 1).scatter([1, 2, 3]);
 * assert.equal(charts.pool, pool);
 * ```
 */
export function renderer(options: RendererOptions = {}): Renderer {
  return new Renderer(options);
}
