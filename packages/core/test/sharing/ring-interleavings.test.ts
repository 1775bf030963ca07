// Every order of steps of small programs over rings of both kinds, deaths included. What must hold in each end: the
// history can be explained by a queue, and once it is read empty the ring is as good as new.
import assert from "node:assert/strict";
import { test } from "node:test";
import { explore, type Program } from "./interleavings.ts";
import { isLinearizable } from "./linearizable.ts";
import { historyOf, many, read, type RingMemory, type RingSteps, ringAt, two, write } from "./ring-steps.ts";
import type { Steps } from "./steps.ts";

function run(steps: Steps<unknown>): void {
  for (let left = 10_000; left > 0; left--) if (steps.next().done === true) return;
  throw new Error("a program on its own does not end");
}

// A ring at `position` in which records of so many slots wait, numbered from 1.
function ringWith({ ring, position, slots = 4, waiting = [] }: Story): RingMemory {
  const memory = ringAt(position, slots);
  waiting.forEach((taken, place) => run(write(ring, memory, 9, place + 1, taken)));
  memory.owners.tail = 0;
  return memory;
}

// What is left comes out by another thread, and the whole history is one of a queue.
function check({ ring, refusals = false }: Story, memory: RingMemory): void {
  memory.owners.head = 0;
  memory.owners.tail = 0;
  const slots = memory.words.length;
  for (let reads = 0; reads <= slots; reads++) run(read(ring, memory, 8));
  const history = historyOf(memory);
  assert.ok(isLinearizable(history), JSON.stringify(history));
  assert.equal(memory.head, memory.tail);
  assert.equal(memory.values.length, slots, "something was written behind the end");
  if (!refusals) assert.ok(memory.events.every(({ operation }) => operation.refused !== true));
  if (ring === two) return;
  memory.words.forEach((word, place) => {
    assert.ok("free" in word && word.free % slots === place, JSON.stringify(memory.words));
    assert.ok(word.free >= memory.tail && word.free < memory.tail + slots, JSON.stringify(memory));
  });
}

function* inTurn(...parts: readonly (() => Steps)[]): Steps {
  for (const part of parts) yield* part();
}

interface Story {
  readonly ring: RingSteps;
  readonly position: number;
  readonly slots?: number;
  /** The records that wait in it, by how many slots they take. */
  readonly waiting?: readonly number[];
  /** True where a thread may be told that an end of the ring is another thread's. */
  readonly refusals?: boolean;
  readonly programs: (memory: RingMemory) => readonly Program[];
  readonly least: number;
}

function all(story: Story): void {
  const { states, ends } = explore({
    memory: () => ringWith(story),
    programs: story.programs,
    check: (memory) => check(story, memory),
  });
  assert.ok(ends > 0 && states >= story.least, `${states} states, ${ends} ends`);
}

test("many: two writers and a reader", () => {
  const programs = (memory: RingMemory): Program[] => [
    { steps: () => write(many, memory, 1, 11) },
    { steps: () => write(many, memory, 2, 22) },
    { steps: () => read(many, memory, 3) },
  ];
  all({ ring: many, position: 0, programs, least: 3000 });
});

test("many: two readers of two records, and a writer behind them", () => {
  const programs = (memory: RingMemory): Program[] => [
    { steps: () => read(many, memory, 1) },
    { steps: () => read(many, memory, 2) },
    { steps: () => write(many, memory, 3, 33) },
  ];
  all({ ring: many, position: 2, waiting: [1, 1], programs, least: 3000 });
});

test("many: a record that has to begin at the front, beside one that just fits", () => {
  const programs = (memory: RingMemory): Program[] => [
    { steps: () => write(many, memory, 1, 11, 2) },
    { steps: () => write(many, memory, 2, 22) },
    { steps: () => read(many, memory, 3) },
  ];
  all({ ring: many, position: 3, programs, least: 3000 });
});

test("many: a full ring, its reader, and writers that want the room", () => {
  const programs = (memory: RingMemory): Program[] => [
    { steps: () => read(many, memory, 1) },
    { steps: () => write(many, memory, 2, 22) },
    { steps: () => write(many, memory, 3, 33) },
  ];
  all({ ring: many, position: 1, waiting: [1, 1, 1, 1], programs, least: 2000 });
});

test("many: a reader that is a round late does not take what is behind the next record", () => {
  const programs = (memory: RingMemory): Program[] => [
    { steps: () => read(many, memory, 1) },
    {
      steps: () =>
        inTurn(
          () => read(many, memory, 2),
          () => write(many, memory, 2, 22),
        ),
    },
  ];
  all({ ring: many, position: 1, slots: 2, waiting: [1, 1], programs, least: 300 });
});

test("many: a record of two slots waits for both of them", () => {
  const programs = (memory: RingMemory): Program[] => [
    { steps: () => read(many, memory, 1) },
    { steps: () => read(many, memory, 2) },
    { steps: () => write(many, memory, 3, 33, 2) },
  ];
  all({ ring: many, position: 2, waiting: [1, 1, 1, 1], programs, least: 2000 });
});

