// What a text is split at: checked, as bytes, with the way of looking for them that suits them.
//
//     one byte                    compare each byte         up to four of them by a SIMD kernel, where nothing
//     several of one byte         a table of 256 flags      else is to be looked at
//     short ones                  a table of first bytes, and a walk down a trie where one matches
//     long ones                   an automaton that runs backwards, block by block
//
// The first three read a byte at most nine times, the last at most twice, so splitting is linear in the text whatever
// the delimiters are.
import type { Allocator } from "@millpond/core";
import { unlike } from "../check.ts";
import { TextError } from "../errors.ts";
import { Automaton, AutomatonMatcher } from "./automaton.ts";
import { ByteMatcher, ByteSetMatcher, type Matcher, NoMatcher, type Preference } from "./matcher.ts";
import { MOST_NEEDLES, needlesOf } from "./needles.ts";
import { Trie, TrieMatcher } from "./trie.ts";

/** One delimiter or a list of them, as text or as bytes. */
export type DelimiterInput = string | Uint8Array | readonly (string | Uint8Array)[];

const MOST_BYTES = 2 ** 24;
// Beyond that, a walk from each first byte would no longer be cheap, and a dense trie no longer small.
const MOST_TRIE_LENGTH = 8;
const MOST_TRIE_BYTES = 4096;

const encoder = new TextEncoder();

/** A set of delimiters, ready to be looked for. */
export class Delimiters {
  /** The only delimiter where it is a single byte, or -1. */
  readonly byte: number;
  /** The delimiters where all of them are single bytes. */
  readonly single: readonly Uint8Array[] | undefined;
  /** The delimiters in a word, where they are up to four single bytes, or -1. */
  readonly needles: number;
  readonly #shared: Matcher | undefined;
  readonly #automaton: Automaton | undefined;

  constructor(input: DelimiterInput, preference: Preference) {
    const list = withoutDoubles(delimiterBytes(input));
    const longest = list.reduce((most, { length }) => Math.max(most, length), 0);
    const total = list.reduce((sum, { length }) => sum + length, 0);
    if (total > MOST_BYTES) throw unlike(`delimiters of at most ${MOST_BYTES} bytes altogether`, total);
    this.byte = list.length === 1 && longest === 1 ? list[0][0] : -1;
    this.single = longest <= 1 ? list : undefined;
    this.needles = longest === 1 && list.length <= MOST_NEEDLES ? needlesOf(list) : -1;
    if (longest <= MOST_TRIE_LENGTH && total <= MOST_TRIE_BYTES) {
      this.#shared = sharedMatcher(list, longest, preference);
    } else {
      this.#automaton = new Automaton(list, preference);
    }
  }

  /** Something that finds these delimiters in one text, from its start to its end. To be closed. */
  open(allocator: Allocator): Matcher {
    return this.#shared ?? new AutomatonMatcher(this.#automaton as Automaton, allocator);
  }
}

// Matchers that remember nothing between two calls serve every text.
function sharedMatcher(list: readonly Uint8Array[], longest: number, preference: Preference): Matcher {
  if (list.length === 0) return new NoMatcher();
  if (longest > 1) return new TrieMatcher(new Trie(list, preference));
  return list.length === 1 ? new ByteMatcher(list[0][0]) : new ByteSetMatcher(list);
}

/** Delimiters as bytes, checked one by one. */
export function delimiterBytes(input: DelimiterInput): Uint8Array[] {
  return listOf(input).map((delimiter) => bytesOf(delimiter));
}

function listOf(input: DelimiterInput): readonly (string | Uint8Array)[] {
  if (typeof input === "string" || input instanceof Uint8Array) return [input];
  if (Array.isArray(input)) return input as readonly (string | Uint8Array)[];
  throw unlike("a delimiter as a string or a Uint8Array, or a list of them", input);
}

function bytesOf(delimiter: string | Uint8Array): Uint8Array {
  if (typeof delimiter !== "string" && !(delimiter instanceof Uint8Array)) {
    throw unlike("each delimiter to be a string or a Uint8Array", delimiter);
  }
  if (delimiter.length === 0) {
    throw new TextError(
      "EMPTY_DELIMITER",
      "expected delimiters of at least one byte, got an empty one; leave it out of the list",
    );
  }
  // A copy: the caller may write to his array later.
  return typeof delimiter === "string" ? encoder.encode(delimiter) : Uint8Array.from(delimiter);
}

function withoutDoubles(list: readonly Uint8Array[]): Uint8Array[] {
  return [...new Map(list.map((delimiter) => [delimiter.join(), delimiter])).values()];
}
