// Parses the text that lies on a tape, and says what is wrong with it.

import { JsonError } from "../errors.ts";
import { placeOf } from "../read/lines.ts";
import type { Tape } from "../tape/tape.ts";
import { attempt, kernelFor } from "./attempt.ts";
import type { ParseSettings } from "./options.ts";
import * as p from "./progress.ts";
import { firstInvalidUtf8 } from "./utf8.ts";

/** Parses what is on the tape. Throws a `JsonError` at the first fault. */
export function run(tape: Tape, settings: ParseSettings): void {
  const kernel = settings.engine === "auto" ? kernelFor(tape) : undefined;
  if (kernel !== undefined && attempt(tape, settings, kernel)) return;
  const invalid = firstInvalidUtf8(tape, kernel);
  if (invalid >= 0) throw badSyntax(tape, "expected valid UTF-8", invalid);
  if (attempt(tape, settings, undefined)) return;
  throw badSyntax(tape, "the text is not JSON", tape.state[p.AT]);
}

function badSyntax(tape: Tape, message: string, offset: number): JsonError {
  const place = placeOf(tape.bytes, offset);
  return new JsonError("BAD_SYNTAX", `${message} at line ${place.line}, column ${place.column}`, place);
}
