// Finding the next delimiter, for sets that consist of single bytes. Longer ones are in trie.ts and automaton.ts.

/** Which delimiter counts where several start at one place. */
export type Preference = "shortest" | "longest" | "listed";

/** Looks for delimiters in one text, from its start to its end. */
export interface Matcher {
  /** Where the delimiter that was found last starts and ends. */
  start: number;
  end: number;
  /** Finds the first delimiter that starts at `from` or later and ends by `end`; `from` never decreases. */
  find(bytes: Uint8Array, from: number, end: number): boolean;
  /** Gives back what the matcher holds. */
  close(): void;
}

/** Finds nothing: the set is empty. */
export class NoMatcher implements Matcher {
  start = 0;
  end = 0;

  find(): boolean {
    return false;
  }

  close(): void {}
}

/** Finds one byte. */
export class ByteMatcher implements Matcher {
  start = 0;
  end = 0;
  readonly #byte: number;

  constructor(byte: number) {
    this.#byte = byte;
  }

  find(bytes: Uint8Array, from: number, end: number): boolean {
    const at = findByte(bytes, this.#byte, from, end);
    this.start = at;
    this.end = at + 1;
    return at < end;
  }

  close(): void {}
}

function findByte(bytes: Uint8Array, byte: number, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== byte) at++;
  return at;
}

/** Finds any of several bytes. */
export class ByteSetMatcher implements Matcher {
  start = 0;
  end = 0;
  readonly #flags: Uint8Array;

  constructor(list: readonly Uint8Array[]) {
    this.#flags = flagsOf(list);
  }

  find(bytes: Uint8Array, from: number, end: number): boolean {
    const at = findFlagged(bytes, this.#flags, from, end);
    this.start = at;
    this.end = at + 1;
    return at < end;
  }

  close(): void {}
}

/** 256 flags: 1 for each byte that one of the list starts with. */
export function flagsOf(list: readonly Uint8Array[]): Uint8Array {
  const flags = new Uint8Array(256);
  for (const [first] of list) flags[first] = 1;
  return flags;
}

/** The first place from `from` on whose byte is flagged, or `end`. */
export function findFlagged(bytes: Uint8Array, flags: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && flags[bytes[at]] === 0) at++;
  return at;
}
