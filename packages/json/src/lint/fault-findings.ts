// Findings from the faults that recovery noted, and how to mend those that leave no doubt.

import type { JsonDocument } from "../document.ts";
import type { TextEdit } from "../edit/text-edits.ts";
import { stringCloses } from "../parse/loose-tokens.ts";
import type { Fault, FaultCode } from "../parse/faults.ts";
import { decodeString, sourceText } from "../read/text.ts";
import { kindOf } from "../read/walk.ts";
import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { type Report, replacing } from "./finding.ts";
import { writtenRight } from "./number-fix.ts";
import type { LintRule } from "./options.ts";

const RULES: Partial<Record<FaultCode, LintRule>> = {
  BAD_ESCAPE: "valid-escape",
  BAD_NUMBER: "valid-number",
  BAD_UTF8: "valid-string-encoding",
  CONTROL_CHARACTER: "valid-string-encoding",
  LEADING_ZERO: "no-leading-zeros",
};

// Words of other languages, in small letters.
const WORDS: ReadonlyMap<string, string> = new Map([
  ["false", "false"],
  ["nan", "null"],
  ["nil", "null"],
  ["none", "null"],
  ["null", "null"],
  ["true", "true"],
  ["undefined", "null"],
]);

const COMMA = 0x2c;

const CONTROLS: Readonly<Record<number, string>> = {
  0x08: "\\b",
  0x09: "\\t",
  0x0a: "\\n",
  0x0c: "\\f",
  0x0d: "\\r",
};

/** Reports every fault of a document. */
export function findFaults(document: JsonDocument, report: Report): void {
  for (const fault of document.faults) {
    const rule = RULES[fault.code] ?? "valid-syntax";
    report(rule, fault.offset, fault.end, fault.message, fixOf(document, fault));
  }
}

function fixOf(document: JsonDocument, { code, offset, end }: Fault): readonly TextEdit[] | undefined {
  const { tape } = document;
  switch (code) {
    case "BAD_ESCAPE":
      return replacing(offset, offset, "\\");
    case "BAD_NUMBER":
    case "LEADING_ZERO":
      return replacingIf(offset, end, writtenRight(sourceText(tape, offset, end)));
    case "BAD_UTF8":
      return replacing(offset, end, "\uFFFD");
    case "CONTROL_CHARACTER":
      return replacing(offset, end, escapeOf(tape.bytes[offset]));
    case "BAD_KEY":
      return replacing(offset, end, JSON.stringify(sourceText(tape, offset, end)));
    case "SINGLE_QUOTE":
      return replacing(offset, end, JSON.stringify(decodeString(tape, offset, end)));
    case "UNKNOWN_WORD":
      return replacingIf(offset, end, WORDS.get(sourceText(tape, offset, end).toLowerCase()));
    case "UNCLOSED_STRING":
      return replacing(end, end, String.fromCharCode(tape.bytes[offset]));
    case "UNCLOSED_ARRAY":
    case "UNCLOSED_OBJECT":
      return closing(document, offset);
    case "UNEXPECTED_CLOSER":
      return replacing(offset, end, closerAt(document, offset, end));
    default:
      return punctuation(tape, code, offset, end);
  }
}

// What is only a sign too many or too few.
function punctuation(
  tape: Tape,
  code: FaultCode,
  offset: number,
  end: number,
): readonly TextEdit[] | undefined {
  switch (code) {
    case "COMMENT":
      return replacing(offset, end, tape.bytes[offset - 1] > 0x20 && tape.bytes[end] > 0x20 ? " " : "");
    case "EXPECTED_COLON":
      return replacing(offset, end, ":");
    case "EXPECTED_COMMA":
      return replacing(offset, offset, ",");
    case "EXPECTED_VALUE":
      // A sign that stands in the place of a value is for a person to judge.
      return replacingIf(offset, end, offset === end ? "null" : undefined);
    case "EXPECTED_KEY":
      // A name is for a person to find.
      return replacingIf(offset, end, tape.bytes[offset] === COMMA ? "" : undefined);
    case "TRAILING_COMMA":
    case "UNEXPECTED_COLON":
      return replacing(offset, end, "");
    case "UNCLOSED_COMMENT":
      return replacing(end, end, "*/");
    default:
      return undefined;
  }
}

function replacingIf(start: number, end: number, text: string | undefined): readonly TextEdit[] | undefined {
  return text === undefined ? undefined : replacing(start, end, text);
}

function escapeOf(byte: number): string {
  return CONTROLS[byte] ?? `\\u${byte.toString(16).padStart(4, "0")}`;
}

// The bracket that a wrong one was taken for; nothing where it closes nothing.
function closerAt(document: JsonDocument, offset: number, end: number): string {
  const around = document.nodeAt(offset);
  if (around === undefined || around.end !== end) return "";
  return kindOf(document.tape, around.index) === Kind.OBJECT ? "}" : "]";
}

// A container that was not closed ends where its content does.
function closing(document: JsonDocument, opener: number): readonly TextEdit[] | undefined {
  const node = document.nodeAt(opener);
  if (node === undefined || node.start !== opener) return undefined;
  const { tape } = document;
  // A string that is not closed would take the bracket in, so it has to be closed first.
  let last = tape.nexts[node.index] - 1;
  // Behind a key, a value that is missing is an empty node.
  if (tape.starts[last] === tape.ends[last] && last > node.index + 1) last--;
  const isString = kindOf(tape, last) === Kind.STRING || kindOf(tape, last) === Kind.KEY;
  if (isString && !stringCloses(tape.bytes, tape.starts[last], tape.ends[last])) return undefined;
  const isArray = kindOf(tape, node.index) === Kind.ARRAY;
  return replacing(node.end, node.end, isArray ? "]" : "}");
}
