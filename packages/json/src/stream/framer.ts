// Finds where one document of a stream ends, chunk by chunk, looking at every byte once.
//
// A framer knows little grammar: it follows strings and comments and counts brackets. What it cuts out is parsed afterwards, and that
// is where faults are found. It remembers a few small numbers between chunks, so chunks may be of any size.

import type { DialectRules } from "../parse/dialects.ts";

/**
 * How documents follow each other in a stream.
 *
 * - `"lines"`: one a line, as in NDJSON and JSON Lines. Empty lines are passed over, and lines with comments only.
 * - `"values"`: one behind the other, with whitespace, record separators (RFC 7464) or nothing between them.
 * - `"elements"`: the elements of one array, each a document, for arrays that are too large to be held.
 */
export type Framing = "lines" | "values" | "elements";

/** Cuts chunks into documents. */
export interface Framer {
  /** How many bytes behind the end of a document separate it from the next. */
  readonly separatorBytes: number;
  /** Whether a document that ended may be empty space; if not, it is to be parsed, and refused. */
  readonly blankAllowed: boolean;
  /** Whether what comes next may be a document: false outside of the array whose elements are the documents. */
  readonly expectsDocument: boolean;
  /** Whether the stream may end here, apart from a document that has begun. */
  readonly mayEnd: boolean;
  /** The offset where the next document begins, at `from` or behind it; the chunk's length when not in this one. */
  begin(chunk: Uint8Array, from: number): number;
  /** The offset behind the document that began or goes on at `from`; -1 when it goes on in the next chunk. */
  end(chunk: Uint8Array, from: number): number;
}

const LINE_FEED = 0x0a;
const STAR = 0x2a;
const COMMA = 0x2c;
const SLASH = 0x2f;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;

// 1 for bytes between documents: whitespace, and the record separator of RFC 7464.
const IS_SPACE: Uint8Array = bytesOf(" \t\n\r\u001e");
const OPENS: Uint8Array = bytesOf("[{");
const CLOSES: Uint8Array = bytesOf("]}");

function bytesOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (let place = 0; place < characters.length; place++) table[characters.charCodeAt(place)] = 1;
  return table;
}

/** The offset of the first byte that is no whitespace and no record separator. */
export function skipSpace(chunk: Uint8Array, from: number): number {
  let at = from;
  while (at < chunk.length && IS_SPACE[chunk[at]] === 1) at++;
  return at;
}

// Line feeds cannot be inside a document: in strings they have to be escaped.
class LineFramer implements Framer {
  readonly separatorBytes = 1;
  readonly blankAllowed = true;
  readonly expectsDocument = true;
  readonly mayEnd = true;

  begin(_: Uint8Array, from: number): number {
    return from;
  }

  end(chunk: Uint8Array, from: number): number {
    return chunk.indexOf(LINE_FEED, from);
  }
}

// What the byte at hand is inside of. From AT_SLASH on, brackets and commas are no structure.
const BETWEEN = 0;
const IN_WORD = 1;
const AT_SLASH = 2;
const IN_LINE = 3;
const IN_BLOCK = 4;
const AT_STAR = 5;
const IN_STRING = 6;
const ESCAPED = 7;

// The state behind a byte inside of a comment, from AT_SLASH on.
function inComment(state: number, byte: number): number {
  if (state === IN_LINE) return byte === LINE_FEED || byte === 0x0d ? BETWEEN : IN_LINE;
  if (state === AT_SLASH) return byte === SLASH ? IN_LINE : byte === STAR ? IN_BLOCK : IN_WORD;
  if (state === AT_STAR && byte === SLASH) return BETWEEN;
  return byte === STAR ? AT_STAR : IN_BLOCK;
}

// The same for a string, which is from IN_STRING on.
function inString(state: number, byte: number, quote: number): number {
  if (state === ESCAPED) return IN_STRING;
  if (byte === BACKSLASH) return ESCAPED;
  return byte === quote ? BETWEEN : IN_STRING;
}

/** Which bytes open strings and comments in a dialect: states by byte, 0 for all others. */
function openersOf({ comments, json5 }: DialectRules): Uint8Array {
  const states = new Uint8Array(256);
  states[0x22] = IN_STRING;
  if (json5) states[0x27] = IN_STRING;
  if (comments) states[SLASH] = AT_SLASH;
  return states;
}

