// lint(): ten rules over a parsed document, as diagnostics with places and fixes.

import { listOf } from "../check.ts";
import type { JsonDocument } from "../document.ts";
import { applyEdits, type TextEdit } from "../edit/text-edits.ts";
import type { JsonPlace } from "../errors.ts";
import { tapeOf } from "../read/target.ts";
import { findFaults } from "./fault-findings.ts";
import type { Report } from "./finding.ts";
import { type LintOptions, type LintRule, type LintSeverity, settleLint } from "./options.ts";
import { findInTree } from "./tree-findings.ts";

/** What a rule found, and where. */
export interface Diagnostic extends JsonPlace {
  /** The rule, as a word that does not change between versions. */
  readonly rule: LintRule;
  /** How bad it is. */
  readonly severity: Exclude<LintSeverity, "off">;
  /** What was found, as a sentence. */
  readonly message: string;
  /** The offset behind the text that is meant; equal to `offset` where something is missing. */
  readonly end: number;
  /** Edits of the text that make the finding go away; undefined where only a person can decide. */
  readonly fix: readonly TextEdit[] | undefined;
}

/**
 * What ten rules find in a document, in the order of the text. Parse with the option `recover` to have faults of the syntax
 * among them. Severities and limits are options; see {@link LintRule} for the rules.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { applyFixes, lint, parse } from "@millpond/json";
 *
 * const document = parse('{"a": 1, "\\u0061": 007,}', { recover: true });
 * const found = lint(document, { severities: { "no-leading-zeros": "error" } });
 * assert.deepEqual(
 *   found.map(({ rule, severity, line, column }) => `${line}:${column} ${severity} ${rule}`),
 *   ["1:10 error no-duplicate-keys", "1:20 error no-leading-zeros", "1:23 error valid-syntax"],
 * );
 * assert.equal(applyFixes(document, found), '{"\\u0061": 7}');
 * document.close();
 * ```
 */
export function lint(document: JsonDocument, options: LintOptions = {}): Diagnostic[] {
  const tape = tapeOf(document);
  const settings = settleLint(options);
  const found: Omit<Diagnostic, "line" | "column">[] = [];
  let left = settings.maxDiagnostics;
  const report: Report = (rule, offset, end, message, fix) => {
    const severity = settings.severities[rule];
    if (severity === "off" || left <= 0) return;
    left--;
    found.push({ rule, severity, message, offset, end, fix });
  };
  findFaults(document, report);
  left = settings.maxDiagnostics;
  findInTree(tape, settings, report);
  found.sort((a, b) => a.offset - b.offset || a.end - b.end);
  return found
    .slice(0, settings.maxDiagnostics)
    .map((finding) => ({ ...finding, ...document.placeOf(finding.offset) }));
}

/**
 * The text of a document with the fixes of diagnostics applied. A fix that touches the text of one before it is left out:
 * parse and lint the result again for those.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { applyFixes, lint, parse } from "@millpond/json";
 *
 * const document = parse("{name: 'pond' size: +1.}", { recover: true });
 * assert.equal(applyFixes(document, lint(document)), '{"name": "pond", "size": 1}');
 * document.close();
 * ```
 */
export function applyFixes(document: JsonDocument, diagnostics: readonly Diagnostic[]): string {
  // By their starts. Fixes come in nearly that order, so the way back from the end is short.
  const chosen: TextEdit[] = [];
  for (const { fix = [] } of listOf("the list that lint() gave", diagnostics)) {
    if (fix.some((edit) => touchesOne(edit, chosen))) continue;
    for (const edit of fix) chosen.splice(placeOf(edit, chosen), 0, edit);
  }
  return applyEdits(document, chosen);
}

function placeOf(edit: TextEdit, chosen: readonly TextEdit[]): number {
  let place = chosen.length;
  while (place > 0 && chosen[place - 1].start > edit.start) place--;
  return place;
}

// Two insertions at one place touch as well: which of them comes first is not for a list to say.
function touchesOne(edit: TextEdit, chosen: readonly TextEdit[]): boolean {
  const place = placeOf(edit, chosen);
  const before = chosen[place - 1];
  const behind = chosen[place];
  if (before !== undefined && (before.end > edit.start || before.start === edit.start)) return true;
  return behind !== undefined && behind.start < edit.end;
}
