// Beginnings and ends that tables of both kinds share: one reading, one close, whatever happens in between.

import { TextError } from "../errors.ts";
import type { Reader } from "../source/source.ts";
import { Batch } from "./batch.ts";
import type { Settings } from "./options.ts";
import { TableReader } from "./table-reader.ts";

const SMALLEST_WINDOW = 1024;
/** As much as fits into a core's own cache together with its index. */
export const WINDOW_BYTES: number = 256 * 1024;

/** A table that is being read. @internal */
export class OpenTable {
  readonly reader: TableReader;
  readonly batch: Batch;
  #taken = false;
  #closed = false;

  constructor(settings: Settings, source: Reader) {
    this.reader = new TableReader(settings, windowBytes(source.byteLength));
    this.batch = new Batch(this.reader);
  }

  /** Refuses a second reading: the text is gone. */
  take(): void {
    if (this.#taken) {
      throw new TextError(
        "ALREADY_READ",
        "a table is read once; call rows() again to read the text another time",
      );
    }
    this.#taken = true;
  }

  /** True when everything was given back. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Gives everything back. */
  close(): void {
    this.#taken = true;
    this.#closed = true;
    this.batch._release();
    this.reader.close();
  }
}

// A short text needs no large window; twice its length, so that the rest of a row never makes the window grow.
function windowBytes(byteLength: number | undefined): number {
  const wanted = byteLength === undefined ? WINDOW_BYTES : 2 * byteLength + 8;
  let bytes = SMALLEST_WINDOW;
  while (bytes < WINDOW_BYTES && bytes < wanted) bytes *= 2;
  return bytes;
}
