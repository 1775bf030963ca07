// The tree that an editor works on: the document as it will be. Only containers that something changed in are taken apart;
// everything else is a node number, so a change in a text of millions of nodes costs what is around it.

import { decodeString } from "../read/text.ts";
import { kindOf } from "../read/walk.ts";
import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import type { EditValue } from "./edit-value.ts";

/** A value of the new document. */
export class Piece {
  /** The node whose source text this is, perhaps with changes inside; -1 for new values. */
  readonly node: number;
  /** A new value. */
  readonly value: EditValue;
  /** What is inside, once something was changed there. */
  opened: Opened | undefined;

  constructor(node: number, value: EditValue = null) {
    this.node = node;
    this.value = value;
  }
}

/** The inside of a container: its elements or members in their new order. */
export interface Opened {
  readonly isObject: boolean;
  readonly slots: Slot[];
  /** The last member of each name; undefined when it has to be made anew. */
  names: Map<string, Slot> | undefined;
}

/** One element or member. */
export interface Slot {
  /** The node that stood here in the source; -1 for what was put in. */
  readonly home: number;
  /** The key in front of it, or -1. */
  readonly key: number;
  /** The name of a member; empty for elements. */
  name: string;
  /** Whether the name is another than in the source. */
  renamed: boolean;
  piece: Piece;
}

/** Whether a piece is an array or an object. */
export function isContainer(tape: Tape, piece: Piece): boolean {
  if (piece.node < 0) return typeof piece.value === "object" && piece.value !== null;
  const kind = kindOf(tape, piece.node);
  return kind === Kind.ARRAY || kind === Kind.OBJECT;
}

/** What is inside a container, taken apart if it was not. */
export function open(tape: Tape, piece: Piece): Opened {
  return (piece.opened ??= piece.node < 0 ? openValue(piece.value as object) : openNode(tape, piece.node));
}

function openValue(value: object): Opened {
  const isObject = !Array.isArray(value);
  const slots = Object.entries(value).map(([name, inner]): Slot =>
    newSlot(isObject ? name : "", new Piece(-1, inner as EditValue)),
  );
  return { isObject, slots, names: undefined };
}

function openNode(tape: Tape, node: number): Opened {
  const { starts, ends, nexts } = tape;
  const isObject = kindOf(tape, node) === Kind.OBJECT;
  const slots: Slot[] = [];
  for (let child = node + 1; child < nexts[node]; child = nexts[child]) {
    const key = isObject ? child++ : -1;
    const name = isObject ? decodeString(tape, starts[key], ends[key]) : "";
    slots.push({ home: child, key, name, renamed: false, piece: new Piece(child) });
  }
  return { isObject, slots, names: undefined };
}

/** A slot for something that was not in the source. */
export function newSlot(name: string, piece: Piece): Slot {
  return { home: -1, key: -1, name, renamed: false, piece };
}

/** The last member with this name. */
export function memberOf(opened: Opened, name: string): Slot | undefined {
  opened.names ??= new Map(opened.slots.map((slot) => [slot.name, slot]));
  return opened.names.get(name);
}

/** A copy that can be changed without changing the first. Not recursive. */
export function clonePiece(piece: Piece): Piece {
  const first = new Piece(piece.node, piece.value);
  const pairs: [Piece, Piece][] = [[piece, first]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [from, to] = pair;
    if (from.opened === undefined) continue;
    const slots = from.opened.slots.map((slot): Slot => {
      const inner = new Piece(slot.piece.node, slot.piece.value);
      pairs.push([slot.piece, inner]);
      return { ...slot, piece: inner };
    });
    to.opened = { isObject: from.opened.isObject, slots, names: undefined };
  }
  return first;
}
