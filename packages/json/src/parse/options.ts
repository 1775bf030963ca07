// Options of parsing, their defaults, and the refusal of values that cannot be meant.

import { Pool } from "@millpond/core";

import { countOf, flagOf, oneOf, optionsOf, poolOf } from "../check.ts";
import { type Dialect, type DialectRules, DIALECTS } from "./dialects.ts";
import type { ChildStrategy } from "../tape/child-lists.ts";
import { MAX_NODES, MAX_TEXT_BYTES } from "../tape/tape-layout.ts";

/** Options of `parse()` and `parser()`. */
export interface ParseOptions {
  /** Where the memory comes from. Default: one pool for all documents. */
  readonly pool?: Pool;
  /** Default `"json"`, which is RFC 8259. */
  readonly dialect?: Dialect;
  /**
   * True to go on after faults: the document then has a whole tree and a list of what is wrong, and `parse` throws at
   * limits only. Default false: the first fault is thrown.
   */
  readonly recover?: boolean;
  /** How many faults recovery lists; further ones are only counted. Default 1,000. */
  readonly maxFaults?: number;
  /**
   * What happens to text that is no Unicode. `"strict"` (the default): bytes that are not UTF-8, and surrogates that
   * stand alone in a string that is parsed, are faults. `"sanitize"`: they are read as U+FFFD, as are escaped surrogates
   * that stand alone. `"permissive"`: surrogates that stand alone are kept, other bytes are read as U+FFFD.
   */
  readonly unicode?: UnicodeMode;
  /** Where lists of children come from. Default `"tape"`: there are none. */
  readonly children?: ChildStrategy;
  /**
   * What bytes are written in. `"auto"` (the default) takes UTF-16 from a byte order mark, and UTF-8 otherwise. UTF-16 is
   * converted: offsets are always those of the UTF-8 text.
   */
  readonly encoding?: Encoding;
  /**
   * True to decode short strings that come again and again only once: keys above all. Costs a table of 4,096 strings.
   * Default false.
   */
  readonly internStrings?: boolean;
  /**
   * `"auto"` (the default) parses with the SIMD kernel where the memory is wasm memory; `"typescript"` never does. The
   * results are the same.
   */
  readonly engine?: "auto" | "typescript";
  /** The most containers inside each other. Default: as many as memory holds; nothing here is recursive. */
  readonly maxDepth?: number;
  /** The most nodes, keys included. Default 252,000,000, which is what a block of 4 GiB holds. */
  readonly maxNodes?: number;
  /** The most bytes of text. Default: about 4 GiB. */
  readonly maxBytes?: number;
}

/** What bytes are written in. */
export type Encoding = "auto" | "utf-8" | "utf-16le" | "utf-16be";

/** What happens to text that is no Unicode. */
export type UnicodeMode = "strict" | "sanitize" | "permissive";

/** The options with every default filled in. */
export interface ParseSettings {
  readonly pool: Pool;
  readonly rules: DialectRules;
  readonly recover: boolean;
  readonly maxFaults: number;
  readonly unicode: UnicodeMode;
  readonly children: ChildStrategy;
  readonly encoding: Encoding;
  readonly internStrings: boolean;
  readonly engine: "auto" | "typescript";
  readonly maxDepth: number;
  readonly maxNodes: number;
  readonly maxBytes: number;
}

// Texts of any size up to the limit of a tape shall be possible without a pool of one's own.
const DEFAULT_LIMIT_BYTES = 2 ** 33;

let shared: Pool | undefined;

/** The pool of everything that was given none. */
export function defaultPool(): Pool {
  return (shared ??= new Pool({ name: "json", limitBytes: DEFAULT_LIMIT_BYTES }));
}

/** Fills in the defaults and refuses what cannot be meant, naming the option. */
export function settle(options: ParseOptions): ParseSettings {
  return {
    pool: poolOf(optionsOf(options).pool) ?? defaultPool(),
    rules: DIALECTS[oneOf("dialect", options.dialect ?? "json", ["json", "jsonc", "json5"])],
    recover: flagOf("recover", options.recover, false),
    // None at all would mean to throw the first one.
    maxFaults: Math.max(1, countOf("maxFaults", options.maxFaults, 1000, MAX_NODES)),
    unicode: oneOf("unicode", options.unicode ?? "strict", ["strict", "sanitize", "permissive"]),
    children: oneOf("children", options.children ?? "tape", ["tape", "direct", "tracked", "tagged", "arena"]),
    encoding: oneOf("encoding", options.encoding ?? "auto", ["auto", "utf-8", "utf-16le", "utf-16be"]),
    internStrings: flagOf("internStrings", options.internStrings, false),
    engine: oneOf("engine", options.engine ?? "auto", ["auto", "typescript"]),
    maxDepth: countOf("maxDepth", options.maxDepth, MAX_NODES, MAX_NODES),
    maxNodes: countOf("maxNodes", options.maxNodes, MAX_NODES, MAX_NODES),
    maxBytes: countOf("maxBytes", options.maxBytes, MAX_TEXT_BYTES, MAX_TEXT_BYTES),
  };
}
