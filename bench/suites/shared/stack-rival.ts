// The second thread of the stack cases: does the same until it is stopped, and counts what it does.

import { parentPort, workerData } from "node:worker_threads";

import { openSource, type SourceName } from "./stack-sources.ts";

interface Rival {
  readonly name: SourceName;
  readonly length: number;
  readonly message: unknown;
  /** Word 0: how many operations were done, modulo 2^32. */
  readonly done: Int32Array;
}

const STRETCH = 960;

const { name, length, message, done } = workerData as Rival;
const work = openSource(name, length, message);
work(STRETCH * 20, 2);
parentPort?.postMessage("ready");
while (work(STRETCH, 2) === 0) Atomics.add(done, 0, STRETCH);
throw new Error("a block was with two threads");
