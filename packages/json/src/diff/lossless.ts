// Values from the tape with integers of any size.

import type { EditValue } from "../edit/edit-value.ts";
import { bigintOf, survivesDouble } from "../read/decimal.ts";
import { toDouble } from "../read/numbers.ts";
import { sourceText } from "../read/text.ts";
import { type NumberReader, toValue } from "../read/value.ts";
import type { Tape } from "../tape/tape.ts";

// Up to so many characters, every integer is exact in a double.
const CERTAIN_LENGTH = 15;

/** The value of a node; integers that no double holds are bigints, other such numbers the nearest double. */
export function losslessValue(tape: Tape, node: number): EditValue {
  return toValue(tape, node, numberOf as NumberReader);
}

function numberOf(tape: Tape, node: number): number | bigint {
  const { starts, ends } = tape;
  const value = toDouble(tape, starts[node], ends[node]);
  if (ends[node] - starts[node] <= CERTAIN_LENGTH && Number.isFinite(value)) return value;
  const source = sourceText(tape, starts[node], ends[node]);
  return survivesDouble(source) ? value : (bigintOf(source) ?? value);
}
