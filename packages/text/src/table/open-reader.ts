// Beginnings and ends that tables of both kinds share: memory is taken when reading begins, there is one reading and one
// close, whatever happens in between.

import { TextError } from "../errors.ts";
import type { ReadProgress } from "../source/failures.ts";
import type { Reader } from "../source/source.ts";
import { Batch } from "./batch.ts";
import type { Settings } from "./options.ts";
import type { RowPlace } from "./part.ts";
import { gone, TableReader } from "./table-reader.ts";

const SMALLEST_WINDOW = 1024;
/** As much as fits into a core's own cache together with its index. */
export const WINDOW_BYTES: number = 256 * 1024;

/** A table that is being read. @internal */
export class OpenTable implements ReadProgress {
  readonly #settings: Settings;
  readonly #windowBytes: number;
  #reader: TableReader | undefined;
  #batch: Batch | undefined;
  #taken = false;
  #closed = false;

  constructor(settings: Settings, source: Reader) {
    this.#settings = settings;
    this.#windowBytes = windowBytes(source.byteLength);
  }

  /** What reads the table. */
  get reader(): TableReader {
    if (this.#closed) throw gone();
    return (this.#reader ??= new TableReader(this.#settings, this.#windowBytes));
  }

  /** The view of the rows in the window. */
  get batch(): Batch {
    return (this.#batch ??= new Batch(this.reader));
  }

  /** The names of the columns, as far as they are known. */
  get names(): readonly string[] | undefined {
    return this.#reader?.names;
  }

  /** Where the next part of the table starts, once this one was read; undefined before that. */
  get end(): RowPlace | undefined {
    return this.#reader?.end;
  }

  /** True when somebody waits to know where the part ends that is read. */
  get endIsWanted(): boolean {
    return this.#settings.part !== undefined && this.end === undefined;
  }

  get lines(): number {
    return this.#reader?.scanner.lines ?? 0;
  }

  get bytes(): number {
    return this.#reader?.scanner.bytes ?? 0;
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

  /** True when nothing more can be read. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Refuses everything from now on. */
  close(): void {
    this.#taken = true;
    this.#closed = true;
  }

  /** Gives everything back. */
  release(): void {
    this.#batch?._release();
    this.#reader?.close();
  }
}

// A short text needs no large window; twice its length, so that the rest of a row never makes the window grow.
function windowBytes(byteLength: number | undefined): number {
  const wanted = byteLength === undefined ? WINDOW_BYTES : 2 * byteLength + 8;
  let bytes = SMALLEST_WINDOW;
  while (bytes < WINDOW_BYTES && bytes < wanted) bytes *= 2;
  return bytes;
}
