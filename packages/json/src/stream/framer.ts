// Finds where one document of a stream ends, chunk by chunk, looking at every byte once.
//
// A framer knows little grammar: it follows strings and counts brackets. What it cuts out is parsed afterwards, and that
// is where faults are found. It remembers a few small numbers between chunks, so chunks may be of any size.

/**
 * How documents follow each other in a stream.
 *
 * - `"lines"`: one a line, as in NDJSON and JSON Lines. Empty lines are passed over.
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
const QUOTE = 0x22;
const COMMA = 0x2c;
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

// What the byte at hand is inside of.
const BETWEEN = 0;
const IN_WORD = 1;
const IN_STRING = 2;
const ESCAPED = 3;

class ValueFramer implements Framer {
  readonly separatorBytes = 0;
  readonly blankAllowed = true;
  readonly expectsDocument = true;
  readonly mayEnd = true;
  #depth = 0;
  #state = BETWEEN;

  begin(chunk: Uint8Array, from: number): number {
    return skipSpace(chunk, from);
  }

  end(chunk: Uint8Array, from: number): number {
    let state = this.#state;
    let depth = this.#depth;
    let found = -1;
    for (let at = from; at < chunk.length && found < 0; at++) {
      const byte = chunk[at];
      if (state >= IN_STRING) {
        state = inString(state, byte);
        if (state === BETWEEN && depth === 0) found = at + 1;
      } else if (state === IN_WORD && depth === 0 && endsWord(byte)) {
        state = BETWEEN;
        found = at;
      } else if (byte === QUOTE) state = IN_STRING;
      else if (OPENS[byte] === 1) depth++;
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
  return IS_SPACE[byte] === 1 || OPENS[byte] === 1 || byte === QUOTE;
}

function inString(state: number, byte: number): number {
  if (state === ESCAPED) return IN_STRING;
  if (byte === BACKSLASH) return ESCAPED;
  return byte === QUOTE ? BETWEEN : IN_STRING;
}

// What was seen of the array around the elements.
const NOT_OPEN = 0;
const OPEN = 1;
const CLOSED = 2;

class ElementFramer implements Framer {
  readonly separatorBytes = 1;
  #array = NOT_OPEN;
  #elements = 0;
  #depth = 0;
  #state = BETWEEN;

  // Only `[]` has a place for an element and none in it.
  get blankAllowed(): boolean {
    return this.#array === CLOSED && this.#elements === 1;
  }

  get expectsDocument(): boolean {
    return this.#array === OPEN;
  }

  get mayEnd(): boolean {
    return this.#array === CLOSED;
  }

  begin(chunk: Uint8Array, from: number): number {
    if (this.#array === OPEN) return from;
    const at = skipSpace(chunk, from);
    if (this.#array === CLOSED || at >= chunk.length || chunk[at] !== OPEN_ARRAY) return at;
    this.#array = OPEN;
    return at + 1;
  }

  end(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#state >= IN_STRING) this.#state = inString(this.#state, byte);
      else if (byte === QUOTE) this.#state = IN_STRING;
      else if (OPENS[byte] === 1) this.#depth++;
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

/** The framer of a kind of stream. */
export function framerFor(framing: Framing): Framer {
  if (framing === "lines") return new LineFramer();
  return framing === "values" ? new ValueFramer() : new ElementFramer();
}
