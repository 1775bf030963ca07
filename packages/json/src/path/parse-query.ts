// From the text of a JSONPath (RFC 9535) to a query. What the grammar or the types of functions do not allow is refused
// here, so that evaluation cannot fail but for limits.

import { stringOf } from "../check.ts";
import type {
  Call,
  Comparison,
  FunctionName,
  Operand,
  Operator,
  Query,
  Segment,
  Selector,
  Test,
} from "./query.ts";
import { compilePattern } from "./regexp.ts";
import { Scanner } from "./scanner.ts";

/** The query that a text says. Throws `BAD_SYNTAX` with the place in the text. */
export function parseQuery(text: string): Query {
  const scanner = new Scanner(stringOf("a JSONPath", text));
  if (!scanner.sees("$")) throw scanner.fault('a query that starts with "$"');
  const query = readQuery(scanner);
  if (scanner.at < text.length) throw scanner.fault("the end of the query");
  return query;
}

// At `$` or `@`.
function readQuery(scanner: Scanner): Query {
  const absolute = scanner.takes("$");
  if (!absolute) scanner.expect("@");
  const segments: Segment[] = [];
  for (;;) {
    const before = scanner.at;
    scanner.space();
    const segment = readSegment(scanner);
    if (segment === undefined) {
      scanner.at = before;
      break;
    }
    segments.push(segment);
  }
  return { absolute, segments, singular: segments.every(isSingular) };
}

function isSingular({ descends, selectors }: Segment): boolean {
  const [first] = selectors;
  return !descends && selectors.length === 1 && (first.type === "name" || first.type === "index");
}

function readSegment(scanner: Scanner): Segment | undefined {
  if (scanner.sees("[")) return { descends: false, selectors: readBracket(scanner) };
  if (scanner.takes("..")) {
    const selectors = scanner.sees("[") ? readBracket(scanner) : [readShorthand(scanner)];
    return { descends: true, selectors };
  }
  return scanner.takes(".") ? { descends: false, selectors: [readShorthand(scanner)] } : undefined;
}

// Behind a dot: a star or a name.
function readShorthand(scanner: Scanner): Selector {
  if (scanner.takes("*")) return { type: "wildcard" };
  const name = scanner.name();
  if (name === undefined) throw scanner.fault("a name, a star or a bracket behind the dot");
  return { type: "name", name };
}

function readBracket(scanner: Scanner): Selector[] {
  const selectors: Selector[] = [];
  scanner.expect("[");
  do {
    scanner.space();
    selectors.push(readSelector(scanner));
    scanner.space();
  } while (scanner.takes(","));
  scanner.expect("]");
  return selectors;
}

function readSelector(scanner: Scanner): Selector {
  if (scanner.takes("*")) return { type: "wildcard" };
  if (scanner.takes("?")) {
    scanner.space();
    return { type: "filter", test: readOr(scanner) };
  }
  const name = scanner.string();
  return name === undefined ? readIndexOrSlice(scanner) : { type: "name", name };
}

function readIndexOrSlice(scanner: Scanner): Selector {
  const start = scanner.integer();
  const before = scanner.at;
  scanner.space();
  if (!scanner.takes(":")) {
    scanner.at = before;
    if (start === undefined) throw scanner.fault("a name in quotes, an index, a slice, a star or a filter");
    return { type: "index", index: start };
  }
  scanner.space();
  const end = scanner.integer();
  scanner.space();
  if (!scanner.takes(":")) return { type: "slice", start, end, step: 1 };
  scanner.space();
  return { type: "slice", start, end, step: scanner.integer() ?? 1 };
}

function readOr(scanner: Scanner): Test {
  scanner.enter();
  const test = readList(scanner, "||", "or", (inner) => readList(inner, "&&", "and", readBasic));
  scanner.leave();
  return test;
}

function readList(
  scanner: Scanner,
  sign: string,
  type: "and" | "or",
  read: (scanner: Scanner) => Test,
): Test {
  const tests = [read(scanner)];
  for (;;) {
    const before = scanner.at;
    scanner.space();
    if (!scanner.takes(sign)) {
      scanner.at = before;
      return tests.length === 1 ? tests[0] : { type, tests };
    }
    scanner.space();
    tests.push(read(scanner));
  }
}

