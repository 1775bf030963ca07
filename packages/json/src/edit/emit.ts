// Writes the new document: from the tree of pieces to runs of the source and new text, in one pass, not recursive.

import type { Tape } from "../tape/tape.ts";
import { changesIn, type Placed } from "./container-changes.ts";
import { type EditValue, scalarText } from "./edit-value.ts";
import { isChanged, isContainer, open, type Piece, type Slot } from "./pieces.ts";
import { lineIndent, type TextStyle } from "./style.ts";

/** Told what the new document consists of. */
export interface Sink {
  /** The source from `from` to `to`, in the place where it was. */
  keep(from: number, to: number): void;
  /** The source from `from` to `to`, in another place. */
  copy(from: number, to: number): void;
  /** New text. */
  text(text: string): void;
}

type Task =
  | { readonly type: "range"; readonly from: number; readonly to: number; readonly inPlace: boolean }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "piece"; readonly placed: Placed; readonly inPlace: boolean };

/** Writes what stands in place of the root, and the text around it. */
export function emit(tape: Tape, root: Piece, style: TextStyle, sink: Sink): void {
  const { starts, ends, textBytes } = tape;
  const indent = style.unit === "" ? undefined : "";
  sink.keep(0, starts[0]);
  const tasks: Task[] = [{ type: "piece", placed: { piece: root, indent }, inPlace: root.node === 0 }];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    if (task.type === "text") sink.text(task.text);
    else if (task.type === "range") {
      if (task.inPlace) sink.keep(task.from, task.to);
      else sink.copy(task.from, task.to);
    } else expand(tape, task.placed, task.inPlace, style, tasks);
  }
  sink.keep(ends[0], textBytes);
}

// Puts what a piece consists of onto the list, last thing first.
function expand(tape: Tape, placed: Placed, inPlace: boolean, style: TextStyle, tasks: Task[]): void {
  const { piece } = placed;
  const { opened } = piece;
  if (piece.node < 0) pushReversed(tasks, newParts(tape, placed, style));
  else if (opened?.reshaped === true) pushReversed(tasks, sourceParts(tape, piece, inPlace, style));
  else pushSource(tape, piece.node, opened?.slots ?? piece.touched ?? [], inPlace, style, tasks);
}

function pushReversed(tasks: Task[], parts: readonly Task[]): void {
  for (let place = parts.length - 1; place >= 0; place--) tasks.push(parts[place]);
}

function range(from: number, to: number, inPlace: boolean): Task {
  return { type: "range", from, to, inPlace };
}

// A new value that is no container.
function scalar({ value }: Piece): Task {
  return { type: "text", text: scalarText(value as Exclude<EditValue, object>) };
}

// The source of a value in which nothing has changed but values of some children.
function pushSource(
  tape: Tape,
  node: number,
  children: readonly Slot[],
  inPlace: boolean,
  style: TextStyle,
  tasks: Task[],
): void {
  const { starts, ends } = tape;
  let to = ends[node];
  for (let place = children.length - 1; place >= 0; place--) {
    if (!isChanged(children[place])) continue;
    const { home, key, piece } = children[place];
    tasks.push(range(ends[home], to, inPlace));
    if (piece.node < 0 && !isContainer(tape, piece)) tasks.push(scalar(piece));
    else {
      const indent = style.unit === "" ? undefined : lineIndent(tape, starts[key < 0 ? home : key]);
      tasks.push({ type: "piece", placed: { piece, indent }, inPlace: inPlace && piece.node === home });
    }
    to = starts[home];
  }
  tasks.push(range(starts[node], to, inPlace));
}

// The source of a container with changes.
function sourceParts(tape: Tape, { node, opened }: Piece, inPlace: boolean, style: TextStyle): Task[] {
  const parts: Task[] = [];
  let at = tape.starts[node];
  for (const { start, end, content } of changesIn(tape, node, opened!, style)) {
    if (start > at) parts.push(range(at, start, inPlace));
    for (const item of content) {
      if (typeof item === "string") parts.push({ type: "text", text: item });
      else {
        const home = item.piece.node >= 0 && tape.starts[item.piece.node] === start && end > start;
        parts.push({ type: "piece", placed: item, inPlace: inPlace && home });
      }
    }
    at = Math.max(at, end);
  }
  parts.push(range(at, tape.ends[node], inPlace));
  return parts;
}

// A new value, in one line or in as many as it has things inside.
function newParts(tape: Tape, { piece, indent }: Placed, style: TextStyle): Task[] {
  if (!isContainer(tape, piece)) return [scalar(piece)];
  const { isObject, slots } = open(tape, piece);
  const [opener, closer] = isObject ? "{}" : "[]";
  if (slots.length === 0) return [{ type: "text", text: opener + closer }];
  const inner = indent === undefined ? undefined : indent + style.unit;
  const before = inner === undefined ? "" : style.newline + inner;
  const parts: Task[] = [{ type: "text", text: opener }];
  slots.forEach(({ name, piece: value }, place) => {
    const comma = place === 0 ? "" : inner === undefined ? `,${style.gap}` : ",";
    const key = isObject ? `${JSON.stringify(name)}:${style.gap}` : "";
    parts.push({ type: "text", text: comma + before + key });
    parts.push({ type: "piece", placed: { piece: value, indent: inner }, inPlace: false });
  });
  parts.push({ type: "text", text: indent === undefined ? closer : style.newline + indent + closer });
  return parts;
}
