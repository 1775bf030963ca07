// What the workers of the sharing tests do: `job` says which.
import { parentPort, workerData } from "node:worker_threads";
import {
  randomFrom,
  SharedPool,
  type SharedPoolHandle,
  SharedRing,
  type SharedRingHandle,
} from "@millpond/core";

interface Job {
  readonly job: "churn" | "write" | "read" | "hold" | "make" | "busy" | "send";
  readonly pool: SharedPoolHandle;
  readonly ring?: SharedRingHandle;
  readonly seed: number;
  readonly count: number;
}

const { job, pool: handle, ring: ringHandle, seed, count } = workerData as Job;
const pool = SharedPool.attach(handle);
const random = randomFrom(seed);
const mark = pool.thread;

// Acquires, fills with this thread's number, checks that nobody else wrote there, releases, sends tokens now and then. How
// much it has goes up and down, mostly of one class and far beyond a private cache, so that batches of blocks keep moving
// through the stacks that all threads share.
function churn(): void {
  const live: Uint8Array[] = [];
  let wanted = 0;
  for (let done = 0; done < count; done++) {
    if (live.length === wanted) wanted = Math.floor(random() * 130);
    if (live.length < wanted) live.push(acquire());
    else if (live.length > 0) release(live);
    if (random() < 0.0005) parentPort?.postMessage({ token: pool.lease(Float64Array, 100).detach() });
  }
  while (live.length > 0) release(live);
}

// Works without ever letting messages in, until it has acquired so often.
function busy(): void {
  const arrays: Uint8Array[] = [];
  for (let done = 0; done < count; done++) {
    for (let place = 0; place < 50; place++) arrays.push(pool.acquireUnsafe(Uint8Array, 1000));
    while (arrays.length > 0) pool.release(arrays.pop() as Uint8Array);
  }
}

function acquire(): Uint8Array {
  const bytes = pool.acquireUnsafe(Uint8Array, random() < 0.9 ? 1000 : 1 + Math.floor(random() * 40_000));
  bytes[0] = mark;
  bytes[bytes.length - 1] = mark;
  return bytes;
}

function release(live: Uint8Array[]): void {
  const [bytes] = live.splice(Math.floor(random() * live.length), 1);
  if (bytes[0] !== mark || bytes[bytes.length - 1] !== mark)
    throw new Error("another thread wrote into this block");
  pool.release(bytes);
}

// Records of random length: writer, number, then bytes that follow from both.
function write(ring: SharedRing): void {
  for (let number = 0; number < count; number++) {
    const length = 8 + Math.floor(random() * 200);
    const fill = (bytes: Uint8Array): void => {
      bytes.fill((number * 31 + mark) & 255);
      new DataView(bytes.buffer, bytes.byteOffset).setInt32(0, mark);
      new DataView(bytes.buffer, bytes.byteOffset).setInt32(4, number);
    };
    while (!ring.tryWriteWith(length, fill)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  }
}

// Reads until nothing came for a second; what it saw, in order, as [writer, number].
function read(ring: SharedRing): [number, number][] {
  const seen: [number, number][] = [];
  const look = (bytes: Uint8Array): true => {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const writer = view.getInt32(0);
    const number = view.getInt32(4);
    const expected = (number * 31 + writer) & 255;
    for (let place = 8; place < bytes.length; place++) {
      if (bytes[place] !== expected) throw new Error(`record ${number} of ${writer} is damaged at ${place}`);
    }
    seen.push([writer, number]);
    return true;
  };
  while (ring.read(look, { timeoutMs: 1000 }) === true);
  return seen;
}

// Takes both ends of a ring of two threads until it is told to leave; then says what a further attempt ends with.
function hold(ring: SharedRing): void {
  ring.tryWrite(Uint8Array.of(7));
  ring.tryRead((bytes) => {
    if (bytes[0] !== 7) throw new Error(`read ${bytes[0]} instead of 7`);
  });
  ring.tryWrite(Uint8Array.of(7));
  parentPort?.postMessage("holding");
  parentPort?.on("message", (message) => {
    if (message === "leave") ring.leave();
    try {
      if (message === "try") ring.tryWrite(Uint8Array.of(1));
      parentPort?.postMessage("done");
    } catch (error) {
      parentPort?.postMessage((error as { code: string }).code);
    }
  });
}

// A ring that is to outlive this thread.
function make(): void {
  const ring = SharedRing.create(pool, { bytes: 1024 });
  ring.tryWrite(Uint8Array.of(3));
  parentPort?.postMessage({ handle: ring.share(), thread: pool.thread });
}

// Sends a token and stays, until it is terminated.
function send(): void {
  const lease = pool.lease(Float64Array, 100);
  lease.array[99] = 42;
  parentPort?.postMessage({ token: lease.detach() });
  parentPort?.on("message", () => {});
}

if (job === "churn") churn();
else if (job === "send") send();
else if (job === "busy") busy();
else if (job === "make") make();
else {
  const ring = SharedRing.attach(pool, ringHandle as SharedRingHandle);
  if (job === "write") write(ring);
  else if (job === "hold") hold(ring);
  else parentPort?.postMessage({ seen: read(ring) });
}
if (job === "write" || job === "read" || job === "churn" || job === "busy") pool.close();
