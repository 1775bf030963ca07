// jsonPath(): a query that is read once and asked of any number of documents.

import { countOf, optionsOf, unlike } from "../check.ts";
import { JsonCursor } from "../read/cursor.ts";
import { JsonNode } from "../read/node.ts";
import { type JsonTarget, spotOf } from "../read/target.ts";
import { selectNodes, selectOne } from "./evaluate.ts";
import { passes } from "./filter.ts";
import { parseQuery } from "./parse-query.ts";
import type { Query } from "./query.ts";
import { type NodeList, PatternCache, type Scope } from "./scope.ts";

/** Options of `jsonPath()`. */
export interface JsonPathOptions {
  /**
   * The most nodes that one segment may select; more are refused with `LIMIT_EXCEEDED`. Default 10,000,000. Segments that
   * go down several times, such as `$..*..*`, select nodes again and again.
   */
  readonly maxNodes?: number;
}

/**
 * A JSONPath (RFC 9535), ready to be asked. It is read once; asking makes no values, and needs memory of the document's
 * pool for the numbers of the nodes only.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { jsonPath, parse } from "@millpond/json";
 *
 * const cheap = jsonPath("$.books[?@.price < 10].title");
 * const document = parse('{"books": [{"title": "A", "price": 8}, {"title": "B", "price": 12}]}');
 * assert.deepEqual(cheap.select(document).map((node) => node.toText()), ["A"]);
 * assert.equal(cheap.first(document)?.pointer, "/books/0/title");
 * assert.equal(jsonPath("$..price").count(document), 2);
 * document.close();
 * ```
 */
export class JsonPath {
  /** The query as it was written. */
  readonly source: string;
  readonly #query: Query;
  readonly #maxNodes: number;
  readonly #patterns = new PatternCache();

  /** @internal */
  constructor(source: string, query: Query, maxNodes: number) {
    this.source = source;
    this.#query = query;
    this.#maxNodes = maxNodes;
  }

  /** True for queries that lead to one node at most: names and indices only. */
  get singular(): boolean {
    return this.#query.singular;
  }

  /**
   * The nodes that the query leads to, in the order of RFC 9535; one that is reached in two ways is there twice. Asked of
   * a node, `$` is that node. Of equal keys, a name selects the last; stars and filters see all.
   */
  select(target: JsonTarget): JsonNode[] {
    const found: JsonNode[] = [];
    this.each(target, (cursor) => void found.push(new JsonNode(spotOf(target).tape, cursor.index)));
    return found;
  }

  /** The first node that the query leads to. What comes behind it is not looked for. */
  first(target: JsonTarget): JsonNode | undefined {
    const scope = this.#scope(target);
    const { tape, root } = scope;
    if (this.#query.singular) {
      const node = selectOne(scope, this.#query, root);
      return node < 0 ? undefined : new JsonNode(tape, node);
    }
    const nodes = selectNodes(scope, this.#query, root, 1);
    const node = nodes.at(0);
    nodes.release();
    return node === undefined ? undefined : new JsonNode(tape, node);
  }

  /** How many nodes the query leads to. */
  count(target: JsonTarget): number {
    const nodes = this.#nodes(target);
    const { length } = nodes;
    nodes.release();
    return length;
  }

  /** Calls `visit` for each node, with the same cursor each time, until it returns false. */
  each(target: JsonTarget, visit: (cursor: JsonCursor) => boolean | void): void {
    if (typeof visit !== "function") throw unlike("a function to call with each node", visit);
    const nodes = this.#nodes(target);
    try {
      const cursor = new JsonCursor(spotOf(target).tape, 0);
      for (let place = 0; place < nodes.length; place++) {
        if (visit(cursor.to(nodes.at(place) as number)) === false) break;
      }
    } finally {
      nodes.release();
    }
  }

  #nodes(target: JsonTarget): NodeList {
    const scope = this.#scope(target);
    return selectNodes(scope, this.#query, scope.root, Infinity);
  }

  #scope(target: JsonTarget): Scope {
    const { tape, node } = spotOf(target);
    const { pool } = tape;
    return { tape, pool, root: node, maxNodes: this.#maxNodes, patterns: this.#patterns, passes };
  }
}

const DEFAULT_MAX_NODES = 10_000_000;

/**
 * Reads a JSONPath of RFC 9535: names, stars, indices, slices, filters, `..`, and the functions `length`, `count`, `value`,
 * `match` and `search`. Throws `BAD_SYNTAX`, with the place, for what the standard does not allow.
 *
 * Numbers are compared as they are written, so `9007199254740993` and `9007199254740992` differ. A pattern that takes
 * JavaScript's expressions exponential time takes it here, too: do not run patterns of strangers.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { jsonPath, parse } from "@millpond/json";
 *
 * const document = parse('[{"id": "a1"}, {"id": "b2"}, {"id": "a3"}]');
 * const found = jsonPath("$[?match(@.id, 'a.')].id").select(document);
 * assert.deepEqual(found.map((node) => node.toText()), ["a1", "a3"]);
 * assert.throws(() => jsonPath("$[01]"), { code: "BAD_SYNTAX" });
 * document.close();
 * ```
 */
export function jsonPath(source: string, options: JsonPathOptions = {}): JsonPath {
  const maxNodes = countOf("maxNodes", optionsOf(options).maxNodes, DEFAULT_MAX_NODES, Infinity);
  return new JsonPath(source, parseQuery(source), maxNodes);
}
