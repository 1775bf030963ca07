// JSON Patch (RFC 6902), applied to a text that otherwise stays as it was written.

import { equalNodes } from "../compare/equal.ts";
import { listOf, stringOf, unlike } from "../check.ts";
import type { JsonDocument } from "../document.ts";
import { edit, type JsonEditor } from "../edit/editor.ts";
import type { EditValue } from "../edit/edit-value.ts";
import { JsonError } from "../errors.ts";
import { parse } from "../parser.ts";
import { resolvePointer } from "../read/path.ts";

/** One operation of a JSON Patch; `path` and `from` are JSON Pointers into the document as it is by then. */
export type PatchOperation =
  | {
      /** `add` puts in an element or a member, `replace` needs a value that is there, `test` stops unless equal. */
      readonly op: "add" | "replace" | "test";
      /** Where. */
      readonly path: string;
      /** The value to put in or to compare with. */
      readonly value: EditValue;
    }
  | {
      /** Takes a value out. */
      readonly op: "remove";
      /** Where. */
      readonly path: string;
    }
  | {
      /** Puts a value of the document into another place, or a copy of it. */
      readonly op: "move" | "copy";
      /** Where it comes from. */
      readonly from: string;
      /** Where it goes. */
      readonly path: string;
    };

/**
 * The text of a document after a JSON Patch. What the patch does not name stays as it was written, comments included. If an
 * operation cannot be done or a test fails, a `JsonError` says which, and there is no result. A test behind other operations
 * writes and parses the text so far.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { applyPatch, parse } from "@millpond/json";
 *
 * const document = parse('{ "list": [1.0, 2], // kept\n "old": {"a": 1} }', { dialect: "jsonc" });
 * const text = applyPatch(document, [
 *   { op: "test", path: "/list/0", value: 1 },
 *   { op: "add", path: "/list/1", value: 1.5 },
 *   { op: "replace", path: "/old/a", value: null },
 * ]);
 * assert.equal(text, '{ "list": [1.0, 1.5, 2], // kept\n "old": {"a": null} }');
 * assert.throws(() => applyPatch(document, [{ op: "remove", path: "/new" }]), { code: "NOT_FOUND" });
 * document.close();
 * ```
 */
export function applyPatch(document: JsonDocument, patch: readonly PatchOperation[]): string {
  const editor = edit(document);
  listOf("a list of operations", patch).forEach((operation: PatchOperation, number) => {
    try {
      if (operation?.op === "test") test(document, editor, operation.path, operation.value, number > 0);
      else apply(editor, operation);
    } catch (error) {
      throw inOperation(error, number);
    }
  });
  return editor.toText();
}

function apply(editor: JsonEditor, operation: PatchOperation): void {
  switch (operation?.op) {
    case "add":
    case "replace":
      editor._patch(operation.op, stringOf("a JSON Pointer in path", operation.path), operation.value);
      break;
    case "remove":
      editor.remove(stringOf("a JSON Pointer in path", operation.path));
      break;
    case "move":
    case "copy":
      editor._patchFrom(
        operation.op,
        stringOf("a JSON Pointer in from", operation.from),
        stringOf("a JSON Pointer in path", operation.path),
      );
      break;
    default: {
      const got: unknown = (operation as { readonly op?: unknown } | undefined)?.op;
      throw unlike("op to be add, remove, replace, move, copy or test", got);
    }
  }
}

// Compares as documents, so that numbers are compared as they are written.
function test(
  document: JsonDocument,
  editor: JsonEditor,
  path: string,
  value: EditValue,
  isChanged: boolean,
): void {
  const { pool } = document.tape;
  const wanted = documentOf(value);
  try {
    const now = isChanged
      ? parse(editor.toText(), { dialect: "json5", unicode: "permissive", pool })
      : document;
    try {
      const node = resolvePointer(now.tape, 0, stringOf("a JSON Pointer in path", path));
      if (node < 0) throw new JsonError("NOT_FOUND", `${JSON.stringify(path)} leads nowhere`);
      if (!equalNodes(now.tape, node, wanted.tape, 0)) {
        throw new JsonError("CONFLICT", `the value at ${JSON.stringify(path)} is not what the test expects`);
      }
    } finally {
      if (now !== document) now.close();
    }
  } finally {
    wanted.close();
  }
}

function documentOf(value: EditValue): JsonDocument {
  const empty = parse("null");
  try {
    return parse(edit(empty).set("", value).toText(), { unicode: "permissive" });
  } finally {
    empty.close();
  }
}

function inOperation(error: unknown, number: number): unknown {
  if (!(error instanceof JsonError)) return error;
  return new JsonError(error.code, `operation ${number} of the patch: ${error.message}`, error.place);
}
