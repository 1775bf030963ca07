// The other side of the tour's last part: touches what it is given and sends it back.

import { isMainThread, parentPort, workerData } from "node:worker_threads";

import { SharedPool, type SharedPoolHandle, type Token } from "@millpond/core";

interface Message {
  readonly frame?: Uint8Array;
  readonly token?: Token;
}

if (isMainThread) {
  console.log("This is the worker of tour.ts; run that.");
} else {
  const pool = SharedPool.attach(workerData as SharedPoolHandle);
  parentPort?.on("message", ({ frame, token }: Message) => {
    if (token === undefined) {
      parentPort?.postMessage({ frame });
      return;
    }
    const lease = pool.adopt(token, Uint8Array);
    lease.array[0]++;
    parentPort?.postMessage({ token: lease.detach() });
  });
  parentPort?.postMessage("ready");
}
