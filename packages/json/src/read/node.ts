// JsonNode: a handle on one node of a document, two words large. For comfort; loops over millions of nodes use the
// columns themselves, or the functions in walk.ts.

import { JsonError } from "../errors.ts";
import { Kind, KIND_NAMES, type KindName } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { sourceText } from "./text.ts";
import { type JsonValue, toValue } from "./value.ts";
import { childAt, childCount, childStep, findMember, keyOf, kindOf, parentOf } from "./walk.ts";

/**
 * One node of a document: a value or a key. It stays valid until its document is closed or its parser reads another
 * text; then it refuses to be read.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { parse } from "@millpond/json";
 *
 * const document = parse('{"sizes": [10, 20, 30]}');
 * const node = document.root.get("sizes")?.at(1);
 * assert.equal(node?.toValue(), 20);
 * assert.deepEqual([node?.start, node?.end], [15, 17]);
 * document.close();
 * ```
 */
export class JsonNode {
  /** The number of the node on the tape. */
  readonly index: number;
  readonly #tape: Tape;
  readonly #generation: number;

  /** @internal */
  constructor(tape: Tape, index: number) {
    this.#tape = tape;
    this.#generation = tape.generation;
    this.index = index;
  }

  /** What the node is. */
  get kind(): KindName {
    return KIND_NAMES[kindOf(this.#open(), this.index)];
  }

  /** The offset of the first byte in the text. */
  get start(): number {
    return this.#open().starts[this.index];
  }

  /** The offset behind the last byte in the text. */
  get end(): number {
    return this.#open().ends[this.index];
  }

  /** The source text of the node. */
  get text(): string {
    const tape = this.#open();
    return sourceText(tape, tape.starts[this.index], tape.ends[this.index]);
  }

  /** The container the node is in; undefined for the root. */
  get parent(): JsonNode | undefined {
    return this.#nodeAt(parentOf(this.#open(), this.index));
  }

  /** The key in front of a member's value; undefined for everything else. */
  get key(): JsonNode | undefined {
    return this.#nodeAt(keyOf(this.#open(), this.index));
  }

  /** How many elements or members there are inside; counting walks over them. */
  get length(): number {
    return childCount(this.#open(), this.index);
  }

  /** The value of the last member called `name`: the one that `JSON.parse` would keep. */
  get(name: string): JsonNode | undefined {
    return this.#nodeAt(findMember(this.#open(), this.index, name));
  }

  /** The element, or the member's value, at `index`; negative numbers count from the end. */
  at(index: number): JsonNode | undefined {
    const tape = this.#open();
    const place = index < 0 ? index + childCount(tape, this.index) : index;
    return place < 0 ? undefined : this.#nodeAt(childAt(tape, this.index, place));
  }

  /** The value of the node and all that is inside it, equal to what `JSON.parse` makes of its source text. */
  toValue(): JsonValue {
    return toValue(this.#open(), this.index);
  }

  /** The elements or the members' values, in the order of the text; equal keys are not folded together. */
  *[Symbol.iterator](): IterableIterator<JsonNode> {
    const step = childStep(this.#open(), this.index);
    const behind = this.#open().nexts[this.index];
    if (kindOf(this.#open(), this.index) < Kind.ARRAY) return;
    for (let child = this.index + 1 + step; child < behind; child = this.#open().nexts[child] + step) {
      yield new JsonNode(this.#open(), child);
    }
  }

  #nodeAt(index: number): JsonNode | undefined {
    return index < 0 ? undefined : new JsonNode(this.#tape, index);
  }

  #open(): Tape {
    if (this.#tape.generation === this.#generation) return this.#tape;
    throw new JsonError(
      "CLOSED",
      "this node belongs to a text that was closed or parsed over; read nodes before that, or parse into a document of its own",
    );
  }
}
