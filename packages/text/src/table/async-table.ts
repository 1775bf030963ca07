// Tables whose text comes in time.

import { AsyncReading } from "../source/async-reading.ts";
import type { AsyncReader, TableSource } from "../source/source.ts";
import type { Batch } from "./batch.ts";
import { type Columns, ColumnsCollector } from "./columns.ts";
import { OpenTable } from "./open-reader.ts";
import type { AllStrings, ObjectOf, Schema, Settings, ValueOf } from "./options.ts";
import type { Row } from "./row.ts";
import type { Scanner } from "./scanner.ts";

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
  readonly #reading: AsyncReading;
  readonly #open: OpenTable;
  // The read that is under way: names may be asked for while rows are waited for.
  #filling: Promise<void> | undefined;

  /** @internal */
  constructor(reader: AsyncReader, settings: Settings, source: TableSource) {
    this.#open = new OpenTable(settings, reader);
    this.#reading = new AsyncReading(source, reader, settings.signal, this.#open);
  }

  /** The names of the columns, once the header was read; undefined without a header. */
  async names(): Promise<readonly string[] | undefined> {
    try {
      if (!this.#open.closed) await this.#start();
    } catch (error) {
      await this.#giveUp();
      throw error;
    }
    return this.#open.names;
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
    } catch (error) {
      await this.#giveUp();
      throw error;
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
      await this.#start();
      collector = new ColumnsCollector(this.#open.reader);
      while (await this.#next()) collector.take(this.#open.batch._renew());
      const columns = collector.finish<S>();
      await this.close();
      return columns;
    } catch (error) {
      collector?.release();
      await this.#giveUp();
      throw error;
    }
  }

  /**
   * Gives the memory back before the end, and tells the source. Loops do it when they are left. A read that is under way
   * ends first, and whoever waits for its rows is told `USE_AFTER_RELEASE`.
   */
  async close(): Promise<void> {
    if (this.#open.closed) return;
    this.#leave();
    if (this.#filling === undefined) await this.#reading.end();
    else await this.#reading.giveUp();
  }

  /** The same as `close()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #start(): Promise<void> {
    while (!this.#open.reader.started && this.#open.reader.start() === "more") await this.#fill();
  }

  async #next(): Promise<boolean> {
    for (;;) {
      const progress = this.#open.reader.advance();
      if (progress !== "more") return progress === "rows";
      await this.#fill();
    }
  }

  #fill(): Promise<void> {
    if (this.#filling === undefined) {
      const { scanner } = this.#open.reader;
      this.#filling = this.#read(scanner, scanner.room());
    }
    return this.#filling;
  }

  async #read(scanner: Scanner, room: Uint8Array): Promise<void> {
    try {
      const bytes = await this.#reading.read(room);
      if (bytes === 0) scanner.finish();
      else scanner.accept(bytes);
    } finally {
      this.#filling = undefined;
    }
  }

  async #giveUp(): Promise<void> {
    if (this.#open.closed) return;
    this.#leave();
    await this.#reading.giveUp();
  }

  #leave(): void {
    this.#open.close();
    this.#reading.release(() => this.#open.release());
  }
}
