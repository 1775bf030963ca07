// How offending arguments are refused: with what was got, what was expected, and what to do.
import { PlotError } from "./errors.ts";

/** The error for an argument of a wrong kind. */
export function unlike(expected: string, got: unknown): PlotError {
  return new PlotError("BAD_ARGUMENT", `expected ${expected}, got ${show(got)}`);
}

/** Refuses what is no object with options; `what` says whose. */
export function checkOptions(what: string, options: unknown): asserts options is object {
  const isObject = typeof options === "object" && options !== null;
  if (!isObject || Array.isArray(options) || ArrayBuffer.isView(options)) {
    throw unlike(`${what} to be an object`, options);
  }
}

/** Refuses options that are there and of another type than the table says; `what` says whose they are. */
export function checkTypes(
  what: string,
  options: object,
  types: Readonly<Record<string, "string" | "number" | "boolean" | "function">>,
): void {
  for (const [option, type] of Object.entries(types)) {
    const value = (options as Readonly<Record<string, unknown>>)[option];
    if (value !== undefined && typeof value !== type) {
      throw unlike(`${what}: ${option} to be a ${type}`, value);
    }
  }
}

/** How an offending value is shown in a message: short and typed, without `toString` and the like. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  if (Array.isArray(value))
    return isShort(value) ? `[${value.map(show).join(", ")}]` : `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

// A pair of limits says more than how many there are.
function isShort(items: readonly unknown[]): boolean {
  return items.length <= 4 && items.every((item) => typeof item !== "object" || item === null);
}
