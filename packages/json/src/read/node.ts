// JsonNode: a handle on one node of a document. For comfort; loops over millions of nodes use a cursor, the columns
// themselves, or the functions in walk.ts.

import { stringOf, unlike } from "../check.ts";
import { Kind } from "../tape/kinds.ts";
import { NodeReader } from "./node-reader.ts";
import { resolvePointer } from "./path.ts";
import { equalsText } from "./text.ts";
import { childAt, childFromEnd, childStep, findMember, keyOf, kindOf, parentOf } from "./walk.ts";

/**
 * One node of a document: a value or a key. It stays valid until its document is closed or its parser reads another
 * text; then it refuses to be read.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { parse } from "@millpond/json";
 *
 * const document = parse('{"sizes": [10, 20, 30], "big": 12345678901234567890}');
 * const node = document.root.get("sizes")?.at(1);
 * assert.equal(node?.toNumber(), 20);
 * assert.deepEqual([node?.start, node?.end, node?.pointer], [15, 17, "/sizes/1"]);
 * assert.equal(document.root.get("big")?.toBigInt(), 12345678901234567890n);
 * document.close();
 * ```
 */
export class JsonNode extends NodeReader {
  /** The container the node is in; undefined for the root. */
  get parent(): JsonNode | undefined {
    return this.#nodeAt(parentOf(this._open(), this.index));
  }

  /** The key in front of a member's value; undefined for everything else. */
  get key(): JsonNode | undefined {
    return this.#nodeAt(keyOf(this._open(), this.index));
  }

  /** The value of the last member called `name`: the one that `JSON.parse` would keep. */
  get(name: string): JsonNode | undefined {
    return this.#nodeAt(findMember(this._open(), this.index, name));
  }

  /** The values of all members called `name`: more than one where the key is there twice. */
  getAll(name: string): JsonNode[] {
    const found: JsonNode[] = [];
    stringOf("a name", name);
    for (const [key, value] of this.members()) {
      if (equalsText(this._tape, key.start, key.end, name)) found.push(value);
    }
    return found;
  }

  /** The element, or the member's value, at `index`; negative numbers count from the end. */
  at(index: number): JsonNode | undefined {
    const tape = this._open();
    if (!Number.isInteger(index)) throw unlike("the number of an element or member", index);
    return this.#nodeAt(
      index < 0 ? childFromEnd(tape, this.index, -index) : childAt(tape, this.index, index),
    );
  }

  /** The node that a JSON Pointer (RFC 6901) leads to from here, such as `/sizes/1`; `""` is this node. */
  resolve(pointer: string): JsonNode | undefined {
    return this.#nodeAt(resolvePointer(this._open(), this.index, pointer));
  }

  /** Key and value of each member, in the order of the text; equal keys are separate members. */
  *members(): IterableIterator<[JsonNode, JsonNode]> {
    if (kindOf(this._open(), this.index) !== Kind.OBJECT) return;
    const behind = this._tape.nexts[this.index];
    for (let key = this.index + 1; key < behind; key = this._open().nexts[key + 1]) {
      yield [new JsonNode(this._tape, key), new JsonNode(this._tape, key + 1)];
    }
  }

  /** The elements or the members' values, in the order of the text. */
  *[Symbol.iterator](): IterableIterator<JsonNode> {
    const step = childStep(this._open(), this.index);
    const behind = this._tape.nexts[this.index];
    for (let child = this.index + 1 + step; child < behind; child = this._open().nexts[child] + step) {
      yield new JsonNode(this._tape, child);
    }
  }

  #nodeAt(index: number): JsonNode | undefined {
    return index < 0 ? undefined : new JsonNode(this._tape, index);
  }
}
