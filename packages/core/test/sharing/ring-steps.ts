// The rings of sharing/ once more, as generators that stop before every access to shared memory, with a record of what
// was called and what came of it. See steps.ts for why. RingOfMany is followed line by line in the functions of
// `many`, RingOfTwo in those of `two`; bells are left out, since they decide when somebody looks and not what he sees.
import type { Operation } from "./linearizable.ts";
import type { Steps } from "./steps.ts";

/** What a slot's word says: the position it will have next, or what becomes of the record that begins there. */
type SlotWord =
  | { readonly free: number }
  | {
      readonly state: "writing" | "ready" | "reading";
      readonly lap: number;
      readonly slots: number;
      readonly thread: number;
    };

interface RingOperation extends Operation {
  readonly thread: number;
  /** True if the thread was told that the end of the ring is another thread's. */
  readonly refused?: boolean;
}

/** A ring's memory. Positions are not cut off: a lap is a position over the capacity. */
export interface RingMemory {
  head: number;
  tail: number;
  readonly words: SlotWord[];
  /** By place: the length as the first slot says it; -1 is SKIP. Lengths are counted in slots here. */
  readonly lengths: number[];
  /** By place: what was written there. */
  readonly values: number[];
  /** For a ring of two: who has the ends, and what they last saw. */
  readonly owners: { head: number; tail: number };
  readonly seen: { head: number; tail: number };
  /** Calls and returns in the order in which they happened. */
  readonly events: { readonly id: number; readonly operation: Partial<RingOperation> }[];
}

/** An empty ring whose borders stand at `position`. */
export function ringAt(position: number, capacity: number): RingMemory {
  const words = Array.from({ length: capacity }, (_, place): SlotWord => {
    const lap = Math.floor(position / capacity);
    return { free: (place < position % capacity ? lap + 1 : lap) * capacity + place };
  });
  return {
    head: position,
    tail: position,
    words,
    lengths: words.map(() => 0),
    values: words.map(() => 0),
    owners: { head: 0, tail: 0 },
    seen: { head: position, tail: position },
    events: [],
  };
}

/** The operations of a ring. */
export interface RingSteps {
  claim(memory: RingMemory, thread: number, slots: number): Steps<number>;
  publish(memory: RingMemory, thread: number, position: number, slots: number, length: number): Steps;
  take(memory: RingMemory, thread: number): Steps<number>;
  slotsAt(memory: RingMemory, position: number): Steps<number>;
  release(memory: RingMemory, position: number, slots: number): Steps;
  reclaim(memory: RingMemory, thread: number, dead: number): Steps;
}

const REFUSED = -2;

/** `tryWrite` of a record of `slots` slots that all say `value`. */
export function* write(ring: RingSteps, memory: RingMemory, thread: number, value: number, slots = 1): Steps {
  yield ["write"];
  const id = call(memory, { kind: "write", value, done: false, thread });
  const position = yield* ring.claim(memory, thread, slots);
  if (position >= 0) {
    yield ["write: fill", id, position];
    for (let ahead = 0; ahead < slots; ahead++) memory.values[placeOf(memory, position) + ahead] = value;
    yield* ring.publish(memory, thread, position, slots, slots);
  }
  end(memory, id, { done: position >= 0, refused: position === REFUSED });
}

/** `tryRead`. */
export function* read(ring: RingSteps, memory: RingMemory, thread: number): Steps {
  yield ["read"];
  const id = call(memory, { kind: "read", done: false, thread });
  for (;;) {
    const position = yield* ring.take(memory, thread);
    if (position < 0) return end(memory, id, { done: true, refused: position === REFUSED });
    const slots = yield* ring.slotsAt(memory, position);
    yield ["read: load length", id, position, slots];
    const place = placeOf(memory, position);
    const length = memory.lengths[place];
    let value = 0;
    if (length >= 0) {
      yield ["read: bytes", id, position, slots, length];
      value = memory.values[place];
      for (let ahead = 1; ahead < length; ahead++) {
        if (memory.values[place + ahead] !== value) throw new Error(`a record of ${value} is torn`);
      }
    }
    yield* ring.release(memory, position, slots);
    if (length >= 0) return end(memory, id, { done: true, value });
  }
}

