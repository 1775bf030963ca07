// `npm start`: a short tour of the pools. Every figure it prints is measured here and now.

import { once } from "node:events";
import { constants, PerformanceObserver } from "node:perf_hooks";
import { Worker } from "node:worker_threads";

import { formatBytes, kernels, MiB, Pool, PoolError, records, SharedPool } from "@millpond/core";
import manifest from "@millpond/core/package.json" with { type: "json" };

const FRAME_BYTES = 1000 * 600 * 4;

console.log(`${manifest.name} ${manifest.version} on Node ${process.version}\n`);
await frames();
mistakes();
budgets();
heldRecords();
kernelInPlace();
await handOver();

function title(text: string): void {
  console.log(`\n${text}\n${"-".repeat(text.length)}`);
}

/** Draws the same frames into fresh and into pooled memory. */
async function frames(): Promise<void> {
  title("Frames of 1000 x 600 pixels, 2.4 MB each, written completely");
  const pool = new Pool({ name: "frames" });
  const fresh = (): Uint8Array => new Uint8Array(FRAME_BYTES);
  const pooled = (): Uint8Array => pool.acquire(Uint8Array, FRAME_BYTES);
  draw(50, pooled, (frame) => pool.release(frame));
  const rows = [
    { way: "new Uint8Array", ...(await measured(() => draw(1000, fresh, () => {}))) },
    {
      way: "pool.acquire, pool.release",
      ...(await measured(() => draw(1000, pooled, (frame) => pool.release(frame)))),
    },
  ];
  console.table(rows);
  const { acquired, hits, regions, bytesRetained } = pool.stats();
  console.log(
    `The pool served ${hits} of ${acquired} from ${regions} region, ${formatBytes(bytesRetained)} in all.`,
  );
  pool.close();
}

function draw(count: number, acquire: () => Uint8Array, release: (frame: Uint8Array) => void): void {
  for (let number = 0; number < count; number++) {
    const frame = acquire();
    frame.fill(number & 255);
    release(frame);
  }
}

/** Microseconds of CPU for each of 1,000 frames, and what the collector did. */
async function measured(work: () => void): Promise<{ "us a frame": number; "mark-compacts": number }> {
  let majors = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { detail } = entry as unknown as { detail: { kind: number } };
      if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) majors++;
    }
  });
  observer.observe({ entryTypes: ["gc"] });
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  await new Promise((resolve) => setTimeout(resolve, 50));
  observer.disconnect();
  return { "us a frame": Math.round((user + system) / 1000), "mark-compacts": majors };
}

/** What a pool refuses. */
function mistakes(): void {
  title("Mistakes are refused, and the pool stays as it was");
  const pool = new Pool();
  const xs = pool.acquire(Float64Array, 1000);
  refused("releasing a part", () => pool.release(xs.subarray(0, 10)));
  refused("releasing what is not its own", () => pool.release(new Float64Array(1000)));
  pool.release(xs);
  refused("releasing twice", () => pool.release(xs));
  refused("a length that cannot be", () => pool.acquire(Float64Array, -1));
  pool.close();
}

function refused(what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    console.log(`${what}: ${error.code}`);
  }
}

/** A child with a budget of its own. */
function budgets(): void {
  title("A budget for each part of a program");
  using pool = new Pool({ name: "server" });
  const tiles = pool.child({ name: "tiles", limitBytes: 4 * MiB });
  const tile = tiles.acquire(Uint8Array, 3 * MiB);
  try {
    tiles.acquire(Uint8Array, 3 * MiB);
  } catch (error) {
    console.log((error as PoolError).message);
  }
  tiles.release(tile);
}

/** A million records, and what they cost the collector. */
function heldRecords(): void {
  title("A million records of four numbers, held");
  const { gc } = globalThis;
  if (gc === undefined) {
    console.log("(npm start runs this with --expose-gc)");
    return;
  }
  const collect = (): void => {
    gc();
  };
  const empty = collection(collect);
  let objects: object[] | undefined = Array.from({ length: 1_000_000 }, (_, id) => ({
    id,
    x: id,
    y: -id,
    kind: 1,
  }));
  const asObjects = collection(collect);
  objects.length = 0;
  objects = undefined;
  const pool = new Pool();
  const table = records(pool, { id: "u32", x: "f64", y: "f64", kind: "u8" });
  for (let id = 0; id < 1_000_000; id++) table.acquire();
  const asRecords = collection(collect);
  console.table([
    { held: "nothing", "full collection, ms": empty },
    { held: "a million objects", "full collection, ms": asObjects },
    { held: `${table.size} records`, "full collection, ms": asRecords },
  ]);
  table.close();
  pool.close();
}

// Milliseconds of the fastest of five collections.
function collection(collect: () => void): number {
  let best = Infinity;
  for (let run = 0; run < 5; run++) {
    const before = performance.now();
    collect();
    best = Math.min(best, performance.now() - before);
  }
  return Number(best.toFixed(1));
}

/** A SIMD kernel over a pooled array, where it lies. */
function kernelInPlace(): void {
  title("A SIMD kernel reads a pooled array in place");
  const pool = new Pool();
  const xs = pool.acquire(Float64Array, 1_000_000);
  for (let i = 0; i < xs.length; i++) xs[i] = Math.sin(i);
  const [min, max] = kernels.minMax(xs);
  console.log(`sin(0) to sin(999,999): from ${min} to ${max}, sum ${kernels.sum(xs)}`);
  pool.release(xs);
}

/** The same 2.4 MB to a worker and back: copied, and handed over. */
async function handOver(): Promise<void> {
  title("2.4 MB to a worker and back");
  const pool = SharedPool.create({ name: "shared" });
  const worker = new Worker(new URL("./tour-worker.ts", import.meta.url), { workerData: pool.share() });
  await once(worker, "message");
  const copied = new Uint8Array(FRAME_BYTES);
  const lease = pool.lease(Uint8Array, FRAME_BYTES);
  let token = lease.detach();
  const rows = [
    { way: "postMessage, copied", "us a round trip": await roundTrips(worker, () => ({ frame: copied })) },
    {
      way: "lease.detach(), pool.adopt()",
      "us a round trip": await roundTrips(
        worker,
        () => ({ token }),
        (answer) => {
          token = pool.adopt(answer.token as never).detach();
        },
      ),
    },
  ];
  console.table(rows);
  await worker.terminate();
  pool.adopt(token).release();
  pool.close();
}

interface Answer {
  readonly token?: unknown;
}

async function roundTrips(
  worker: Worker,
  message: () => object,
  done: (answer: Answer) => void = () => {},
): Promise<number> {
  const count = 500;
  let before = 0;
  // The first hundred trips are for the compiler.
  for (let trip = -100; trip < count; trip++) {
    if (trip === 0) before = performance.now();
    worker.postMessage(message());
    const [answer] = (await once(worker, "message")) as [Answer];
    done(answer);
  }
  return Math.round(((performance.now() - before) * 1000) / count);
}
