// What a node says about itself: the part that handles and cursors have in common.

import { JsonError } from "../errors.ts";
import { DAMAGED, Kind, KIND_NAMES, type KindName } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { bigintOf, decimalOf, type JsonDecimal, survivesDouble } from "./decimal.ts";
import { toDouble } from "./numbers.ts";
import { pathOf, type PathStep, pointerOf } from "./path.ts";
import { decodeString, sourceText } from "./text.ts";
import { type JsonValue, toValue } from "./value.ts";
import { childCount, keyOf, kindOf } from "./walk.ts";

/**
 * A place on the tape, as long as its text is there. What it says is read from the columns each time.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { type NodeReader, parse } from "@millpond/json";
 *
 * const show = (node: NodeReader): string => `${node.kind} at ${node.pointer}: ${node.text}`;
 * const document = parse('{"a": [1.50]}');
 * assert.equal(show(document.cursor().get("a").at(0)), "number at /a/0: 1.50");
 * document.close();
 * ```
 */
export class NodeReader {
  /** @internal */
  protected readonly _tape: Tape;
  /** @internal */
  protected readonly _generation: number;
  /** @internal */
  protected _index: number;

  constructor(tape: Tape, index: number) {
    this._tape = tape;
    this._generation = tape.generation;
    this._index = index;
  }

  /** The number of the node on the tape. */
  get index(): number {
    return this._index;
  }

  /** What the node is. */
  get kind(): KindName {
    return KIND_NAMES[kindOf(this._open(), this._index)];
  }

  /** True where recovery repaired something in this node itself, such as a missing quote or bracket. */
  get damaged(): boolean {
    return (this._open().kinds[this._index] & DAMAGED) !== 0;
  }

  /** The offset of the first byte in the text. */
  get start(): number {
    return this._open().starts[this._index];
  }

  /** The offset behind the last byte in the text. */
  get end(): number {
    return this._open().ends[this._index];
  }

  /** The source text of the node: for numbers, all digits that were written. */
  get text(): string {
    const tape = this._open();
    return sourceText(tape, tape.starts[this._index], tape.ends[this._index]);
  }

  /** The name of the member that this is the value of; undefined for elements and the root. For a key, the key itself. */
  get name(): string | undefined {
    const tape = this._open();
    const key = kindOf(tape, this._index) === Kind.KEY ? this._index : keyOf(tape, this._index);
    return key < 0 ? undefined : decodeString(tape, tape.starts[key], tape.ends[key]);
  }

  /** How many elements or members there are inside; counting walks over them. */
  get length(): number {
    return childCount(this._open(), this._index);
  }

  /** The way from the root: names of members and numbers of elements. */
  get path(): PathStep[] {
    return pathOf(this._open(), this._index);
  }

  /** The same as a JSON Pointer (RFC 6901), such as `/sizes/1`. */
  get pointer(): string {
    return pointerOf(this.path);
  }

  /** The value of the node and all that is inside it, equal to what `JSON.parse` makes of its source text. */
  toValue(): JsonValue {
    return toValue(this._open(), this._index);
  }

  /** The same, for `JSON.stringify`. */
  toJSON(): JsonValue {
    return this.toValue();
  }

  /** The decoded string of a string or key; undefined for other kinds. */
  toText(): string | undefined {
    const tape = this._open();
    const kind = kindOf(tape, this._index);
    if (kind !== Kind.STRING && kind !== Kind.KEY) return undefined;
    return decodeString(tape, tape.starts[this._index], tape.ends[this._index]);
  }

  /** The double nearest to a number; undefined for other kinds. */
  toNumber(): number | undefined {
    const tape = this._open();
    if (kindOf(tape, this._index) !== Kind.NUMBER) return undefined;
    return toDouble(tape, tape.starts[this._index], tape.ends[this._index]);
  }

  /** A number as a bigint, exactly; undefined where it has a fraction, and for other kinds. */
  toBigInt(): bigint | undefined {
    return kindOf(this._open(), this._index) === Kind.NUMBER ? bigintOf(this.text) : undefined;
  }

  /** A number as an exact decimal; undefined for other kinds. */
  toDecimal(): JsonDecimal | undefined {
    return kindOf(this._open(), this._index) === Kind.NUMBER ? decimalOf(this.text) : undefined;
  }

  /** Whether the double nearest to a number, written out again, says the same number; undefined for other kinds. */
  get survivesDouble(): boolean | undefined {
    return kindOf(this._open(), this._index) === Kind.NUMBER ? survivesDouble(this.text) : undefined;
  }

  /** The tape, if it still shows the text that this place was found in. @internal */
  protected _open(): Tape {
    if (this._tape.generation === this._generation) return this._tape;
    throw new JsonError(
      "CLOSED",
      "this node belongs to a text that was closed or parsed over; read nodes before that, or parse into a document of its own",
    );
  }
}
