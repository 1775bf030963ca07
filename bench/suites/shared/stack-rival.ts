// The second thread of the stack cases: does the same until it is stopped.

import { parentPort, workerData } from "node:worker_threads";

import { openSource, type SourceName } from "./stack-sources.ts";

interface Rival {
  readonly name: SourceName;
  readonly length: number;
  readonly message: unknown;
}

const { name, length, message } = workerData as Rival;
const work = openSource(name, length, message);
work(10_000, 2);
parentPort?.postMessage("ready");
while (work(100_000, 2) === 0);
throw new Error("a block was with two threads");
