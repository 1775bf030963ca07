// Tables whose text comes in time.

import type { AsyncReader } from "../source/source.ts";
import type { Batch } from "./batch.ts";
import { type Columns, ColumnsCollector } from "./columns.ts";
import { OpenTable } from "./open-reader.ts";
import type { AllStrings, ObjectOf, Schema, Settings, ValueOf } from "./options.ts";
import type { Row } from "./row.ts";

/**
 * The rows of a text that comes in time: of a file, a stream, or any async iterable of chunks. It reads no faster than
 * it is asked to, and keeps no more than a window of the text.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { rows } from "@millpond/text";
 *
 * async function* chunks() {
 *   yield "name,pri";
 *   yield new TextEncoder().encode("ce\nMill,12\nPond,7\n");
 * }
 * let sum = 0;
 * for await (const row of rows(chunks(), { header: true })) sum += row.number("price");
 * assert.equal(sum, 19);
 * ```
 *
 * A loop over rows waits once for each row; where that counts, loop over `batches()` and over the rows of each batch.
 */
export class AsyncTable<S extends Schema = AllStrings> implements AsyncIterable<Row> {
  readonly #source: AsyncReader;
  readonly #open: OpenTable;
  #sourceClosed = false;

  /** @internal */
  constructor(source: AsyncReader, settings: Settings) {
    this.#source = source;
    this.#open = new OpenTable(settings, source);
  }

  /** The names of the columns, once the header was read; undefined without a header. */
  async names(): Promise<readonly string[] | undefined> {
    const { reader, closed } = this.#open;
    if (closed || reader.started) return reader.names;
    try {
      await this.#start();
    } catch (error) {
      await this.close();
      throw error;
    }
    return reader.names;
  }

  /** The rows, as one view that moves. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    for await (const batch of this.batches()) yield* batch;
  }

  /** The rows some thousand at a time, as one view that moves. */
  async *batches(): AsyncGenerator<Batch, void, undefined> {
    this.#open.take();
    try {
      while (await this.#next()) yield this.#open.batch._renew();
    } finally {
      await this.close();
    }
  }

  /** The values of each row in a list: of the chosen columns by their types, or all fields as strings. */
  async *arrays(): AsyncGenerator<ValueOf<S[keyof S]>[], void, undefined> {
    for await (const batch of this.batches()) {
      for (const row of batch) yield row.toArray() as ValueOf<S[keyof S]>[];
    }
  }

  /** The values of each row by the names of their columns. Needs a header, or chosen columns. */
  async *objects(): AsyncGenerator<ObjectOf<S>, void, undefined> {
    for await (const batch of this.batches()) for (const row of batch) yield row.toObject() as ObjectOf<S>;
  }

  /** Reads whole columns: the chosen ones by their types, or all of them as strings. */
  async columns(): Promise<Columns<S>> {
    this.#open.take();
    let collector: ColumnsCollector | undefined;
    try {
      const { reader, batch } = this.#open;
      await this.#start();
      collector = new ColumnsCollector(reader);
      while (await this.#next()) collector.take(batch._renew());
      const columns = collector.finish<S>();
      collector = undefined;
      return columns;
    } finally {
      collector?.release();
      await this.close();
    }
  }

  /** Gives the memory back before the end, and tells the source. Loops do it when they are left. */
  async close(): Promise<void> {
    if (this.#sourceClosed) return;
    this.#sourceClosed = true;
    try {
      this.#open.close();
    } finally {
      await this.#source.close?.();
    }
  }

  /** The same as `close()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #start(): Promise<void> {
    const { reader } = this.#open;
    while (!reader.started && reader.start() === "more") await this.#fill();
  }

  async #next(): Promise<boolean> {
    for (;;) {
      const progress = this.#open.reader.advance();
      if (progress !== "more") return progress === "rows";
      await this.#fill();
    }
  }

  async #fill(): Promise<void> {
    const { scanner } = this.#open.reader;
    const bytes = await this.#source.read(scanner.room());
    if (bytes === 0) scanner.finish();
    else scanner.accept(bytes);
  }
}
