// The tolerant parser: all dialects, all faults in one pass, and a whole tree whatever the text is. Slower than the
// strict parsers, which have tried before; it starts where they gave up, at the beginning.
//
// It is a machine of five states, and never recursive. What keeps damage local:
//
// - A missing value or key becomes an empty node, so that an object always has pairs.
// - A missing comma or colon is reported, and what comes is read as if it had been there.
// - A string without a closing quote ends with its line.
// - A bracket of the wrong sort closes the nearest container of its sort, and those inside it, if there is one.
// - A root that ends too early is opened again if a bracket says so; one without a bracket at its start gets one.

import { JsonError } from "../errors.ts";
import { placesOf } from "../read/lines.ts";
import { sourceText } from "../read/text.ts";
import { DAMAGED, Kind, KIND_MASK } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import type { Limits } from "./attempt.ts";
import type { DialectRules } from "./dialects.ts";
import type { FaultCode, FaultLog } from "./faults.ts";
import { checkString, isBareKey, isWord, numberFault, startsNumber } from "./loose-grammar.ts";
import {
  commentCloses,
  commentEnd,
  looseStringEnd,
  looseWordEnd,
  spaceEnd,
  stringCloses,
} from "./loose-tokens.ts";
import { spareCloser, unwrapRoot, wrapRoot } from "./root-repair.ts";

const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const COMMA = 0x2c;
const COLON = 0x3a;
const EQUALS = 0x3d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

// What comes next.
const VALUE = 0;
const KEY = 1;
const BEFORE_VALUE = 2;
const AFTER_VALUE = 3;
const NOTHING = 4;

/** Parses the text on the tape from `start` on, telling `faults` what is wrong. Throws a `JsonError` at a limit. */
export function parseTolerant(
  tape: Tape,
  start: number,
  rules: DialectRules,
  limits: Limits,
  faults: FaultLog,
): void {
  tape.count = 0;
  tape.commentCount = 0;
  new Tolerant(tape, start, rules, limits, faults).run();
}

// What stands behind values.
function isPunctuation(byte: number): boolean {
  return byte === COMMA || byte === COLON || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT;
}

class Tolerant {
  readonly #tape: Tape;
  readonly #rules: DialectRules;
  readonly #limits: Limits;
  readonly #faults: FaultLog;
  #text: Uint8Array;
  #at: number;
  // Behind the last token: where something is missing.
  #tokenEnd: number;
  #state = VALUE;
  #parent = -1;
  #depth = 0;
  #openObjects = 0;
  // Whether the root has no opening bracket.
  #lacksBracket = false;
  // How far a bracket for the root was looked for.
  #lookedTo = 0;
  // The comma that was read last, where nothing but space and comments came after it; -1 otherwise.
  #comma = -1;
  readonly #report = (code: FaultCode, start: number, end: number): void => this.#fault(code, start, end);

  constructor(tape: Tape, start: number, rules: DialectRules, limits: Limits, faults: FaultLog) {
    this.#tape = tape;
    this.#text = tape.bytes;
    this.#at = start;
    this.#tokenEnd = start;
    this.#rules = rules;
    this.#limits = limits;
    this.#faults = faults;
  }