test("many: a writer dies anywhere, with padding on its way, while another writes and a third cleans up", () => {
  const programs = (memory: RingMemory): Program[] => [
    { steps: () => write(many, memory, 1, 11, 2), mortal: true },
    { steps: () => write(many, memory, 2, 22) },
    { steps: () => many.reclaim(memory, 3, 1), afterDeathOf: 0 },
  ];
  all({ ring: many, position: 3, programs, least: 3000 });
});

test("many: a reader dies anywhere while others write and clean up", () => {
  const programs = (memory: RingMemory): Program[] => [
    { steps: () => read(many, memory, 1), mortal: true },
    { steps: () => write(many, memory, 2, 22) },
    { steps: () => many.reclaim(memory, 3, 1), afterDeathOf: 0 },
  ];
  all({ ring: many, position: 2, waiting: [2, 1], programs, least: 900 });
});

test("many: two clean up after the same writer, and a third uses what they give back", () => {
  const programs = (memory: RingMemory): Program[] => [
    { steps: () => write(many, memory, 1, 11), mortal: true },
    { steps: () => many.reclaim(memory, 2, 1), afterDeathOf: 0 },
    {
      steps: () =>
        inTurn(
          () => many.reclaim(memory, 3, 1),
          () => read(many, memory, 3),
          () => write(many, memory, 3, 33, 4),
        ),
      afterDeathOf: 0,
    },
  ];
  all({ ring: many, position: 0, programs, least: 500 });
});

test("two: a writer of three records, one of which wraps, and a reader", () => {
  const programs = (memory: RingMemory): Program[] => [
    {
      steps: () =>
        inTurn(
          () => write(two, memory, 1, 11),
          () => write(two, memory, 1, 22, 2),
          () => write(two, memory, 1, 33),
        ),
    },
    {
      steps: () =>
        inTurn(
          () => read(two, memory, 2),
          () => read(two, memory, 2),
          () => read(two, memory, 2),
        ),
    },
  ];
  for (const position of [0, 2, 3]) all({ ring: two, position, programs, least: 300 });
});

test("two: a writer and a reader of a full ring", () => {
  const programs = (memory: RingMemory): Program[] => [
    {
      steps: () =>
        inTurn(
          () => write(two, memory, 1, 11),
          () => write(two, memory, 1, 22),
          () => write(two, memory, 1, 33, 2),
        ),
    },
    {
      steps: () =>
        inTurn(
          () => read(two, memory, 2),
          () => read(two, memory, 2),
          () => read(two, memory, 2),
        ),
    },
  ];
  all({ ring: two, position: 1, waiting: [1, 1, 1, 1], programs, least: 300 });
});

test("two: padding counts as room that a record needs", () => {
  const programs = (memory: RingMemory): Program[] => [
    { steps: () => write(two, memory, 1, 11, 2) },
    { steps: () => read(two, memory, 2) },
  ];
  all({ ring: two, position: 1, waiting: [1, 1], programs, least: 50 });
});

test("two: a writer dies anywhere, and another one goes on", () => {
  const programs = (memory: RingMemory): Program[] => [
    {
      steps: () =>
        inTurn(
          () => write(two, memory, 1, 11),
          () => write(two, memory, 1, 22, 2),
        ),
      mortal: true,
    },
    {
      steps: () =>
        inTurn(
          () => two.reclaim(memory, 2, 1),
          () => write(two, memory, 2, 33),
        ),
      afterDeathOf: 0,
    },
    { steps: () => read(two, memory, 3) },
  ];
  all({ ring: two, position: 2, programs, least: 300 });
});

test("two: a second writer is refused, and what it wanted to write is nowhere", () => {
  const programs = (memory: RingMemory): Program[] => [
    { steps: () => write(two, memory, 1, 11) },
    { steps: () => write(two, memory, 2, 22) },
    { steps: () => read(two, memory, 3) },
  ];
  all({ ring: two, position: 0, programs, least: 100, refusals: true });
});

test("the judge of histories knows a queue when it sees one, and what is none", () => {
  const write = (value: number, call: number, end: number, done = true) =>
    ({ kind: "write", value, call, end, done }) as const;
  const read = (value: number | undefined, call: number, end: number) =>
    ({ kind: "read", value, call, end, done: true }) as const;
  assert.ok(
    isLinearizable([write(1, 0, 1), write(2, 2, 3), read(1, 4, 5), read(2, 6, 7), read(undefined, 8, 9)]),
  );
  assert.ok(isLinearizable([write(1, 0, 3), write(2, 1, 2), read(2, 4, 5), read(1, 6, 7)]), "at once");
  assert.ok(isLinearizable([write(1, 0, Infinity), read(1, 4, 5)]), "died, and it happened");
  assert.ok(isLinearizable([write(1, 0, Infinity), write(2, 1, 2), read(2, 4, 5)]), "died, and it did not");
  assert.ok(!isLinearizable([write(1, 0, 1), write(2, 2, 3), read(2, 4, 5), read(1, 6, 7)]), "out of order");
  assert.ok(!isLinearizable([write(1, 0, 1), read(1, 2, 3), read(1, 4, 5)]), "twice");
  assert.ok(!isLinearizable([write(1, 0, 1), read(undefined, 2, 3)]), "lost");
  assert.ok(!isLinearizable([read(1, 0, 1), write(1, 2, 3)]), "read before it was written");
  assert.ok(!isLinearizable([write(1, 0, 1, false)]), "refused by an empty ring");
});
