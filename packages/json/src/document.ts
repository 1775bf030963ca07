// A parsed text: the tape, and what leads into it.

import { JsonError, type JsonPlace } from "./errors.ts";
import type { Fault, FaultLog } from "./parse/faults.ts";
import { JsonCursor } from "./read/cursor.ts";
import { LineTable } from "./read/line-table.ts";
import { JsonNode } from "./read/node.ts";
import { nodeAt } from "./read/path.ts";
import { sourceText } from "./read/text.ts";
import { type JsonVisitor, visitNodes } from "./read/visit.ts";
import { type JsonValue, toValue } from "./read/value.ts";
import type { Tape } from "./tape/tape.ts";

/** A comment of the text. */
export interface JsonComment {
  /** `//` or block comments. */
  readonly kind: "line" | "block";
  /** The offset of the first byte. */
  readonly start: number;
  /** The offset behind the last byte; the line's end is not part of a line comment. */
  readonly end: number;
  /** The comment with its marks. */
  readonly text: string;
}

const NO_FAULTS: readonly Fault[] = [];

/**
 * A parsed text. It owns its memory until `close()`, or until its parser reads the next text; `using` closes it, too.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { parse } from "@millpond/json";
 *
 * const document = parse('{"name": "pond", "depth": 3}');
 * assert.equal(document.root.get("depth")?.toValue(), 3);
 * assert.equal(document.tape.count, 5); // the object, two keys, two values
 * document.close();
 * ```
 */
export class JsonDocument {
  /** The columns that everything is read from. */
  readonly tape: Tape;

  #origin: JsonPlace = { line: 1, column: 1, offset: 0 };
  #lines: LineTable | undefined;
  #log: FaultLog | undefined;
  #faults: readonly Fault[] = NO_FAULTS;

  /** @internal */
  constructor(tape: Tape) {
    this.tape = tape;
  }

  /** The value that the text consists of. */
  get root(): JsonNode {
    return new JsonNode(this._open(), 0);
  }

  /** A cursor on the root, for reading that must not create anything. */
  cursor(): JsonCursor {
    return new JsonCursor(this._open(), 0);
  }

  /** The node that a JSON Pointer (RFC 6901) leads to, such as `/sizes/1`; `""` is the root. */
  resolve(pointer: string): JsonNode | undefined {
    return this.root.resolve(pointer);
  }

  /** The innermost node that the byte at `offset` belongs to, by binary search; its `path` says where that is. */
  nodeAt(offset: number): JsonNode | undefined {
    const tape = this._open();
    const node = nodeAt(tape, offset);
    return node < 0 ? undefined : new JsonNode(tape, node);
  }

  /** Line and column of an offset, counted from 1, columns in bytes. The first call makes a table of the lines. */
  placeOf(offset: number): JsonPlace {
    return this.#lineTable().placeOf(offset);
  }

  /** The offset of a line and column, or undefined where there is no such place. */
  offsetOf(line: number, column: number): number | undefined {
    return this.#lineTable().offsetOf(line, column);
  }

  /** How many lines the text has. */
  get lineCount(): number {
    return this.#lineTable().lineCount;
  }

  /** Calls the visitor for each value, in the order of the text. */
  visit(visitor: JsonVisitor): void {
    visitNodes(this._open(), 0, visitor);
  }

  /** The comments, in the order of the text. */
  get comments(): JsonComment[] {
    const { tape } = this;
    return Array.from({ length: tape.commentCount }, (_, place) => {
      const start = tape.commentStarts[place];
      const end = tape.commentEnds[place];
      const kind = tape.bytes[start + 1] === 0x2a ? "block" : "line";
      return { kind, start, end, text: sourceText(tape, start, end) };
    });
  }

  /** The whole value, equal to what `JSON.parse` makes of the text. */
  toValue(): JsonValue {
    return toValue(this._open(), 0);
  }

  /** The same, for `JSON.stringify`. */
  toJSON(): JsonValue {
    return this.toValue();
  }

  /** What is wrong with the text, in its order; empty without the option `recover`, since a fault is thrown then. */
  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** How many faults there are; `faults` lists as many as the option `maxFaults` allows. */
  get faultCount(): number {
    return this.#log?.count ?? 0;
  }

  /** @internal */
  _setFaults(log: FaultLog | undefined): void {
    this.#dropLines();
    this.#log = log;
    this.#faults = log === undefined ? NO_FAULTS : log.list(this.tape.bytes);
  }

  /** Where the text begins in the stream it came from; line 1, column 1, offset 0 for other texts. */
  get origin(): JsonPlace {
    return this.#origin;
  }

  /** @internal */
  _setOrigin(origin: JsonPlace): void {
    this.#origin = origin;
  }

  /** Gives the memory back; reading nodes throws from now on. Closing twice does nothing. */
  close(): void {
    this.#dropLines();
    this.tape.close();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #lineTable(): LineTable {
    const { pool, bytes, textBytes } = this._open();
    return (this.#lines ??= new LineTable(pool, bytes, textBytes));
  }

  #dropLines(): void {
    this.#lines?.close();
    this.#lines = undefined;
  }

  /** The tape, if it shows a text. @internal */
  _open(): Tape {
    if (this.tape.count > 0) return this.tape;
    throw new JsonError("CLOSED", "this document shows no text: it was closed, or the last parse failed");
  }
}
