// One column of a record table as a numeric series, for code that takes any series and knows nothing of tables.
import type { TypedArray } from "../memory/elements.ts";

/** What a column needs of its table. @internal */
export interface ColumnSource<A extends TypedArray> {
  /** The whole present array of the column. */
  present(): A;
  /** Elements up to the end of the table. */
  length(): number;
}

/**
 * A column that can be kept: it looks up the present array each time, so growth of the table does not matter to it.
 * As a series it has the elements of the records from index 0 up to the table's `end`; free records in between read
 * as 0 (`compact()` removes them).
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, records } from "@millpond/core";
 *
 * const points = records(new Pool(), { x: "f64" }, { capacity: 1 });
 * const xs = points.column("x");
 * for (let i = 0; i < 100; i++) points.add({ x: i });
 * assert.equal(xs.length, 100);
 * assert.equal(xs.at(99), 99);
 * assert.equal(xs.array.length, 100);
 * ```
 */
export class Column<A extends TypedArray = TypedArray> {
  /** The name of the field. */
  readonly name: string;
  readonly #source: ColumnSource<A>;
  #window: A | undefined;

  /** @internal */
  constructor(name: string, source: ColumnSource<A>) {
    this.name = name;
    this.#source = source;
  }

  /** Elements: one a record, or as many as the field has. */
  get length(): number {
    return this.#source.length();
  }

  /** The element at an index, negative ones counted from the end as in `Array`; undefined outside. */
  at(index: number): A[number] | undefined {
    return this.array.at(index);
  }

  /** A window of the memory with exactly `length` elements. Valid until the table grows, shrinks or closes. */
  get array(): A {
    const whole = this.#source.present();
    const length = this.length;
    const window = this.#window;
    if (
      window?.buffer === whole.buffer &&
      window.byteOffset === whole.byteOffset &&
      window.length === length
    ) {
      return window;
    }
    return (this.#window = whole.subarray(0, length) as A);
  }
}
