// Generated from packages/text/kernels/split-bytes.ts by `npm run wasm`. Do not edit: change the kernel and run it again.
import { KernelModule } from "@millpond/core";

/** What packages/text/kernels/split-bytes.ts exports. Addresses are bytes from the start of the region; nothing is checked. */
export interface SplitBytesExports {
  /**
 * Looks at the bytes from place `from` up to `end`, in a piece that starts at place `start`, and writes two words for
 * each piece that a delimiter ends, at most `room` pieces; those without a byte only if `keepEmpty` is 1. `delimiters` holds
 * four bytes. Returns how many pieces it wrote. It stops early where less room is left than a block may need.
 */
  splitAtBytes(origin: number, from: number, end: number, start: number, delimiters: number, keepEmpty: number, words: number, room: number): number;
  /** Where the last call stopped; `end` where it came so far. */
  stoppedAt(): number;
  /** Where the piece starts that the last call stopped in. */
  openPiece(): number;
}

/** The compiled kernel, in its variants for plain and for shared memory. */
export const splitBytesKernel: KernelModule<SplitBytesExports> = /* @__PURE__ */ new KernelModule<SplitBytesExports>(
  "AGFzbQEAAAABEQJgAAF/YAh/f39/f39/fwF/Ag8BA2VudgZtZW1vcnkCAAEDBAMAAQAGCwJ/AUEAC38BQQALBygDDHNwbGl0QXRCeXRlcwABCXN0b3BwZWRBdAAACW9wZW5QaWVjZQACCoIEAwQAIwAL9QMDAX8FewF+IAT9DyEJIARBCHb9DyEKIARBEHb9DyELIARBGHb9DyEMIAYhCCABJAAgAyQBA0AgB0HAAE8gAiMAa0HAAE9xBEAgACMAaiIB/QAEACINIAn9IyANIAr9I/1QIA0gC/0jIA0gDP0j/VD9UP1krSAB/QAEECINIAn9IyANIAr9I/1QIA0gC/0jIA0gDP0j/VD9UP1krUIQhoQgAf0ABCAiDSAJ/SMgDSAK/SP9UCANIAv9IyANIAz9I/1Q/VD9ZK1CIIaEIAH9AAQwIg0gCf0jIA0gCv0j/VAgDSAL/SMgDSAM/SP9UP1Q/WStQjCGhCEOIAghAQNAIA5CAFIEQCAIIwE2AgAgCCMAIA56p2oiAzYCBCAIQQEgBSADIwFHG0EDdGohCCADQQFqJAEgDiAOQgF9gyEODAELCyAHIAggAWtBA3ZrIQcjAEFAayQADAELCyACIwBrQcAASSAHQcAAT3EEQANAIwAgAkkEQCAAIwBqLQAAIgEgBEEYdkchAyABIARB/wFxRwR/IAEgBEEIdkH/AXFHBUEACwR/IAEgBEEQdkH/AXFHBUEACyADcUUEQCAIIwE2AgAgCCMANgIEIAhBASAFIwAjAUcbQQN0aiEIIwBBAWokAQsjAEEBaiQADAELCwsgCCAGa0EDdgsEACMBCw==",
  "AGFzbQEAAAABEQJgAAF/YAh/f39/f39/fwF/AhIBA2VudgZtZW1vcnkCAwGAgAQDBAMAAQAGCwJ/AUEAC38BQQALBygDDHNwbGl0QXRCeXRlcwABCXN0b3BwZWRBdAAACW9wZW5QaWVjZQACCoIEAwQAIwAL9QMDAX8FewF+IAT9DyEJIARBCHb9DyEKIARBEHb9DyELIARBGHb9DyEMIAYhCCABJAAgAyQBA0AgB0HAAE8gAiMAa0HAAE9xBEAgACMAaiIB/QAEACINIAn9IyANIAr9I/1QIA0gC/0jIA0gDP0j/VD9UP1krSAB/QAEECINIAn9IyANIAr9I/1QIA0gC/0jIA0gDP0j/VD9UP1krUIQhoQgAf0ABCAiDSAJ/SMgDSAK/SP9UCANIAv9IyANIAz9I/1Q/VD9ZK1CIIaEIAH9AAQwIg0gCf0jIA0gCv0j/VAgDSAL/SMgDSAM/SP9UP1Q/WStQjCGhCEOIAghAQNAIA5CAFIEQCAIIwE2AgAgCCMAIA56p2oiAzYCBCAIQQEgBSADIwFHG0EDdGohCCADQQFqJAEgDiAOQgF9gyEODAELCyAHIAggAWtBA3ZrIQcjAEFAayQADAELCyACIwBrQcAASSAHQcAAT3EEQANAIwAgAkkEQCAAIwBqLQAAIgEgBEEYdkchAyABIARB/wFxRwR/IAEgBEEIdkH/AXFHBUEACwR/IAEgBEEQdkH/AXFHBUEACyADcUUEQCAIIwE2AgAgCCMANgIEIAhBASAFIwAjAUcbQQN0aiEIIwBBAWokAQsjAEEBaiQADAELCwsgCCAGa0EDdgsEACMBCw==",
);
