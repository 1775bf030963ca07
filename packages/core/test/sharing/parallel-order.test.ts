// What `parallel` asks of a worker pool and when, over one that the test drives by hand. Real threads: parallel.test.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MiB, parallel, type ParallelOptions, SharedPool, sharedTask, type TaskRunner } from "@millpond/core";

const pool = SharedPool.create({ limitBytes: 8 * MiB });

const double = sharedTask((item: number, { pool: own }) => {
  own.acquire(Float64Array, 1000);
  if (item < 0) throw new RangeError(`item ${item} fails`);
  return own.acquire(Float64Array, 10).fill(item * 2);
});

interface Waiting {
  readonly item: number;
  /** Lets the task run to its end, in this thread. */
  go(): Promise<void>;
}

// Tasks wait until the test lets them go. Its queue is the order in which it was asked.
class Runner implements TaskRunner {
  readonly waiting: Waiting[] = [];
  started = 0;
  most = 0;
  #running = 0;

  run(task: unknown): Promise<unknown> {
    this.started++;
    this.#running++;
    this.most = Math.max(this.most, this.#running);
    return new Promise((resolve, reject) => {
      const go = async (): Promise<void> => {
        this.#running--;
        await double(task).then(resolve, reject);
        await settled();
      };
      this.waiting.push({ item: (task as { item: number }).item, go });
    });
  }

  // Lets the task at `place` of those that wait go.
  async next(place = 0): Promise<number> {
    const [task] = this.waiting.splice(place, 1);
    await task.go();
    return task.item;
  }
}

// Everything that was to happen because of something else has happened.
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

function begin(
  items: readonly number[],
  options: Omit<ParallelOptions, "runner">,
): { readonly runner: Runner; readonly work: Promise<unknown> } {
  const runner = new Runner();
  const work = parallel<number, Float64Array>(pool, items, { ...options, runner }).then((leases) =>
    leases.map((lease) => {
      const [first] = lease.array;
      lease.release();
      return first;
    }),
  );
  return { runner, work };
}

const nothingLeft = (): void => assert.deepEqual([pool.stats().inUse, pool.audit().inFlight], [0, 0]);

test("another user of the workers waits behind `concurrency` tasks, however many items there are", async () => {
  const { runner, work } = begin(numbers(50), { concurrency: 3 });
  await settled();
  assert.equal(runner.waiting.length, 3);
  const other = parallel<number, Float64Array>(pool, [1000], { runner });
  await settled();
  const order: number[] = [];
  while (runner.waiting.length > 0) order.push(await runner.next());
  assert.equal(order.indexOf(1000), 3);
  assert.equal(runner.most, 4);
  assert.deepEqual(
    await work,
    numbers(50).map((item) => item * 2),
  );
  for (const lease of await other) lease.release();
  nothingLeft();
});

test("results keep the order of the items when tasks end in another one, and progress counts up", async () => {
  const progress: [number, number][] = [];
  const onProgress = (done: number, of: number): void => void progress.push([done, of]);
  const { runner, work } = begin(numbers(10), { concurrency: 4, onProgress });
  await settled();
  while (runner.waiting.length > 0) await runner.next(runner.waiting.length - 1);
  assert.deepEqual(
    await work,
    numbers(10).map((item) => item * 2),
  );
  assert.deepEqual(
    progress,
    numbers(10).map((place) => [place + 1, 10]),
  );
  nothingLeft();
});

test("after the first error nothing is started, what runs is waited for, and all of it is given back", async () => {
  const { runner, work } = begin([1, 2, -7, 4, -5, 6, 7, 8], { concurrency: 5 });
  let over = false;
  const rejected = assert
    .rejects(work, { name: "RangeError", message: "item -7 fails" })
    .then(() => (over = true));
  await settled();
  await runner.next(2);
  assert.equal(over, false, "four tasks still run");
  while (runner.waiting.length > 0) await runner.next();
  await rejected;
  assert.equal(runner.started, 5);
  nothingLeft();
});

test("an abort starts nothing more, and gives back what arrives afterwards", async () => {
  const abort = new AbortController();
  const { runner, work } = begin(numbers(10), { concurrency: 3, signal: abort.signal });
  const reason = new TypeError("enough");
  const rejected = assert.rejects(work, (error) => error === reason);
  await settled();
  await runner.next();
  abort.abort(reason);
  // This worker pool pays no attention to signals.
  while (runner.waiting.length > 0) await runner.next();
  await rejected;
  assert.equal(runner.started, 4);
  nothingLeft();
});

test("with a signal that is aborted already no task is started", async () => {
  const { runner, work } = begin(numbers(10), { signal: AbortSignal.abort(new TypeError("never")) });
  await assert.rejects(work, TypeError);
  assert.equal(runner.started, 0);
  nothingLeft();
});

test("a progress callback that throws ends the work with its error", async () => {
  const onProgress = (done: number): void => {
    if (done === 2) throw new SyntaxError("no more");
  };
  const { runner, work } = begin(numbers(10), { concurrency: 1, onProgress });
  const rejected = assert.rejects(work, SyntaxError);
  await settled();
  while (runner.waiting.length > 0) await runner.next();
  await rejected;
  assert.equal(runner.started, 2);
  nothingLeft();
});

test("no items are no work, and a worker's function without sharedTask is told apart", async () => {
  assert.deepEqual(await begin([], {}).work, []);
  for (const answer of [5, {}, undefined]) {
    const runner: TaskRunner = { run: async () => answer };
    await assert.rejects(parallel(pool, [1], { runner }), { code: "BAD_MESSAGE" });
  }
  nothingLeft();
});
