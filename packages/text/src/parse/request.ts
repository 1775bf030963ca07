// Requests: a subject and values by key, several of them one behind the other.
//
//     build site   out: dist dir   tags: [a, "b c"] ;  publish  to: "host:80"
//     subject      value           list                subject  value
import { checkOptions, type NamesOf, unlike } from "../check.ts";
import { WHITE_SPACE } from "./command.ts";
import { type Word, WordReader } from "./words.ts";

/** Options of `parseRequests()`; every one has a default. */
export interface RequestOptions {
  /**
   * What is between a key and its value.
   *
   * @defaultValue ":"
   */
  readonly separator?: string;
  /**
   * What is between two requests.
   *
   * @defaultValue ";"
   */
  readonly requestDelimiter?: string;
  /**
   * Whether `[a, b]` is a list of two values.
   *
   * @defaultValue true
   */
  readonly lists?: boolean;
  /**
   * Whether a key that occurs again adds its value to the first ones, as a list; otherwise the last counts.
   *
   * @defaultValue false
   */
  readonly severalValues?: boolean;
}

const OPTIONS: NamesOf<RequestOptions> = {
  separator: true,
  requestDelimiter: true,
  lists: true,
  severalValues: true,
};

/** A value of a request: a text, or a list of them. */
export type RequestValue = string | readonly string[];

/** One request. */
export interface ParsedRequest {
  /** What is before the first key. */
  readonly subject: string;
  /** The values by key, in the order in which the keys came first. */
  readonly values: ReadonlyMap<string, RequestValue>;
}

/**
 * Parses requests: of each, the subject, and what is behind each key up to the next. A value that is one quoted section
 * loses its quotes and can hold anything.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseRequests } from "@millpond/text";
 *
 * const [build, publish] = parseRequests('build site out: dist dir tags: [a, "b c"] ; publish to: "host:80"');
 * assert.equal(build.subject, "build site");
 * assert.equal(build.values.get("out"), "dist dir");
 * assert.deepEqual(build.values.get("tags"), ["a", "b c"]);
 * assert.equal(publish.values.get("to"), "host:80");
 * ```
 *
 * Throws `BAD_COMMAND`, with the place, for a value without a key, and for a quote or a list that never closes.
 */
export function parseRequests(text: string, options: RequestOptions = {}): ParsedRequest[] {
  if (typeof text !== "string") throw unlike("requests as a string", text);
  checkOptions(options, OPTIONS);
  const { separator = ":", requestDelimiter: breaks = ";", lists = true, severalValues = false } = options;
  for (const flag of [lists, severalValues]) {
    if (typeof flag !== "boolean") throw unlike("lists and severalValues to be true or false", flag);
  }
  const reader = new WordReader(text, { delimiters: WHITE_SPACE, separator, breaks, lists });
  const requests: ParsedRequest[] = [];
  let group: Word[] = [];
  for (const word of reader.readAll()) {
    if (!word.isBreak) addWord(group, word);
    else if (group.length > 0) {
      requests.push(requestOf(reader, group, severalValues));
      group = [];
    }
  }
  if (group.length > 0) requests.push(requestOf(reader, group, severalValues));
  return requests;
}

// A separator that stands alone belongs to the word before it.
function addWord(group: Word[], word: Word): void {
  const before = group.at(-1);
  if (word.key !== "" || before?.form !== "plain" || before.key !== undefined) {
    group.push(word);
    return;
  }
  group[group.length - 1] = { ...word, key: before.text, start: before.start };
}

function requestOf(reader: WordReader, words: readonly Word[], severalValues: boolean): ParsedRequest {
  const firstKey = words.findIndex(({ key }) => key !== undefined);
  const subjectWords = firstKey < 0 ? words : words.slice(0, firstKey);
  const values = new Map<string, RequestValue>();
  for (let i = subjectWords.length; i < words.length;) {
    const { key } = words[i];
    if (key === "") throw reader.bad("a value without a key", words[i]);
    let end = i + 1;
    while (end < words.length && words[end].key === undefined) end++;
    const value = valueOf(reader, words.slice(i, end));
    const before = values.get(key as string);
    values.set(key as string, before === undefined || !severalValues ? value : [before, value].flat());
    i = end;
  }
  return { subject: plainOf(reader, subjectWords), values };
}

// What is behind a key: the rest of its word, and the words up to the next key.
function valueOf(reader: WordReader, [first, ...more]: readonly Word[]): RequestValue {
  const rest = first.text === undefined ? [] : [{ ...first, start: first.valueStart }];
  const words = [...rest, ...more];
  if (words.length === 1 && words[0].form === "list") return listOf(words[0].text as string);
  return plainOf(reader, words);
}

// One word says what it says; several are taken as they are written, with what is between them.
function plainOf(reader: WordReader, words: readonly Word[]): string {
  if (words.length === 0) return "";
  if (words.length === 1) return words[0].text as string;
  return writtenOf(reader, words);
}

// The items of a list are words too, with commas between them.
function listOf(text: string): readonly string[] {
  const reader = new WordReader(text.slice(1, -1), { delimiters: WHITE_SPACE, separator: ":", breaks: "," });
  const words = reader.readAll();
  if (words.length === 0) return [];
  const items: Word[][] = [[]];
  for (const word of words) {
    if (word.isBreak) items.push([]);
    else items[items.length - 1].push(word);
  }
  return items.map((item) =>
    item.some(({ key }) => key !== undefined) ? writtenOf(reader, item) : plainOf(reader, item),
  );
}

function writtenOf(reader: WordReader, words: readonly Word[]): string {
  return reader.written(words[0].start, words[words.length - 1].end);
}