// A parenthesis, a test or a comparison; the first two may be negated.
function readBasic(scanner: Scanner): Test {
  const negated = scanner.takes("!");
  if (negated) scanner.space();
  const test = scanner.takes("(") ? readParenthesis(scanner) : readTest(scanner, negated);
  return negated ? { type: "not", test } : test;
}

function readParenthesis(scanner: Scanner): Test {
  scanner.space();
  const test = readOr(scanner);
  scanner.space();
  scanner.expect(")");
  return test;
}

function readTest(scanner: Scanner, negated: boolean): Test {
  const start = scanner.at;
  const left = readOperand(scanner);
  const before = scanner.at;
  scanner.space();
  const operator = negated ? undefined : readOperator(scanner);
  if (operator !== undefined) {
    scanner.space();
    const place = scanner.at;
    const right = readOperand(scanner);
    refuseIncomparable(scanner, left, start);
    refuseIncomparable(scanner, right, place);
    return { type: "compare", operator, left, right } satisfies Comparison;
  }
  scanner.at = before;
  if (left.type === "query") return { type: "exists", query: left.query };
  if (left.type === "call" && isLogical(left.call.name)) return { type: "call", call: left.call };
  throw scanner.fault("a comparison: a value by itself is no test");
}

const OPERATORS: readonly Operator[] = ["==", "!=", "<=", ">=", "<", ">"];

function readOperator(scanner: Scanner): Operator | undefined {
  return OPERATORS.find((operator) => scanner.takes(operator));
}

function refuseIncomparable(scanner: Scanner, operand: Operand, place: number): void {
  if (operand.type === "query" ? operand.query.singular : !isLogicalCall(operand)) return;
  scanner.at = place;
  throw scanner.fault("something that is one value at most: a query of names and indices, or a value");
}

function isLogicalCall(operand: Operand): boolean {
  return operand.type === "call" && isLogical(operand.call.name);
}

function isLogical(name: FunctionName): boolean {
  return name === "match" || name === "search";
}

function readOperand(scanner: Scanner): Operand {
  if (scanner.sees("$") || scanner.sees("@")) return { type: "query", query: readQuery(scanner) };
  const start = scanner.at;
  const text = scanner.string();
  if (text !== undefined) return { type: "literal", value: text, source: "" };
  const name = scanner.functionName();
  if (name !== undefined) return { type: "call", call: readCall(scanner, name, start) };
  const word = scanner.word();
  if (word !== undefined) {
    return { type: "literal", value: word === "null" ? null : word === "true", source: word };
  }
  const source = scanner.number();
  if (source === undefined) throw scanner.fault("a query, a literal or a function");
  return { type: "literal", value: Number(source), source };
}

// What each function takes: values, or the nodes of a query.
const PARAMETERS: Readonly<Record<FunctionName, readonly ("value" | "nodes")[]>> = {
  length: ["value"],
  count: ["nodes"],
  value: ["nodes"],
  match: ["value", "value"],
  search: ["value", "value"],
};

function readCall(scanner: Scanner, name: string, start: number): Call {
  if (!Object.hasOwn(PARAMETERS, name)) {
    scanner.at = start;
    throw scanner.fault("one of the functions length, count, value, match and search");
  }
  const known = name as FunctionName;
  const operands: Operand[] = [];
  scanner.enter();
  scanner.expect("(");
  for (const parameter of PARAMETERS[known]) {
    if (operands.length > 0) scanner.expect(",");
    scanner.space();
    const place = scanner.at;
    const operand = readOperand(scanner);
    if (parameter === "value") refuseIncomparable(scanner, operand, place);
    else if (operand.type !== "query") {
      scanner.at = place;
      throw scanner.fault("a query as the argument");
    }
    operands.push(operand);
    scanner.space();
  }
  scanner.expect(")");
  scanner.leave();
  return { name: known, operands, pattern: patternOf(known, operands) };
}

function patternOf(name: FunctionName, operands: readonly Operand[]): RegExp | null | undefined {
  const pattern = isLogical(name) ? operands[1] : undefined;
  if (pattern?.type !== "literal") return undefined;
  return typeof pattern.value === "string" ? compilePattern(pattern.value, name === "match") : null;
}