class ValueFramer implements Framer {
  readonly separatorBytes = 0;
  readonly blankAllowed = true;
  readonly expectsDocument = true;
  readonly mayEnd = true;
  readonly #openers: Uint8Array;
  #depth = 0;
  #state = BETWEEN;
  #quote = 0;

  constructor(rules: DialectRules) {
    this.#openers = openersOf(rules);
  }

  begin(chunk: Uint8Array, from: number): number {
    return skipSpace(chunk, from);
  }

  end(chunk: Uint8Array, from: number): number {
    const openers = this.#openers;
    let state = this.#state;
    let depth = this.#depth;
    let found = -1;
    for (let at = from; at < chunk.length && found < 0; at++) {
      const byte = chunk[at];
      if (state >= IN_STRING) {
        state = inString(state, byte, this.#quote);
        if (state === BETWEEN && depth === 0) found = at + 1;
      } else if (state >= AT_SLASH) state = inComment(state, byte);
      else if (state === IN_WORD && depth === 0 && (endsWord(byte) || openers[byte] > 0)) {
        state = BETWEEN;
        found = at;
      } else if (openers[byte] > 0) {
        state = openers[byte];
        this.#quote = byte;
      } else if (OPENS[byte] === 1) depth++;
      else if (CLOSES[byte] === 1) {
        depth = Math.max(0, depth - 1);
        if (depth === 0) found = at + 1;
      } else state = IS_SPACE[byte] === 1 ? BETWEEN : IN_WORD;
    }
    this.#state = found < 0 ? state : BETWEEN;
    this.#depth = depth;
    return found;
  }
}

function endsWord(byte: number): boolean {
  return IS_SPACE[byte] === 1 || OPENS[byte] === 1;
}

// What was seen of the array around the elements.
const NOT_OPEN = 0;
const OPEN = 1;
const CLOSED = 2;

class ElementFramer implements Framer {
  readonly separatorBytes = 1;
  readonly #openers: Uint8Array;
  readonly #trailingCommas: boolean;
  #array = NOT_OPEN;
  #elements = 0;
  #depth = 0;
  #state = BETWEEN;
  #quote = 0;

  constructor(rules: DialectRules) {
    this.#openers = openersOf(rules);
    this.#trailingCommas = rules.trailingCommas;
  }

  // Only `[]`, and what is behind a trailing comma, has a place for an element and none in it.
  get blankAllowed(): boolean {
    return this.#array === CLOSED && (this.#elements === 1 || this.#trailingCommas);
  }

  get expectsDocument(): boolean {
    return this.#array === OPEN;
  }

  get mayEnd(): boolean {
    return this.#array === CLOSED && this.#state !== AT_SLASH && this.#state <= IN_LINE;
  }

  begin(chunk: Uint8Array, from: number): number {
    if (this.#array === OPEN) return from;
    const at = this.#skipAround(chunk, from);
    if (this.#array === CLOSED || at >= chunk.length) return at;
    if (chunk[at] !== OPEN_ARRAY || this.#state === IN_WORD) return at;
    this.#array = OPEN;
    return at + 1;
  }

  // Space and comments outside of the array.
  #skipAround(chunk: Uint8Array, from: number): number {
    let at = from;
    for (; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#state >= AT_SLASH) this.#state = inComment(this.#state, byte);
      else if (this.#openers[byte] === AT_SLASH) this.#state = AT_SLASH;
      else if (IS_SPACE[byte] === 0) break;
      // A slash that starts no comment has no place here.
      if (this.#state === IN_WORD) break;
    }
    return at;
  }

  end(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#state >= IN_STRING) this.#state = inString(this.#state, byte, this.#quote);
      else if (this.#state >= AT_SLASH) this.#state = inComment(this.#state, byte);
      else if (this.#openers[byte] > 0) {
        this.#state = this.#openers[byte];
        this.#quote = byte;
      } else if (OPENS[byte] === 1) this.#depth++;
      else if (this.#depth > 0) this.#depth -= CLOSES[byte];
      else if (byte === COMMA || byte === CLOSE_ARRAY) {
        if (byte === CLOSE_ARRAY) this.#array = CLOSED;
        this.#elements++;
        return at;
      }
    }
    return -1;
  }
}

/** The framer of a kind of stream, for documents of a dialect. */
export function framerFor(framing: Framing, rules: DialectRules): Framer {
  if (framing === "lines") return new LineFramer();
  return framing === "values" ? new ValueFramer(rules) : new ElementFramer(rules);
}
