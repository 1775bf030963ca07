// Command lines: a name, then values with and without keys, and flags.
//
//     deploy  app.tar     --env:prod  region: "eu west"  --force
//     name    positional  value       value              flag
import { checkOptions, type NamesOf, oneOf, unlike } from "../check.ts";
import { type Word, WordReader } from "./words.ts";

/** Options of `parseCommand()`; every one has a default. */
export interface CommandOptions {
  /**
   * What is between words.
   *
   * @defaultValue space, tab, CR and LF
   */
  readonly delimiters?: readonly string[];
  /**
   * What is between a key and its value.
   *
   * @defaultValue ":"
   */
  readonly separator?: string;
  /**
   * What a flag starts with, and a key may.
   *
   * @defaultValue "--"
   */
  readonly flagPrefix?: string;
  /**
   * What becomes of a key at the end that has no value: an error, or an empty value.
   *
   * @defaultValue "error"
   */
  readonly dangling?: "error" | "empty";
}

/** A word of a command line, or a key with its value. */
export interface CommandToken {
  /** What it is. The command is the first word, unless that is a flag or has a key. */
  readonly kind: "command" | "positional" | "flag" | "value";
  /** The word itself, the name of the flag without its prefix, or the value. */
  readonly text: string;
  /** The key of a value, without the prefix. */
  readonly key: string | undefined;
  /** Where it starts, in bytes of UTF-8. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

const OPTIONS: NamesOf<CommandOptions> = {
  delimiters: true,
  separator: true,
  flagPrefix: true,
  dangling: true,
};

/** What is between words unless options say otherwise. */
export const WHITE_SPACE: readonly string[] = [" ", "\t", "\r", "\n"];

/**
 * Parses a command line into its name, plain values, keyed values and flags, in their order. Quotes keep words
 * together: `"a b"`, `key:"a b"` and `key: "a b"`. A key takes the next word when nothing follows its separator.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseCommand } from "@millpond/text";
 *
 * const tokens = parseCommand('deploy app.tar --env:prod region: "eu west" --force');
 * assert.deepEqual(
 *   tokens.map(({ kind, key, text }) => [kind, key, text]),
 *   [
 *     ["command", undefined, "deploy"],
 *     ["positional", undefined, "app.tar"],
 *     ["value", "env", "prod"],
 *     ["value", "region", "eu west"],
 *     ["flag", undefined, "force"],
 *   ],
 * );
 * ```
 *
 * Throws `BAD_COMMAND`, with the place, for a value without a key, a key without a value, a flag without a name, and
 * a quote that never closes.
 */
export function parseCommand(text: string, options: CommandOptions = {}): CommandToken[] {
  if (typeof text !== "string") throw unlike("a command line as a string", text);
  checkOptions(options, OPTIONS);
  const { delimiters = WHITE_SPACE, separator = ":", flagPrefix = "--" } = options;
  if (typeof flagPrefix !== "string" || flagPrefix === "") {
    throw unlike("flagPrefix to be one character or more", flagPrefix);
  }
  const reader = new WordReader(text, { delimiters, separator });
  const dangling = oneOf("dangling", options.dangling ?? "error", ["error", "empty"]);
  const words = reader.readAll();
  const tokens: CommandToken[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word.key === undefined) {
      tokens.push(plainToken(reader, word, tokens.length === 0, flagPrefix));
      continue;
    }
    const takesNext = word.text === undefined;
    const next = takesNext ? words.at(i + 1) : undefined;
    if (takesNext && next === undefined && dangling === "error") {
      throw reader.bad("a key without a value", word);
    }
    tokens.push(valueToken(reader, word, next, flagPrefix));
    if (next !== undefined) i++;
  }
  return tokens;
}

function plainToken(reader: WordReader, word: Word, isFirst: boolean, flagPrefix: string): CommandToken {
  const text = word.text as string;
  const { start, end } = word;
  if (word.form === "plain" && text.startsWith(flagPrefix)) {
    const name = text.slice(flagPrefix.length);
    if (name === "") throw reader.bad("a flag without a name", word);
    return { kind: "flag", text: name, key: undefined, start, end };
  }
  return { kind: isFirst ? "command" : "positional", text, key: undefined, start, end };
}

// A key with what follows its separator, or with the next word.
function valueToken(
  reader: WordReader,
  word: Word,
  next: Word | undefined,
  flagPrefix: string,
): CommandToken {
  const written = word.key as string;
  const key = written.startsWith(flagPrefix) ? written.slice(flagPrefix.length) : written;
  if (key === "") throw reader.bad("a value without a key", word);
  if (next === undefined)
    return { kind: "value", text: word.text ?? "", key, start: word.start, end: word.end };
  // The next word may look like a key with a value itself: then it is taken as it is written.
  const text = next.key === undefined ? (next.text as string) : reader.written(next.start, next.end);
  return { kind: "value", text, key, start: word.start, end: next.end };
}