function call(memory: RingMemory, operation: Partial<RingOperation>): number {
  const id = memory.events.length;
  memory.events.push({ id, operation });
  return id;
}

function end(memory: RingMemory, id: number, operation: Partial<RingOperation>): void {
  memory.events.push({ id, operation });
}

/** The operations that were not refused, with their places among all events as times. */
export function historyOf(memory: RingMemory): Operation[] {
  const operations = new Map<number, RingOperation>();
  memory.events.forEach(({ id, operation }, time) => {
    const known = operations.get(id);
    if (known === undefined) operations.set(id, { call: time, end: Infinity, ...operation } as RingOperation);
    else operations.set(id, { ...known, ...operation, end: time });
  });
  return [...operations.values()].filter(({ refused }) => refused !== true);
}

function placeOf(memory: RingMemory, position: number): number {
  return position % memory.words.length;
}

function lapOf(memory: RingMemory, position: number): number {
  return Math.floor(position / memory.words.length);
}

function sameWord(a: SlotWord, b: SlotWord): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function swap(memory: RingMemory, place: number, expected: SlotWord, wanted: SlotWord): boolean {
  const same = sameWord(memory.words[place], expected);
  if (same) memory.words[place] = wanted;
  return same;
}

function* help(
  memory: RingMemory,
  border: "head" | "tail",
  position: number,
  word: SlotWord,
): Steps<boolean> {
  yield ["help: load border", border, position, word];
  if (memory[border] !== position) return true;
  const ours = "state" in word && word.lap === lapOf(memory, position);
  if (!ours || (border === "head" && word.state !== "reading")) return false;
  yield* advance(memory, border, position, word.slots);
  return true;
}

function* advance(memory: RingMemory, border: "head" | "tail", position: number, slots: number): Steps {
  yield ["advance", border, position, slots];
  if (memory[border] === position) memory[border] = position + slots;
}

function* isFree(memory: RingMemory, position: number, slots: number): Steps<boolean> {
  for (let ahead = 1; ahead < slots; ahead++) {
    yield ["claim: look ahead", position, slots, ahead];
    if (!sameWord(memory.words[placeOf(memory, position + ahead)], { free: position + ahead })) return false;
  }
  return true;
}

