// JSON Merge Patch (RFC 7396): a patch that looks like the document, where null takes a member out.

import { equalNodes } from "../compare/equal.ts";
import { membersByName } from "../compare/members.ts";
import type { JsonDocument } from "../document.ts";
import { edit, type JsonEditor } from "../edit/editor.ts";
import { type EditObject, type EditValue, snapshot } from "../edit/edit-value.ts";
import { JsonError } from "../errors.ts";
import { placesOf } from "../read/lines.ts";
import { pointerOf } from "../read/path.ts";
import { type JsonTarget, type Spot, spotOf } from "../read/target.ts";
import { findMember, kindOf } from "../read/walk.ts";
import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { losslessValue } from "./lossless.ts";

/**
 * The text of a document after a merge patch. What the patch does not name stays as it was written, comments included.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { applyMergePatch, parse } from "@millpond/json";
 *
 * const document = parse('{"a": 1.0, "b": {"c": [1], "d": 2}}');
 * assert.equal(applyMergePatch(document, { b: { c: null, e: true } }), '{"a": 1.0, "b": {"d": 2, "e": true}}');
 * document.close();
 * ```
 */
export function applyMergePatch(document: JsonDocument, patch: EditValue): string {
  const editor = edit(document);
  const { tape } = document;
  const steps: Step[] = [{ path: "", node: 0, patch: snapshot(patch) }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) merge(tape, editor, step, steps);
  return editor.toText();
}

/** A part of the patch, the node it is for, or -1, and the pointer to both. */
interface Step {
  readonly path: string;
  readonly node: number;
  readonly patch: EditValue;
}

function isObject(value: EditValue): value is EditObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// The places of a merge patch are apart from each other, so nodes of the document as it was parsed are enough.
function merge(tape: Tape, editor: JsonEditor, { path, node, patch }: Step, steps: Step[]): void {
  if (!isObject(patch) || node < 0 || kindOf(tape, node) !== Kind.OBJECT) {
    editor.set(path, withoutNulls(patch));
    return;
  }
  // From the end, since steps are taken from there.
  for (const [name, part] of Object.entries(patch).reverse()) {
    const inner = path + pointerOf([name]);
    const member = findMember(tape, node, name);
    if (part !== null) steps.push({ path: inner, node: member, patch: part });
    else if (member >= 0) editor.remove(inner);
  }
}

// What RFC 7396 makes of a patch where nothing was: members that are null go, at any depth, but not inside of arrays.
function withoutNulls(patch: EditValue): EditValue {
  if (!isObject(patch)) return patch;
  const result: Record<string, EditValue> = {};
  const open: [EditObject, Record<string, EditValue>][] = [[patch, result]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    for (const [name, part] of Object.entries(pair[0])) {
      if (part === null) continue;
      const value = isObject(part) ? {} : part;
      if (isObject(part)) open.push([part, value]);
      define(pair[1], name, value);
    }
  }
  return result;
}

/**
 * The merge patch that makes the first document equal to the second. Arrays are replaced as a whole. A merge patch cannot
 * say that a member is to become null: then a `JsonError` with the code `CONFLICT` names it, and `diff` is what to use.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { mergePatch, parse } from "@millpond/json";
 *
 * const before = parse('{"a": 1, "b": {"c": [1], "d": 2}}');
 * const after = parse('{"a": 1, "b": {"c": [1, 2]}}');
 * assert.deepEqual(mergePatch(before, after), { b: { c: [1, 2], d: null } });
 * before.close();
 * after.close();
 * ```
 */
export function mergePatch(before: JsonTarget, after: JsonTarget): EditValue {
  const left = spotOf(before);
  const right = spotOf(after);
  if (!areObjects(left, right)) {
    refuseNulls(right, false);
    return losslessValue(right.tape, right.node);
  }
  const patch: Record<string, EditValue> = {};
  const made: Made[] = [];
  const open: [number, number, Record<string, EditValue>][] = [[left.node, right.node, patch]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [a, b, part] = pair;
    const mine = membersByName(left.tape, a);
    const theirs = membersByName(right.tape, b);
    for (const name of mine.keys()) if (!theirs.has(name)) define(part, name, null);
    for (const [name, value] of theirs) {
      const old = mine.get(name) ?? -1;
      if (old >= 0 && areObjects({ tape: left.tape, node: old }, { tape: right.tape, node: value })) {
        const inner: Record<string, EditValue> = {};
        define(part, name, inner);
        made.push([part, name, inner]);
        open.push([old, value, inner]);
      } else if (old < 0 || !equalNodes(left.tape, old, right.tape, value)) {
        refuseNulls({ tape: right.tape, node: value }, true);
        define(part, name, losslessValue(right.tape, value));
      }
    }
  }
  dropEmpty(made);
  return patch;
}

/** A part of a patch that was put into another part under a name. */
type Made = [Record<string, EditValue>, string, Record<string, EditValue>];

// Objects that turned out to be equal, the innermost first.
function dropEmpty(made: readonly Made[]): void {
  for (let place = made.length - 1; place >= 0; place--) {
    const [around, name, part] = made[place];
    if (Object.keys(part).length === 0) delete around[name];
  }
}

function areObjects(left: Spot, right: Spot): boolean {
  return kindOf(left.tape, left.node) === Kind.OBJECT && kindOf(right.tape, right.node) === Kind.OBJECT;
}

// A null that would take a member out instead of being its value; nulls in arrays are values.
function refuseNulls({ tape, node }: Spot, isMember: boolean): void {
  const behind = tape.nexts[node];
  for (let at = node; at < behind; at = kindOf(tape, at) === Kind.ARRAY ? tape.nexts[at] : at + 1) {
    if (kindOf(tape, at) !== Kind.NULL || (at === node && !isMember)) continue;
    const [place] = placesOf(tape.bytes, [tape.starts[at]]);
    const message = `a merge patch cannot make a member null, as at line ${place.line}, column ${place.column} of the second document; use diff`;
    throw new JsonError("CONFLICT", message, place);
  }
}

// `__proto__` is a name like any other.
function define(object: Record<string, EditValue>, name: string, value: EditValue): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}
