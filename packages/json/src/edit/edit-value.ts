// Values that edits put into a text: checked and copied when they are given, so that later changes to them do nothing.

import { JsonError } from "../errors.ts";

/** What can be written into a text: what JSON has, and bigints for integers of any size. */
export type EditValue = null | boolean | number | bigint | string | readonly EditValue[] | EditObject;

/** An object of such values. */
export interface EditObject {
  readonly [name: string]: EditValue;
}

type Holder = {
  readonly copy: EditValue[] | Record<string, EditValue>;
  readonly rest: [string, unknown][];
  source: object;
};

/** A copy of a value. Refuses, with the place, what JSON cannot say: undefined, NaN, functions, circles. Not recursive. */
export function snapshot(value: unknown): EditValue {
  if (typeof value !== "object" || value === null) return scalar(value);
  const around = new Set<object>();
  const open: Holder[] = [];
  const result = enter(value, open, around);
  while (open.length > 0) {
    const holder = open[open.length - 1];
    const entry = holder.rest.pop();
    if (entry === undefined) {
      around.delete(holder.source);
      open.pop();
      continue;
    }
    put(holder.copy, entry[0], enter(entry[1], open, around));
  }
  return result;
}

function enter(value: unknown, open: Holder[], around: Set<object>): EditValue {
  if (typeof value !== "object" || value === null) return scalar(value);
  if (!Array.isArray(value) && !isPlain(value)) throw bad(`a ${value.constructor.name}`);
  if (around.has(value)) throw bad("an object that contains itself");
  around.add(value);
  const copy = Array.isArray(value) ? [] : {};
  // Array.from sees holes as undefined, which is refused.
  const entries = Array.isArray(value)
    ? Array.from(value, (item, place): [string, unknown] => [String(place), item])
    : Object.entries(value);
  open.push({ copy, rest: entries.reverse(), source: value });
  return copy;
}

// Of dates, maps and the like, the members are not what they stand for.
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // The prototype of objects has none, in whatever realm they were made.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function scalar(value: unknown): EditValue {
  if (value === null || typeof value === "boolean" || typeof value === "bigint") return value;
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw bad(typeof value === "number" ? String(value) : typeof value);
}

function put(copy: EditValue[] | Record<string, EditValue>, name: string, value: EditValue): void {
  if (Array.isArray(copy)) copy.push(value);
  else Object.defineProperty(copy, name, { value, writable: true, enumerable: true, configurable: true });
}

function bad(what: string): JsonError {
  return new JsonError(
    "BAD_ARGUMENT",
    `expected a value that JSON has (null, a boolean, a finite number, a bigint, a string, an array or an object), got ${what}`,
  );
}

/** A value that is no container, as source text. */
export function scalarText(value: null | boolean | number | bigint | string): string {
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}
