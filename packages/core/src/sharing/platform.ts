// What the platform tells of threads: their numbers, and when one has ended. Node tells both; browsers neither.

interface NodeWorker {
  readonly threadId: number;
  once(event: "exit", listener: () => void): unknown;
}

interface NodeProcess {
  getBuiltinModule?(id: string): unknown;
  on?(event: "worker", listener: (worker: NodeWorker) => void): unknown;
}

function host(): NodeProcess | undefined {
  return (globalThis as { process?: NodeProcess }).process;
}

/** Node's number of this thread, or -1. */
export function platformThread(): number {
  const threads = host()?.getBuiltinModule?.("node:worker_threads") as { threadId: number } | undefined;
  return threads?.threadId ?? -1;
}

/** Is told the platform's number of a thread that has ended. */
export interface ExitListener {
  threadEnded(platformThread: number): void;
}

// Held weakly: being told of exits must not keep a pool alive.
const listeners = new Set<WeakRef<ExitListener>>();
let watching = false;

/** Tells `listener` of each worker that this thread starts from now on and that ends. Node only. */
export function onThreadEnd(listener: ExitListener): void {
  listeners.add(new WeakRef(listener));
  if (watching) return;
  watching = true;
  host()?.on?.("worker", watchWorker);
}

/** Tells all listeners when this worker ends. */
export function watchWorker(worker: NodeWorker): void {
  // After its end a worker says -1.
  const { threadId } = worker;
  worker.once("exit", () => {
    for (const weak of listeners) {
      const listener = weak.deref();
      if (listener === undefined) listeners.delete(weak);
      else listener.threadEnded(threadId);
    }
  });
}
