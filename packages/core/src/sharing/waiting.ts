// Waiting for another thread: a counter that changes when something happened, and a count of who waits for it, so that
// whoever makes it happen pays for a wake-up only when somebody sleeps.
import { PoolError, show } from "../memory/errors.ts";

/** How long to wait, and what ends the wait early. */
export interface WaitOptions {
  /** Give up after this long. Default: never. */
  readonly timeoutMs?: number;
}

/** As `WaitOptions`, for waits that do not block the thread. */
export interface AsyncWaitOptions extends WaitOptions {
  /** Ends the wait; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignalLike;
}

/** An `AbortSignal`, as far as it is used here. */
export interface AbortSignalLike {
  /** True once aborted. */
  readonly aborted: boolean;
  /** Why. */
  readonly reason?: unknown;
  /** Registers for the abort. */
  addEventListener(type: "abort", listener: () => void, options?: { readonly once?: boolean }): void;
  /** Takes the registration back. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/** One thing to wait for: two words of shared memory. */
export class Bell {
  readonly #words: Int32Array;

  constructor(words: Int32Array) {
    this.#words = words;
  }

  /** What to compare with while asking whether it happened already. */
  get count(): number {
    return Atomics.load(this.#words, 0);
  }

  /** It happened. */
  ring(): void {
    Atomics.add(this.#words, 0, 1);
    this.wake();
  }

  /** It happened, and the caller has changed the counter. */
  wake(): void {
    if (Atomics.load(this.#words, 1) > 0) Atomics.notify(this.#words, 0);
  }

  /** Blocks until the count is another than `count`, or until the time is up. */
  wait(count: number, milliseconds: number): void {
    Atomics.add(this.#words, 1, 1);
    try {
      Atomics.wait(this.#words, 0, count, milliseconds);
    } finally {
      // A browser's main thread may not wait, and is told so by an error.
      Atomics.sub(this.#words, 1, 1);
    }
  }

  /** The same without blocking the thread. */
  async waitAsync(count: number, milliseconds: number): Promise<void> {
    Atomics.add(this.#words, 1, 1);
    try {
      await waitAsync(this.#words, count, milliseconds);
    } finally {
      Atomics.sub(this.#words, 1, 1);
    }
  }
}

interface AtomicsWithWaitAsync {
  waitAsync?(
    words: Int32Array,
    place: number,
    value: number,
    milliseconds?: number,
  ): { readonly async: boolean; readonly value: Promise<string> | string };
}

// A pending `Atomics.waitAsync` neither keeps Node 20 alive nor always wakes its event loop, and some platforms have
// none. So nobody sleeps longer than this without looking again; callers do so until they have what they wait for.
const LONGEST_SLEEP_MS = 20;

async function waitAsync(words: Int32Array, count: number, milliseconds: number): Promise<void> {
  const most = Math.min(milliseconds, LONGEST_SLEEP_MS);
  let wake = (): void => {};
  const asleep = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const timer = setTimeout(wake, most);
  const wait = (Atomics as AtomicsWithWaitAsync).waitAsync?.(words, 0, count, most);
  await (wait === undefined ? asleep : Promise.race([asleep, wait.value]));
  clearTimeout(timer);
}

/** When a wait ends that begins now. */
function deadlineOf(options: WaitOptions, now: number): number {
  const { timeoutMs = Infinity } = options;
  if (typeof timeoutMs === "number" && timeoutMs >= 0) return now + timeoutMs;
  throw new PoolError("BAD_ARGUMENT", `expected timeoutMs to be 0 or more, got ${show(timeoutMs)}`, {
    timeoutMs,
  });
}

// Going to sleep and being woken takes each side some five microseconds, and what another thread is about to do often
// less. So a thread looks again and again for so long before it sleeps.
const SPIN_MS = 0.02;
const LOOKS_PER_CLOCK = 16;

/** Tries until `attempt` gives something or the time is up, blocking the thread in between. */
export function untilDone<R>(bell: Bell, attempt: () => R | undefined, options: WaitOptions): R | undefined {
  const start = performance.now();
  const deadline = deadlineOf(options, start);
  let sleepAt = start + SPIN_MS;
  for (;;) {
    const { count } = bell;
    for (let looks = 0; looks < LOOKS_PER_CLOCK; looks++) {
      const result = attempt();
      if (result !== undefined) return result;
    }
    const now = performance.now();
    if (now >= deadline) return undefined;
    if (now < sleepAt) continue;
    bell.wait(count, deadline - now);
    sleepAt = performance.now() + SPIN_MS;
  }
}

/** The same without blocking the thread. */
export async function untilDoneAsync<R>(
  bell: Bell,
  attempt: () => R | undefined,
  options: AsyncWaitOptions,
): Promise<R | undefined> {
  const deadline = deadlineOf(options, performance.now());
  const { signal } = options;
  for (;;) {
    if (signal?.aborted === true) throw signal.reason;
    const { count } = bell;
    const result = attempt();
    if (result !== undefined) return result;
    const left = deadline - performance.now();
    if (left <= 0) return undefined;
    await orAborted(bell.waitAsync(count, left), signal);
  }
}

function orAborted(wait: Promise<void>, signal: AbortSignalLike | undefined): Promise<void> {
  if (signal === undefined) return wait;
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      // A reason can be anything, and is passed on as it is.
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors
      reject(signal.reason);
    };
    signal.addEventListener("abort", abort, { once: true });
    wait.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
