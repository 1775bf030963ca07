// The other side of the hand-over cases: counts the trips in the first byte and sends the buffer back.

import { parentPort, workerData } from "node:worker_threads";

import { SharedPool, type SharedPoolHandle, type Token } from "@millpond/core";

interface Message {
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly transfer?: boolean;
  readonly token?: Token;
}

const pool = SharedPool.attach(workerData as SharedPoolHandle);
parentPort?.on("message", ({ bytes, transfer, token }: Message) => {
  if (token !== undefined) {
    const lease = pool.adopt(token, Uint8Array);
    lease.array[0]++;
    parentPort?.postMessage({ token: lease.detach() });
  } else if (bytes !== undefined) {
    bytes[0]++;
    parentPort?.postMessage({ bytes }, transfer === true ? [bytes.buffer] : []);
  }
});
