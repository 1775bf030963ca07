// What a node of the tape can be: one byte a node, with a flag for what recovery had to repair.

/**
 * The kinds of nodes, as they stand in the tape's column `kinds`. The low four bits are the kind; see
 * {@link DAMAGED} for the flag beside them. Values from `NULL` to `OBJECT` without `KEY` are JSON values.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Kind, parse } from "@millpond/json";
 *
 * const document = parse("[true]");
 * assert.deepEqual([...document.tape.kinds.subarray(0, 2)], [Kind.ARRAY, Kind.TRUE]);
 * document.close();
 * ```
 */
export const Kind = {
  /** The word null. */
  NULL: 1,
  /** The word false. */
  FALSE: 2,
  /** The word true. */
  TRUE: 3,
  /** A number, kept as its source text. */
  NUMBER: 4,
  /** A string value, its quotes included. */
  STRING: 5,
  /** The name of a member, its quotes included where it has any. The node behind it is the member's value. */
  KEY: 6,
  /** An array. */
  ARRAY: 7,
  /** An object. */
  OBJECT: 8,
  /** A place where a value is missing, or text that is none; only from recovery. */
  ERROR: 9,
} as const;

/** Bits of the column `kinds` that hold the kind. */
export const KIND_MASK = 15;

/** Flag in the column `kinds`: recovery repaired something in this node itself, such as a missing quote. */
export const DAMAGED = 16;

/** The parent of the root. */
export const NO_NODE = 0xffffffff;

/** A kind as a word. */
export type KindName = "null" | "boolean" | "number" | "string" | "key" | "array" | "object" | "error";

/** By kind number. */
export const KIND_NAMES: readonly KindName[] = [
  "error",
  "null",
  "boolean",
  "boolean",
  "number",
  "string",
  "key",
  "array",
  "object",
  "error",
];