/** A ring of many writers and readers. */
export const many: RingSteps = {
  *claim(memory, thread, slots) {
    for (;;) {
      yield ["claim: load tail", slots];
      const { tail } = memory;
      const place = placeOf(memory, tail);
      yield ["claim: load word", slots, tail];
      const word = memory.words[place];
      if (!sameWord(word, { free: tail })) {
        if (!(yield* help(memory, "tail", tail, word))) return -1;
        continue;
      }
      const untilEnd = memory.words.length - place;
      const taken = Math.min(slots, untilEnd);
      if (!(yield* isFree(memory, tail, taken))) return -1;
      yield ["claim: swap word", slots, tail, taken];
      const lap = lapOf(memory, tail);
      if (!swap(memory, place, word, { state: "writing", lap, slots: taken, thread })) continue;
      yield* advance(memory, "tail", tail, taken);
      if (taken === slots) return tail;
      yield* many.publish(memory, thread, tail, taken, -1);
    }
  },

  *publish(memory, thread, position, slots, length) {
    yield ["publish: length", position, slots, length];
    memory.lengths[placeOf(memory, position)] = length;
    yield ["publish: word", position, slots, length];
    const lap = lapOf(memory, position);
    memory.words[placeOf(memory, position)] = { state: "ready", lap, slots, thread };
  },

  *take(memory, thread) {
    for (;;) {
      yield ["take: load head"];
      const { head } = memory;
      yield ["take: load word", head];
      const word = memory.words[placeOf(memory, head)];
      if (!("state" in word) || word.state !== "ready" || word.lap !== lapOf(memory, head)) {
        if (!(yield* help(memory, "head", head, word))) return -1;
        continue;
      }
      yield ["take: swap word", head, word];
      if (!swap(memory, placeOf(memory, head), word, { ...word, state: "reading", thread })) continue;
      yield* advance(memory, "head", head, word.slots);
      return head;
    }
  },

  *slotsAt(memory, position) {
    yield ["slots", position];
    const word = memory.words[placeOf(memory, position)];
    return "state" in word ? word.slots : Number.NaN;
  },

  *release(memory, position, slots) {
    for (let ahead = slots - 1; ahead >= 0; ahead--) {
      yield ["release", position, slots, ahead];
      memory.words[placeOf(memory, position + ahead)] = { free: position + ahead + memory.words.length };
    }
  },

  *reclaim(memory, thread, dead) {
    for (let place = 0; place < memory.words.length; place++) {
      yield ["reclaim: load word", place];
      const word = memory.words[place];
      if (!("state" in word) || word.thread !== dead || word.state === "ready") continue;
      yield ["reclaim: swap word", place, word];
      if (!swap(memory, place, word, { ...word, thread })) continue;
      const position = word.lap * memory.words.length + place;
      yield* advance(memory, word.state === "writing" ? "tail" : "head", position, word.slots);
      if (word.state === "writing") {
        yield* many.publish(memory, thread, position, word.slots, -1);
      } else {
        yield* many.release(memory, position, word.slots);
      }
    }
  },
};

// The first to come has the end; others are told so.
function* enter(memory: RingMemory, border: "head" | "tail", thread: number): Steps<boolean> {
  yield ["enter", border];
  if (memory.owners[border] === 0) memory.owners[border] = thread;
  return memory.owners[border] === thread;
}

/** A ring of one writer and one reader. */
export const two: RingSteps = {
  *claim(memory, thread, slots) {
    if (!(yield* enter(memory, "tail", thread))) return REFUSED;
    const { tail } = memory;
    const capacity = memory.words.length;
    const untilEnd = capacity - placeOf(memory, tail);
    const needed = slots <= untilEnd ? slots : untilEnd + slots;
    if (needed > capacity - (tail - memory.seen.tail)) {
      yield ["claim: load head", slots, tail];
      memory.seen.tail = memory.head;
      if (needed > capacity - (tail - memory.seen.tail)) return -1;
    }
    if (needed === slots) return tail;
    yield ["claim: padding", slots, tail];
    memory.words[placeOf(memory, tail)] = { state: "ready", lap: 0, slots: untilEnd, thread: 0 };
    memory.lengths[placeOf(memory, tail)] = -1;
    return tail + untilEnd;
  },

  *publish(memory, _thread, position, slots, length) {
    yield ["publish: slot", position, slots, length];
    memory.words[placeOf(memory, position)] = { state: "ready", lap: 0, slots, thread: 0 };
    memory.lengths[placeOf(memory, position)] = length;
    yield ["publish: store tail", position, slots, length];
    memory.tail = position + slots;
  },

  *take(memory, thread) {
    if (!(yield* enter(memory, "head", thread))) return REFUSED;
    const { head } = memory;
    if (head !== memory.seen.head) return head;
    yield ["take: load tail", head];
    memory.seen.head = memory.tail;
    return head === memory.tail ? -1 : head;
  },

  slotsAt: (memory, position) => many.slotsAt(memory, position),

  *release(memory, position, slots) {
    yield ["release: store head", position, slots];
    memory.head = position + slots;
  },

  *reclaim(memory, _thread, dead) {
    for (const border of ["tail", "head"] as const) {
      yield ["reclaim: free end", border];
      if (memory.owners[border] === dead) memory.owners[border] = 0;
    }
  },
};
