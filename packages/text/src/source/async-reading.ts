// Reading from a source that takes its time: errors say how far it was read, and an abort is not held up by a read
// that does not end.
import type { AbortSignalLike } from "@millpond/core";
import { countIn, type ReadProgress, refuseAborted, sourceFailed } from "./failures.ts";
import type { AsyncReader, SyncReader, TableSource } from "./source.ts";

/** One source, from its first read to its end. */
export class AsyncReading {
  readonly #source: TableSource;
  readonly #reader: SyncReader | AsyncReader;
  readonly #signal: AbortSignalLike | undefined;
  readonly #progress: ReadProgress;
  // The read that is under way; what it writes to must not go back before it has ended.
  #pending: Promise<unknown> | undefined;

  constructor(
    source: TableSource,
    reader: SyncReader | AsyncReader,
    signal: AbortSignalLike | undefined,
    progress: ReadProgress,
  ) {
    this.#source = source;
    this.#reader = reader;
    this.#signal = signal;
    this.#progress = progress;
  }

  /** Throws when the signal says so. */
  refuseAborted(): void {
    refuseAborted(this.#signal, this.#progress);
  }

  /** Fills the start of `room`, and says with how many bytes; none when the text has ended. */
  async read(room: Uint8Array): Promise<number> {
    this.refuseAborted();
    try {
      const reading = this.#reader.read(room);
      return countIn(room, typeof reading === "number" ? reading : await this.#awaited(reading));
    } catch (error) {
      this.refuseAborted();
      throw sourceFailed(error, this.#progress);
    }
  }

  /** Gives memory back that was read into: now, or when the read that is under way cannot write to it any more. */
  release(giveBack: () => void): void {
    if (this.#pending === undefined) giveBack();
    else void this.#pending.then(giveBack);
  }

  /** Closes the source after everything was read. */
  async end(): Promise<void> {
    await this.#reader.close?.();
  }

  /**
   * Closes the source after a failure, whose error counts more than what closing throws. Where a read does not end,
   * closing may not either and is not waited for; a Node stream is destroyed, which ends the read.
   */
  async giveUp(): Promise<void> {
    const { destroy } = Object(this.#source) as { destroy?: unknown };
    if (this.#pending !== undefined && typeof destroy === "function") destroy.call(this.#source);
    const closing = this.#closeQuietly();
    if (this.#pending === undefined) await closing;
  }

  async #closeQuietly(): Promise<void> {
    try {
      await this.#reader.close?.();
    } catch {
      // The error that ended the work is on its way to the caller, and says more.
    }
  }

  #awaited(reading: Promise<number>): Promise<number> {
    const settled = (): void => {
      this.#pending = undefined;
    };
    this.#pending = reading.then(settled, settled);
    return this.#signal === undefined ? reading : unlessAborted(reading, this.#signal);
  }
}

async function unlessAborted<T>(reading: Promise<T>, signal: AbortSignalLike): Promise<T> {
  let listener = (): void => undefined;
  const abort = new Promise<never>((_, reject) => {
    listener = () => reject(signal.reason);
  });
  signal.addEventListener("abort", listener, { once: true });
  try {
    return await Promise.race([reading, abort]);
  } finally {
    signal.removeEventListener("abort", listener);
  }
}
