// A file whose bytes are read here and there, by those who look for places in it.

import { closeSync, fstatSync, openSync, readSync } from "node:fs";

import type { ReadAt } from "../table/row-starts.ts";
import { type FilePath, pathOf } from "./files.ts";

/** An open file. To be closed. */
export class OpenFile {
  readonly byteLength: number;
  /** Reads at a place. */
  readonly readAt: ReadAt;
  readonly #descriptor: number;

  constructor(path: FilePath) {
    const descriptor = openSync(pathOf(path), "r");
    this.#descriptor = descriptor;
    this.byteLength = fstatSync(descriptor).size;
    this.readAt = (target, position) => readSync(descriptor, target, 0, target.length, position);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
