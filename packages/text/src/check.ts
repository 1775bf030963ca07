// How offending arguments are refused: with what was got, what was expected, and what to do.
import { TextError } from "./errors.ts";

/** The error for an argument of a wrong kind. */
export function unlike(expected: string, got: unknown): TextError {
  return new TextError("BAD_ARGUMENT", `expected ${expected}, got ${show(got)}`);
}

/** Returns `value` when it is one of `allowed`, and refuses it otherwise. */
export function oneOf<T extends string>(name: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw unlike(`${name} to be one of ${allowed.map((word) => `"${word}"`).join(", ")}`, value);
}

/** How an offending value is shown in a message: short and typed, without `toString` and the like. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

/** Whether a value is a promise, or behaves like one. */
export function isThenable<T>(value: T | PromiseLike<T> | undefined): value is PromiseLike<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
