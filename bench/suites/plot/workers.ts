// Many figures by one worker thread and by two. Wall time: two threads take no less of the processors' time than one.

import { SharedPool, type TaskRunner } from "@millpond/core";

import type { Bar, Case, Look, Scale, Subject, Verdict } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { type Points, wave } from "./data.ts";

const NAME = "by workers";
// Many, so that waiting for the last ones of two threads is little of it.
const FIGURES = 96;

function subject(name: string, role: Subject["role"], threads: number, count: number): Subject {
  const setup = async () => {
    const { Piscina } = await import("piscina");
    const { renderMany } = await import("@millpond/plot");
    // Compiled, this file and the worker end in .js.
    const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const filename = new URL("./figure-worker.ts", import.meta.url).href.replace(/ts$/, ending);
    // Two tasks a thread: one of them waits there already while the other is drawn.
    const piscina = new Piscina({
      filename,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: 2,
    });
    const pool = SharedPool.create({ name: "figures" });
    const jobs = Array<Points>(FIGURES).fill(shared(pool, wave(count)));
    const options = { runner: piscina as unknown as TaskRunner, name: "line" };
    let drawn = 0;
    const draw = async (): Promise<void> => {
      drawn = 0;
      for await (const figure of renderMany(pool, jobs, options)) {
        if (figure.status === "rejected") throw figure.reason;
        // A blank picture of this size takes less than 4 KB.
        if (figure.value.array.length > 8000) drawn++;
        figure.value.release();
      }
    };
    // Until each of two threads has compiled what one would have.
    for (let round = 0; round < 4; round++) await draw();
    const run = async (rounds: number): Promise<void> => {
      for (let round = 0; round < rounds; round++) await draw();
    };
    return { run, answer: () => drawn, close: () => piscina.destroy() };
  };
  return { name, role, setup };
}

function shared(pool: SharedPool, { xs, ys }: Points): Points {
  const copy = (numbers: Float64Array): Float64Array => {
    const array = pool.acquireUnsafe(Float64Array, numbers.length);
    array.set(numbers);
    return array;
  };
  return { xs: copy(xs), ys: copy(ys) };
}

/** The case about workers. */
export function workerCase(scale: Scale): Case {
  const count = scale === "full" ? 100_000 : 1000;
  return {
    group: `${FIGURES} figures of 100 K points over worker threads, to PNG bytes; wall time`,
    name: NAME,
    row: `${FIGURES} figures`,
    metric: "wall",
    subjects: [subject("millpond", "ours", 2, count), subject("one worker", "variant", 1, count)],
  };
}

function judge(look: Look): Verdict | undefined {
  const one = look(NAME, "one worker", "wall");
  const two = look(NAME, "millpond", "wall");
  if (one === undefined || two === undefined) return undefined;
  return { measured: `${digits(one / two)}x`, met: one / two >= 1.7 };
}

/** What workers are meant to reach. */
export const workerBar: Bar = { name: "figures by two workers: speed over one", wanted: ">= 1.7x", judge };
