// How offending arguments are refused: with what was got, what was expected, and what to do.

import type { Pool } from "@millpond/core";

import { JsonError } from "./errors.ts";

/** The error for an argument of a wrong kind. */
export function unlike(expected: string, got: unknown): JsonError {
  return new JsonError("BAD_ARGUMENT", `expected ${expected}, got ${show(got)}`);
}

/** Returns options when they are an object, which a text or a list in their place is not. */
export function optionsOf<T extends object>(options: T): T {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return options;
  throw unlike("options to be an object", options);
}

/** An option that counts: a whole number up to `most`, or `usual` where it is not given. Infinity means the most. */
export function countOf(name: string, value: number | undefined, usual: number, most: number): number {
  if (value === undefined) return usual;
  if (value === Infinity || (Number.isInteger(value) && value >= 0)) return Math.min(value, most);
  throw unlike(`${name} to be a whole number of 0 or more`, value);
}

/** A pool to work in, where one is given. */
export function poolOf(pool: Pool | undefined): Pool | undefined {
  // Of another copy of the package, it would be no instance.
  if (pool === undefined || typeof pool?.acquireUnsafe === "function") return pool;
  throw unlike("pool to be a Pool", pool);
}

/** The same for options where more than `most` cannot be served, so that it is refused. */
export function boundedOf(name: string, value: number | undefined, usual: number, most: number): number {
  if (value === undefined) return usual;
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw unlike(`${name} to be a whole number from 0 to ${most}`, value);
}

/** An option that is true or false, or `usual` where it is not given. */
export function flagOf(name: string, value: boolean | undefined, usual: boolean): boolean {
  if (value === undefined || typeof value === "boolean") return value ?? usual;
  throw unlike(`${name} to be true or false`, value);
}

/** Returns `value` when it is one of `allowed`, and refuses it otherwise. */
export function oneOf<T extends string>(name: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw unlike(`${name} to be one of ${allowed.map((word) => `"${word}"`).join(", ")}`, value);
}

/** Returns `value` when it is a string, and refuses it otherwise. */
export function stringOf(what: string, value: string): string {
  if (typeof value === "string") return value;
  throw unlike(`${what} as a string`, value);
}

/** Returns `value` when it is a list, and refuses it otherwise. */
export function listOf<T>(what: string, value: readonly T[]): readonly T[] {
  if (Array.isArray(value)) return value;
  throw unlike(what, value);
}

/** How an offending value is shown in a message: short and typed, without `toString` and the like. */
function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
