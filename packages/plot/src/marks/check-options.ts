// What the options of marks have to be. A name means the same in all marks, so one table says it for all of them; what else
// a mark asks of an option, such as bounds, it checks by itself.
import { checkOptions } from "../check.ts";
import type { MarkOptions } from "../figure/mark.ts";
import { badOption, checkNumber } from "./data.ts";

interface Kind {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

const NUMBER: Kind = { expected: "a finite number", holds: (value) => Number.isFinite(value) };
const TEXT: Kind = { expected: "a text", holds: (value) => typeof value === "string" };
const FLAG: Kind = { expected: "true or false", holds: (value) => typeof value === "boolean" };
const TEXTS: Kind = { expected: "a list of texts", holds: (value) => isListOf(value, TEXT) };
const NUMBERS: Kind = { expected: "a list of finite numbers", holds: (value) => isListOf(value, NUMBER) };
const PAIR: Kind = {
  expected: "two finite numbers",
  holds: (value) => NUMBERS.holds(value) && (value as readonly unknown[]).length === 2,
};
const EXTENT: Kind = {
  expected: "two finite numbers each for x and y",
  holds: (value) => isObject(value) && PAIR.holds(value["x"]) && PAIR.holds(value["y"]),
};
const COLORS: Kind = {
  expected: "a colour map or a list of colours",
  holds: (value) => TEXT.holds(value) || TEXTS.holds(value),
};

const KINDS: Readonly<Record<string, Kind>> = {
  ...each(
    ["base", "cap", "edgeWidth", "height", "jitter", "markerEdgeWidth", "markerSize", "rotation"],
    NUMBER,
  ),
  ...each(["width"], NUMBER),
  ...each(
    ["background", "color", "down", "edgeColor", "keyLabel", "label", "markerEdgeColor", "up", "valueLabel"],
    TEXT,
  ),
  ...each(["dodge", "hollow", "shadow", "smooth", "sorted", "split", "throughOrigin"], FLAG),
  ...each(["colors", "xNames", "yNames"], TEXTS),
  ...each(["arrowTo", "clip", "limits", "range"], PAIR),
  ...each(["explode", "positions", "verticals"], NUMBERS),
  extent: EXTENT,
  colormap: COLORS,
};

/** What errors call a mark: by its label, or by its kind and number. Refuses options that no mark can have. */
export function nameOf(kind: string, number: number, options: object): string {
  const numbered = `${kind} ${number}`;
  const { label } = checkMarkOptions(numbered, options);
  return label === undefined ? numbered : `${kind} "${label}"`;
}

function checkMarkOptions(name: string, options: object): MarkOptions {
  checkOptions(`${name}: options`, options);
  for (const [option, value] of Object.entries(options)) {
    const kind = Object.hasOwn(KINDS, option) ? KINDS[option] : undefined;
    if (kind !== undefined && value !== undefined && !kind.holds(value))
      throw badOption(name, option, kind.expected, value);
  }
  const { alpha, axis }: MarkOptions = options;
  checkNumber(name, "alpha", alpha, 0, 1);
  if (axis !== undefined && axis !== "left" && axis !== "right")
    throw badOption(name, "axis", '"left" or "right"', axis);
  return options;
}

/** Whether something is a list of finite numbers. */
export function isNumbers(value: unknown): boolean {
  return NUMBERS.holds(value);
}

/** Refuses what does not say whether, or how, numbers are written. */
export function checkCellText(name: string, option: string, value: unknown): void {
  if (value === undefined || typeof value === "boolean" || typeof value === "function") return;
  throw badOption(name, option, "true, false or a function", value);
}

/** Refuses names that are not texts. */
export function checkTexts(name: string, option: string, value: unknown): void {
  if (value !== undefined && !TEXTS.holds(value)) throw badOption(name, option, TEXTS.expected, value);
}

function each(names: readonly string[], kind: Kind): Record<string, Kind> {
  return Object.fromEntries(names.map((name) => [name, kind]));
}

function isListOf(value: unknown, kind: Kind): boolean {
  return (Array.isArray(value) || ArrayBuffer.isView(value)) && [...(value as unknown[])].every(kind.holds);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
