// Splitting at one to four bytes by the SIMD kernel: 64 bytes at once, two to five times as fast as a loop. The kernel
// works on memory of a region: a text that lies there is split in place, any other is shown to it through a window.
//
// It stops where the table might become too small for a block. What it leaves, the end of the text or the last few
// places of the table, goes by the loops in scan.ts, which are its twins.
import type { Allocator } from "@millpond/core";
import { splitBytesKernel, type SplitBytesExports } from "../kernel/split-bytes.wasm.ts";
import type { Scan } from "./scan-state.ts";

/** Shorter texts are not worth the call. */
export const LEAST_KERNEL_BYTES = 128;

const WINDOW_BYTES = 16_384;

/** Goes on with a scan of pieces alone, as far as the kernel comes. The table must have room for one piece. */
export function runKernel(scan: Scan, needles: number, keepEmpty: boolean, allocator: Allocator): void {
  const kernel = splitBytesKernel.over(scan.words.buffer);
  if (kernel === undefined) return;
  const reached =
    scan.bytes.buffer === scan.words.buffer
      ? inPlace(kernel, scan, needles, keepEmpty)
      : throughWindow(kernel, scan, needles, keepEmpty, allocator);
  // The last piece is ended by no delimiter.
  if (!reached || scan.top + 2 > scan.limit) return;
  if (scan.end > scan.at || keepEmpty) {
    scan.words[scan.top] = scan.at - scan.origin;
    scan.words[scan.top + 1] = scan.end - scan.origin;
    scan.top += 2;
  }
  scan.done = true;
}

function inPlace(kernel: SplitBytesExports, scan: Scan, needles: number, keepEmpty: boolean): boolean {
  const from = scan.at - scan.origin;
  const address = scan.bytes.byteOffset + scan.origin;
  return step(kernel, scan, address, from, scan.end - scan.origin, needles, keepEmpty);
}

function throughWindow(
  kernel: SplitBytesExports,
  scan: Scan,
  needles: number,
  keepEmpty: boolean,
  allocator: Allocator,
): boolean {
  const window = allocator.acquireUnsafe(Uint8Array, WINDOW_BYTES);
  try {
    if (window.buffer !== scan.words.buffer) return false;
    const { bytes, origin } = scan;
    const end = scan.end - origin;
    for (let from = scan.at - origin; from < end; from += WINDOW_BYTES) {
      const to = Math.min(end, from + WINDOW_BYTES);
      window.set(bytes.subarray(origin + from, origin + to));
      if (!step(kernel, scan, window.byteOffset - from, from, to, needles, keepEmpty)) return false;
    }
    return true;
  } finally {
    allocator.release(window);
  }
}

// One call of the kernel; says whether it came to `end`. Places count from the start of the text, which may lie before
// the memory that `address` counts from.
function step(
  kernel: SplitBytesExports,
  scan: Scan,
  address: number,
  from: number,
  end: number,
  needles: number,
  keepEmpty: boolean,
): boolean {
  const { words, top, limit, at, origin } = scan;
  // SAFETY: the kernel reads the bytes from `from` up to `end`, which the caller has there, and writes at most `room`
  // pieces of two words each, which lie before `limit`.
  const room = Math.floor((limit - top) / 2);
  const target = words.byteOffset + 4 * top;
  const keep = keepEmpty ? 1 : 0;
  scan.top += 2 * kernel.splitAtBytes(address, from, end, at - origin, needles, keep, target, room);
  scan.at = origin + (kernel.openPiece() >>> 0);
  return kernel.stoppedAt() >>> 0 === end;
}
