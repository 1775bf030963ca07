// Parses the text that lies on a tape: the validation of the encoding, the parser, and growing in between.

import { JsonError } from "../errors.ts";
import { placeOf } from "../read/lines.ts";
import type { Tape } from "../tape/tape.ts";
import type { ParseSettings } from "./options.ts";
import * as p from "./progress.ts";
import { parseStrict } from "./strict.ts";
import { invalidUtf8At } from "./utf8.ts";

/** Parses what is on the tape. Throws a `JsonError` at the first fault. */
export function run(tape: Tape, settings: ParseSettings): void {
  const { bytes, textBytes } = tape;
  const invalid = invalidUtf8At(bytes, 0, textBytes);
  if (invalid >= 0) throw badSyntax(tape, "expected valid UTF-8", invalid);
  p.begin(tape.state, hasMark(bytes) ? 3 : 0);
  for (;;) {
    const outcome = parseStrict(tape, settings.maxDepth);
    tape.count = tape.state[p.COUNT];
    if (outcome === p.DONE && tape.count <= settings.maxNodes) return;
    if (tape.count > settings.maxNodes) throw tooManyNodes(settings.maxNodes);
    if (outcome === p.FAULT) throw badSyntax(tape, "the text is not JSON", tape.state[p.AT]);
    tape.grow(tape.nodeCapacity * 2);
  }
}

// A byte order mark is no part of the text; RFC 8259 lets parsers ignore it.
function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function badSyntax(tape: Tape, message: string, offset: number): JsonError {
  const place = placeOf(tape.bytes, offset);
  return new JsonError("BAD_SYNTAX", `${message} at line ${place.line}, column ${place.column}`, place);
}

function tooManyNodes(most: number): JsonError {
  return new JsonError("LIMIT_EXCEEDED", `the text has more than maxNodes = ${most} nodes`);
}
