// Generated from packages/plot/kernels/columns.ts by `npm run wasm`. Do not edit: change the kernel and run it again.
import { KernelModule } from "@millpond/core";

/** What packages/plot/kernels/columns.ts exports. Addresses are bytes from the start of the region; nothing is checked. */
export interface ColumnsExports {
  /**
 * Writes the smallest and the largest of each block of 128 elements; the last block may be shorter. A block with a NaN
 * in it gets NaN for both.
 */
  blockExtremes(values: number, count: number, lows: number, highs: number): void;
  /** The smallest of some elements, for arrays in another memory than the extremes; `largest` then has the largest. */
  smallest(values: number, count: number): number;
  /** The largest of the elements that `smallest` was called for last. */
  largest(): number;
  /** 1 if no element is smaller than the one before it, and none is NaN; `before` stands before the first one. */
  ascends(values: number, count: number, before: number): number;
}

/** The compiled kernel, in its variants for plain and for shared memory. */
export const columnsKernel: KernelModule<ColumnsExports> = /* @__PURE__ */ new KernelModule<ColumnsExports>(
  "AGFzbQEAAAABHgVgAn9/AGACf38BfGAAAXxgBH9/f38AYAN/f3wBfwIPAQNlbnYGbWVtb3J5AgABAwYFAAECAwQGGQJ8AUQAAAAAAAAAAAt8AUQAAAAAAAAAAAsHMAQNYmxvY2tFeHRyZW1lcwADCHNtYWxsZXN0AAEHbGFyZ2VzdAACB2FzY2VuZHMABArUBQWEAwMIewF/A3z9DAAAAAAAAPB/AAAAAAAA8H8hAv0MAAAAAAAA8H8AAAAAAADwfyED/QwAAAAAAADw/wAAAAAAAPD/IQT9DAAAAAAAAPD/AAAAAAAA8P8hBf0M/////////////////////yEG/Qz/////////////////////IQcDQCABQQROBEAgAiAA/QAEACIJ/fYBIQIgAyAA/QAEECII/fYBIQMgBCAJ/fcBIQQgBSAI/fcBIQUgBiAJIAn9R/1OIQYgByAIIAj9R/1OIQcgAEEgaiEAIAFBBGshAQwBCwsgAiAD/fYBIgL9IQAgAv0hAaQhCyAEIAX99wEiAv0hACAC/SEBpSEMIAYgB/1O/cMBIQoDQCABQQBKBEAgCyAAKwMAIg2kIQsgDCANpSEMIA0gDWFBACAKGyEKIABBCGohACABQQFrIQEMAQsLIAtEAAAAAAAAAACgRAAAAAAAAPh/IAobJAAgDEQAAAAAAAAAAKBEAAAAAAAA+H8gChskAQsKACAAIAEQACMACwQAIwELUAEBfwNAIAFBAEoEQCAAQYABIAEgAUGAAU4bIgQQACACIwA5AwAgAyMBOQMAIAAgBEEDdGohACACQQhqIQIgA0EIaiEDIAEgBGshAQwBCwsL6gECAnsBfyABRQRAQQEPCyACIAArAwBlRQRAQQAPCyABQQFrIQEDQCABQYAETgRA/Qz/////////////////////IQP9DP////////////////////8hBEGAASEFA0AgBUEASgRAIAMgAP0ABAAgAP0ABAj9S/1OIQMgBCAA/QAEECAA/QAEGP1L/U4hBCAAQSBqIQAgBUEBayEFDAELCyADIAT9Tv3DAUUEQEEADwsgAUGABGshAQwBCwsDQCABQQBKBEAgACsDACAAKwMIZUUEQEEADwsgAEEIaiEAIAFBAWshAQwBCwtBAQs=",
  "AGFzbQEAAAABHgVgAn9/AGACf38BfGAAAXxgBH9/f38AYAN/f3wBfwISAQNlbnYGbWVtb3J5AgMBgIAEAwYFAAECAwQGGQJ8AUQAAAAAAAAAAAt8AUQAAAAAAAAAAAsHMAQNYmxvY2tFeHRyZW1lcwADCHNtYWxsZXN0AAEHbGFyZ2VzdAACB2FzY2VuZHMABArUBQWEAwMIewF/A3z9DAAAAAAAAPB/AAAAAAAA8H8hAv0MAAAAAAAA8H8AAAAAAADwfyED/QwAAAAAAADw/wAAAAAAAPD/IQT9DAAAAAAAAPD/AAAAAAAA8P8hBf0M/////////////////////yEG/Qz/////////////////////IQcDQCABQQROBEAgAiAA/QAEACIJ/fYBIQIgAyAA/QAEECII/fYBIQMgBCAJ/fcBIQQgBSAI/fcBIQUgBiAJIAn9R/1OIQYgByAIIAj9R/1OIQcgAEEgaiEAIAFBBGshAQwBCwsgAiAD/fYBIgL9IQAgAv0hAaQhCyAEIAX99wEiAv0hACAC/SEBpSEMIAYgB/1O/cMBIQoDQCABQQBKBEAgCyAAKwMAIg2kIQsgDCANpSEMIA0gDWFBACAKGyEKIABBCGohACABQQFrIQEMAQsLIAtEAAAAAAAAAACgRAAAAAAAAPh/IAobJAAgDEQAAAAAAAAAAKBEAAAAAAAA+H8gChskAQsKACAAIAEQACMACwQAIwELUAEBfwNAIAFBAEoEQCAAQYABIAEgAUGAAU4bIgQQACACIwA5AwAgAyMBOQMAIAAgBEEDdGohACACQQhqIQIgA0EIaiEDIAEgBGshAQwBCwsL6gECAnsBfyABRQRAQQEPCyACIAArAwBlRQRAQQAPCyABQQFrIQEDQCABQYAETgRA/Qz/////////////////////IQP9DP////////////////////8hBEGAASEFA0AgBUEASgRAIAMgAP0ABAAgAP0ABAj9S/1OIQMgBCAA/QAEECAA/QAEGP1L/U4hBCAAQSBqIQAgBUEBayEFDAELCyADIAT9Tv3DAUUEQEEADwsgAUGABGshAQwBCwsDQCABQQBKBEAgACsDACAAKwMIZUUEQEEADwsgAEEIaiEAIAFBAWshAQwBCwtBAQs=",
);
