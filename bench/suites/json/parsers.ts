// Ways to parse JSON: ours, the engine's own, and the packages that give positions. What each returns is counted, so that
// a run shows that all saw the same text.

import { fileURLToPath } from "node:url";

import type { Tree } from "@lezer/common";
import type { JsonDocument, JsonParser, ParseOptions } from "@millpond/json";
import type * as JsonSourceMapModule from "json-source-map";
import type * as JsonToAstModule from "json-to-ast";
import type * as JsoncModule from "jsonc-parser";
import type * as MomoaModule from "@humanwhocodes/momoa";
import type * as LezerModule from "@lezer/json";
import type * as LosslessModule from "lossless-json";
import type * as StreamModule from "@streamparser/json";
import type * as TreeSitterModule from "web-tree-sitter";

import type { Role } from "../../lib/definition.ts";
import type { Text } from "./texts.ts";

/** One way to parse. */
export interface Way<S = unknown, R = unknown> {
  readonly name: string;
  readonly role: Role;
  /** Whether it gives positions. */
  readonly positions: boolean;
  readonly open: () => S | Promise<S>;
  readonly parse: (state: S, text: Text) => R;
  /** How many values, containers included, the result holds. */
  readonly count: (result: R, state: S) => number;
}

type TreeSitterTree = TreeSitterModule.Tree;

// Forgets what state and result are, so that all ways fit in one list.
function way<S, R>(definition: Way<S, R>): Way {
  return definition as unknown as Way;
}

function countValues(value: unknown): number {
  let total = 0;
  const stack = [value];
  while (stack.length > 0) {
    const next = stack.pop();
    total++;
    if (typeof next !== "object" || next === null || "isLosslessNumber" in next) continue;
    for (const inside of Object.values(next)) stack.push(inside);
  }
  return total;
}

interface TreeNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

function countNodes(
  root: unknown,
  isValue: (node: TreeNode) => boolean,
  inside: (node: TreeNode) => unknown[],
): number {
  let total = 0;
  const stack = [root as TreeNode];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isValue(node)) total++;
    for (const next of inside(node)) stack.push(next as TreeNode);
  }
  return total;
}

// A list of children, or one child; keys are in other fields.
function childrenOf(node: TreeNode): unknown[] {
  const list = (node["members"] ?? node["elements"] ?? node["children"] ?? []) as unknown[];
  const single = [node["body"], node["value"]].filter((value) => typeof value === "object" && value !== null);
  return [...list, ...single];
}

function ours(name: string, role: Role, from: keyof Text, options: ParseOptions): Way {
  return way<JsonParser, JsonDocument>({
    name,
    role,
    positions: true,
    open: async () => (await import("@millpond/json")).parser(options),
    parse: (parser, text) => parser.parse(text[from]),
    count: ({ tape }) =>
      tape.count - tape.kinds.subarray(0, tape.count).filter((kind) => kind === KEY).length,
  });
}

// Kind.KEY of the package, which is loaded by the subjects that need it only.
const KEY = 6;

/** Our parser from bytes, in the memory that it keeps. */
export const millpond: Way = ours("millpond", "ours", "bytes", {});

/** The engine's own parser, which gives values and no positions. */
export const plain: Way = way<undefined, unknown>({
  name: "JSON.parse",
  role: "plain",
  positions: false,
  open: () => undefined,
  parse: (_, text) => JSON.parse(text.string),
  count: countValues,
});

/** The same parser of ours in other circumstances. */
export const variants: readonly Way[] = [
  ours("from a string", "variant", "string", {}),
  ours("TypeScript", "variant", "bytes", { engine: "typescript" }),
];

