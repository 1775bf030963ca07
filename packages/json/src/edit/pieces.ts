// The tree that an editor works on: the document as it will be. Only containers whose members or elements change are taken
// apart, and those in which much is looked up; of others the children are known that something was changed in, and everything
// else is a node number. So a change in a text of millions of nodes costs what is around it.

import { stepIndex } from "../read/path.ts";
import { decodeString } from "../read/text.ts";
import { childAt, findMember, kindOf, parentOf } from "../read/walk.ts";
import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import type { EditValue } from "./edit-value.ts";

/** A value of the new document. */
export class Piece {
  /** The node whose source text this is, perhaps with changes inside; -1 for new values. */
  readonly node: number;
  /** A new value. */
  readonly value: EditValue;
  /** What is inside, once the container was taken apart. */
  opened: Opened | undefined;
  /** Until then, the children that were looked up, which may have changed, in the order of the source. */
  touched: Slot[] | undefined;
  /** How often something was looked up in a container that was not taken apart. */
  lookups = 0;

  constructor(node: number, value: EditValue = null) {
    this.node = node;
    this.value = value;
  }
}

/** The inside of a container: its elements or members in their new order. */
export interface Opened {
  readonly isObject: boolean;
  readonly slots: Slot[];
  /** Whether a member or element was added, taken out or renamed; otherwise only values have changed. */
  reshaped: boolean;
  /** The last member of each name; undefined when it has to be made anew. */
  names: Map<string, Slot> | undefined;
  /** What is left of the source, by node; undefined when it has to be made anew. */
  homes: Map<number, Slot> | undefined;
}

/** One element or member. */
export interface Slot {
  /** The node that stood here in the source; -1 for what was put in. */
  readonly home: number;
  /** The key in front of it, or -1. */
  readonly key: number;
  /** The name of a member, known once its object is taken apart; empty for elements. */
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
  return (piece.opened ??= piece.node < 0 ? openValue(piece.value as object) : openNode(tape, piece));
}

function openValue(value: object): Opened {
  const isObject = !Array.isArray(value);
  const slots = Object.entries(value).map(([name, inner]): Slot =>
    newSlot(isObject ? name : "", new Piece(-1, inner as EditValue)),
  );
  return { isObject, slots, reshaped: false, names: undefined, homes: undefined };
}

function openNode(tape: Tape, piece: Piece): Opened {
  const { starts, ends, nexts } = tape;
  const { node, touched = [] } = piece;
  const isObject = kindOf(tape, node) === Kind.OBJECT;
  const slots: Slot[] = [];
  for (let child = node + 1; child < nexts[node]; child = nexts[child]) {
    if (isObject) child++;
    const slot = touched.find(({ home }) => home === child) ?? sourceSlot(child, isObject);
    if (isObject) slot.name = decodeString(tape, starts[slot.key], ends[slot.key]);
    slots.push(slot);
  }
  piece.touched = undefined;
  return { isObject, slots, reshaped: false, names: undefined, homes: undefined };
}

function sourceSlot(child: number, isMember: boolean): Slot {
  return { home: child, key: isMember ? child - 1 : -1, name: "", renamed: false, piece: new Piece(child) };
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

// Walking over a few children is cheaper than making tables of them, but not again and again.
const MOST_LOOKUPS = 8;

function opensAtLookup(piece: Piece): boolean {
  return piece.opened !== undefined || piece.node < 0 || ++piece.lookups > MOST_LOOKUPS;
}

/** The element or member that a step of a pointer names, inside a container. */
export function slotAt(tape: Tape, piece: Piece, step: string): Slot | undefined {
  if (opensAtLookup(piece)) {
    const inside = open(tape, piece);
    return inside.isObject ? memberOf(inside, step) : inside.slots[stepIndex(step)];
  }
  if (kindOf(tape, piece.node) === Kind.OBJECT) return touch(piece, findMember(tape, piece.node, step), true);
  const index = stepIndex(step);
  return index < 0 ? undefined : touch(piece, childAt(tape, piece.node, index), false);
}

/** The element or member that a node of the source stood for, unless it was taken out. */
export function slotOfNode(tape: Tape, piece: Piece, child: number): Slot | undefined {
  if (parentOf(tape, child) !== piece.node) return undefined;
  if (!opensAtLookup(piece)) return touch(piece, child, kindOf(tape, piece.node) === Kind.OBJECT);
  const inside = open(tape, piece);
  inside.homes ??= new Map(inside.slots.map((slot) => [slot.home, slot]));
  return inside.homes.get(child);
}

function touch(piece: Piece, child: number, isMember: boolean): Slot | undefined {
  if (child < 0) return undefined;
  const touched = (piece.touched ??= []);
  let place = touched.length;
  while (place > 0 && touched[place - 1].home > child) place--;
  if (place > 0 && touched[place - 1].home === child) return touched[place - 1];
  const added = sourceSlot(child, isMember);
  if (place === touched.length) touched.push(added);
  else touched.splice(place, 0, added);
  return added;
}

/** Whether a value, or something inside it, is another than in the source. */
export function isChanged({ home, piece }: Slot): boolean {
  return piece.node !== home || piece.opened !== undefined || piece.touched !== undefined;
}

/** A copy that can be changed without changing the first. Not recursive. */
export function clonePiece(piece: Piece): Piece {
  const first = new Piece(piece.node, piece.value);
  const pairs: [Piece, Piece][] = [[piece, first]];
  const copyOf = (slot: Slot): Slot => {
    const inner = new Piece(slot.piece.node, slot.piece.value);
    pairs.push([slot.piece, inner]);
    return { ...slot, piece: inner };
  };
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [from, to] = pair;
    to.touched = from.touched?.map(copyOf);
    if (from.opened === undefined) continue;
    to.opened = { ...from.opened, slots: from.opened.slots.map(copyOf), names: undefined, homes: undefined };
  }
  return first;
}
