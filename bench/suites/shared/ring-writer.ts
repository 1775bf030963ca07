// The writing side of the ring cases.

import { parentPort, workerData } from "node:worker_threads";

import { SharedPool, type SharedPoolHandle, SharedRing, type SharedRingHandle } from "@millpond/core";

interface Order {
  /** Left out for messages. */
  readonly ring?: SharedRingHandle;
  readonly count: number;
}

const pool = SharedPool.attach(workerData as SharedPoolHandle);
const record = new Uint8Array(20);
let ring: SharedRing | undefined;

parentPort?.on("message", ({ ring: handle, count }: Order) => {
  if (handle !== undefined) ring ??= SharedRing.attach(pool, handle);
  for (let written = 0; written < count; written++) {
    record[0] = written & 7;
    if (ring === undefined) parentPort?.postMessage(record);
    else ring.write(record);
  }
});