/** Packages that build a tree with positions. */
export const treePeers: readonly Way[] = [
  way<typeof JsoncModule, unknown>({
    name: "jsonc-parser",
    role: "peer",
    positions: true,
    open: () => import("jsonc-parser"),
    parse: ({ parseTree }, text) => parseTree(text.string),
    count: (tree) =>
      countNodes(
        tree,
        ({ type }) => type !== "property",
        (node) => jsoncChildren(node),
      ),
  }),
  way<typeof MomoaModule, unknown>({
    name: "momoa",
    role: "peer",
    positions: true,
    open: () => import("@humanwhocodes/momoa"),
    parse: ({ parse }, text) => parse(text.string),
    count: (tree) => countNodes(tree, ({ type }) => !/Document|Member|Element/.test(type), childrenOf),
  }),
  way<typeof JsonToAstModule, unknown>({
    name: "json-to-ast",
    role: "peer",
    positions: true,
    open: () => import("json-to-ast"),
    parse: ({ default: parse }, text) => parse(text.string),
    count: (tree) => countNodes(tree, ({ type }) => type !== "Property", childrenOf),
  }),
  way<typeof JsonSourceMapModule, { pointers: object }>({
    name: "json-source-map",
    role: "peer",
    positions: true,
    open: () => import("json-source-map"),
    parse: ({ parse }, text) => parse(text.string),
    count: ({ pointers }) => Object.keys(pointers).length,
  }),
  way<typeof LezerModule, Tree>({
    name: "lezer",
    role: "peer",
    positions: true,
    open: () => import("@lezer/json"),
    parse: ({ parser }, text) => parser.parse(text.string),
    count: (tree) => countLezer(tree),
  }),
  way<TreeSitter, TreeSitterTree>({
    name: "tree-sitter",
    role: "peer",
    positions: true,
    open: openTreeSitter,
    parse: (state, text) => {
      // Its trees lie in memory that no collector frees.
      state.tree?.delete();
      state.tree = state.parser.parse(text.string) ?? undefined;
      if (state.tree === undefined) throw new Error("tree-sitter gave no tree");
      return state.tree;
    },
    count: (tree) => countTreeSitter(tree),
  }),
];

/** Packages that give values, and something that JSON.parse does not. */
export const valuePeers: readonly Way[] = [
  way<typeof LosslessModule, unknown>({
    name: "lossless-json",
    role: "peer",
    positions: false,
    open: () => import("lossless-json"),
    parse: ({ parse }, text) => parse(text.string),
    count: countValues,
  }),
  way<typeof StreamModule, unknown>({
    name: "@streamparser/json",
    role: "peer",
    positions: false,
    open: () => import("@streamparser/json"),
    parse: ({ JSONParser }, text) => streamed(new JSONParser({ paths: ["$"] }), text.bytes),
    count: countValues,
  }),
];

function streamed(parser: InstanceType<typeof StreamModule.JSONParser>, bytes: Uint8Array): unknown {
  let result: unknown;
  parser.onValue = ({ value }) => {
    result = value;
  };
  parser.write(bytes);
  return result;
}

// The first child of a property is its key.
function jsoncChildren({ type, children }: TreeNode): unknown[] {
  const list = (children ?? []) as unknown[];
  return type === "property" ? list.slice(1) : list;
}

const LEZER_VALUES = new Set(["True", "False", "Null", "Number", "String", "Object", "Array"]);

interface TreeSitter {
  readonly parser: TreeSitterModule.Parser;
  tree: TreeSitterTree | undefined;
}

async function openTreeSitter(): Promise<TreeSitter> {
  const { Language, Parser } = await import("web-tree-sitter");
  await Parser.init();
  const grammar = fileURLToPath(import.meta.resolve("tree-sitter-json/tree-sitter-json.wasm"));
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return { parser, tree: undefined };
}

const TREE_SITTER_VALUES = new Set(["true", "false", "null", "number", "string", "object", "array"]);

// Keys are strings in the field "key".
function countTreeSitter(tree: TreeSitterTree): number {
  let total = 0;
  const cursor = tree.walk();
  for (;;) {
    if (TREE_SITTER_VALUES.has(cursor.nodeType) && cursor.currentFieldName !== "key") total++;
    if (cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return total;
  }
}

function countLezer(tree: Tree): number {
  let total = 0;
  tree.iterate({
    enter: ({ name }) => {
      if (LEZER_VALUES.has(name)) total++;
    },
  });
  return total;
}
