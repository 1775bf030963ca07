// JsonCursor: one object that moves over the tape, for loops that must not create anything.

import { unlike } from "../check.ts";
import { NodeReader } from "./node-reader.ts";
import { childAt, childStep, findMember, kindOf, parentOf } from "./walk.ts";

/**
 * A place that moves: each step changes the cursor and returns it, and creates nothing. A step that leads nowhere leaves
 * it `missing`, where all further steps but `to` and `toRoot` keep it.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { parse } from "@millpond/json";
 *
 * const document = parse('[{"x": 1}, {"x": 2}, {"y": 3}]');
 * const cursor = document.cursor();
 * let sum = 0;
 * for (let item = cursor.firstChild().index; item >= 0; item = cursor.to(item).nextSibling().index) {
 *   sum += cursor.get("x").toNumber() ?? 0;
 * }
 * assert.equal(sum, 3);
 * document.close();
 * ```
 */
export class JsonCursor extends NodeReader {
  /** True after a step that led nowhere; `index` is -1 then, and what is read is undefined, empty or an error. */
  get missing(): boolean {
    return this._index < 0;
  }

  /** To the root. */
  toRoot(): this {
    return this.to(0);
  }

  /** To the node of this number, as `index` gave it. */
  to(index: number): this {
    const { count } = this._open();
    if (index !== (index | 0) || index >= count) {
      throw unlike(`the number of a node below ${count}, or -1 for none`, index);
    }
    this._index = index;
    return this;
  }

  /** To the value of the last member called `name`. */
  get(name: string): this {
    if (!this.missing) this._index = findMember(this._open(), this._index, name);
    return this;
  }

  /** To the element, or the member's value, at `index`, counted from 0. */
  at(index: number): this {
    if (!Number.isInteger(index)) throw unlike("the number of an element or member", index);
    if (!this.missing) this._index = childAt(this._open(), this._index, index);
    return this;
  }

  /** To the container around. */
  toParent(): this {
    if (!this.missing) this._index = parentOf(this._open(), this._index);
    return this;
  }

  /** To the first element, or the first member's value. */
  firstChild(): this {
    return this.at(0);
  }

  /** To the next element, or the next member's value. */
  nextSibling(): this {
    if (this.missing) return this;
    const tape = this._open();
    const parent = parentOf(tape, this._index);
    if (parent < 0) this._index = -1;
    else {
      const next = tape.nexts[this._index] + childStep(tape, parent);
      this._index = next < tape.nexts[parent] ? next : -1;
    }
    return this;
  }

  /** The kind as a number of `Kind`; 0 where the cursor is missing. */
  get kindNumber(): number {
    return this.missing ? 0 : kindOf(this._open(), this._index);
  }
}
