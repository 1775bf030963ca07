// Splits the lines of a window into fields, each by itself, with one table for all of them: whatever the delimiters and the
// options are. Where they are simple, line-index.ts is faster.
import type { Matcher } from "../split/matcher.ts";
import type { Plan } from "../split/options.ts";
import { run } from "../split/scan.ts";
import { type Scan, scanOf } from "../split/scan-state.ts";
import { strideOf } from "../split/segment-layout.ts";
import { growTable, TABLE_WORDS } from "../split/tables.ts";
import { Line, type LineContent } from "./line.ts";
import type { LineWindow } from "./line-window.ts";

/** Finds the lines of a window and their fields, one line after the other, as one view. */
export interface LineFinder {
  /** Finds the next line; undefined when more text is needed, or there is no more. */
  next(): Line | undefined;
  /** Says that the window has moved so many bytes. */
  moved(bytes: number): void;
  /** Gives everything back but the window. */
  release(): void;
}

/** Finds lines, and splits each of them. */
export class LineSplitter implements LineFinder {
  readonly #plan: Plan;
  readonly #stride: 2 | 3;
  readonly #window: LineWindow;
  // Where the text of the window starts in the whole text.
  readonly #offset: number;
  readonly #scan: Scan;
  readonly #content: LineContent;
  readonly #line: Line;
  #matcher: Matcher;

  constructor(plan: Plan, window: LineWindow, offset: number) {
    const scan = scanOf(window.bytes, 0, 0, plan.home);
    const { bytes, words } = scan;
    this.#plan = plan;
    this.#stride = strideOf(plan);
    this.#window = window;
    this.#offset = offset;
    this.#scan = scan;
    this.#content = { bytes, start: 0, end: 0, offset: 0, words, base: 0, shift: 0, unescaped: undefined };
    this.#line = new Line(this.#content, this.#stride);
    this.#matcher = plan.delimiters.open(plan.pool);
    scan.words = plan.pool.acquireUnsafe(Uint32Array, TABLE_WORDS[1]);
    scan.limit = TABLE_WORDS[1];
  }

  next(): Line | undefined {
    if (!this.#window.next()) return undefined;
    const scan = this.#scan;
    this.#aim(scan, this.#window);
    run(scan, this.#plan, this.#matcher);
    while (!scan.done) {
      scan.words = growTable(this.#plan.pool, scan.words, scan.top);
      scan.limit = scan.words.length;
      run(scan, this.#plan, this.#matcher);
    }
    this.#show(scan);
    return this.#line._move(scan.linesBefore, scan.top / this.#stride);
  }

  moved(): void {
    // Matchers expect to go forwards through one text.
    this.#matcher.close();
    this.#matcher = this.#plan.delimiters.open(this.#plan.pool);
  }

  release(): void {
    const { pool, home } = this.#plan;
    this.#line._leave();
    this.#matcher.close();
    pool.release(this.#scan.words);
    if (this.#scan.unescaped !== undefined) home.closeStrings(this.#scan.unescaped);
  }

  #aim(scan: Scan, { bytes, lineStart, lineEnd, lines, bytesBefore }: LineWindow): void {
    scan.bytes = bytes;
    scan.origin = lineStart;
    scan.end = lineEnd;
    scan.linesBefore = lines - 1;
    scan.bytesBefore = this.#offset + bytesBefore + lineStart;
    scan.at = lineStart;
    scan.done = false;
    scan.nextStart = -1;
    scan.top = 0;
    if (scan.unescaped !== undefined) scan.unescaped.reset();
  }

  #show(scan: Scan): void {
    const content = this.#content;
    content.bytes = scan.bytes;
    content.start = scan.origin;
    content.end = scan.end;
    content.offset = scan.bytesBefore;
    content.words = scan.words;
    content.shift = scan.origin;
    content.unescaped = scan.unescaped;
  }
}
