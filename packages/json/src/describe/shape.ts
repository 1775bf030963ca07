// What the values in one place of a document have in common: collected in one pass, and merged for all elements of an array.

import { decimalOf } from "../read/decimal.ts";
import { decodeString, sourceText } from "../read/text.ts";
import { kindOf, parentOf } from "../read/walk.ts";
import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";

/** Values in one place. */
export class Shape {
  /** Which types were seen, by name of JSON Schema. */
  readonly types: Set<SchemaType> = new Set();
  /** How many objects there were. */
  objects = 0;
  /** By name: the values of the member and how many objects have it; undefined once there are too many names. */
  members: Map<string, Member> | undefined;
  /** All values of objects with too many names. */
  anyMember: Shape | undefined;
  /** The elements of all arrays. */
  elements: Shape | undefined;
  /** The different strings, as long as they are few; undefined otherwise. */
  strings: Set<string> | undefined = new Set();
}

/** The values of one member. */
export interface Member {
  readonly shape: Shape;
  /** How many objects have it. */
  objects: number;
  /** The object that had it last, so that equal keys count once. */
  seenIn: number;
}

/** The types of JSON Schema. */
export type SchemaType = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

/** How much is looked at. */
export interface ShapeLimits {
  readonly maxDepth: number;
  readonly maxProperties: number;
  readonly maxEnum: number;
}

/** The shape of a node. Not recursive; containers deeper than `maxDepth` are not looked into. */
export function shapeOf(tape: Tape, root: number, limits: ShapeLimits): Shape {
  const top = new Shape();
  const open: Shape[] = [];
  const behind = tape.nexts[root];
  let around = parentOf(tape, root);
  let name = "";
  for (let node = root; node < behind;) {
    for (; around !== parentOf(tape, node); around = parentOf(tape, around)) open.pop();
    const kind = kindOf(tape, node);
    if (kind === Kind.KEY) {
      name = decodeString(tape, tape.starts[node], tape.ends[node]);
      node++;
      continue;
    }
    const container = open.at(-1);
    const shape = container === undefined ? top : inside(container, tape, node, name, limits);
    note(shape, tape, node, kind, limits.maxEnum);
    if (kind !== Kind.ARRAY && kind !== Kind.OBJECT) node++;
    else if (open.length >= limits.maxDepth) node = tape.nexts[node];
    else {
      open.push(shape);
      around = node++;
    }
  }
  return top;
}

// Where a child of a container is collected.
function inside(container: Shape, tape: Tape, node: number, name: string, limits: ShapeLimits): Shape {
  const parent = parentOf(tape, node);
  if (kindOf(tape, parent) === Kind.ARRAY) return (container.elements ??= new Shape());
  if (container.anyMember !== undefined) return container.anyMember;
  const members = (container.members ??= new Map<string, Member>());
  let member = members.get(name);
  if (member === undefined) {
    if (members.size >= limits.maxProperties) return (container.anyMember = mergedMembers(container, limits));
    member = { shape: new Shape(), objects: 0, seenIn: -1 };
    members.set(name, member);
  }
  if (member.seenIn !== parent) member.objects++;
  member.seenIn = parent;
  return member.shape;
}

function note(shape: Shape, tape: Tape, node: number, kind: number, maxEnum: number): void {
  shape.types.add(typeOf(tape, node, kind));
  if (kind === Kind.OBJECT) shape.objects++;
  if (kind !== Kind.STRING || shape.strings === undefined) return;
  if (maxEnum > 0) shape.strings.add(decodeString(tape, tape.starts[node], tape.ends[node]));
  if (shape.strings.size > maxEnum || maxEnum === 0) shape.strings = undefined;
}

function typeOf(tape: Tape, node: number, kind: number): SchemaType {
  if (kind === Kind.NUMBER) {
    const decimal = decimalOf(sourceText(tape, tape.starts[node], tape.ends[node]));
    return decimal !== undefined && decimal.exponent >= 0 ? "integer" : "number";
  }
  if (kind === Kind.STRING) return "string";
  if (kind === Kind.ARRAY) return "array";
  if (kind === Kind.OBJECT) return "object";
  return kind === Kind.TRUE || kind === Kind.FALSE ? "boolean" : "null";
}

// One shape of what all members were so far.
function mergedMembers(container: Shape, limits: ShapeLimits): Shape {
  const merged = new Shape();
  for (const { shape } of container.members?.values() ?? []) merge(merged, shape, limits);
  container.members = undefined;
  return merged;
}

// Adds what `from` knows to `into`. What is inside comes in by pairs, last one first, so a shape is complete when the next
// one is added to it. Only dictionaries in dictionaries recurse, as deep as shapes are.
function merge(into: Shape, from: Shape, limits: ShapeLimits): void {
  const pairs: [Shape, Shape][] = [[into, from]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [to, source] = pair;
    for (const type of source.types) to.types.add(type);
    to.objects += source.objects;
    if (source.strings === undefined) to.strings = undefined;
    else for (const text of source.strings) to.strings?.add(text);
    if (to.strings !== undefined && to.strings.size > limits.maxEnum) to.strings = undefined;
    if (source.elements !== undefined) pairs.push([(to.elements ??= new Shape()), source.elements]);
    if (source.anyMember !== undefined || namesOfBoth(to, source) > limits.maxProperties) {
      to.anyMember ??= mergedMembers(to, limits);
    }
    mergeMembers(to, source, pairs);
  }
}

function namesOfBoth(to: Shape, source: Shape): number {
  let names = to.members?.size ?? 0;
  for (const name of source.members?.keys() ?? []) if (to.members?.has(name) !== true) names++;
  return names;
}

function mergeMembers(to: Shape, source: Shape, pairs: [Shape, Shape][]): void {
  const { anyMember } = to;
  if (anyMember !== undefined && source.anyMember !== undefined) pairs.push([anyMember, source.anyMember]);
  for (const [name, member] of source.members ?? []) {
    if (anyMember !== undefined) {
      pairs.push([anyMember, member.shape]);
      continue;
    }
    to.members ??= new Map();
    const known = to.members.get(name) ?? { shape: new Shape(), objects: 0, seenIn: -1 };
    known.objects += member.objects;
    to.members.set(name, known);
    pairs.push([known.shape, member.shape]);
  }
}
