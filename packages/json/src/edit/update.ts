// Brings a tape up to date after edits of its text: the smallest container around them is parsed by itself, on a tape of its
// own, and put in the place of the old one.
//
// That is right because a container without faults starts and ends outside of strings and comments: whatever its inside
// becomes, if the text from its first to its last bracket is one value again, then the text around it means what it meant.
// Where that is not so, the whole text is parsed.
//
//     nodes    0 ... container ... behind ... count        starts and ends behind the edits move by the change in bytes,
//              |     replaced     | moved    |             nexts and parents that point there by the change in nodes

import { JsonError } from "../errors.ts";
import type { FaultLog } from "../parse/faults.ts";
import { loadText } from "../parse/load.ts";
import type { ParseSettings } from "../parse/options.ts";
import { run } from "../parse/run.ts";
import { nodeAt } from "../read/path.ts";
import { kindOf, parentOf } from "../read/walk.ts";
import { Kind, NO_NODE } from "../tape/kinds.ts";
import { Tape } from "../tape/tape.ts";
import { type TextEdit, writeEdited } from "./text-edits.ts";

/**
 * Applies edits to the text on a tape and brings the columns up to date. `hasFaults` says that the text had some. Returns the
 * faults of the new text, as `run` does.
 */
export function updateTape(
  tape: Tape,
  settings: ParseSettings,
  edits: readonly TextEdit[],
  hasFaults: boolean,
): FaultLog | undefined {
  const container = hasFaults ? -1 : containerAround(tape, edits);
  if (container > 0 && updateContainer(tape, settings, edits, container)) return undefined;
  const writer = writeEdited(tape.pool, tape.bytes, 0, tape.textBytes, edits);
  try {
    loadText(tape, writer.written, { ...settings, encoding: "utf-8" });
    return run(tape, settings);
  } catch (error) {
    tape.clear();
    throw error;
  } finally {
    writer.release();
  }
}

// The innermost container with all edits between its brackets, or -1.
function containerAround(tape: Tape, edits: readonly TextEdit[]): number {
  if (edits.length === 0) return -1;
  const from = edits.reduce((least, { start }) => Math.min(least, start), Infinity);
  const to = edits.reduce((most, { end }) => Math.max(most, end), 0);
  let node = nodeAt(tape, from);
  while (node >= 0 && !(isContainer(tape, node) && tape.starts[node] < from && to < tape.ends[node])) {
    node = parentOf(tape, node);
  }
  return node;
}

function isContainer(tape: Tape, node: number): boolean {
  const kind = kindOf(tape, node);
  return kind === Kind.ARRAY || kind === Kind.OBJECT;
}

// Whether the container could be parsed by itself; nothing has changed otherwise.
function updateContainer(
  tape: Tape,
  settings: ParseSettings,
  edits: readonly TextEdit[],
  container: number,
): boolean {
  const { pool, starts, ends } = tape;
  const writer = writeEdited(pool, tape.bytes, starts[container], ends[container], edits);
  const part = new Tape(pool);
  try {
    if (!parsePart(part, writer.written, settings, settings.maxDepth - depthOf(tape, container)))
      return false;
    const textBytes = tape.textBytes + part.textBytes - (ends[container] - starts[container]);
    const count = tape.count + part.count - (tape.nexts[container] - container);
    if (textBytes > settings.maxBytes || count > settings.maxNodes) return false;
    tape.makeRoom(textBytes, count);
    splice(tape, container, part, textBytes, count);
    tape.renew();
    tape.children?.build(tape);
    return true;
  } finally {
    part.close();
    writer.release();
  }
}

function parsePart(part: Tape, text: Uint8Array, settings: ParseSettings, maxDepth: number): boolean {
  try {
    loadText(part, text, { ...settings, encoding: "utf-8" });
    run(part, { ...settings, recover: false, maxDepth });
    return true;
  } catch (error) {
    // The whole text is parsed then, which says what is wrong and where.
    if (error instanceof JsonError) return false;
    throw error;
  }
}

function depthOf(tape: Tape, node: number): number {
  let depth = 0;
  for (let around = parentOf(tape, node); around >= 0; around = parentOf(tape, around)) depth++;
  return depth;
}

function splice(tape: Tape, container: number, part: Tape, textBytes: number, count: number): void {
  const start = tape.starts[container];
  const end = tape.ends[container];
  const behind = tape.nexts[container];
  const moreBytes = textBytes - tape.textBytes;
  const moreNodes = count - tape.count;
  for (let around = parentOf(tape, container); around >= 0; around = parentOf(tape, around)) {
    tape.ends[around] += moreBytes;
    tape.nexts[around] += moreNodes;
  }
  moveNodes(tape, behind, moreBytes, moreNodes);
  putNodes(tape, container, part, start);
  spliceComments(tape, part, start, end, moreBytes);
  tape.bytes.copyWithin(end + moreBytes, end, tape.textBytes);
  tape.bytes.set(part.bytes.subarray(0, part.textBytes), start);
  tape.finishText(textBytes);
  tape.count = count;
}

// The nodes from `behind` on, which are in containers from `behind` on or in those around the edits.
function moveNodes(tape: Tape, behind: number, moreBytes: number, moreNodes: number): void {
  const { kinds, starts, ends, nexts, parents, count } = tape;
  for (const column of [kinds, starts, ends, nexts, parents]) {
    column.copyWithin(behind + moreNodes, behind, count);
  }
  for (let node = behind + moreNodes; node < count + moreNodes; node++) {
    starts[node] += moreBytes;
    ends[node] += moreBytes;
    nexts[node] += moreNodes;
    if (parents[node] >= behind && parents[node] !== NO_NODE) parents[node] += moreNodes;
  }
}

function putNodes(tape: Tape, container: number, part: Tape, start: number): void {
  const { kinds, starts, ends, nexts, parents } = tape;
  const around = parents[container];
  kinds.set(part.kinds.subarray(0, part.count), container);
  for (let node = 0; node < part.count; node++) {
    starts[container + node] = part.starts[node] + start;
    ends[container + node] = part.ends[node] + start;
    nexts[container + node] = part.nexts[node] + container;
    parents[container + node] = part.parents[node] + container;
  }
  parents[container] = around;
}

function spliceComments(tape: Tape, part: Tape, start: number, end: number, moreBytes: number): void {
  if (tape.commentCount === 0 && part.commentCount === 0) return;
  const comments = Array.from({ length: tape.commentCount }, (_, place): [number, number] => [
    tape.commentStarts[place],
    tape.commentEnds[place],
  ]);
  tape.commentCount = 0;
  for (const [from, to] of comments) if (from < start) tape.addComment(from, to);
  for (let place = 0; place < part.commentCount; place++) {
    tape.addComment(part.commentStarts[place] + start, part.commentEnds[place] + start);
  }
  for (const [from, to] of comments) if (from >= end) tape.addComment(from + moreBytes, to + moreBytes);
}
