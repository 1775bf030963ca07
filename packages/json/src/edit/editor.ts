// edit(): changes of a document, collected and written in one pass.

import type { JsonDocument } from "../document.ts";
import { JsonError } from "../errors.ts";
import { ByteWriter } from "../output/byte-writer.ts";
import type { NodeReader } from "../read/node-reader.ts";
import { stepIndex, stepsOf } from "../read/path.ts";
import { spotOf, tapeOf } from "../read/target.ts";
import { kindOf, parentOf } from "../read/walk.ts";
import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { type EditValue, snapshot } from "./edit-value.ts";
import { emit } from "./emit.ts";
import { EditLister } from "./edit-lister.ts";
import {
  clonePiece,
  isContainer,
  memberOf,
  newSlot,
  open,
  type Opened,
  Piece,
  type Slot,
  slotAt,
  slotOfNode,
} from "./pieces.ts";
import { styleOf } from "./style.ts";
import type { TextEdit } from "./text-edits.ts";

/**
 * What an edit is about: a JSON Pointer into the document as edited so far, or a node of the document that was parsed, which
 * is found under new names and numbers, but not where `move` took it.
 */
export type EditTarget = string | NodeReader;

/**
 * What happens where something is already: `"set"` replaces it, `"insert"` goes in front of elements and refuses members,
 * `"add"`, which is that of RFC 6902, goes in front of elements and replaces members.
 */
type PutMode = "set" | "insert" | "add";

/** A slot and where it is. */
interface Found {
  readonly slot: Slot;
  /** The container; undefined for the root. */
  readonly around: Piece | undefined;
}

/**
 * Collects changes of a document and writes the new text in one pass. What is not changed stays as it was written, byte by
 * byte: comments, indentation, escapes, numbers of any size. What is put in is laid out like its surroundings.
 *
 * Each edit sees the ones before it. An edit that is refused changes nothing.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { edit, parse } from "@millpond/json";
 *
 * const document = parse('{\n  "name": "pond", // ours\n  "size": 1.50\n}\n', { dialect: "jsonc" });
 * const text = edit(document).set("/depth", 3).rename("/size", "width").remove("/name").toText();
 * assert.equal(text, '{ // ours\n  "width": 1.50,\n  "depth": 3\n}\n');
 * document.close();
 * ```
 */
export class JsonEditor {
  readonly #tape: Tape;
  readonly #generation: number;
  readonly #root: Slot = { home: 0, key: -1, name: "", renamed: false, piece: new Piece(0) };

  /** @internal */
  constructor(tape: Tape) {
    this.#tape = tape;
    this.#generation = tape.generation;
  }

  /**
   * Puts a value in the place of another. A pointer may name a member that is not there, which is added at the end of its
   * object, or `-` and the length of an array, which adds an element.
   */
  set(target: EditTarget, value: EditValue): this {
    this.#put(target, new Piece(-1, snapshot(value)), "set");
    return this;
  }

  /** Puts an element in front of the one that the pointer names, or at the end for `-`; or a member with a new name. */
  insert(pointer: string, value: EditValue): this {
    this.#put(pointer, new Piece(-1, snapshot(value)), "insert");
    return this;
  }

  /** Takes an element or a member out, with all members of the same name. */
  remove(target: EditTarget): this {
    this.#detach(this.#find(target));
    return this;
  }

