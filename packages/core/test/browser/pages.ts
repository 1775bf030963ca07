// What runs in the browser: the page's library of scenes, and its worker. Plain JavaScript, as users would write it.

/** The worker: does what messages ask, and answers each. */
export const WORKER: string = `
import { MiB, SharedPool, SharedRing, readToken, writeToken, TOKEN_BYTES } from "/core/index.js";

let pool, many, two, seed = 1;
const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;

const jobs = {
  attach({ handles }) {
    pool = SharedPool.attach(handles.pool);
    many = SharedRing.attach(pool, handles.many);
    two = SharedRing.attach(pool, handles.two);
    return pool.thread;
  },
  // Adds one to the array that a token stands for, and sends it back.
  increment({ token }) {
    const lease = pool.adopt(token);
    for (let i = 0; i < lease.array.length; i++) lease.array[i]++;
    return lease.detach();
  },
  // Waits in one ring, blocking, for records, and answers in the other, until an empty one comes.
  echo() {
    let records = 0;
    for (;;) {
      const record = two.read((bytes) => bytes.slice(), { timeoutMs: 20000 });
      if (record === undefined) throw new Error("nothing came in twenty seconds");
      if (record.length === 0) return records;
      records++;
      if (!many.write(record, { timeoutMs: 20000 })) throw new Error("no room in twenty seconds");
    }
  },
  // Acquires and releases, and looks whether anybody else writes there.
  churn({ count, salt }) {
    seed = salt;
    const live = [];
    for (let done = 0; done < count; done++) {
      if (random() < 0.5 && live.length < 50) {
        const bytes = pool.acquireUnsafe(Uint8Array, 1 + Math.floor(random() * 40000));
        bytes[0] = bytes[bytes.length - 1] = pool.thread;
        live.push(bytes);
      } else if (live.length > 0) {
        const [bytes] = live.splice(Math.floor(random() * live.length), 1);
        if (bytes[0] !== pool.thread || bytes[bytes.length - 1] !== pool.thread) throw new Error("shared with another thread");
        pool.release(bytes);
      }
    }
    for (const bytes of live) pool.release(bytes);
    return pool.stats().inUse;
  },
  // Takes memory, begins a record, and stays there until the worker is terminated.
  hang() {
    pool.acquire(Float64Array, 5000);
    many.tryWriteWith(100, () => {
      self.postMessage({ answer: pool.thread });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });
  },
  close() {
    pool.close();
  },
};

self.onmessage = ({ data }) => {
  try {
    self.postMessage({ answer: jobs[data.job](data) });
  } catch (error) {
    self.postMessage({ error: String(error.stack ?? error) });
  }
};
`;

/** The page: \`window.scenes\` has one function a test; each gives plain data to compare. */
export const PAGE: string = `<!doctype html><title>threads</title><link rel="icon" href="data:,"><script type="module">
import { MiB, SharedPool, SharedRing } from "/core/index.js";

const ask = (worker, message) => new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => (data.error === undefined ? resolve(data.answer) : reject(new Error(data.error)));
  worker.onerror = (event) => reject(new Error(event.message));
  worker.postMessage(message);
});

async function start(workers) {
  const pool = SharedPool.create({ limitBytes: 64 * MiB });
  const many = SharedRing.create(pool, { bytes: 4096 });
  const two = SharedRing.create(pool, { bytes: 4096, threads: "two" });
  const handles = { pool: pool.share(), many: many.share(), two: two.share() };
  const all = Array.from({ length: workers }, () => new Worker("/worker.js", { type: "module" }));
  const threads = [];
  for (const worker of all) threads.push(await ask(worker, { job: "attach", handles }));
  const end = () => {
    for (const ring of [many, two]) ring.destroy();
    pool.close();
    const { blocks, free } = pool.audit();
    return { lost: blocks - free, some: blocks > 0 };
  };
  return { pool, many, two, workers: all, threads, end };
}

async function stop({ workers }) {
  for (const worker of workers) {
    await ask(worker, { job: "close" });
    worker.terminate();
  }
}

window.scenes = {
  isolated: async () => ({ isolated: crossOriginIsolated, shared: typeof SharedArrayBuffer }),

  async tokens() {
    const scene = await start(1);
    const { pool, workers } = scene;
    let lease = pool.lease(Float64Array, 1000);
    for (let trip = 0; trip < 100; trip++) {
      const token = await ask(workers[0], { job: "increment", token: lease.detach() });
      lease = pool.adopt(token, Float64Array);
    }
    const sum = lease.array.reduce((a, b) => a + b, 0);
    lease.release();
    await stop(scene);
    return { threads: scene.threads, sum, ...scene.end() };
  },

  // The page may not block: it uses the asynchronous ways, while the worker sleeps in the ring.
  async rings() {
    const scene = await start(1);
    const { many, two, workers } = scene;
    const echoed = ask(workers[0], { job: "echo" });
    let wrong = 0;
    let sent = 0;
    const received = (async () => {
      for (let number = 0; number < 500; number++) {
        const right = await many.readAsync((bytes) => bytes.length === 1 + (number % 200) && bytes.every((byte) => byte === (number & 255)), { timeoutMs: 20000 });
        if (right !== true) wrong++;
      }
    })();
    for (; sent < 500; sent++) {
      if (!(await two.writeAsync(new Uint8Array(1 + (sent % 200)).fill(sent & 255), { timeoutMs: 20000 }))) wrong++;
    }
    await received;
    await two.writeAsync(new Uint8Array(0));
    const records = await echoed;
    await stop(scene);
    return { wrong, records, ...scene.end() };
  },

  async blocking() {
    const scene = await start(0);
    let name = "nothing was thrown";
    try {
      scene.many.read(() => 1, { timeoutMs: 50 });
    } catch (error) {
      name = error.name;
    }
    const pending = scene.many.readAsync((bytes) => bytes[0], { timeoutMs: 20000 });
    scene.many.tryWrite(Uint8Array.of(7));
    const value = await pending;
    const aborted = await scene.many.readAsync(() => 1, { signal: AbortSignal.timeout(20) }).catch((error) => error.name);
    return { name, value, aborted, ...scene.end() };
  },

  async churn() {
    const scene = await start(2);
    const inUse = await Promise.all(scene.workers.map((worker, place) => ask(worker, { job: "churn", count: 200000, salt: place + 1 })));
    await stop(scene);
    return { inUse, ...scene.end() };
  },

  // A browser does not tell that a worker is gone: whoever terminated it says so.
  async killed() {
    const scene = await start(1);
    const { pool, many, workers } = scene;
    const thread = await ask(workers[0], { job: "hang" });
    many.tryWrite(Uint8Array.of(5));
    const before = many.tryRead((bytes) => bytes[0]) ?? "blocked";
    workers[0].terminate();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const reclaimed = pool.reclaim(thread) > 0;
    const after = many.tryRead((bytes) => bytes[0]) ?? "blocked";
    return { before, reclaimed, after, ...scene.end() };
  },
};
window.ready = true;
</script>`;
