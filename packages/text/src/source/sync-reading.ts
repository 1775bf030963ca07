// Reading from a source that does not wait: errors say how far it was read.
import type { AbortSignalLike } from "@millpond/core";
import { countIn, type ReadProgress, refuseAborted, sourceFailed } from "./failures.ts";
import type { SyncReader } from "./source.ts";

/** One source, from its first read to its end. */
export class SyncReading {
  readonly #reader: SyncReader;
  readonly #signal: AbortSignalLike | undefined;
  readonly #progress: ReadProgress;

  constructor(reader: SyncReader, signal: AbortSignalLike | undefined, progress: ReadProgress) {
    this.#reader = reader;
    this.#signal = signal;
    this.#progress = progress;
  }

  /** Throws when the signal says so. */
  refuseAborted(): void {
    refuseAborted(this.#signal, this.#progress);
  }

  /** Fills the start of `room`, and says with how many bytes; none when the text has ended. */
  read(room: Uint8Array): number {
    this.refuseAborted();
    try {
      return countIn(room, this.#reader.read(room));
    } catch (error) {
      throw sourceFailed(error, this.#progress);
    }
  }

  /** Closes the source after everything was read. */
  end(): void {
    this.#reader.close?.();
  }

  /** Closes the source after a failure, whose error counts more than what closing throws. */
  giveUp(): void {
    try {
      this.#reader.close?.();
    } catch {
      // The error that ended the work is on its way to the caller, and says more.
    }
  }
}
