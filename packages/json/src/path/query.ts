// What a JSONPath means once it has been read: plain data, made by the parser and walked by the evaluator.

/** From the root (`$`) or from the node that a filter looks at (`@`), through segments. */
export interface Query {
  readonly absolute: boolean;
  readonly segments: readonly Segment[];
  /** Whether it leads to one node at most: only names and indices, one a segment. */
  readonly singular: boolean;
}

/** One step: selectors applied to a node, or to it and all that is inside it. */
export interface Segment {
  readonly descends: boolean;
  readonly selectors: readonly Selector[];
}

/** What picks children of a node. */
export type Selector =
  | { readonly type: "name"; readonly name: string }
  | { readonly type: "wildcard" }
  | { readonly type: "index"; readonly index: number }
  | Slice
  | { readonly type: "filter"; readonly test: Test };

/** `[start:end:step]`, where start and end may be left out. */
export interface Slice {
  readonly type: "slice";
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly step: number;
}

/** What a filter asks. */
export type Test =
  | { readonly type: "and" | "or"; readonly tests: readonly Test[] }
  | { readonly type: "not"; readonly test: Test }
  | { readonly type: "exists"; readonly query: Query }
  | { readonly type: "call"; readonly call: Call }
  | Comparison;

/** `left operator right`. */
export interface Comparison {
  readonly type: "compare";
  readonly operator: Operator;
  readonly left: Operand;
  readonly right: Operand;
}

/** How two values are compared. */
export type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=";

/** One side of a comparison, or an argument that is a value. */
export type Operand =
  | { readonly type: "literal"; readonly value: Primitive; readonly source: string }
  | { readonly type: "query"; readonly query: Query }
  | { readonly type: "call"; readonly call: Call };

/** A value that is no array and no object. */
export type Primitive = string | number | boolean | null;

/** One of the five functions of RFC 9535, with its arguments. */
export interface Call {
  readonly name: FunctionName;
  readonly operands: readonly Operand[];
  /** For `match` and `search` with a literal pattern: the expression, or null where the pattern is none. */
  readonly pattern: RegExp | null | undefined;
}

/** The functions there are. */
export type FunctionName = "length" | "count" | "value" | "match" | "search";
