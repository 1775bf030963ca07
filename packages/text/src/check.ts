// How offending arguments are refused: with what was got, what was expected, and what to do.
import type { AbortSignalLike } from "@millpond/core";

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

/** The names of all options in an interface. */
export type NamesOf<T> = Readonly<Record<keyof T, true>>;

/** Refuses options that are no object, such as null, and names that nobody reads, such as a mistyped one. */
export function checkOptions<T>(options: unknown, names: NamesOf<T>): void {
  if (typeof options !== "object" || options === null) throw unlike("options to be an object", options);
  for (const name in options) {
    if ((names as Readonly<Record<string, unknown>>)[name] !== true) throw noOption(name, Object.keys(names));
  }
}

function noOption(name: string, names: readonly string[]): TextError {
  const near = names.find((each) => isNear(each.toLowerCase(), name.toLowerCase()));
  const hint = near === undefined ? `there are ${names.join(", ")}` : `did you mean ${near}?`;
  return new TextError("BAD_ARGUMENT", `there is no option ${show(name)}; ${hint}`);
}

// One begins with the other, or they differ in two letters at most that stand together.
function isNear(known: string, name: string): boolean {
  if (known.startsWith(name) || name.startsWith(known)) return true;
  let front = 0;
  while (known[front] === name[front]) front++;
  let back = 0;
  while (known.at(-1 - back) === name.at(-1 - back)) back++;
  return Math.max(known.length, name.length) - front - back <= 2;
}

/** Refuses a number that is no count up to `most`. */
export function checkCount(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value > 0 && value <= most) return;
  throw unlike(`${name} to be a whole number from 1 to ${most}`, value);
}

/** Refuses what is neither a function nor left out. */
export function checkCallback(name: string, callback: unknown): void {
  if (callback !== undefined && typeof callback !== "function")
    throw unlike(`${name} to be a function`, callback);
}

/** Refuses what is neither a signal nor left out. */
export function checkSignal(signal: AbortSignalLike | undefined): void {
  if (signal === undefined || typeof signal?.addEventListener === "function") return;
  throw unlike("signal to be an AbortSignal", signal);
}

/** Refuses what is no text. */
export function checkText(text: unknown): void {
  if (typeof text !== "string") throw unlike("a text as a string", text);
}

/** The length of bytes. Throws for what is something else. */
export function lengthOf(bytes: unknown): number {
  if (bytes instanceof Uint8Array) return bytes.length;
  throw unlike("bytes as a Uint8Array", bytes);
}

/** Refuses a range that does not lie in the bytes. */
export function checkRange(bytes: Uint8Array, start: number, end: number): void {
  const length = lengthOf(bytes);
  if (Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= length) return;
  const got = `${show(start)} and ${show(end)}`;
  throw new TextError(
    "BAD_ARGUMENT",
    `expected integers 0 <= start <= end <= ${length}, the length of bytes, got ${got}`,
  );
}

/** How an offending value is shown in a message: short and typed, without `toString` and the like. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === "object" && value !== null ? kindOf(value) : String(value);
}

// "a Blob", "an ArrayBuffer", "an object": what the value says it is, without running code of it but for that name.
function kindOf(value: object): string {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind === "Object") return "an object";
  return `${/^[AEIOU]/.test(kind) ? "an" : "a"} ${kind}`;
}

/** Whether a value is a promise, or behaves like one. */
export function isThenable<T>(value: T | PromiseLike<T> | undefined): value is PromiseLike<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
