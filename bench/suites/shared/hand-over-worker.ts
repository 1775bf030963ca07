// The other side of the hand-over cases: counts the trips in the first byte and sends the buffer back.

import { parentPort, workerData } from "node:worker_threads";

import {
  readToken,
  SharedPool,
  type SharedPoolHandle,
  SharedRing,
  type SharedRingHandle,
  type Token,
  TOKEN_BYTES,
  writeToken,
} from "@millpond/core";

interface Message {
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly transfer?: boolean;
  readonly token?: Token;
  readonly rings?: readonly [SharedRingHandle, SharedRingHandle];
}

const pool = SharedPool.attach(workerData as SharedPoolHandle);

function counted(token: Token): Token {
  const lease = pool.adopt(token, Uint8Array);
  lease.array[0]++;
  return lease.detach();
}

// Never returns: the thread sleeps in the ring until it is terminated.
function serve(there: SharedRing, back: SharedRing): void {
  for (;;) {
    const token = counted(there.read(readToken) as Token);
    back.tryWriteWith(TOKEN_BYTES, (record) => writeToken(token, record));
  }
}

parentPort?.on("message", ({ bytes, transfer, token, rings }: Message) => {
  if (rings !== undefined) serve(SharedRing.attach(pool, rings[0]), SharedRing.attach(pool, rings[1]));
  else if (token !== undefined) parentPort?.postMessage({ token: counted(token) });
  else if (bytes !== undefined) {
    bytes[0]++;
    parentPort?.postMessage({ bytes }, transfer === true ? [bytes.buffer] : []);
  }
});
