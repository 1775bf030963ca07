// Reading from a source that takes its time: errors say how far it was read, and an abort is not held up by a read
// that does not end.
import type { AbortSignalLike } from "@millpond/core";
import { readerOf } from "../source/reader.ts";
import type { AsyncReader, SyncReader, TableSource } from "../source/source.ts";
import { aborted, type LineProgress, sourceFailed } from "./process-options.ts";

/** One source, from its first read to its end. */
export class SourceReading {
  readonly #source: TableSource;
  readonly #reader: SyncReader | AsyncReader;
  readonly #signal: AbortSignalLike | undefined;
  readonly #progress: LineProgress;
  // The read that was under way when the signal came.
  #abandoned: Promise<unknown> | undefined;

  constructor(source: TableSource, signal: AbortSignalLike | undefined, progress: LineProgress) {
    this.#source = source;
    this.#reader = readerOf(source);
    this.#signal = signal;
    this.#progress = progress;
  }

  /** Throws when the signal says so. */
  refuseAborted(): void {
    if (this.#signal?.aborted === true) throw aborted(this.#signal, this.#progress);
  }

  /** Fills the start of `room`, and says with how many bytes; none when the text has ended. */
  async read(room: Uint8Array): Promise<number> {
    this.refuseAborted();
    try {
      const reading = this.#reader.read(room);
      if (typeof reading === "number") return reading;
      return await (this.#signal === undefined ? reading : this.#unlessAborted(reading, this.#signal));
    } catch (error) {
      this.refuseAborted();
      throw sourceFailed(error, this.#progress);
    }
  }

  /** Gives memory back that was read into: now, or when a read that was abandoned cannot write to it any more. */
  release(giveBack: () => void): void {
    if (this.#abandoned === undefined) giveBack();
    else void this.#abandoned.then(giveBack, giveBack);
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
    if (this.#abandoned !== undefined && typeof destroy === "function") destroy.call(this.#source);
    const closing = this.#closeQuietly();
    if (this.#abandoned === undefined) await closing;
  }

  async #closeQuietly(): Promise<void> {
    try {
      await this.#reader.close?.();
    } catch {
      // The error that ended the work is on its way to the caller, and says more.
    }
  }

  async #unlessAborted<T>(reading: Promise<T>, signal: AbortSignalLike): Promise<T> {
    let listener = (): void => undefined;
    const abort = new Promise<never>((_, reject) => {
      listener = () => {
        this.#abandoned = reading;
        reject(signal.reason);
      };
    });
    signal.addEventListener("abort", listener, { once: true });
    try {
      return await Promise.race([reading, abort]);
    } finally {
      signal.removeEventListener("abort", listener);
    }
  }
}
