// Where rows start, found by reading all that is before them: for tables in which a quote far ahead can decide, such as
// one that an escape or a comment makes a plain character.

import { WINDOW_BYTES } from "./open-reader.ts";
import type { Settings } from "./options.ts";
import { TableReader } from "./table-reader.ts";

/** Gives bytes of a file: fills the start of `target` with what lies at `position`, and says how many; 0 at the end. */
export type ReadAt = (target: Uint8Array, position: number) => number;

/** The starts of rows from the first one on. To be closed. */
export class RowStarts {
  readonly #reader: TableReader;
  readonly #readAt: ReadAt;
  #position = 0;
  #row = 0;

  constructor(readAt: ReadAt, settings: Settings) {
    this.#readAt = readAt;
    // What is wrong within rows is for those who read the ranges to say.
    const plain = { header: false, chosen: undefined, ragged: "keep", badUtf8: "replace" } as const;
    this.#reader = new TableReader({ ...settings, ...plain }, WINDOW_BYTES);
  }

  /** The start of the first row from a byte on, or Infinity; each byte asked for must lie behind the last one. */
  next(from: number): number {
    const { scanner } = this.#reader;
    for (;;) {
      for (; this.#row < scanner.rowCount; this.#row++) {
        const start = scanner.origin + scanner.rows[2 * this.#row + 1];
        if (start >= from) return start;
      }
      if (!this.#advance()) return Infinity;
    }
  }

  #advance(): boolean {
    const { scanner } = this.#reader;
    for (;;) {
      const progress = this.#reader.advance();
      this.#row = 0;
      if (progress !== "more") return progress === "rows";
      const bytes = this.#readAt(scanner.room(), this.#position);
      this.#position += bytes;
      if (bytes === 0) scanner.finish();
      else scanner.accept(bytes);
    }
  }

  /** Gives the window back. */
  close(): void {
    this.#reader.close();
  }
}
