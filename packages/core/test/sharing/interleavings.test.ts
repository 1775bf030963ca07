// Every order of steps of small programs over the lock-free parts, deaths included. What must hold in each end: no block
// is lost, and no block is with two owners or twice on a stack.
import assert from "node:assert/strict";
import { test } from "node:test";
import { explore, type Program } from "./interleavings.ts";
import { adopt, fetch, free, freeOrphans, type Memory, reclaim, type Steps, type Word } from "./steps.ts";

// Blocks `held` by threads, the others on the centre's stack, the lowest number on top.
function memoryOf(blocks: number, held: Readonly<Record<number, number>> = {}): Memory {
  const words: Word[] = [];
  const next: number[] = [];
  let top = 0;
  for (let block = blocks - 1; block >= 0; block--) {
    const owner = held[block];
    words[block] =
      owner === undefined ? { state: "free", owner: 0, turn: 0 } : { state: "held", owner, turn: 1 };
    next[block] = 0;
    if (owner !== undefined) continue;
    next[block] = top;
    top = block + 1;
  }
  return {
    heads: [{ top, tag: 0 }],
    next,
    words,
    journals: Array.from({ length: 5 }, () => ({ count: 0, entries: [] })),
    rows: Array.from({ length: 5 }, () => "alive"),
  };
}

function stacked(memory: Memory): number[] {
  const found: number[] = [];
  for (let top = memory.heads[0].top; top !== 0; top = memory.next[top - 1]) {
    assert.ok(!found.includes(top - 1), `block ${top - 1} is twice on the stack`);
    found.push(top - 1);
  }
  return found;
}

// Every block is on the stack and free, or held by a thread of `alive`.
function checkAll(memory: Memory, alive: readonly number[]): void {
  const onStack = stacked(memory);
  memory.words.forEach((word, block) => {
    const where = JSON.stringify({ block, word, onStack });
    if (onStack.includes(block)) assert.equal(word.state, "free", where);
    else assert.ok(word.state === "held" && alive.includes(word.owner), where);
  });
}

function* fetchAndFree(memory: Memory, thread: number, most: number): Steps {
  const got = yield* fetch(memory, 0, thread, most);
  if (got.length > 0) yield* free(memory, 0, thread, got);
}

// Two pops and a push of the first: what breaks a stack without tags.
function* popPopPush(memory: Memory, thread: number): Steps {
  const first = yield* fetch(memory, 0, thread, 1);
  yield* fetch(memory, 0, thread, 1);
  yield* free(memory, 0, thread, first);
}

function all(
  memory: () => Memory,
  programs: (memory: Memory) => readonly Program[],
  alive: readonly number[],
): void {
  const { states, ends } = explore({ memory, programs, check: (memory) => checkAll(memory, alive) });
  assert.ok(ends > 0 && states > 50, `${states} states, ${ends} ends`);
}

test("two threads that fetch never get the same block, and none is lost", () => {
  const programs = (memory: Memory): Program[] => [
    { steps: () => fetch(memory, 0, 1, 2) },
    { steps: () => fetch(memory, 0, 2, 2) },
  ];
  all(() => memoryOf(3), programs, [1, 2]);
});

test("a head that was popped and pushed in between is not mistaken for the same", () => {
  const programs = (memory: Memory): Program[] => [
    { steps: () => fetch(memory, 0, 1, 1) },
    { steps: () => popPopPush(memory, 2) },
  ];
  all(() => memoryOf(3), programs, [1, 2]);
});

test("three threads fetch and free", () => {
  const programs = (memory: Memory): Program[] => [
    { steps: () => fetch(memory, 0, 1, 1) },
    { steps: () => fetchAndFree(memory, 2, 1) },
    { steps: () => free(memory, 0, 3, [2]) },
  ];
  all(() => memoryOf(3, { 2: 3 }), programs, [1, 2, 3]);
});

test("a thread that dies while it fetches loses nothing, whatever another one does meanwhile", () => {
  const programs = (memory: Memory): Program[] => [
    { steps: () => fetch(memory, 0, 1, 2), mortal: true },
    { steps: () => fetchAndFree(memory, 2, 1) },
    { steps: () => reclaim(memory, 3, 1, false), afterDeathOf: 0 },
  ];
  all(() => memoryOf(2), programs, [1, 2]);
});

test("a thread that dies while it frees loses nothing, whatever another one does meanwhile", () => {
  const programs = (memory: Memory): Program[] => [
    { steps: () => free(memory, 0, 1, [0, 1]), mortal: true },
    { steps: () => fetchAndFree(memory, 2, 2) },
    { steps: () => reclaim(memory, 3, 1, false), afterDeathOf: 0 },
  ];
  all(() => memoryOf(3, { 0: 1, 1: 1 }), programs, [1, 2]);
});

test("of two threads that clean up after a third, one does it", () => {
  const programs = (memory: Memory): Program[] => [
    { steps: () => fetchAndFree(memory, 1, 1), mortal: true },
    { steps: () => reclaim(memory, 2, 1, false), afterDeathOf: 0 },
    { steps: () => reclaim(memory, 3, 1, false), afterDeathOf: 0 },
  ];
  all(() => memoryOf(2, { 1: 1 }), programs, [1]);
});

test("a token goes to one of two adopters, or to the reclaim that takes what is in flight", () => {
  const memory = (): Memory => {
    const made = memoryOf(2);
    made.heads[0].top = 2;
    made.words[0] = { state: "flight", owner: 1, turn: 5 };
    return made;
  };
  const programs = (memory: Memory): Program[] => [
    { steps: () => adopt(memory, 2, 0, 5) },
    { steps: () => adopt(memory, 3, 0, 5) },
    { steps: () => reclaim(memory, 4, 1, true) },
  ];
  all(memory, programs, [2, 3]);
});

test("a token of a thread that has ended is adopted, whatever moment that is, or freed as an orphan", () => {
  const memory = (): Memory => {
    const made = memoryOf(2);
    made.heads[0].top = 2;
    made.words[0] = { state: "flight", owner: 1, turn: 5 };
    return made;
  };
  // Adoption may fail only if the orphan was freed.
  function* adoptOrFind(memory: Memory): Steps {
    const adopted = yield* adopt(memory, 2, 0, 5);
    assert.ok(adopted || memory.words[0].turn > 5, "a good token was refused");
    if (adopted) memory.rows[2] = "has block 0";
  }
  function* reclaimAll(memory: Memory): Steps {
    yield* reclaim(memory, 3, 1, false);
    yield* freeOrphans(memory, 3);
  }
  const programs = (memory: Memory): Program[] => [
    { steps: () => adoptOrFind(memory) },
    { steps: () => reclaimAll(memory) },
    { steps: () => freeOrphans(memory, 4) },
  ];
  const { ends } = explore({
    memory,
    programs,
    check: (end) => {
      checkAll(end, [2]);
      assert.equal(end.words[0].state, end.rows[2] === "has block 0" ? "held" : "free");
    },
  });
  assert.ok(ends > 1);
});
