// What the evaluation of a query carries along.

import type { Pool, Vec } from "@millpond/core";

import type { Tape } from "../tape/tape.ts";
import type { Test } from "./query.ts";
import { compilePattern } from "./regexp.ts";

/** Node numbers, in pooled memory. */
export type NodeList = Vec<Uint32Array>;

/** What a query is evaluated in. */
export interface Scope {
  readonly tape: Tape;
  readonly pool: Pool;
  /** What `$` means. */
  readonly root: number;
  /** The most nodes that a segment may select. */
  readonly maxNodes: number;
  readonly patterns: PatternCache;
  /** Whether a node passes a filter. Queries have filters and filters have queries, so one of them comes in here. */
  readonly passes: (scope: Scope, test: Test, node: number) => boolean;
}

/** What filters remember from one node to the next: the pattern that was read from the document last. */
export class PatternCache {
  #pattern = "";
  #whole = false;
  #compiled: RegExp | null = null;

  /** The expression of a pattern; the last one is kept, because it is often the next one. */
  expression(pattern: string, whole: boolean): RegExp | null {
    if (this.#compiled === null || pattern !== this.#pattern || whole !== this.#whole) {
      this.#compiled = compilePattern(pattern, whole);
      this.#pattern = pattern;
      this.#whole = whole;
    }
    return this.#compiled;
  }
}
