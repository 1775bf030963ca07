// Long delimiters: the automaton of Aho and Corasick, over the reversed delimiters, run backwards over the text.
//
// An ordinary automaton run forwards knows which delimiters END at a place. Where delimiters overlap, the one that
// STARTS first is wanted, so it has to look ahead until nothing can start earlier, and then to go back behind what it
// found: with a delimiter like (xa)^k b beside a, nearly k steps for each byte. Run backwards, the state after a byte says
// which delimiters start there, and the best of them can be looked up. So each block of the text is run through once
// from its end, candidates are written down, and taken up again from its start.
//
//     block:  ......D.......D..D....|-- longest - 1 --|     the run starts that far behind the block,
//                   <---------------------------------      since a delimiter may start in it and end there
//
// A block is at least as long as the longest delimiter, so a byte is read at most twice. Edges are kept in a hash table,
// so the memory is linear in the bytes of the delimiters.
import type { Allocator } from "@millpond/core";
import type { Matcher, Preference } from "./matcher.ts";
import { rankOf } from "./trie.ts";

const LEAST_BLOCK_BYTES = 4096;
const FIRST_CANDIDATES = 256;
const NONE = new Uint32Array(0);

/** The edges of a trie: from a node and a byte to a node, in a hash table of open addresses. */
export class Edges {
  readonly #keys: Float64Array;
  readonly #nodes: Uint32Array;
  readonly #mask: number;

  constructor(most: number) {
    const slots = 2 ** Math.ceil(Math.log2(2 * most + 2));
    this.#keys = new Float64Array(slots).fill(-1);
    this.#nodes = new Uint32Array(slots);
    this.#mask = slots - 1;
  }

  /** The node at the end of the edge, or 0. */
  get(node: number, byte: number): number {
    return this.#nodes[this.#slotOf(node, byte)];
  }

  set(node: number, byte: number, child: number): void {
    const slot = this.#slotOf(node, byte);
    this.#keys[slot] = node * 256 + byte;
    this.#nodes[slot] = child;
  }

  #slotOf(node: number, byte: number): number {
    const key = node * 256 + byte;
    const mixed = Math.imul(node ^ (byte << 24), 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & this.#mask;
    while (this.#keys[slot] !== key && this.#keys[slot] >= 0) slot = (slot + 1) & this.#mask;
    return slot;
  }
}

/** Delimiters as an automaton that runs backwards. */
export class Automaton {
  readonly longest: number;
  readonly #edges: Edges;
  /** By node: where to go on when no edge fits. */
  readonly #fails: Uint32Array;
  /** By node: the length of the best delimiter that starts where the run is then, or 0. */
  readonly lengths: Uint32Array;

  constructor(list: readonly Uint8Array[], preference: Preference) {
    const most = list.reduce((sum, { length }) => sum + length, 1);
    this.longest = list.reduce((longest, { length }) => Math.max(longest, length), 1);
    this.#edges = new Edges(most);
    this.#fails = new Uint32Array(most);
    this.lengths = new Uint32Array(most);
    const ranks = new Float64Array(most).fill(Infinity);
    const parents = new Uint32Array(most);
    const bytes = new Uint8Array(most);
    const ends = new Uint32Array(list.length);
    // Breadth first, a byte of each delimiter at a time: then parents, and what fails lead to, come before.
    let nodes = 1;
    let open = list.map((_, index) => index);
    for (let depth = 0; open.length > 0; depth++) {
      for (const index of open) {
        const delimiter = list[index];
        const byte = delimiter[delimiter.length - 1 - depth];
        const parent = ends[index];
        let node = this.#edges.get(parent, byte);
        if (node === 0) {
          node = nodes++;
          this.#edges.set(parent, byte, node);
          parents[node] = parent;
          bytes[node] = byte;
        }
        ends[index] = node;
        if (depth + 1 < delimiter.length) continue;
        ranks[node] = rankOf(delimiter, index, preference);
        this.lengths[node] = delimiter.length;
      }
      open = open.filter((index) => list[index].length > depth + 1);
    }
    for (let node = 1; node < nodes; node++) this.#connect(node, parents[node], bytes[node], ranks);
  }

  // Where to go from a node when no edge fits, and what else starts there.
  #connect(node: number, parent: number, byte: number, ranks: Float64Array): void {
    const fail = parent === 0 ? 0 : this.step(this.#fails[parent], byte);
    this.#fails[node] = fail;
    if (ranks[fail] >= ranks[node]) return;
    ranks[node] = ranks[fail];
    this.lengths[node] = this.lengths[fail];
  }

  /** The node that a byte leads to. */
  step(from: number, byte: number): number {
    let node = from;
    for (;;) {
      const next = this.#edges.get(node, byte);
      if (next !== 0 || node === 0) return next;
      node = this.#fails[node];
    }
  }
}

/** Finds the delimiters of an automaton in one text. */
export class AutomatonMatcher implements Matcher {
  start = 0;
  end = 0;
  readonly #automaton: Automaton;
  readonly #allocator: Allocator;
  readonly #blockBytes: number;
  // Pairs of words, where in the block a delimiter starts and its length: the first in the text is the last here.
  #candidates: Uint32Array = NONE;
  #top = 0;
  #blockStart = 0;
  #blockEnd = 0;

  constructor(automaton: Automaton, allocator: Allocator) {
    this.#automaton = automaton;
    this.#allocator = allocator;
    this.#blockBytes = Math.max(LEAST_BLOCK_BYTES, automaton.longest);
  }

  find(bytes: Uint8Array, from: number, end: number): boolean {
    for (;;) {
      while (this.#top > 0) {
        const start = this.#blockStart + this.#candidates[this.#top - 2];
        if (start >= from) {
          this.start = start;
          this.end = start + this.#candidates[this.#top - 1];
          return true;
        }
        this.#top -= 2;
      }
      if (Math.max(from, this.#blockEnd) >= end) return false;
      this.#blockStart = Math.max(from, this.#blockEnd);
      this.#blockEnd = Math.min(end, this.#blockStart + this.#blockBytes);
      this.#run(bytes, end);
    }
  }

  // Writes down every place in the block where a delimiter starts, from behind.
  #run(bytes: Uint8Array, end: number): void {
    const automaton = this.#automaton;
    const { lengths } = automaton;
    let node = 0;
    for (let at = Math.min(end, this.#blockEnd + automaton.longest - 1) - 1; at >= this.#blockStart; at--) {
      node = automaton.step(node, bytes[at]);
      if (lengths[node] > 0 && at < this.#blockEnd) this.#note(at - this.#blockStart, lengths[node]);
    }
  }

  #note(start: number, length: number): void {
    if (this.#top === this.#candidates.length) this.#grow();
    this.#candidates[this.#top++] = start;
    this.#candidates[this.#top++] = length;
  }

  #grow(): void {
    const words = Math.max(2 * FIRST_CANDIDATES, 2 * this.#candidates.length);
    const larger = this.#allocator.acquireUnsafe(Uint32Array, words);
    larger.set(this.#candidates);
    this.close();
    this.#candidates = larger;
  }

  close(): void {
    if (this.#candidates.length > 0) this.#allocator.release(this.#candidates);
    this.#candidates = NONE;
  }
}
