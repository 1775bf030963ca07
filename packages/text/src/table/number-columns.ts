// The numbers of one column in a batch of rows: by a kernel as far as it goes, and field by field where it stops.

import { tableColumnsKernel } from "../kernel/table-columns.wasm.ts";
import type { Row } from "./row.ts";
import type { TableReader } from "./table-reader.ts";
import { isNotANumber } from "./values.ts";

/** What numbers to read, and what to do where there are none. */
export interface NumberColumn {
  readonly index: number;
  readonly integers: boolean;
  /** Whether a field that is neither empty nor a number is an error. */
  readonly strict: boolean;
}

/**
 * Writes the numbers of a column to `target`, one for each row of the batch, NaN where there is none. `row` is used to
 * look at single fields.
 */
export function readNumbers(reader: TableReader, row: Row, column: NumberColumn, target: Float64Array): void {
  const { scanner } = reader;
  const kernel = tableColumnsKernel.over(scanner.buffer);
  const direct = target.buffer === scanner.buffer;
  const numbers = direct ? target : scanner.numbers;
  const count = scanner.rowCount;
  for (let place = 0; place < count; place++) {
    if (kernel !== undefined) place = readOn(reader, kernel, column, place, numbers);
    if (place === count) break;
    row._move(place);
    numbers[place] = readOne(row, column);
  }
  row._leave();
  if (!direct) target.set(numbers.subarray(0, count));
}

// SAFETY: the kernel writes one number for each row from `place` to the last, and the target has room for all of them.
function readOn(
  { scanner, settings, delimiterBytes, decimalMark }: TableReader,
  kernel: ReturnType<typeof tableColumnsKernel.on> & object,
  { index, integers }: NumberColumn,
  place: number,
  numbers: Float64Array,
): number {
  const text = scanner.text.byteOffset;
  const ends = scanner.ends.byteOffset;
  const rows = scanner.rows.byteOffset;
  const count = scanner.rowCount;
  const { quote } = settings.dialect;
  const out = numbers.byteOffset + 8 * place;
  // Addresses beyond 2 GiB come back from a kernel as they are; the result here is a number of rows.
  return integers
    ? kernel.readIntegers(text, ends, rows, place, count, index, delimiterBytes, quote, out)
    : kernel.readFloats(text, ends, rows, place, count, index, delimiterBytes, quote, decimalMark, out);
}

function readOne(row: Row, { index, integers, strict }: NumberColumn): number {
  const value = integers ? row.integer(index) : row.number(index);
  if (strict && Number.isNaN(value) && !row.isEmpty(index) && !isNotANumber(row, index)) {
    throw row._badValue(index, integers ? "an integer of at most 53 bits" : "a number");
  }
  return value;
}
