// The loops of split(): from where the last piece ended, segments are written into a table of words until the table is
// full or the text ends. A loop that stopped at a full table goes on where it was: that serves tables that grow,
// and iterators that use one small table again and again.
import { TextError } from "../errors.ts";
import { placeOf } from "../place.ts";
import { LEAST_KERNEL_BYTES, runKernel } from "./kernel-scan.ts";
import type { Matcher } from "./matcher.ts";
import type { Plan } from "./options.ts";
import type { Marks, Quotes } from "./quotes.ts";
import type { Scan } from "./scan-state.ts";
import { DELIMITER, QUOTED, UNESCAPED_SHIFT } from "./segment-layout.ts";
import { stripEnd, stripStart } from "./strip.ts";

/** Writes segments until the table is full or the text ends. The table must have room for two. */
export function run(scan: Scan, plan: Plan, matcher: Matcher): void {
  const { byte, needles } = plan.delimiters;
  if (plan.typed) {
    runTyped(scan, plan, matcher);
    return;
  }
  if (needles >= 0 && !plan.stripping && scan.end - scan.at >= LEAST_KERNEL_BYTES) {
    runKernel(scan, needles, plan.keepEmpty, plan.pool);
    if (scan.done || scan.top + 2 > scan.limit) return;
  }
  if (byte >= 0 && !plan.stripping) runByte(scan, byte, plan.keepEmpty);
  else runPlain(scan, plan, matcher);
}

// One byte, and nothing else to look at.
function runByte(scan: Scan, byte: number, keepEmpty: boolean): void {
  const { bytes, origin, end, words, limit } = scan;
  let { at, top } = scan;
  for (let i = at; i < end; i++) {
    if (bytes[i] !== byte) continue;
    if (i > at || keepEmpty) {
      words[top] = at - origin;
      words[top + 1] = i - origin;
      top += 2;
    }
    at = i + 1;
    if (top + 2 > limit) {
      scan.at = at;
      scan.top = top;
      return;
    }
  }
  if (end > at || keepEmpty) {
    words[top] = at - origin;
    words[top + 1] = end - origin;
    top += 2;
  }
  scan.top = top;
  scan.done = true;
}

// Pieces alone, between whatever delimiters.
function runPlain(scan: Scan, plan: Plan, matcher: Matcher): void {
  const { bytes, end, limit } = scan;
  while (scan.top + 2 <= limit) {
    const found = matcher.find(bytes, scan.at, end);
    let start = scan.at;
    let stop = found ? matcher.start : end;
    if (plan.stripping) {
      stop = stripEnd(bytes, start, stop);
      start = stripStart(bytes, start, stop);
    }
    if (stop > start || plan.keepEmpty) write(scan, start, stop);
    scan.done = !found;
    if (!found) return;
    scan.at = matcher.end;
  }
}

function write(scan: Scan, start: number, end: number): void {
  const { words, top, origin } = scan;
  words[top] = start - origin;
  words[top + 1] = end - origin;
  scan.top = top + 2;
}

// Everything else: delimiters that are kept, and quotes. A turn writes two segments at most: a piece or a quoted
// section, and the delimiter behind it. A quoted section may lie before the delimiter that was found last, which then is
// still the next one: nothing is looked for twice.
function runTyped(scan: Scan, plan: Plan, matcher: Matcher): void {
  const { bytes, end, limit } = scan;
  const { quotes } = plan;
  while (scan.top + 6 <= limit) {
    const from = scan.at;
    const marks = quotes?.open(bytes, from, end);
    if (marks !== undefined) {
      scan.at = writeQuoted(scan, plan, quotes as Quotes, marks);
      scan.done = scan.at >= end;
      if (scan.done) return;
    }
    if (scan.nextStart < scan.at) findNext(scan, matcher);
    const { nextStart } = scan;
    // What follows a quoted section without a delimiter is a piece of its own.
    if (marks !== undefined && nextStart > scan.at) continue;
    if (marks === undefined) writePiece(scan, plan, from, nextStart);
    scan.done = nextStart === end;
    if (scan.done) return;
    if (plan.keepDelimiters) writeTyped(scan, nextStart, scan.nextEnd, DELIMITER);
    scan.at = scan.nextEnd;
  }
}

function findNext(scan: Scan, matcher: Matcher): void {
  const found = matcher.find(scan.bytes, scan.at, scan.end);
  scan.nextStart = found ? matcher.start : scan.end;
  scan.nextEnd = found ? matcher.end : scan.end;
}

function writePiece(scan: Scan, { stripping, keepEmpty }: Plan, from: number, to: number): void {
  const end = stripping ? stripEnd(scan.bytes, from, to) : to;
  const start = stripping ? stripStart(scan.bytes, from, end) : from;
  if (end > start || keepEmpty) writeTyped(scan, start, end, 0);
}

function writeTyped(scan: Scan, start: number, end: number, info: number): void {
  const { words, top, origin } = scan;
  words[top] = start - origin;
  words[top + 1] = end - origin;
  words[top + 2] = info;
  scan.top = top + 3;
}

// Writes the quoted section that opens where the scan is, and returns what is behind it.
function writeQuoted(scan: Scan, plan: Plan, quotes: Quotes, marks: Marks): number {
  const { bytes, at, end } = scan;
  const from = at + marks.prefix.length;
  const to = quotes.close(bytes, from, end, marks);
  if (to === end && quotes.strict) throw unterminated(scan, at);
  const behind = Math.min(end, to + marks.postfix.length);
  // An unterminated section may end with white space even where its quotes are kept.
  const outer = plan.keepQuotes ? at : from;
  const last = plan.keepQuotes ? behind : to;
  const stop = plan.stripping ? stripEnd(bytes, outer, last) : last;
  const start = plan.stripping ? stripStart(bytes, outer, stop) : outer;
  if (stop === start && !plan.keepEmpty) return behind;
  const resolve = quotes.escaped && !plan.keepQuotes;
  const number = resolve ? unescape(scan, plan, quotes, marks, start, stop) : 0;
  writeTyped(scan, start, stop, QUOTED | (number << UNESCAPED_SHIFT));
  return behind;
}

// Adds what a section says to the arena of the scan, and returns 1 + its number there.
function unescape(scan: Scan, plan: Plan, quotes: Quotes, marks: Marks, start: number, end: number): number {
  const arena = (scan.unescaped ??= scan.home.openStrings());
  const scratch = plan.pool.acquireUnsafe(Uint8Array, end - start);
  try {
    const length = quotes.unescape(scan.bytes, start, end, marks, scratch);
    return arena.addSpan(scratch, 0, length) - arena.firstId + 1;
  } finally {
    plan.pool.release(scratch);
  }
}

function unterminated({ bytes, origin, linesBefore, bytesBefore }: Scan, at: number): TextError {
  const { line, column, offset } = placeOf(bytes, origin, at);
  const place = { line: line + linesBefore, column, offset: offset + bytesBefore };
  return new TextError(
    "UNTERMINATED_QUOTE",
    `the quoted section that opens in line ${place.line}, column ${place.column} (byte ${place.offset}) never ` +
      'ends; close it, or pass unterminated: "keep" to take it up to the end of the text',
    place,
  );
}
