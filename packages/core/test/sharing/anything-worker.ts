// What the workers of the kill test do until they are killed. It imports the files it needs and not the whole package,
// since most of the time of that test is spent on starting threads.
import { flushCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { randomFrom } from "../../src/memory/random.ts";
import { SharedPool, type SharedPoolHandle } from "../../src/sharing/shared-pool.ts";
import { SharedRing, type SharedRingHandle } from "../../src/sharing/shared-ring.ts";
import { readToken, type Token, TOKEN_BYTES, writeToken } from "../../src/sharing/token.ts";

/** What a worker is told. */
export interface AnythingJob {
  readonly pool: SharedPoolHandle;
  /** A ring of many. */
  readonly many: SharedRingHandle;
  /** A ring of two, of which this is the writer. */
  readonly two: SharedRingHandle;
  readonly seed: number;
}

const job = workerData as AnythingJob;
const pool = SharedPool.attach(job.pool);
const random = randomFrom(job.seed);
const mark = pool.thread;

// Everything that can be in the middle of something when its thread is killed: blocks, tokens in messages and in a ring
// of many, which others adopt, records in a ring of two, the cache, counters, leases and children.
function anything(many: SharedRing, two: SharedRing): never {
  const live: Uint8Array[] = [];
  const token = (): Token => pool.lease(Uint8Array, 1 + Math.floor(random() * 5000)).detach();
  const adopt = (bytes: Uint8Array): void => {
    if (bytes.length === TOKEN_BYTES) pool.adopt(readToken(bytes)).release();
  };
  const deeds: readonly (() => unknown)[] = [
    () => parentPort?.postMessage({ token: token() }),
    () => many.tryWriteWith(TOKEN_BYTES, (bytes) => writeToken(token(), bytes)),
    () => many.tryRead(adopt),
    () => two.tryWriteWith(1 + Math.floor(random() * 200), (bytes) => bytes.fill(mark)),
    () => many.tryWriteWith(TOKEN_BYTES + 1 + Math.floor(random() * 200), (bytes) => bytes.fill(mark)),
    () => pool.flush(),
    () => pool.threads(),
    () => pool.use(Float64Array, 100, (xs) => xs.fill(1)),
    () => useChild(),
  ];
  for (let done = 0; ; done++) {
    // From here on it may be killed: before, there is little to be in the middle of.
    if (done === 1000) {
      flushCompileCache();
      parentPort?.postMessage({ thread: pool.thread });
    }
    if (random() < 0.5 && live.length < 50) live.push(acquire());
    else if (live.length > 0) release(live);
    if (random() < 0.05) deeds[Math.floor(random() * deeds.length)]();
  }
}

function useChild(): void {
  const child = pool.child({ name: "child" });
  child.acquire(Uint8Array, 1000);
  child.close({ force: true });
}

function acquire(): Uint8Array {
  const bytes = pool.acquireUnsafe(Uint8Array, 1 + Math.floor(random() * 40_000));
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

anything(SharedRing.attach(pool, job.many), SharedRing.attach(pool, job.two));
