// Filters: whether a node passes a test, by looking at its bytes and columns.

import { compareNodes, equalNodes } from "../compare/equal.ts";
import { compareNumbers } from "../compare/numbers.ts";
import { toDouble } from "../read/numbers.ts";
import { decodeString, equalsText, sourceText } from "../read/text.ts";
import { childCount, kindOf } from "../read/walk.ts";
import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { selectNodes, selectOne } from "./evaluate.ts";
import type { Call, Comparison, Operand, Primitive, Query, Test } from "./query.ts";
import type { Scope } from "./scope.ts";

/** What a comparison or function gets: a node, a value that is on no tape, or nothing. */
interface Found {
  /** A node, or -1. */
  readonly node: number;
  /** Where there is no node: the value, or undefined for nothing. */
  readonly value: Primitive | undefined;
  /** The source text of a number literal. */
  readonly source: string;
}

const NOTHING: Found = { node: -1, value: undefined, source: "" };

/** Whether a node passes. The recursion is as deep as the query nests, which its parser limits. */
export function passes(scope: Scope, test: Test, node: number): boolean {
  switch (test.type) {
    case "and":
      return test.tests.every((inner) => passes(scope, inner, node));
    case "or":
      return test.tests.some((inner) => passes(scope, inner, node));
    case "not":
      return !passes(scope, test.test, node);
    case "exists":
      if (test.query.singular) return selectOne(scope, test.query, node) >= 0;
      return countNodes(scope, test.query, node, 1) > 0;
    case "call":
      return matches(scope, test.call, node);
    default:
      return compares(scope, test, node);
  }
}

function countNodes(scope: Scope, query: Query, node: number, most: number): number {
  const nodes = selectNodes(scope, query, node, most);
  const { length } = nodes;
  nodes.release();
  return length;
}

function find(scope: Scope, operand: Operand, node: number): Found {
  if (operand.type === "literal") return { node: -1, value: operand.value, source: operand.source };
  if (operand.type === "query") {
    const found = selectOne(scope, operand.query, node);
    return found < 0 ? NOTHING : { node: found, value: undefined, source: "" };
  }
  return call(scope, operand.call, node);
}

// The functions that give values.
function call(scope: Scope, { name, operands }: Call, node: number): Found {
  const [operand] = operands;
  if (name === "length") {
    const length = lengthOf(scope.tape, find(scope, operand, node));
    return length < 0 ? NOTHING : numberOf(length);
  }
  // The parser lets only queries come here.
  if (operand.type !== "query") return NOTHING;
  if (name === "count") return numberOf(countNodes(scope, operand.query, node, Infinity));
  const nodes = selectNodes(scope, operand.query, node, 2);
  const only = nodes.length === 1 ? (nodes.at(0) as number) : -1;
  nodes.release();
  return only < 0 ? NOTHING : { node: only, value: undefined, source: "" };
}

function numberOf(value: number): Found {
  return { node: -1, value, source: String(value) };
}

// Characters, elements or members, or -1 for what has no length.
function lengthOf(tape: Tape, found: Found): number {
  const text = textOf(tape, found);
  if (text !== undefined) return characterCount(text);
  if (found.node < 0) return -1;
  const kind = kindOf(tape, found.node);
  return kind === Kind.ARRAY || kind === Kind.OBJECT ? childCount(tape, found.node) : -1;
}

// Unicode characters, not units of UTF-16.
function characterCount(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; count++) at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
  return count;
}

function matches(scope: Scope, { name, operands, pattern }: Call, node: number): boolean {
  const text = textOf(scope.tape, find(scope, operands[0], node));
  if (text === undefined) return false;
  if (pattern !== undefined) return pattern?.test(text) ?? false;
  const source = textOf(scope.tape, find(scope, operands[1], node));
  if (source === undefined) return false;
  return scope.patterns.expression(source, name === "match")?.test(text) ?? false;
}

// The string that was found, or undefined.
function textOf(tape: Tape, { node, value }: Found): string | undefined {
  if (node < 0) return typeof value === "string" ? value : undefined;
  if (kindOf(tape, node) !== Kind.STRING) return undefined;
  return decodeString(tape, tape.starts[node], tape.ends[node]);
}

function compares(scope: Scope, { operator, left, right }: Comparison, node: number): boolean {
  const { tape } = scope;
  const a = find(scope, left, node);
  const b = find(scope, right, node);
  if (operator === "==") return equal(tape, a, b);
  if (operator === "!=") return !equal(tape, a, b);
  if (operator === "<") return less(tape, a, b);
  if (operator === ">") return less(tape, b, a);
  if (operator === "<=") return less(tape, a, b) || equal(tape, a, b);
  return less(tape, b, a) || equal(tape, a, b);
}

function equal(tape: Tape, a: Found, b: Found): boolean {
  if (a.node >= 0 && b.node >= 0) return a.node === b.node || equalNodes(tape, a.node, tape, b.node);
  if (a.node >= 0) return equalsValue(tape, a.node, b);
  if (b.node >= 0) return equalsValue(tape, b.node, a);
  if (typeof a.value !== "number" || typeof b.value !== "number") return a.value === b.value;
  return compareNumbers(a.value, a.source, b.value, b.source) === 0;
}

function equalsValue(tape: Tape, node: number, found: Found): boolean {
  const { value } = found;
  switch (kindOf(tape, node)) {
    case Kind.NULL:
      return value === null;
    case Kind.FALSE:
      return value === false;
    case Kind.TRUE:
      return value === true;
    case Kind.STRING:
      return typeof value === "string" && equalsText(tape, tape.starts[node], tape.ends[node], value);
    case Kind.NUMBER:
      return typeof value === "number" && compareWith(tape, node, value, found.source) === 0;
    default:
      return false;
  }
}

function compareWith(tape: Tape, node: number, value: number, source: string): number {
  const start = tape.starts[node];
  const end = tape.ends[node];
  return compareNumbers(toDouble(tape, start, end), sourceText(tape, start, end), value, source);
}

function less(tape: Tape, a: Found, b: Found): boolean {
  const order = numberOrder(tape, a, b);
  if (order !== undefined) return order < 0;
  const left = textOf(tape, a);
  const right = textOf(tape, b);
  return left !== undefined && right !== undefined && comesBefore(left, right);
}

// How two numbers compare, or undefined where not both are numbers.
function numberOrder(tape: Tape, a: Found, b: Found): number | undefined {
  if (!isNumber(tape, a) || !isNumber(tape, b)) return undefined;
  if (a.node >= 0 && b.node >= 0) return compareNodes(tape, a.node, tape, b.node);
  if (a.node >= 0) return compareWith(tape, a.node, b.value as number, b.source);
  if (b.node >= 0) return -compareWith(tape, b.node, a.value as number, a.source);
  return compareNumbers(a.value as number, a.source, b.value as number, b.source);
}

function isNumber(tape: Tape, { node, value }: Found): boolean {
  return node < 0 ? typeof value === "number" : kindOf(tape, node) === Kind.NUMBER;
}

// By Unicode characters: a surrogate is a character above all others of 16 bits.
function comesBefore(left: string, right: string): boolean {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a === b) continue;
    const pairs = a >= 0xd800 && a <= 0xdfff;
    if (pairs !== (b >= 0xd800 && b <= 0xdfff)) return !pairs;
    return a < b;
  }
  return left.length < right.length;
}
