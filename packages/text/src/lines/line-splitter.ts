// Splits the lines of a window into fields, with one table for all of them.
import type { Matcher } from "../split/matcher.ts";
import type { Plan } from "../split/options.ts";
import { run, type Scan, scanOf, strideOf } from "../split/scan.ts";
import { growTable, TABLE_WORDS } from "../split/tables.ts";
import { Line } from "./line.ts";
import type { LineWindow } from "./line-window.ts";

/** Shows the lines of a window, one after the other, as one view. */
export class LineSplitter {
  readonly #plan: Plan;
  readonly #scan: Scan;
  readonly #line: Line;
  #matcher: Matcher;

  constructor(plan: Plan, window: LineWindow) {
    this.#plan = plan;
    this.#scan = scanOf(window.bytes, 0, 0, plan.home);
    this.#line = new Line(this.#scan, strideOf(plan));
    this.#matcher = plan.delimiters.open(plan.pool);
    this.#scan.words = plan.pool.acquireUnsafe(Uint32Array, TABLE_WORDS[1]);
    this.#scan.limit = TABLE_WORDS[1];
  }

  /** The fields of the line that the window shows. `offset` is where the text of the window starts, `index` the line. */
  split(window: LineWindow, index: number, offset: number): Line {
    const scan = this.#scan;
    const start = window.lineStart;
    // Matchers expect to go forwards through one text.
    if (scan.bytes !== window.bytes || start < scan.end) this.#restart();
    scan.bytes = window.bytes;
    scan.origin = start;
    scan.end = window.lineEnd;
    scan.linesBefore = index;
    scan.bytesBefore = offset + window.bytesBefore + start;
    scan.at = start;
    scan.done = false;
    scan.nextStart = -1;
    scan.top = 0;
    if (scan.unescaped !== undefined) scan.unescaped.reset();
    run(scan, this.#plan, this.#matcher);
    while (!scan.done) {
      scan.words = growTable(this.#plan.pool, scan.words, scan.top);
      scan.limit = scan.words.length;
      run(scan, this.#plan, this.#matcher);
    }
    return this.#line._move(index);
  }

  /** Gives everything back but the window. */
  release(): void {
    const { pool, home } = this.#plan;
    this.#line._leave();
    this.#matcher.close();
    pool.release(this.#scan.words);
    if (this.#scan.unescaped !== undefined) home.closeStrings(this.#scan.unescaped);
  }

  #restart(): void {
    this.#matcher.close();
    this.#matcher = this.#plan.delimiters.open(this.#plan.pool);
  }
}
