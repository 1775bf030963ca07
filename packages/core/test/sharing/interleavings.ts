// Runs small programs of several threads in every possible order of their steps.
import type { Steps } from "./steps.ts";

/** Threads, their programs, and what has to hold in the end. */
export interface Scenario<M> {
  /** Memory as it is before the first step, plain data; made anew for every run. */
  readonly memory: () => M;
  /** One program a thread. */
  readonly programs: (memory: M) => readonly Program[];
  /** Throws when the final state is wrong. */
  readonly check: (memory: M) => void;
}

export interface Program {
  readonly steps: () => Steps<unknown>;
  /** May die before any step. */
  readonly mortal?: boolean;
  /** Starts only once this thread has died; never runs when it lives to the end. */
  readonly afterDeathOf?: number;
}

/** How many states and ends were visited. */
export interface Explored {
  states: number;
  ends: number;
}

interface Running {
  readonly program: Program;
  readonly steps: Steps<unknown>;
  last: readonly unknown[];
  done: boolean;
  dead: boolean;
}

const DIE = 1000;

/** Visits every reachable state once. A choice is a thread's number, or DIE plus it for its death. */
export function explore<M>(scenario: Scenario<M>): Explored {
  const seen = new Set<string>();
  const explored = { states: 0, ends: 0 };
  const open: number[][] = [[]];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const { memory, threads } = replay(scenario, path);
    const key = JSON.stringify([memory, threads.map(({ last, done, dead }) => [last, done, dead])]);
    if (seen.has(key)) continue;
    seen.add(key);
    explored.states++;
    const choices = choicesOf(threads);
    if (choices.length === 0) {
      explored.ends++;
      checked(scenario, memory, path);
    }
    for (const choice of choices) open.push([...path, choice]);
  }
  return explored;
}

function choicesOf(threads: readonly Running[]): number[] {
  const choices: number[] = [];
  threads.forEach((thread, number) => {
    const waits = thread.program.afterDeathOf !== undefined && !threads[thread.program.afterDeathOf].dead;
    if (thread.done || thread.dead || waits) return;
    choices.push(number);
    if (thread.program.mortal === true) choices.push(DIE + number);
  });
  return choices;
}

function replay<M>(scenario: Scenario<M>, path: readonly number[]): { memory: M; threads: Running[] } {
  const memory = scenario.memory();
  const programs = scenario.programs(memory);
  const threads = programs.map((program) => start(program));
  for (const choice of path) {
    const thread = threads[choice % DIE];
    if (choice >= DIE) thread.dead = true;
    else advance(thread);
  }
  return { memory, threads };
}

function start(program: Program): Running {
  const thread: Running = { program, steps: program.steps(), last: [], done: false, dead: false };
  advance(thread);
  return thread;
}

function advance(thread: Running): void {
  const { value, done } = thread.steps.next();
  thread.done = done === true;
  thread.last = done === true ? ["done"] : value;
}

function checked<M>(scenario: Scenario<M>, memory: M, path: readonly number[]): void {
  try {
    scenario.check(memory);
  } catch (error) {
    throw new Error(`wrong after the steps ${path.join(" ")}: ${JSON.stringify(memory)}`, { cause: error });
  }
}
