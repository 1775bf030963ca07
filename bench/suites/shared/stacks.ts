// Free blocks that two threads share: batches and a lock-free stack, a mutex, and a stack with BigInt atomics. Each
// subject is measured in this thread while another one does the same, or while nobody does.

import { once } from "node:events";
import { Worker } from "node:worker_threads";

import type { Case, Scale, Subject } from "../../lib/definition.ts";
import { CONTENDED } from "./names.ts";
import { openSource, type SourceName, sourceMessage } from "./stack-sources.ts";

interface Rival {
  stop(): Promise<void>;
}

async function startRival(name: SourceName, length: number, message: unknown): Promise<Rival> {
  const worker = new Worker(new URL("./stack-rival.ts", import.meta.url), {
    workerData: { name, length, message },
  });
  await once(worker, "message");
  return {
    stop: async () => {
      await worker.terminate();
    },
  };
}

function subject(
  name: string,
  role: Subject["role"],
  source: SourceName,
  length: number,
  contended: boolean,
): Subject {
  const setup = async () => {
    const message = sourceMessage(source, length);
    const work = openSource(source, length, message);
    const rival = contended ? await startRival(source, length, message) : undefined;
    let bad = 0;
    return {
      run: (count: number) => {
        bad += work(count, 1);
      },
      answer: () => ({ bad: bad + work(100, 1) }),
      close: async () => {
        await rival?.stop();
      },
    };
  };
  return { name, role, setup };
}

/** Alone and against a second thread. */
export function stackCases(scale: Scale): Case[] {
  const length = scale === "full" ? 1000 : 10;
  const all = (contended: boolean): Subject[] => [
    subject("millpond", "ours", "pool", length, contended),
    subject("mutex over Atomics", "plain", "mutex", length, contended),
    subject("tagged stack, BigInt atomics", "peer", "bigint", length, contended),
    subject("one block a trip, kernel", "variant", "kernel", length, contended),
  ];
  const group = "blocks that threads share, f64 x 1,000";
  return [
    { group, name: "acquire + release, f64 x 1,000, alone", row: "alone", subjects: all(false) },
    { group, name: CONTENDED, row: "two threads at once", subjects: all(true) },
  ];
}
