// Gives idle memory back as time passes. The timer holds its pool weakly and never keeps a process alive.
import type { TrimReason } from "./ledger.ts";

/** What the timer asks of a pool. */
export interface Decaying {
  /** @internal Gives back half of what was idle for a whole interval, everything under pressure. */
  _decay(): void;
}

// Node's timers can be told not to keep the process alive; browsers' are plain numbers.
interface Timer {
  unref?(): void;
}

interface Timers {
  setTimeout(callback: () => void, delayMs: number): Timer;
  clearTimeout(timer: Timer | undefined): void;
}

// Timers take longer delays for 1 ms.
const MAX_DELAY_MS = 0x7fffffff;

/** Calls `pool._decay()` every `intervalMs` until the pool is collected or `stop` is called. */
export function startDecay(pool: Decaying, intervalMs: number): () => void {
  const weak = new WeakRef(pool);
  const timers = globalThis as unknown as Timers;
  let timer: Timer | undefined;
  const delayMs = Math.min(intervalMs, MAX_DELAY_MS);
  const tick = (): void => {
    const alive = weak.deref();
    if (alive === undefined) return;
    alive._decay();
    schedule();
  };
  const schedule = (): void => {
    timer = timers.setTimeout(tick, delayMs);
    timer.unref?.();
  };
  schedule();
  return () => timers.clearTimeout(timer);
}

/** From here on a pool gives back all that is idle. */
const HIGH_PRESSURE = 0.9;

interface NodeProcess {
  availableMemory?(): number;
  constrainedMemory?(): number;
  memoryUsage?: { rss?(): number };
}

/**
 * How full the memory of this process is, 0 to 1: what it takes against what it may take. 0 where the
 * platform does not tell (browsers).
 */
export function processPressure(): number {
  const host = (globalThis as { process?: NodeProcess }).process;
  const taken = host?.memoryUsage?.rss?.();
  const available = host?.availableMemory?.();
  if (taken === undefined || available === undefined || taken + available <= 0) return 0;
  return taken / (taken + available);
}

/** Why a decay tick gives memory back. */
export function trimReason(pressure: number): TrimReason {
  return pressure >= HIGH_PRESSURE ? "pressure" : "decay";
}
