// Findings from the tape, in one walk in the order of the text. Not recursive.

import type { TextEdit } from "../edit/text-edits.ts";
import { commaIn } from "../format/gaps.ts";
import { survivesDouble } from "../read/decimal.ts";
import { decodeString, hexValue, sourceText } from "../read/text.ts";
import { childCount, kindOf, parentOf } from "../read/walk.ts";
import { DAMAGED, Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { type Report, replacing } from "./finding.ts";
import type { LintSettings } from "./options.ts";

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
// Up to so many characters without a power, every number survives.
const CERTAIN_LENGTH = 15;

/** Reports what the rules about values find; those that are off are not looked for. */
export function findInTree(tape: Tape, settings: LintSettings, report: Report): void {
  const { severities } = settings;
  const wanted = {
    duplicates: severities["no-duplicate-keys"] !== "off",
    encoding: severities["valid-string-encoding"] !== "off",
    precision: severities["number-precision"] !== "off",
    size: severities["large-structure"] !== "off",
  };
  let owner = -1;
  let depth = 0;
  for (let node = 0; node < tape.count; node++) {
    const kind = kindOf(tape, node);
    // A node with another parent says that what was open has ended.
    for (; owner !== parentOf(tape, node); owner = parentOf(tape, owner)) depth--;
    if (kind === Kind.ARRAY || kind === Kind.OBJECT) {
      owner = node;
      checkDepth(tape, node, ++depth, settings, report);
      if (wanted.size) checkCount(tape, node, kind, settings, report);
      if (wanted.duplicates && kind === Kind.OBJECT) checkKeys(tape, node, report);
    } else if (kind === Kind.STRING || kind === Kind.KEY) {
      if (wanted.encoding) checkSurrogates(tape, node, report);
      if (wanted.size) checkLength(tape, node, settings, report);
    } else if (kind === Kind.NUMBER && wanted.precision) checkPrecision(tape, node, report);
  }
}

// The container that is one too deep speaks for all inside it.
function checkDepth(tape: Tape, node: number, depth: number, settings: LintSettings, report: Report): void {
  const { maxDepth, nestingDepth } = settings;
  const start = tape.starts[node];
  if (depth === maxDepth + 1) {
    report(
      "max-depth",
      start,
      start + 1,
      `this is container ${depth} inside each other; the most is ${maxDepth}`,
    );
  }
  if (depth === nestingDepth + 1) {
    const message = `this is container ${depth} inside each other; more than ${nestingDepth} are hard to read`;
    report("deep-nesting", start, start + 1, message);
  }
}

function checkCount(tape: Tape, node: number, kind: number, settings: LintSettings, report: Report): void {
  const isArray = kind === Kind.ARRAY;
  const most = isArray ? settings.maxElements : settings.maxMembers;
  const count = childCount(tape, node);
  if (count <= most) return;
  const [what, parts] = isArray ? ["array", "elements"] : ["object", "members"];
  const start = tape.starts[node];
  report("large-structure", start, start + 1, `this ${what} has ${count} ${parts}; the most is ${most}`);
}

function checkLength(tape: Tape, node: number, { maxStringBytes }: LintSettings, report: Report): void {
  const { starts, ends } = tape;
  const length = ends[node] - starts[node];
  if (length <= maxStringBytes) return;
  report(
    "large-structure",
    starts[node],
    ends[node],
    `this string has ${length} bytes; the most is ${maxStringBytes}`,
  );
}

function checkKeys(tape: Tape, object: number, report: Report): void {
  const { starts, ends, nexts } = tape;
  const first = object + 1;
  // Most objects in arrays of arrays have one member or none.
  if (first >= nexts[object] || nexts[first + 1] >= nexts[object]) return;
  const last = new Map<string, number>();
  for (let key = first; key < nexts[object]; key = nexts[key + 1]) {
    // A key that is missing is a fault, not a name.
    if (starts[key] === ends[key]) continue;
    const name = decodeString(tape, starts[key], ends[key]);
    const before = last.get(name);
    last.set(name, key);
    if (before === undefined) continue;
    const message = `the object has the key ${JSON.stringify(name)} already; only the last one counts`;
    report("no-duplicate-keys", starts[key], ends[key], message, withoutMember(tape, before));
  }
}

// Takes a member out that another one follows, its comma and the spaces behind that included; comments stay.
function withoutMember(tape: Tape, key: number): readonly TextEdit[] {
  const { bytes, starts, ends, nexts } = tape;
  const comma = commaIn(tape, ends[key + 1], starts[nexts[key + 1]]);
  let end = comma < 0 ? ends[key + 1] : comma + 1;
  while (isSpace(bytes[end])) end++;
  // Comments in front of the comma are not between it and the member alone.
  if (comma >= 0 && hasWord(bytes, ends[key + 1], comma)) {
    return [
      { start: starts[key], end: ends[key + 1], text: "" },
      { start: comma, end: comma + 1, text: "" },
    ];
  }
  return replacing(starts[key], end, "");
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function hasWord(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isSpace(bytes[at])) return true;
  return false;
}

// Escapes that say half of a pair.
function checkSurrogates(tape: Tape, node: number, report: Report): void {
  const { bytes, starts, ends } = tape;
  const to = ends[node];
  for (let at = starts[node]; at < to; at++) {
    if (bytes[at] !== BACKSLASH) continue;
    const unit = unitAt(bytes, at, to);
    if (unit < 0xd800 || unit > 0xdfff) at++;
    else if (unit < 0xdc00 && isLowHalf(unitAt(bytes, at + 6, to))) at += 11;
    else {
      const message = "this surrogate stands alone, so the string is no Unicode";
      report("valid-string-encoding", at, at + 6, message, replacing(at, at + 6, "\\uFFFD"));
      at += 5;
    }
  }
}

function isLowHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

// What the escape `\uXXXX` at `at` says, or -1.
function unitAt(bytes: Uint8Array, at: number, to: number): number {
  if (bytes[at] !== BACKSLASH || bytes[at + 1] !== LETTER_U) return -1;
  return hexValue(bytes, at + 2, 4, to);
}

function checkPrecision(tape: Tape, node: number, report: Report): void {
  const { bytes, starts, ends, kinds } = tape;
  const [start, end] = [starts[node], ends[node]];
  if ((kinds[node] & DAMAGED) !== 0) return;
  if (end - start <= CERTAIN_LENGTH && !hasPower(bytes, start, end)) return;
  const source = sourceText(tape, start, end);
  if (survivesDouble(source)) return;
  const value = Number(source);
  const isKept = Number.isFinite(value);
  const message = `programs that read this as a double get ${String(value)}`;
  report("number-precision", start, end, message, isKept ? replacing(start, end, String(value)) : undefined);
}

function hasPower(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at] | 0x20) === 0x65) return true;
  return false;
}
