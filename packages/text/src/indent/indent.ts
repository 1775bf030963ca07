// Indentation: something in front of every line, and behind it.
import { unlike } from "../check.ts";

/**
 * Puts `prefix` in front of every line and `postfix` behind it, empty lines included, and the last one after a final
 * line end too. Lines end with LF or CR LF, and with LF in the result. A text without a single character stays so.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { indent } from "@millpond/text";
 *
 * assert.equal(indent("one\ntwo", "  "), "  one\n  two");
 * assert.equal(indent("one\r\n", "> ", ";"), "> one;\n> ;");
 * assert.equal(indent("", "  "), "");
 * ```
 */
export function indent(text: string, prefix: string, postfix = ""): string {
  for (const given of [text, prefix, postfix]) if (typeof given !== "string") throw unlike("a string", given);
  if (text === "") return "";
  return `${prefix}${text.split(/\r?\n/).join(`${postfix}\n${prefix}`)}${postfix}`;
}