  run(): void {
    const { textBytes } = this.#tape;
    for (;;) {
      this.#skipSpace();
      if (this.#at >= textBytes) break;
      if (this.#state === VALUE) this.#value();
      else if (this.#state === KEY) this.#key();
      else if (this.#state === BEFORE_VALUE) this.#colon();
      else if (this.#state === AFTER_VALUE) this.#afterValue();
      else if (!this.#goesOn()) {
        this.#fault("TEXT_AFTER_VALUE", this.#at, textBytes);
        break;
      }
    }
    this.#finish();
  }

  #fault(code: FaultCode, start: number, end: number): void {
    this.#faults.add(this.#text, code, start, end);
  }

  #skipSpace(): void {
    const { textBytes } = this.#tape;
    for (;;) {
      const start = spaceEnd(this.#text, this.#at, this.#rules.json5);
      this.#at = start;
      const end = commentEnd(this.#text, start, textBytes);
      if (end === 0 || start >= textBytes) return;
      if (!this.#rules.comments) this.#fault("COMMENT", start, end);
      if (!commentCloses(this.#text, start, end)) this.#fault("UNCLOSED_COMMENT", start, end);
      this.#tape.addComment(start, end);
      this.#at = end;
    }
  }

  // Behind the root. Whether what follows is read as a part of it.
  #goesOn(): boolean {
    const byte = this.#text[this.#at];
    const root = this.#tape.kinds[0] & KIND_MASK;
    if (root === Kind.ARRAY || root === Kind.OBJECT) return this.#closesTwice(byte, root);
    // Behind a word that means nothing, neither does a bracket.
    if (root === Kind.ERROR && (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT)) {
      this.#skip("UNEXPECTED_CLOSER");
      return true;
    }
    const isMember = byte === COLON && root === Kind.STRING;
    this.#wrap(isMember || this.#keyFollows() ? Kind.OBJECT : Kind.ARRAY);
    if (isMember) this.#state = BEFORE_VALUE;
    else if (this.#isObject(0)) {
      this.#emptyValue();
      this.#state = KEY;
    } else if (!isPunctuation(byte)) this.#state = VALUE;
    return true;
  }

  // Whether there is another bracket to close the root. Then either the one before was too many, or an array lacks its
  // opening bracket, and the root is an element. What was looked through for it is not looked through again.
  #closesTwice(byte: number, root: number): boolean {
    if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || this.#at < this.#lookedTo) return false;
    this.#lookedTo = spareCloser(this.#tape, this.#at);
    if (this.#lookedTo < 0) return false;
    if (root === Kind.OBJECT && this.#text[this.#lookedTo] === CLOSE_ARRAY) this.#wrap(Kind.ARRAY);
    else {
      const end = this.#tape.ends[0];
      this.#fault("UNEXPECTED_CLOSER", end - 1, end);
      this.#flag(0);
      this.#enter(0, root);
      this.#state = AFTER_VALUE;
    }
    return true;
  }

  // Puts the root into a container that lacks its bracket.
  #wrap(kind: number): void {
    this.#fault("TEXT_AFTER_VALUE", this.#at, this.#tape.textBytes);
    this.#makeRoom();
    wrapRoot(this.#tape, kind);
    this.#enter(0, kind);
    this.#lacksBracket = true;
    this.#state = AFTER_VALUE;
  }

  // In the place of a value.
  #value(): void {
    const byte = this.#text[this.#at];
    if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) this.#string(Kind.STRING);
    else if (byte === OPEN_ARRAY) this.#open(Kind.ARRAY);
    else if (byte === OPEN_OBJECT) this.#open(Kind.OBJECT);
    else if (byte === COMMA && this.#parent >= 0) this.#missingValue();
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.#closerForValue(byte);
    else if (byte === COLON) this.#skip("UNEXPECTED_COLON");
    else if (startsNumber(this.#text, this.#at)) this.#number();
    else this.#word();
  }

  #closerForValue(byte: number): void {
    if (this.#parent >= 0 && this.#isObject(this.#parent)) this.#missingValue();
    else this.#close(byte);
  }

  #missingValue(): void {
    this.#fault("EXPECTED_VALUE", this.#tokenEnd, this.#tokenEnd);
    this.#emptyValue();
  }

  #emptyValue(): void {
    this.#push(Kind.ERROR, this.#tokenEnd, this.#tokenEnd);
    this.#state = AFTER_VALUE;
  }

  #skip(code: FaultCode): void {
    this.#fault(code, this.#at, this.#at + 1);
    this.#at++;
  }

  // In the place of a key.
  #key(): void {
    const byte = this.#text[this.#at];
    if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) this.#string(Kind.KEY);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.#close(byte);
    else if (byte === COMMA) this.#skip("EXPECTED_KEY");
    else if (byte === COLON || byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      this.#fault("EXPECTED_KEY", this.#at, this.#at);
      this.#push(Kind.KEY | DAMAGED, this.#at, this.#at);
      this.#state = byte === COLON ? BEFORE_VALUE : VALUE;
    } else this.#bareKey();
  }

  #bareKey(): void {
    const start = this.#at;
    const end = Math.max(looseWordEnd(this.#text, start, this.#rules.json5), start + 1);
    const right = this.#rules.json5 && isBareKey(sourceText(this.#tape, start, end));
    if (!right) this.#fault("BAD_KEY", start, end);
    this.#push(right ? Kind.KEY : Kind.KEY | DAMAGED, start, end);
    this.#state = BEFORE_VALUE;
  }

  // Between key and value.
  #colon(): void {
    const byte = this.#text[this.#at];
    if (byte === COLON || byte === EQUALS) {
      if (byte === EQUALS) this.#fault("EXPECTED_COLON", this.#at, this.#at + 1);
      this.#tokenEnd = ++this.#at;
      this.#state = VALUE;
      return;
    }
    this.#fault("EXPECTED_COLON", this.#tokenEnd, this.#tokenEnd);
    if (byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.#emptyValue();
    else if (this.#keyFollows()) {
      this.#emptyValue();
      this.#state = KEY;
    } else this.#state = VALUE;
  }

  // Whether there is a string with a colon behind it: the next key rather than the value of this one.
  #keyFollows(): boolean {
    const { textBytes } = this.#tape;
    if (this.#text[this.#at] !== DOUBLE_QUOTE) return false;
    const end = looseStringEnd(this.#text, this.#at, textBytes);
    return this.#text[spaceEnd(this.#text, end, this.#rules.json5)] === COLON;
  }

  #afterValue(): void {
    const byte = this.#text[this.#at];
    if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.#close(byte);
    else if (byte === COLON) this.#skip("UNEXPECTED_COLON");
    else {
      if (byte === COMMA) {
        this.#comma = this.#at;
        this.#tokenEnd = ++this.#at;
      } else this.#fault("EXPECTED_COMMA", this.#tokenEnd, this.#tokenEnd);
      this.#state = this.#isObject(this.#parent) ? KEY : VALUE;
    }
  }

  #string(kind: number): void {
    const { textBytes } = this.#tape;
    const { json5 } = this.#rules;
    const start = this.#at;
    const end = looseStringEnd(this.#text, start, textBytes);
    const closed = stringCloses(this.#text, start, end);
    let damaged = !closed;
    if (!json5 && this.#text[start] === SINGLE_QUOTE) {
      this.#fault("SINGLE_QUOTE", start, end);
      damaged = true;
    }
    if (checkString(this.#text, start + 1, closed ? end - 1 : end, json5, this.#report)) damaged = true;
    if (!closed) this.#fault("UNCLOSED_STRING", start, end);
    this.#push(damaged ? kind | DAMAGED : kind, start, end);
    this.#state = kind === Kind.KEY ? BEFORE_VALUE : this.#stateBehind();
  }

  #number(): void {
    const start = this.#at;
    const end = looseWordEnd(this.#text, start, this.#rules.json5);
    const fault = numberFault(this.#text, start, end, this.#rules.json5);
    if (fault !== undefined) this.#fault(fault, start, end);
    this.#push(fault === undefined ? Kind.NUMBER : Kind.NUMBER | DAMAGED, start, end);
    this.#state = this.#stateBehind();
  }

  #word(): void {
    const start = this.#at;
    const text = this.#text;
    const end = Math.max(looseWordEnd(text, start, this.#rules.json5), start + 1);
    let kind: number = Kind.ERROR;
    if (isWord(text, start, end, "true")) kind = Kind.TRUE;
    else if (isWord(text, start, end, "false")) kind = Kind.FALSE;
    else if (isWord(text, start, end, "null")) kind = Kind.NULL;
    else if (numberFault(text, start, end, this.#rules.json5) === undefined) kind = Kind.NUMBER;
    else this.#fault(end - start > 1 ? "UNKNOWN_WORD" : "EXPECTED_VALUE", start, end);
    this.#push(kind, start, end);
    this.#state = this.#stateBehind();
  }

  #open(kind: number): void {
    this.#enter(this.#push(kind, this.#at, this.#at + 1), kind);
    this.#state = kind === Kind.OBJECT ? KEY : VALUE;
  }

  // Into a container.
  #enter(node: number, kind: number): void {
    const { maxDepth } = this.#limits;
    if (++this.#depth > maxDepth) {
      const [place] = placesOf(this.#text, [this.#tape.starts[node]]);
      throw new JsonError(
        "LIMIT_EXCEEDED",
        `the text nests deeper than maxDepth = ${maxDepth} at byte ${place.offset}`,
        place,
      );
    }
    if (kind === Kind.OBJECT) this.#openObjects++;
    this.#parent = node;
  }

  // At a closing bracket, where no value or colon is missing.
  #close(byte: number): void {
    if (this.#parent < 0) return this.#skip("UNEXPECTED_CLOSER");
    const wantsObject = byte === CLOSE_OBJECT;
    if (this.#isObject(this.#parent) !== wantsObject) {
      const open = wantsObject ? this.#openObjects : this.#depth - this.#openObjects;
      if (open === 0) return this.#skip("UNEXPECTED_CLOSER");
      // Where it would close the root too early, it is taken for the bracket that this container lacks.
      if (open === 1 && this.#isObject(0) === wantsObject && this.#textFollows()) {
        this.#fault("UNEXPECTED_CLOSER", this.#at, this.#at + 1);
        this.#flag(this.#parent);
      } else while (this.#isObject(this.#parent) !== wantsObject) this.#endUnclosed();
    } else if (this.#comma >= 0 && !this.#rules.trailingCommas) {
      this.#fault("TRAILING_COMMA", this.#comma, this.#comma + 1);
    }
    this.#end(++this.#at);
  }

  #textFollows(): boolean {
    return spaceEnd(this.#text, this.#at + 1, false) < this.#tape.textBytes;
  }

  // Ends the container that is open, at `end`.
  #end(end: number): void {
    const { ends, nexts, parents, count } = this.#tape;
    const node = this.#parent;
    if (this.#isObject(node)) this.#openObjects--;
    ends[node] = end;
    nexts[node] = count;
    this.#parent = parents[node] | 0;
    this.#depth--;
    this.#tokenEnd = end;
    this.#comma = -1;
    this.#state = this.#stateBehind();
  }

  #endUnclosed(): void {
    const node = this.#parent;
    const start = this.#tape.starts[node];
    this.#fault(this.#isObject(node) ? "UNCLOSED_OBJECT" : "UNCLOSED_ARRAY", start, start + 1);
    this.#flag(node);
    this.#end(this.#tokenEnd);
  }

  #finish(): void {
    if (this.#tape.count === 0) this.#missingValue();
    else if (this.#state === BEFORE_VALUE) {
      this.#fault("EXPECTED_COLON", this.#tokenEnd, this.#tokenEnd);
      this.#emptyValue();
    } else if (this.#state === VALUE && this.#parent >= 0 && this.#isObject(this.#parent))
      this.#missingValue();
    while (this.#parent > 0 || (this.#parent === 0 && !this.#lacksBracket)) this.#endUnclosed();
    if (this.#parent < 0) return;
    // That it lacks brackets has been said.
    this.#end(this.#tokenEnd);
    if (!this.#isObject(0)) unwrapRoot(this.#tape);
  }

  #push(kind: number, start: number, end: number): number {
    this.#makeRoom();
    const tape = this.#tape;
    const node = tape.count;
    tape.kinds[node] = kind;
    tape.starts[node] = start;
    tape.ends[node] = end;
    tape.nexts[node] = node + 1;
    tape.parents[node] = this.#parent;
    tape.count = node + 1;
    this.#at = Math.max(this.#at, end);
    this.#tokenEnd = end;
    this.#comma = -1;
    return node;
  }

  // For one more node.
  #makeRoom(): void {
    const tape = this.#tape;
    const { maxNodes } = this.#limits;
    if (tape.count >= maxNodes) {
      throw new JsonError("LIMIT_EXCEEDED", `the text has more than maxNodes = ${maxNodes} nodes`);
    }
    if (tape.count < tape.nodeCapacity) return;
    tape.grow(Math.ceil(tape.nodeCapacity * 1.5));
    this.#text = tape.bytes;
  }

  #stateBehind(): number {
    return this.#parent < 0 ? NOTHING : AFTER_VALUE;
  }

  #isObject(node: number): boolean {
    return (this.#tape.kinds[node] & KIND_MASK) === Kind.OBJECT;
  }

  #flag(node: number): void {
    this.#tape.kinds[node] |= DAMAGED;
  }
}
