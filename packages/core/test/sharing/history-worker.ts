// A thread of ring-histories.test.ts: writes into or reads from a ring, and notes when each operation was called and when
// it returned, on a clock that all threads count up.
import { parentPort, workerData } from "node:worker_threads";
import { SharedPool, type SharedPoolHandle, SharedRing, type SharedRingHandle } from "@millpond/core";
import type { Operation } from "./linearizable.ts";

export interface HistoryJob {
  readonly pool: SharedPoolHandle;
  readonly ring: SharedRingHandle;
  readonly kind: Operation["kind"];
  /** The first of this thread's values. */
  readonly from: number;
  /** How many records a writer writes. Readers go on until the writers are done and nothing is left. */
  readonly records: number;
  /** Word 0 is the clock, word 1 the number of threads that are ready, word 2 that of writers that are done. */
  readonly clock: Int32Array;
  readonly threads: number;
  readonly writers: number;
}

const job = workerData as HistoryJob;
const { pool: handle, ring: ringHandle, kind, from, records, clock, threads, writers } = job;
const pool = SharedPool.attach(handle);
const ring = SharedRing.attach(pool, ringHandle);
const record = new Uint8Array(250);
const numbers = new DataView(record.buffer);

// Lengths from 4 to 250, so that records wrap and leave padding.
function write(place: number): Operation {
  const value = from + place;
  numbers.setInt32(0, value);
  const bytes = record.subarray(0, 4 + ((value * 61) % 247));
  const call = Atomics.add(clock, 0, 1);
  const done = ring.tryWrite(bytes);
  return { kind, call, end: Atomics.add(clock, 0, 1), value, done };
}

const look = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset).getInt32(0);

function read(): Operation {
  const call = Atomics.add(clock, 0, 1);
  const value = ring.tryRead(look);
  return { kind, call, end: Atomics.add(clock, 0, 1), value, done: true };
}

Atomics.add(clock, 1, 1);
Atomics.notify(clock, 1);
for (;;) {
  const ready = Atomics.load(clock, 1);
  if (ready >= threads) break;
  Atomics.wait(clock, 1, ready);
}
const history: Operation[] = [];
const never = new Int32Array(new SharedArrayBuffer(4));

// So many in a row before it sleeps a little; and before it is sure that the ring is stuck.
const SLEEP_AFTER = 5;
const STUCK_AFTER = 50_000;
let inVain = 0;

// Lets the others have the processor when there was nothing to do for a while.
function noteOrSleep(operation: Operation, nothing: boolean): void {
  history.push(operation);
  inVain = nothing ? inVain + 1 : 0;
  if (inVain % SLEEP_AFTER === SLEEP_AFTER - 1) Atomics.wait(never, 0, 0, 0.01);
  if (inVain > STUCK_AFTER)
    throw new Error(`the ring lets nobody ${kind}: ${JSON.stringify(history.slice(-5))}`);
}

if (kind === "write") {
  for (let place = 0; place < records;) {
    const operation = write(place);
    noteOrSleep(operation, !operation.done);
    if (operation.done) place++;
  }
  Atomics.add(clock, 2, 1);
} else {
  for (let last = false; !last;) {
    const writersDone = Atomics.load(clock, 2) === writers;
    const operation = read();
    noteOrSleep(operation, operation.value === undefined);
    last = writersDone && operation.value === undefined;
  }
}
parentPort?.postMessage(history);
pool.close();
