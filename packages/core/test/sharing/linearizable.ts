// Decides whether a history of a queue between threads can be explained: whether each operation can be given a moment
// between its call and its return at which it happens all at once, so that the queue behaves as one in a single thread
// would. A search over the orders, as Wing and Gong describe it, with a memory of where it has been.

/** One operation: what was asked and what came of it. */
export interface Operation {
  readonly kind: "write" | "read";
  /** When it was called, on a clock that all threads share. */
  readonly call: number;
  /** When it returned; Infinity for one whose thread died, which may have happened or not. */
  readonly end: number;
  /** The record; undefined for a read that found none, or that never returned. */
  readonly value?: number | undefined;
  /** False for a write that was refused. */
  readonly done: boolean;
}

/**
 * True if the history can be explained by a queue, first in, first out. A read may come back empty-handed while the
 * queue is empty or while a write is going on, whose record may be first in the queue and not ready. A write may be
 * refused while the queue is not empty or while anything else is going on.
 */
export function isLinearizable(history: readonly Operation[]): boolean {
  const order = history.toSorted((a, b) => a.call - b.call);
  const tried = new Set<string>();
  const open: State[] = [{ next: 0, ahead: [], queue: [] }];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (state.next >= order.length) return true;
    const key = `${state.next}|${state.ahead.join()}|${state.queue.join()}`;
    if (tried.has(key)) continue;
    tried.add(key);
    open.push(...successors(order, state));
  }
  return false;
}

// How far an explanation has come.
interface State {
  /** The first operation, in the order of calls, that has not happened. */
  readonly next: number;
  /** Operations behind it that have, in order. */
  readonly ahead: readonly number[];
  readonly queue: readonly number[];
}

// Every state after one more operation.
function successors(order: readonly Operation[], { next, ahead, queue }: State): State[] {
  const found: State[] = [];
  // Nothing can happen after an operation that has returned and not happened yet.
  let earliestEnd = Infinity;
  for (let place = next; place < order.length && order[place].call < earliestEnd; place++) {
    if (ahead.includes(place)) continue;
    earliestEnd = Math.min(earliestEnd, order[place].end);
    for (const after of outcomes(order[place], queue, order)) found.push(advanced(next, ahead, place, after));
  }
  return found;
}

function advanced(next: number, ahead: readonly number[], place: number, queue: readonly number[]): State {
  const happened = [...ahead, place].toSorted((a, b) => a - b);
  while (happened[0] === next) {
    happened.shift();
    next++;
  }
  return { next, ahead: happened, queue };
}

// What the queue may be after an operation; none if the operation cannot happen now.
function outcomes(
  operation: Operation,
  queue: readonly number[],
  order: readonly Operation[],
): (readonly number[])[] {
  const { kind, value, done, end } = operation;
  const died = end === Infinity;
  if (kind === "write") {
    if (!done && !died) return queue.length > 0 || overlaps(operation, order) ? [queue] : [];
    const written = [...queue, value as number];
    return died ? [written, queue] : [written];
  }
  if (died) return queue.length > 0 ? [queue.slice(1), queue] : [queue];
  if (value !== undefined) return queue[0] === value ? [queue.slice(1)] : [];
  return queue.length === 0 || overlaps(operation, order, "write") ? [queue] : [];
}

function overlaps(operation: Operation, order: readonly Operation[], kind?: Operation["kind"]): boolean {
  return order.some(
    (other) =>
      other !== operation &&
      (kind === undefined || other.kind === kind) &&
      other.call < operation.end &&
      other.end > operation.call,
  );
}
