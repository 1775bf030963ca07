// The options of split(), and what they come to once they are checked.
import type { Pool } from "@millpond/core";
import { checkOptions, type NamesOf, oneOf, unlike } from "../check.ts";
import { poolOr } from "../default-pool.ts";
import { type DelimiterInput, Delimiters } from "./delimiters.ts";
import { type Home, PoolHome } from "./home.ts";
import type { Preference } from "./matcher.ts";
import { Quotes, QUOTING_OPTIONS, type QuotingOptions } from "./quotes.ts";
import type { TextArena } from "./text-arena.ts";

/** Options of `split()` and `splitter()`; every one has a default. */
export interface SplitOptions {
  /**
   * Keep pieces of no bytes: between two delimiters, before the first and behind the last.
   *
   * @defaultValue false
   */
  readonly preserveEmpty?: boolean;
  /**
   * Keep the delimiters as segments of their own, between the pieces.
   *
   * @defaultValue false
   */
  readonly preserveDelimiters?: boolean;
  /**
   * Take white space, as Unicode has it, off both ends of each piece.
   *
   * @defaultValue false
   */
  readonly stripping?: boolean;
  /**
   * Quoted sections at the start of a piece hide the delimiters in them. `true` is `{}`.
   *
   * @defaultValue false
   */
  readonly quoting?: boolean | QuotingOptions;
  /**
   * Keep the quotes around quoted pieces, and what is escaped in them as it is written.
   *
   * @defaultValue false
   */
  readonly preserveQuoting?: boolean;
  /**
   * Which delimiter it is where several start at one place: the shortest, the longest, or the one that is listed
   * first. Of two at different places it is always the first in the text.
   *
   * @defaultValue "shortest"
   */
  readonly prefer?: "shortest" | "longest" | "listed";
  /**
   * Where the memory comes from.
   *
   * @defaultValue a pool of this package
   */
  readonly pool?: Pool;
}

/** Options of `split()` alone. */
export interface SplitOnceOptions extends SplitOptions {
  /**
   * The arena of a scope that the result is to lie in; see `withArena`.
   *
   * @defaultValue memory of its own
   */
  readonly arena?: TextArena;
}

/** The names of the options of `splitter()`. */
export const SPLIT_OPTIONS: NamesOf<SplitOptions> = {
  preserveEmpty: true,
  preserveDelimiters: true,
  stripping: true,
  quoting: true,
  preserveQuoting: true,
  prefer: true,
  pool: true,
};

/** The names of the options of `split()`. */
export const SPLIT_ONCE_OPTIONS: NamesOf<SplitOnceOptions> = { ...SPLIT_OPTIONS, arena: true };

/** Options that are checked, with everything that can be prepared. */
export interface Plan {
  readonly delimiters: Delimiters;
  readonly quotes: Quotes | undefined;
  readonly keepEmpty: boolean;
  readonly keepDelimiters: boolean;
  readonly keepQuotes: boolean;
  readonly stripping: boolean;
  /** Whether segments differ in more than their spans, so that each needs a word that says what it is. */
  readonly typed: boolean;
  readonly pool: Pool;
  /** Where results live that belong to no scope. */
  readonly home: Home;
}

const PREFERENCES: readonly Preference[] = ["shortest", "longest", "listed"];

/** Checks delimiters and options, whose names are known, and prepares what can be prepared. */
export function planOf(input: DelimiterInput, options: SplitOptions): Plan {
  const { preserveEmpty, preserveDelimiters, stripping, quoting = false, preserveQuoting, pool } = options;
  const keepDelimiters = flag("preserveDelimiters", preserveDelimiters);
  const quotes = quotesOf(quoting);
  const memory = poolOr(pool);
  return {
    delimiters: new Delimiters(input, oneOf("prefer", options.prefer ?? "shortest", PREFERENCES)),
    quotes,
    keepEmpty: flag("preserveEmpty", preserveEmpty),
    keepDelimiters,
    keepQuotes: flag("preserveQuoting", preserveQuoting),
    stripping: flag("stripping", stripping),
    typed: keepDelimiters || quotes !== undefined,
    pool: memory,
    home: new PoolHome(memory),
  };
}

function flag(name: string, value: boolean | undefined): boolean {
  if (value === undefined || typeof value === "boolean") return value ?? false;
  throw unlike(`${name} to be true or false`, value);
}

function quotesOf(quoting: boolean | QuotingOptions): Quotes | undefined {
  if (quoting === false) return undefined;
  if (quoting === true) return new Quotes({});
  if (typeof quoting !== "object" || quoting === null) {
    throw unlike("quoting to be true, false or an object of options", quoting);
  }
  checkOptions(quoting, QUOTING_OPTIONS);
  return new Quotes(quoting);
}
