// Findings from the faults that recovery noted, and how to mend those that leave no doubt.

import type { JsonDocument } from "../document.ts";
import type { TextEdit } from "../edit/text-edits.ts";
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

// Words of other languages.
const WORDS: Readonly<Record<string, string>> = {
  False: "false",
  None: "null",
  True: "true",
  undefined: "null",
};

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
      return replacingIf(offset, end, WORDS[sourceText(tape, offset, end)]);
    case "UNCLOSED_STRING":
      return replacing(end, end, String.fromCharCode(tape.bytes[offset]));
    case "UNCLOSED_ARRAY":
    case "UNCLOSED_OBJECT":
      return closing(document, offset);
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
      return replacing(offset, offset, "null");
    case "TRAILING_COMMA":
    case "UNEXPECTED_CLOSER":
      return replacing(offset, end, "");
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

// A container that was not closed ends where its content does.
function closing(document: JsonDocument, opener: number): readonly TextEdit[] | undefined {
  const node = document.nodeAt(opener);
  if (node === undefined || node.start !== opener) return undefined;
  const isArray = kindOf(document.tape, node.index) === Kind.ARRAY;
  return replacing(node.end, node.end, isArray ? "]" : "}");
}
