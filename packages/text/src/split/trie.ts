// Short delimiters: one look into a table for each byte of the text, and a walk down a trie where a delimiter may start.
// A walk is never longer than the longest delimiter, which is at most eight bytes here.
//
// The trie is a matrix, a row for each node and a column for each byte that occurs in a delimiter; all other bytes
// share column 0, which leads nowhere. Node 0 is the root, so 0 stands for "no such child".
import { findFlagged, flagsOf, type Matcher, type Preference } from "./matcher.ts";

/** Delimiters as a trie. */
export class Trie {
  /** The column of each byte. */
  readonly columns: Uint16Array;
  readonly columnCount: number;
  readonly children: Uint16Array;
  /** By node: how good a delimiter ends there, 0 the best; -1 where none does. */
  readonly ranks: Int32Array;
  /** By first byte: 1 where a delimiter starts with it. */
  readonly firsts: Uint8Array;

  constructor(list: readonly Uint8Array[], preference: Preference) {
    const used = [...new Set(list.flatMap((delimiter) => [...delimiter]))];
    // With all 256 bytes in use, the last column is 256.
    this.columns = new Uint16Array(256);
    used.forEach((byte, index) => (this.columns[byte] = index + 1));
    this.columnCount = used.length + 1;
    const most = list.reduce((sum, { length }) => sum + length, 1);
    this.children = new Uint16Array(most * this.columnCount);
    this.ranks = new Int32Array(most).fill(-1);
    this.firsts = flagsOf(list);
    let nodes = 1;
    list.forEach((delimiter, index) => {
      let node = 0;
      for (const byte of delimiter) {
        const place = node * this.columnCount + this.columns[byte];
        if (this.children[place] === 0) this.children[place] = nodes++;
        node = this.children[place];
      }
      this.ranks[node] = rankOf(delimiter, index, preference);
    });
  }
}

/** The lower, the better: what decides between delimiters that start at one place. */
export function rankOf(delimiter: Uint8Array, index: number, preference: Preference): number {
  if (preference === "listed") return index;
  return preference === "shortest" ? delimiter.length : 2 ** 24 - delimiter.length;
}

/** Finds the delimiters of a trie. */
export class TrieMatcher implements Matcher {
  start = 0;
  end = 0;
  readonly #trie: Trie;

  constructor(trie: Trie) {
    this.#trie = trie;
  }

  find(bytes: Uint8Array, from: number, end: number): boolean {
    const { firsts } = this.#trie;
    let at = findFlagged(bytes, firsts, from, end);
    while (at < end) {
      const matchEnd = walk(this.#trie, bytes, at, end);
      if (matchEnd > at) {
        this.start = at;
        this.end = matchEnd;
        return true;
      }
      at = findFlagged(bytes, firsts, at + 1, end);
    }
    return false;
  }

  close(): void {}
}

// Where the best of the delimiters that start at `from` ends; `from` where none does.
function walk(trie: Trie, bytes: Uint8Array, from: number, end: number): number {
  const { children, columns, columnCount, ranks } = trie;
  let best = from;
  let bestRank = Infinity;
  let node = 0;
  for (let at = from; at < end; at++) {
    node = children[node * columnCount + columns[bytes[at]]];
    if (node === 0) break;
    const rank = ranks[node];
    if (rank >= 0 && rank < bestRank) {
      best = at + 1;
      bestRank = rank;
    }
  }
  return best;
}
