// Values of fields by the types of their columns.

import type { ChosenColumn } from "./header.ts";
import type { Row } from "./row.ts";

/** The value of a field: null where it is empty and no string, or, if that is allowed, where it is something else. */
export function valueOf(row: Row, { index, type }: ChosenColumn, strict: boolean): unknown {
  if (type === "string") return row.string(index);
  if (typeof type === "function") return type(row, index);
  if (row.isEmpty(index)) return null;
  switch (type) {
    case "float":
      return finite(row, index, row.number(index), "a number", strict);
    case "int":
      return finite(row, index, row.integer(index), "an integer of at most 53 bits", strict);
    case "date":
      return dateOf(finite(row, index, row.time(index), "a date in ISO 8601", strict));
    case "bigint":
      return present(row, index, row.bigint(index), "an integer", strict);
    default:
      return present(row, index, row.boolean(index), "true or false", strict);
  }
}

function finite(row: Row, index: number, value: number, expected: string, strict: boolean): number | null {
  if (!Number.isNaN(value)) return value;
  return present(row, index, isNotANumber(row, index) ? value : undefined, expected, strict);
}

/** Whether a field says "NaN": a number that is none, and no fault. */
export function isNotANumber(row: Row, index: number): boolean {
  return row.string(index).trim().toLowerCase() === "nan";
}

function present<T>(
  row: Row,
  index: number,
  value: T | undefined,
  expected: string,
  strict: boolean,
): T | null {
  if (value !== undefined) return value;
  if (strict) throw row._badValue(index, expected);
  return null;
}

function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}
