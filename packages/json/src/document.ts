// A parsed text: the tape, and what leads into it.

import { JsonError } from "./errors.ts";
import type { Fault, FaultLog } from "./parse/faults.ts";
import { JsonNode } from "./read/node.ts";
import { type JsonValue, toValue } from "./read/value.ts";
import type { Tape } from "./tape/tape.ts";

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

  #log: FaultLog | undefined;
  #faults: readonly Fault[] = NO_FAULTS;

  /** @internal */
  constructor(tape: Tape) {
    this.tape = tape;
  }

  /** The value that the text consists of. */
  get root(): JsonNode {
    this.#refuseEmpty();
    return new JsonNode(this.tape, 0);
  }

  /** The whole value, equal to what `JSON.parse` makes of the text. */
  toValue(): JsonValue {
    this.#refuseEmpty();
    return toValue(this.tape, 0);
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
    this.#log = log;
    this.#faults = log === undefined ? NO_FAULTS : log.list(this.tape.bytes);
  }

  /** Gives the memory back; reading nodes throws from now on. Closing twice does nothing. */
  close(): void {
    this.tape.close();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #refuseEmpty(): void {
    if (this.tape.count > 0) return;
    throw new JsonError("CLOSED", "this document shows no text: it was closed, or the last parse failed");
  }
}
