// Guesses what the columns of a table are from some of its rows: the decimal mark, the header, the types.

import { numberFrom } from "../number/numbers.ts";
import { timeFrom } from "../number/times.ts";
import { distinctNames } from "./header.ts";
import type { ColumnType } from "./options.ts";

type Type = Extract<ColumnType, string>;
type Fields = readonly string[];

/** What is guessed about columns. */
export interface DescribedColumns {
  readonly header: boolean;
  readonly columns: Readonly<Record<string, Type>>;
  readonly duplicates?: "rename";
}

const INTEGER = /^[+-]?\d+$/;
// Leading zeros, and telephone numbers: as numbers they would lose characters.
const CODE = /^([+-]?0\d|\+\d{7})/;
const TRUTH = /^(true|false|yes|no)$/i;
const YEAR = /^[12]\d{3}$/;
// A name as programs write it: unit_price, unitPrice.
const SMALL = /^\p{Ll}[\p{L}\p{N}]*([_.-][\p{L}\p{N}]+)*$/u;

const encoder = new TextEncoder();

/** The decimal mark that more of the fields have. Three digits behind a comma may be thousands where commas separate. */
export function decimalMarkOf(table: readonly Fields[], delimiter: string): "," | "." {
  const fields = table.flat().map((field) => field.trim());
  const commas = fields.filter((field) => /^[+-]?\d+,\d+$/.test(field));
  const points = fields.filter((field) => /^[+-]?\d+\.\d+$/.test(field));
  const areThousands = delimiter === "," && commas.every((field) => /,\d{3}$/.test(field));
  return commas.length > points.length && !areThousands ? "," : ".";
}

/** Finds out whether the first row has names, and what the columns are. */
export function describeColumns(table: readonly Fields[], decimalMark: string): DescribedColumns {
  const [first = [], ...rest] = table;
  const header = isHeader(first, rest, decimalMark);
  const names = header ? distinctNames(first, true, undefined) : first.map((_, column) => String(column));
  const body = header ? rest : table;
  return {
    header,
    columns: Object.fromEntries(
      names.map((name, column) => [name, typeOf(fieldsOf(body, column), decimalMark)]),
    ),
    ...(names.some((name, column) => header && name !== first[column]) ? { duplicates: "rename" } : {}),
  };
}

// Names are words, days, or years in equal steps, and one at least is unlike what is below it.
function isHeader(first: Fields, rest: readonly Fields[], decimalMark: string): boolean {
  if (rest.length === 0) return first.length > 1 && first.every((name) => SMALL.test(name));
  const years = areYears(first);
  let told = years && !rest.some(areYears);
  for (const [column, name] of first.entries()) {
    // Row numbers often have no name, and delimiters at the ends of rows make a column without one.
    if (name === "" || (years && YEAR.test(name))) continue;
    const own = typeOf([name], decimalMark);
    if (own !== "string" && own !== "bool" && own !== "date") return false;
    const below = fieldsOf(rest, column);
    told ||= isUnlike(name, own, below, typeOf(below, decimalMark));
  }
  return told;
}

function isUnlike(name: string, own: Type, below: Fields, type: Type): boolean {
  if (below.length === 0) return false;
  if (own !== "string" || type !== "string") return own !== type && type !== "string";
  if (!/\d/.test(name) && below.every((field) => /\d/.test(field))) return true;
  return SMALL.test(name) && !below.some((field) => SMALL.test(field));
}

function areYears(fields: Fields): boolean {
  const years = fields.filter((field) => YEAR.test(field)).map(Number);
  const step = years[1] - years[0];
  return step > 0 && years.every((year, index) => year === years[0] + index * step);
}

// What is not empty in a column.
function fieldsOf(table: readonly Fields[], column: number): Fields {
  return table.map((row) => (row[column] ?? "").trim()).filter((field) => field !== "");
}

// What rows() reads every field as.
function typeOf(fields: Fields, decimalMark: string): Type {
  const all = (test: (field: string) => boolean): boolean => fields.every(test);
  if (fields.length === 0 || fields.some((field) => CODE.test(field))) return "string";
  if (all((field) => INTEGER.test(field)))
    return all((field) => Number.isSafeInteger(Number(field))) ? "int" : "bigint";
  if (fields.some((field) => /\d/.test(field)) && all((field) => isNumber(field, decimalMark)))
    return "float";
  if (all((field) => !Number.isNaN(timeFrom(encoder.encode(field))))) return "date";
  return all((field) => TRUTH.test(field)) ? "bool" : "string";
}

function isNumber(field: string, decimalMark: string): boolean {
  const bytes = encoder.encode(field);
  return /^[+-]?nan$/i.test(field) || !Number.isNaN(numberFrom(bytes, 0, bytes.length, { decimalMark }));
}
