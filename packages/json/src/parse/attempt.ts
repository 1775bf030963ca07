// One pass of the strict parser over the text on a tape, by the kernel or its twin; the tape grows in between.

import { JsonError } from "../errors.ts";
import { tapeKernel, type TapeExports } from "../kernel/tape.wasm.ts";
import type { Tape } from "../tape/tape.ts";
import { roomFor } from "./density.ts";
import * as p from "./progress.ts";
import { parseStrict } from "./strict.ts";

/** How far a parse may go. */
export interface Limits {
  /** The most containers inside each other. */
  readonly maxDepth: number;
  /** The most nodes. */
  readonly maxNodes: number;
}

/** The kernel over the memory that the tape lies in, or undefined where that is no wasm memory. */
export function kernelFor(tape: Tape): TapeExports | undefined {
  return tapeKernel.over(tape.block.buffer);
}

/**
 * Whether the text on the tape is strict JSON, by the kernel or, without one, by the parser in TypeScript, which leaves
 * the encoding to others. The columns are complete then; otherwise the state says about where the fault is.
 */
export function attempt(tape: Tape, limits: Limits, kernel: TapeExports | undefined): boolean {
  const { maxDepth, maxNodes } = limits;
  let exports = kernel;
  p.begin(tape.state, textStart(tape));
  for (;;) {
    const outcome = exports === undefined ? parseStrict(tape, maxDepth) : parseWith(exports, tape, maxDepth);
    tape.count = tape.state[p.COUNT];
    if (tape.count > maxNodes) throw tooManyNodes(maxNodes);
    if (outcome !== p.FULL) return outcome === p.DONE;
    tape.grow(Math.min(grownCapacity(tape), roomFor(maxNodes)));
    // The larger block may lie in another region, where the kernel has another instance.
    if (exports !== undefined) exports = kernelFor(tape);
  }
}

// As many nodes as the text will have if it goes on like this, and some more; half as many again at least.
function grownCapacity(tape: Tape): number {
  const { count, textBytes, nodeCapacity, starts } = tape;
  const expected = (count / (starts[count - 1] + 1)) * textBytes * 1.0625;
  return Math.ceil(Math.max(nodeCapacity * 1.5, Math.min(expected, nodeCapacity * 8)));
}

// SAFETY: the tape lies in one block: its text is followed by 64 zeros at least, its columns are `nodeCapacity` long and
// one behind the other, and its index is as long as is said.
function parseWith(kernel: TapeExports, tape: Tape, maxDepth: number): number {
  const { state, bytes, starts, index } = tape;
  return kernel.parseTape(
    state.byteOffset,
    bytes.byteOffset,
    tape.textBytes,
    starts.byteOffset,
    tape.nodeCapacity,
    index.byteOffset,
    index.length,
    maxDepth,
  );
}

/** Where the text begins: a byte order mark is no part of it, and RFC 8259 lets parsers ignore it. */
export function textStart({ bytes }: Tape): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function tooManyNodes(most: number): JsonError {
  return new JsonError("LIMIT_EXCEEDED", `the text has more than maxNodes = ${most} nodes`);
}