  /** Gives a member another name, which no other member of its object may have. */
  rename(target: EditTarget, name: string): this {
    const { slot, around } = this.#find(target);
    const inside = around && open(this.#tape, around);
    if (inside?.isObject !== true) {
      throw new JsonError(
        "CONFLICT",
        `expected a member to rename to ${JSON.stringify(name)}, got ${describe(target)}`,
      );
    }
    if (name === slot.name) return this;
    if (memberOf(inside, name) !== undefined) throw taken(name);
    const old = slot.name;
    for (const other of inside.slots) {
      if (other.name !== old) continue;
      other.name = name;
      other.renamed = true;
    }
    inside.names = undefined;
    inside.reshaped = true;
    return this;
  }

  /** Takes a value out of one place and puts it into another, as `remove` and then `insert` would. */
  move(from: EditTarget, to: string): this {
    return this.#move(from, to, "insert");
  }

  /** The operations of RFC 6902 that differ from the methods of the same name. @internal */
  _patch(op: "add" | "replace", pointer: string, value: EditValue): this {
    const piece = new Piece(-1, snapshot(value));
    if (op === "replace") this.#find(pointer).slot.piece = piece;
    else this.#put(pointer, piece, "add");
    return this;
  }

  /** The same for those that have a source. @internal */
  _patchFrom(op: "move" | "copy", from: string, to: string): this {
    if (op === "move") return this.#move(from, to, "add");
    this.#put(to, clonePiece(this.#find(from).slot.piece), "add");
    return this;
  }

  #move(from: EditTarget, to: string, mode: PutMode): this {
    const steps = stepsOf(to);
    const found = this.#find(from);
    if (found.around === undefined) throw new JsonError("CONFLICT", "the root cannot be moved into itself");
    const inside = open(this.#tape, found.around);
    const { slots } = inside;
    const kept = slots.slice();
    this.#detach(found);
    try {
      this.#putAt(steps, found.slot.piece, mode, to);
    } catch (error) {
      // As it was, so that a refused edit changes nothing.
      slots.length = 0;
      for (const slot of kept) slots.push(slot);
      inside.names = inside.homes = undefined;
      throw error;
    }
    return this;
  }

  /** Puts a copy of a value into another place, as `insert` would. */
  copy(from: EditTarget, to: string): this {
    this.#put(to, clonePiece(this.#find(from).slot.piece), "insert");
    return this;
  }

  /** The changes as edits of the text that was parsed, in order and not overlapping. */
  edits(): TextEdit[] {
    const lister = new EditLister(this.#tape);
    this.#emit(lister);
    return lister.finish();
  }

  /** The new text. */
  toText(): string {
    return this.#write((writer) => writer.toText());
  }

  /** The new text in UTF-8, as an array of the caller's own. */
  toBytes(): Uint8Array {
    return this.#write((writer) => writer.toBytes());
  }

  #write<T>(take: (writer: ByteWriter) => T): T {
    const { pool, bytes, textBytes } = this.#tape;
    const writer = new ByteWriter(pool, textBytes + 256);
    const copy = (from: number, to: number): void => writer.copy(bytes, from, to);
    try {
      this.#emit({ keep: copy, copy, text: (text) => writer.text(text) });
      return take(writer);
    } finally {
      writer.release();
    }
  }

  #emit(sink: Parameters<typeof emit>[3]): void {
    this.#refuseStale();
    emit(this.#tape, this.#root.piece, styleOf(this.#tape), sink);
  }

  #refuseStale(): void {
    if (this.#tape.generation === this.#generation && this.#tape.count > 0) return;
    throw new JsonError(
      "CLOSED",
      "the document of this editor was closed or parsed over; write the text before that",
    );
  }

  #find(target: EditTarget): Found {
    this.#refuseStale();
    if (typeof target !== "string") return this.#findNode(target);
    let found: Found = { slot: this.#root, around: undefined };
    for (const step of stepsOf(target)) {
      const slot = this.#step(found.slot.piece, step);
      if (slot === undefined) throw missing(target);
      found = { slot, around: found.slot.piece };
    }
    return found;
  }

  #step(piece: Piece, step: string): Slot | undefined {
    return isContainer(this.#tape, piece) ? slotAt(this.#tape, piece, step) : undefined;
  }

  // By the node that was parsed, wherever names and numbers of elements have gone since.
  #findNode(target: NodeReader): Found {
    const { tape, node } = spotOf(target);
    if (tape !== this.#tape) throw new JsonError("BAD_ARGUMENT", "this node is of another document");
    const isKey = kindOf(tape, node) === Kind.KEY;
    const way: number[] = [];
    for (let at = isKey ? node + 1 : node; at > 0; at = parentOf(tape, at)) way.push(at);
    let found: Found | undefined = { slot: this.#root, around: undefined };
    for (let at = way.pop(); at !== undefined && found !== undefined; at = way.pop()) {
      const around: Piece = found.slot.piece;
      const slot = slotOfNode(tape, around, at);
      found = slot && { slot, around };
    }
    // A value that was replaced is gone; its key is not.
    if (found === undefined || !(isKey || found.slot.piece.node === node)) throw missing(target.pointer);
    return found;
  }

  #put(target: EditTarget, piece: Piece, mode: PutMode): void {
    this.#refuseStale();
    if (typeof target === "string") this.#putAt(stepsOf(target), piece, mode, target);
    else this.#find(target).slot.piece = piece;
  }

  #putAt(steps: readonly string[], piece: Piece, mode: PutMode, pointer: string): void {
    const name = steps.at(-1);
    if (name === undefined) {
      if (mode === "insert") throw new JsonError("CONFLICT", "the root is there already; set it");
      this.#root.piece = piece;
      return;
    }
    let around: Piece | undefined = this.#root.piece;
    for (const step of steps.slice(0, -1)) around = around && this.#step(around, step)?.piece;
    if (around === undefined || !isContainer(this.#tape, around)) throw missing(pointer);
    const present = mode === "set" ? this.#step(around, name) : undefined;
    if (present !== undefined) {
      present.piece = piece;
      return;
    }
    const inside = open(this.#tape, around);
    if (inside.isObject) putMember(inside, name, piece, mode);
    else putElement(inside, name, piece, pointer);
  }

  #detach({ slot, around }: Found): void {
    if (around === undefined)
      throw new JsonError("CONFLICT", "the root cannot be removed; set another value");
    const inside = open(this.#tape, around);
    const { isObject, slots, names, homes } = inside;
    const isGone = isObject ? (other: Slot) => other.name === slot.name : (other: Slot) => other === slot;
    let kept = 0;
    for (const other of slots) {
      if (isGone(other)) homes?.delete(other.home);
      else slots[kept++] = other;
    }
    slots.length = kept;
    names?.delete(slot.name);
    inside.reshaped = true;
  }
}

function putMember(inside: Opened, name: string, piece: Piece, mode: PutMode): void {
  const slot = memberOf(inside, name);
  if (slot !== undefined) {
    if (mode === "insert") throw taken(name);
    slot.piece = piece;
    return;
  }
  const added = newSlot(name, piece);
  inside.slots.push(added);
  inside.reshaped = true;
  inside.names?.set(name, added);
}

function putElement(inside: Opened, step: string, piece: Piece, pointer: string): void {
  const { slots } = inside;
  const index = step === "-" ? slots.length : stepIndex(step);
  if (!(index >= 0 && index <= slots.length)) throw missing(pointer);
  slots.splice(index, 0, newSlot("", piece));
  inside.reshaped = true;
}

function describe(target: EditTarget): string {
  return typeof target === "string" ? JSON.stringify(target) : JSON.stringify(target.pointer);
}

function missing(pointer: string): JsonError {
  return new JsonError(
    "NOT_FOUND",
    `expected a place in the document, got ${JSON.stringify(pointer)}, which leads nowhere`,
  );
}

function taken(name: string): JsonError {
  return new JsonError(
    "CONFLICT",
    `the object has a member ${JSON.stringify(name)} already; set or remove it`,
  );
}

/**
 * Starts to edit a document. The document itself stays as it is; it has to stay open until the text is written. Texts with
 * faults are refused, because what is around a fault cannot be told from it.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { edit, parse } from "@millpond/json";
 *
 * const document = parse('{"list": [1, 2.50, 3]}');
 * const editor = edit(document);
 * editor.remove("/list/0").insert("/list/-", [true, 12345678901234567890n]);
 * assert.equal(editor.toText(), '{"list": [2.50, 3, [true, 12345678901234567890]]}');
 * assert.deepEqual(editor.edits(), [
 *   { start: 10, end: 13, text: "" },
 *   { start: 20, end: 20, text: ", [true, 12345678901234567890]" },
 * ]);
 * document.close();
 * ```
 */
export function edit(document: JsonDocument): JsonEditor {
  const tape = tapeOf(document);
  if (document.faultCount > 0) {
    const message = `expected a document without faults to edit, got one with ${document.faultCount}`;
    throw new JsonError("BAD_ARGUMENT", message, document.faults[0], document.faults[0].code);
  }
  return new JsonEditor(tape);
}
