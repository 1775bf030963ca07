// A finding before it has a severity and a place, and who is told about it.

import type { TextEdit } from "../edit/text-edits.ts";
import type { LintRule } from "./options.ts";

/** Told about each finding: rule, first byte, byte behind, sentence, and the edits that mend it, if there are any. */
export type Report = (
  rule: LintRule,
  start: number,
  end: number,
  message: string,
  fix?: readonly TextEdit[],
) => void;

/** One edit as the list that a finding takes. */
export function replacing(start: number, end: number, text: string): readonly TextEdit[] {
  return [{ start, end, text }];
}
