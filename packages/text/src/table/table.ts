// Tables whose text is there already, or comes without waiting.

import type { Reader, SyncReader } from "../source/source.ts";
import { SyncReading } from "../source/sync-reading.ts";
import type { Batch } from "./batch.ts";
import { type Columns, ColumnsCollector } from "./columns.ts";
import { OpenTable } from "./open-reader.ts";
import type { AllStrings, ObjectOf, Schema, Settings, ValueOf } from "./options.ts";
import type { KnownColumns, RowPlace } from "./part.ts";
import type { Row } from "./row.ts";

/**
 * The rows of a text that is there, as `rows()` makes it. A table is read once, in one of the ways below, and gives its
 * memory back when it has been read to its end, when a loop over it is left, and on every error.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { rows } from "@millpond/text";
 *
 * const text = "id,name\n1,Ada\n2,Grace\n";
 * assert.deepEqual([...rows(text, { header: true }).objects()], [
 *   { id: "1", name: "Ada" },
 *   { id: "2", name: "Grace" },
 * ]);
 * assert.deepEqual([...rows(text).arrays()], [["id", "name"], ["1", "Ada"], ["2", "Grace"]]);
 *
 * let sum = 0;
 * for (const row of rows(text, { header: true })) sum += row.integer("id");
 * assert.equal(sum, 3);
 * ```
 */
export class Table<S extends Schema = AllStrings> implements Iterable<Row> {
  readonly #reading: SyncReading;
  readonly #open: OpenTable;

  /** @internal */
  constructor(source: SyncReader & Reader, settings: Settings) {
    this.#open = new OpenTable(settings, source);
    this.#reading = new SyncReading(source, settings.signal, this.#open);
  }

  /** The names of the columns; undefined without a header. */
  get names(): readonly string[] | undefined {
    try {
      if (!this.#open.closed) this.#start();
    } catch (error) {
      this._giveUp();
      throw error;
    }
    return this.#open.names;
  }

  /** The rows, as one view that moves. */
  [Symbol.iterator](): IteratorObject<Row, undefined> {
    return iterate(this.batches(), itself);
  }

  /** The rows some thousand at a time, as one view that moves: the fastest way to numbers. */
  *batches(): Generator<Batch, void, undefined> {
    this.#open.take();
    try {
      while (this.#next()) yield this.#open.batch._renew();
    } catch (error) {
      this._giveUp();
      throw error;
    } finally {
      this.close();
    }
  }

  /** The values of each row in a list: of the chosen columns by their types, or all fields as strings. */
  arrays(): IteratorObject<ValueOf<S[keyof S]>[], undefined> {
    return iterate(this.batches(), arrayOf<ValueOf<S[keyof S]>>);
  }

  /** The values of each row by the names of their columns. Needs a header, or chosen columns. */
  objects(): IteratorObject<ObjectOf<S>, undefined> {
    return iterate(this.batches(), objectOf as (row: Row) => ObjectOf<S>);
  }

  /** Reads whole columns: the chosen ones by their types, or all of them as strings. */
  columns(): Columns<S> {
    this.#open.take();
    let collector: ColumnsCollector | undefined;
    try {
      this.#start();
      collector = new ColumnsCollector(this.#open.reader);
      while (this.#next()) collector.take(this.#open.batch._renew());
      const columns = collector.finish<S>();
      this.close();
      return columns;
    } catch (error) {
      collector?.release();
      this._giveUp();
      throw error;
    }
  }

  /** Gives the memory back before the end. Loops do it when they are left. */
  close(): void {
    if (this.#open.closed) return;
    if (this.#open.endIsWanted) this.#skipRest();
    this.#open.close();
    this.#open.release();
    this.#reading.end();
  }

  // A part of a table is read to its end, since the next part starts there.
  #skipRest(): void {
    try {
      while (this.#next());
    } catch (error) {
      this._giveUp();
      throw error;
    }
  }

  /** What is known of the columns before a row is read. @internal */
  get _columns(): KnownColumns {
    const { names } = this;
    return { names, width: this.#open.reader.width };
  }

  /** Where the next part starts, of a table that was read to the end of one. @internal */
  get _end(): RowPlace | undefined {
    return this.#open.end;
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  // Goes on to the next rows; false where there are none.
  #next(): boolean {
    for (;;) {
      const progress = this.#open.reader.advance();
      if (progress !== "more") return progress === "rows";
      this.#fill();
    }
  }

  #fill(): void {
    const { scanner } = this.#open.reader;
    const bytes = this.#reading.read(scanner.room());
    if (bytes === 0) scanner.finish();
    else scanner.accept(bytes);
  }

  #start(): void {
    const { reader } = this.#open;
    while (!reader.started && reader.start() === "more") this.#fill();
  }

  /** Gives the memory back after an error, which counts more than what closing throws. @internal */
  _giveUp(): void {
    if (this.#open.closed) return;
    this.#open.close();
    this.#open.release();
    this.#reading.giveUp();
  }
}

function itself(row: Row): Row {
  return row;
}

function arrayOf<T>(row: Row): T[] {
  return row.toArray() as T[];
}

function objectOf(row: Row): Record<string, unknown> {
  return row.toObject();
}

// A generator would take longer for each row than reading a number from it does. Where the view itself is the value, it
// is in the same result each time.
class RowIterator<T> {
  readonly #batches: Iterator<Batch, void>;
  readonly #valueOf: (row: Row) => T;
  readonly #shown: { done: false; value: T };
  #batch: Batch | undefined;
  #row: Row | undefined;
  #place = 0;

  constructor(batches: Iterator<Batch, void>, valueOf: (row: Row) => T) {
    this.#batches = batches;
    this.#valueOf = valueOf;
    this.#shown = { done: false, value: undefined as T };
  }

  next(): IteratorResult<T, undefined> {
    if (!this.#find()) return { done: true, value: undefined };
    const row = this.#row as Row;
    row._move(this.#place++);
    try {
      const value: unknown = this.#valueOf(row);
      if (value !== row) return { done: false, value: value as T };
      this.#shown.value = value as T;
      return this.#shown;
    } catch (error) {
      // A loop does not end an iterator that throws.
      this.return();
      throw error;
    }
  }

  // What every iterator has, without a result object and a call into the platform for each row.
  toArray(): T[] {
    const values: T[] = [];
    try {
      while (this.#find()) this.#takeBatch(values);
    } catch (error) {
      this.return();
      throw error;
    }
    return values;
  }

  #takeBatch(values: T[]): void {
    const row = this.#row as Row;
    const batch = this.#batch as Batch;
    while (this.#place < batch.rowCount) {
      row._move(this.#place++);
      values.push(this.#valueOf(row));
    }
  }

  // Goes on to the next batch where this one has been read; false at the end. A table that was closed meanwhile has no
  // rows in its batch.
  #find(): boolean {
    if (this.#batch !== undefined && this.#place < this.#batch.rowCount) return true;
    const next = this.#batches.next();
    if (next.done === true) return false;
    this.#batch = next.value;
    this.#row = next.value.row(0);
    this.#place = 0;
    return true;
  }

  return(): IteratorResult<T, undefined> {
    this.#batches.return?.();
    return { done: true, value: undefined };
  }
}

// What every generator inherits: it can be looped over, and has `map`, `filter`, `take` where the platform has them.
Object.setPrototypeOf(RowIterator.prototype, Object.getPrototypeOf(Object.getPrototypeOf([].values())));

function iterate<T>(batches: Iterator<Batch, void>, valueOf: (row: Row) => T): IteratorObject<T, undefined> {
  return new RowIterator(batches, valueOf) as unknown as IteratorObject<T, undefined>;
}
