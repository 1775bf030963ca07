// The rows that lie in the window at a time.

import { show } from "../check.ts";
import { TextError } from "../errors.ts";
import { readNumbers } from "./number-columns.ts";
import { Row } from "./row.ts";
import type { TableReader } from "./table-reader.ts";

/**
 * Some thousand rows that were indexed together. There is one `Batch` for a table; it shows the next rows after the next
 * turn of the loop. It is the fastest way to numbers: a column at a time, read from the bytes by a kernel.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 * import { rows } from "@millpond/text";
 *
 * let sum = 0;
 * let fields = 0;
 * for (const batch of rows("id,price\n1,2.5\n2,4\n", { header: true }).batches()) {
 *   sum += kernels.sum(batch.floats("price"));
 *   fields += batch.fieldCount;
 * }
 * assert.equal(sum, 6.5);
 * assert.equal(fields, 4);
 * ```
 */
export class Batch {
  readonly #reader: TableReader;
  // Looks at single fields without moving the row that the user looks at.
  readonly #probe: Row;
  // Numbers by column; they stay with the pool's block until the table is closed.
  readonly #floats = new Map<number, Float64Array>();
  readonly #integers = new Map<number, Float64Array>();
  /** How many rows there are. */
  rowCount = 0;
  /** How many fields the rows have together. */
  fieldCount = 0;

  /** @internal */
  constructor(reader: TableReader) {
    this.#reader = reader;
    this.#probe = new Row(reader);
  }

  /** Shows the rows that the reader has come to. @internal */
  _renew(): this {
    const { rows, rowCount } = this.#reader.scanner;
    this.rowCount = rowCount;
    this.fieldCount = rows[2 * rowCount] - rows[0];
    return this;
  }

  /** The number of the first row in the whole table, from 0. */
  get firstRow(): number {
    return this.#reader.rowsBefore;
  }

  /** The row at a place of the batch, from 0: the one `Row` of the table, moved there. */
  row(place: number): Row {
    if (!(Number.isInteger(place) && place >= 0 && place < this.rowCount)) {
      throw new TextError(
        "OUT_OF_BOUNDS",
        `expected a row from 0 to ${this.rowCount - 1}, got ${show(place)}`,
      );
    }
    const { row } = this.#reader;
    row._move(place);
    return row;
  }

  /** The rows of the batch, as the one `Row` of the table. */
  *[Symbol.iterator](): Generator<Row, void, undefined> {
    for (let place = 0; place < this.rowCount; place++) yield this.row(place);
  }

  /** The numbers of a column, NaN where a field holds none; good until the next batch. */
  floats(column: number | string): Float64Array {
    return this._numbers(column, false, false);
  }

  /** The integers of a column, NaN where a field holds none that a double holds exactly; good until the next batch. */
  integers(column: number | string): Float64Array {
    return this._numbers(column, true, false);
  }

  /** Numbers; `strict` refuses fields that are neither empty nor numbers. @internal */
  _numbers(column: number | string, integers: boolean, strict: boolean): Float64Array {
    const reader = this.#reader;
    const index = typeof column === "number" ? column : reader.columnOf(column);
    if (this.rowCount === 0) throw reader.gone();
    reader.checkColumn(index);
    const kept = integers ? this.#integers : this.#floats;
    const target = this.#room(kept, index);
    readNumbers(reader, this.#probe, { index, integers, strict }, target);
    return target.subarray(0, this.rowCount);
  }

  #room(kept: Map<number, Float64Array>, index: number): Float64Array {
    const { pool } = this.#reader.settings;
    let array = kept.get(index);
    if (array !== undefined && array.length >= this.rowCount) return array;
    if (array !== undefined) pool.release(array);
    kept.delete(index);
    array = pool.acquireUnsafe(Float64Array, pool.capacityFor(Float64Array, this.rowCount));
    kept.set(index, array);
    return array;
  }

  /** Gives the arrays back. @internal */
  _release(): void {
    this.rowCount = 0;
    this.fieldCount = 0;
    for (const kept of [this.#floats, this.#integers]) {
      for (const array of kept.values()) this.#reader.settings.pool.release(array);
      kept.clear();
    }
  }
}
