// Parses the text that lies on a tape: quickly when it is strict JSON, tolerantly otherwise.

import type { Tape } from "../tape/tape.ts";
import { attempt, kernelFor, textStart } from "./attempt.ts";
import { FaultLog } from "./faults.ts";
import type { ParseSettings } from "./options.ts";
import { parseTolerant } from "./tolerant.ts";
import { firstInvalidUtf8, invalidUtf8At } from "./utf8.ts";

/**
 * Parses what is on the tape. Strict JSON is JSON in all dialects, so the strict parsers have the first try. Returns the
 * faults that were found; without recovery, the first one is thrown as a `JsonError`.
 */
export function run(tape: Tape, settings: ParseSettings): FaultLog | undefined {
  const faults = parseText(tape, settings);
  tape.children?.build(tape);
  return faults;
}

function parseText(tape: Tape, settings: ParseSettings): FaultLog | undefined {
  const kernel = settings.engine === "auto" ? kernelFor(tape) : undefined;
  if (kernel !== undefined && attempt(tape, settings, kernel)) return undefined;
  const invalid = settings.unicode === "strict" ? firstInvalidUtf8(tape, kernel) : -1;
  // The kernel refuses what is not UTF-8; its twin does not look.
  const again = kernel === undefined || settings.unicode !== "strict";
  if (again && invalid < 0 && attempt(tape, settings, undefined)) return undefined;
  const faults = new FaultLog(settings.recover ? settings.maxFaults : 0);
  if (invalid >= 0) reportUtf8(tape, invalid, faults);
  parseTolerant(tape, textStart(tape), settings.rules, settings, faults);
  return faults;
}

// Each run of bytes that are not UTF-8, from the first one on.
function reportUtf8({ bytes, textBytes }: Tape, first: number, faults: FaultLog): void {
  for (let start = first; start >= 0;) {
    let end = start + 1;
    while (end < textBytes && invalidUtf8At(bytes, end, Math.min(end + 4, textBytes)) === end) end++;
    faults.add(bytes, "BAD_UTF8", start, end);
    start = invalidUtf8At(bytes, end, textBytes);
  }
}
