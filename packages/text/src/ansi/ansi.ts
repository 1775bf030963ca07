// Text for terminals: escape sequences take no room, and characters take none, one or two columns.
import { checkOptions, checkText, type NamesOf, oneOf, unlike } from "../check.ts";
import { Formatting } from "./formatting.ts";
import { nextSequence, sequenceEnd } from "./sequences.ts";
import { clusterColumns, columnsOf, graphemes, isPlain } from "./width.ts";

// Far beyond any terminal, and a text that V8 can hold.
const MOST_COLUMNS = 2 ** 24;

/** A part of a text for terminals: a sequence, or what is between two. */
export interface AnsiSegment {
  /** What it is. */
  readonly kind: "sequence" | "text";
  /** The part. */
  readonly text: string;
  /** Where it starts, in UTF-16 units. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/** Options of `truncateAnsi()`; every one has a default. */
export interface TruncateAnsiOptions {
  /**
   * What stands for what was cut off; it counts.
   *
   * @defaultValue "…"
   */
  readonly ellipsis?: string;
}

/** Options of `padAnsi()`; every one has a default. */
export interface PadAnsiOptions {
  /**
   * On which side the text is.
   *
   * @defaultValue "left"
   */
  readonly align?: "left" | "right" | "center";
  /**
   * What it is filled with: one character of one column.
   *
   * @defaultValue a space
   */
  readonly fill?: string;
}

const TRUNCATE_OPTIONS: NamesOf<TruncateAnsiOptions> = { ellipsis: true };
const PAD_OPTIONS: NamesOf<PadAnsiOptions> = { align: true, fill: true };

/**
 * The sequences of a text, and what is between them. Joined, they are the text.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { ansiSegments } from "@millpond/text";
 *
 * const parts = [...ansiSegments("\u001b[31mred\u001b[0m")].map(({ kind, text }) => [kind, text]);
 * assert.deepEqual(parts, [
 *   ["sequence", "\u001b[31m"],
 *   ["text", "red"],
 *   ["sequence", "\u001b[0m"],
 * ]);
 * ```
 */
export function ansiSegments(text: string): IterableIterator<AnsiSegment> {
  checkText(text);
  return partsOf(text);
}

function* partsOf(text: string): IterableIterator<AnsiSegment> {
  for (let at = 0; at < text.length;) {
    const start = nextSequence(text, at);
    if (start > at) yield { kind: "text", text: text.slice(at, start), start: at, end: start };
    if (start === text.length) return;
    at = sequenceEnd(text, start);
    yield { kind: "sequence", text: text.slice(start, at), start, end: at };
  }
}

/**
 * Whether a text has escape sequences.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { hasAnsi } from "@millpond/text";
 *
 * assert.equal(hasAnsi("\u001b[1mbold\u001b[0m"), true);
 * assert.equal(hasAnsi("plain"), false);
 * ```
 */
export function hasAnsi(text: string): boolean {
  checkText(text);
  return nextSequence(text, 0) < text.length;
}

/**
 * A text without its escape sequences.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { stripAnsi } from "@millpond/text";
 *
 * assert.equal(stripAnsi("\u001b[1;31mred\u001b[0m and plain"), "red and plain");
 * ```
 */
export function stripAnsi(text: string): string {
  if (!hasAnsi(text)) return text;
  let plain = "";
  for (const { kind, text: part } of ansiSegments(text)) if (kind === "text") plain += part;
  return plain;
}

/**
 * How many columns a text takes: none for sequences, two for wide characters and emoji.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { ansiWidth } from "@millpond/text";
 *
 * assert.equal(ansiWidth("\u001b[32mwater\u001b[0m"), 5);
 * assert.equal(ansiWidth("水車 🦆"), 7);
 * ```
 */
export function ansiWidth(text: string): number {
  return columnsOf(stripAnsi(text));
}

/**
 * Whether a text leaves a colour, a style or a link on at its end.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { hasOpenFormatting } from "@millpond/text";
 *
 * assert.equal(hasOpenFormatting("\u001b[31mred"), true);
 * assert.equal(hasOpenFormatting("\u001b[31mred\u001b[0m"), false);
 * ```
 */
export function hasOpenFormatting(text: string): boolean {
  const open = new Formatting();
  for (const { kind, text: part } of ansiSegments(text)) if (kind === "sequence") open.see(part);
  return open.end !== "";
}

/**
 * A text of at most so many columns. What is cut off is replaced by an ellipsis, and colours, styles and links that are
 * on there are switched off behind it. A text that fits is returned as it is.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { truncateAnsi } from "@millpond/text";
 *
 * assert.equal(truncateAnsi("\u001b[31mred and more\u001b[0m", 4), "\u001b[31mred…\u001b[0m");
 * assert.equal(truncateAnsi("水車", 3), "水…");
 * assert.equal(truncateAnsi("fits", 4), "fits");
 * ```
 */
export function truncateAnsi(text: string, columns: number, options: TruncateAnsiOptions = {}): string {
  checkColumns(columns);
  checkOptions(options, TRUNCATE_OPTIONS);
  const { ellipsis = "…" } = options;
  if (ansiWidth(text) <= columns) return text;
  const mark = ansiWidth(ellipsis) <= columns ? ellipsis : "";
  const room = columns - ansiWidth(mark);
  const open = new Formatting();
  let kept = "";
  let used = 0;
  for (const { kind, text: part } of ansiSegments(text)) {
    if (kind === "sequence") {
      open.see(part);
      kept += part;
      continue;
    }
    const fitting = fittingPart(part, room - used);
    kept += fitting;
    used += columnsOf(fitting);
    if (fitting.length < part.length) break;
  }
  return kept + mark + open.end;
}

/**
 * A text filled up to so many columns. One that has as many or more is returned as it is.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { padAnsi } from "@millpond/text";
 *
 * assert.equal(padAnsi("水", 4), "水  ");
 * assert.equal(padAnsi("7", 3, { align: "right", fill: "0" }), "007");
 * assert.equal(padAnsi("ab", 5, { align: "center" }), " ab  ");
 * ```
 */
export function padAnsi(text: string, columns: number, options: PadAnsiOptions = {}): string {
  checkColumns(columns);
  checkOptions(options, PAD_OPTIONS);
  const { fill = " " } = options;
  const align = oneOf("align", options.align ?? "left", ["left", "right", "center"]);
  if (typeof fill !== "string" || columnsOf(fill) !== 1) throw unlike("fill to be one column wide", fill);
  const missing = Math.max(0, columns - ansiWidth(text));
  const before = align === "left" ? 0 : align === "right" ? missing : Math.floor(missing / 2);
  return fill.repeat(before) + text + fill.repeat(missing - before);
}

// As many clusters from the start as fit into so many columns.
function fittingPart(text: string, columns: number): string {
  if (isPlain(text)) return text.slice(0, columns);
  let used = 0;
  for (const { segment, index } of graphemes(text)) {
    used += clusterColumns(segment);
    if (used > columns) return text.slice(0, index);
  }
  return text;
}

function checkColumns(columns: number): void {
  if (Number.isInteger(columns) && columns >= 0 && columns <= MOST_COLUMNS) return;
  throw unlike(`a number of columns, 0 to ${MOST_COLUMNS}`, columns);
}
