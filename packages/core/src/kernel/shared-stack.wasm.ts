// Generated from packages/core/kernels/shared-stack.ts by `npm run wasm`. Do not edit: change the kernel and run it again.
import { KernelModule } from "./kernel-module.ts";

/** What packages/core/kernels/shared-stack.ts exports. Addresses are bytes from the start of the region; nothing is checked. */
export interface SharedStackExports {
  /**
 * Takes up to `most` blocks off a stack for `thread`, which holds them from then on; how many. Their numbers are left
 * in the journal's entries. 0 when the stack is empty.
 */
  fetchMany(head: number, next: number, words: number, journal: number, most: number, thread: number): number;
  /** Frees `count` blocks that `thread` holds and whose numbers stand in the journal's entries, the first on top. */
  freeMany(head: number, next: number, words: number, journal: number, count: number, thread: number): void;
}

/** The compiled kernel, in its variants for plain and for shared memory. */
export const sharedStackKernel: KernelModule<SharedStackExports> = /* @__PURE__ */ new KernelModule<SharedStackExports>(
  "AGFzbQEAAAABFAJgBn9/f39/fwBgBn9/f39/fwF/Ag8BA2VudgZtZW1vcnkCAAEDAwIAAQcYAglmZXRjaE1hbnkAAQhmcmVlTWFueQAACvoEAqACAgN/AX4DQCAEIAZKBEAgAiADQQRqIAZBA3RqIggoAgBBAnRq/hACAEEBakH///8BcSEHIAhBBGogBUEWdCAHQQEgBxtyNgIAIAZBAWohBgwBCwsgAyAE/hcCAEEAIQUDQCAEIAVKBEAgAiADQQRqIAVBA3RqIgYoAgBBAnRqIAZBBGooAgD+FwIAIAVBAWohBQwBCwsgACECIANBBGooAgAiBiEAQQEhBQNAIAQgBUoEQCABIABBAnRqIANBBGogBUEDdGooAgAiAEEBav4XAgAgBUEBaiEFDAELCwNAIAEgAEECdGogAv4RAwAiCf4dAgAgCSACIAkgBkEBaq0gCUKAgICAcINCgICAgBB8hP5JAwBSDQALIANBAP4XAgAL1QICB38BfgNAA0ACQCAA/hEDACINpyEGQQAhCANAIAQgCEpBACAGGwRAIANBBGogCEEDdGoiByAGQQFrIgY2AgAgB0EEaiAGQQJ0IgYgAmr+EAIANgIAIAhBAWohCCABIAZq/hACACEGDAELC0EAIQcgCEUNACAA/hEDACANUg0BIAMgCP4XAgAgCCEHIAAgDSAGrSANQoCAgIBwg0KAgICAEHyE/kkDACANUQ0AIANBAP4XAgAMAQsLIAdFBEBBAA8LQQAhBkEAIQgDQCAHIAhKBEAgA0EEaiIJIAhBA3RqIgooAgAhCyAKQQRqKAIAIgpBAWpB////AXEhDCAKIAIgC0ECdGogCiAFQRZ0QYCAgIAEciAMQQEgDBty/kgCAEYEQCAJIAZBA3RqIAs2AgAgBkEBaiEGCyAIQQFqIQgMAQsLIANBAP4XAgAgBkEATA0ACyAGCw==",
  "AGFzbQEAAAABFAJgBn9/f39/fwBgBn9/f39/fwF/AhIBA2VudgZtZW1vcnkCAwGAgAQDAwIAAQcYAglmZXRjaE1hbnkAAQhmcmVlTWFueQAACvoEAqACAgN/AX4DQCAEIAZKBEAgAiADQQRqIAZBA3RqIggoAgBBAnRq/hACAEEBakH///8BcSEHIAhBBGogBUEWdCAHQQEgBxtyNgIAIAZBAWohBgwBCwsgAyAE/hcCAEEAIQUDQCAEIAVKBEAgAiADQQRqIAVBA3RqIgYoAgBBAnRqIAZBBGooAgD+FwIAIAVBAWohBQwBCwsgACECIANBBGooAgAiBiEAQQEhBQNAIAQgBUoEQCABIABBAnRqIANBBGogBUEDdGooAgAiAEEBav4XAgAgBUEBaiEFDAELCwNAIAEgAEECdGogAv4RAwAiCf4dAgAgCSACIAkgBkEBaq0gCUKAgICAcINCgICAgBB8hP5JAwBSDQALIANBAP4XAgAL1QICB38BfgNAA0ACQCAA/hEDACINpyEGQQAhCANAIAQgCEpBACAGGwRAIANBBGogCEEDdGoiByAGQQFrIgY2AgAgB0EEaiAGQQJ0IgYgAmr+EAIANgIAIAhBAWohCCABIAZq/hACACEGDAELC0EAIQcgCEUNACAA/hEDACANUg0BIAMgCP4XAgAgCCEHIAAgDSAGrSANQoCAgIBwg0KAgICAEHyE/kkDACANUQ0AIANBAP4XAgAMAQsLIAdFBEBBAA8LQQAhBkEAIQgDQCAHIAhKBEAgA0EEaiIJIAhBA3RqIgooAgAhCyAKQQRqKAIAIgpBAWpB////AXEhDCAKIAIgC0ECdGogCiAFQRZ0QYCAgIAEciAMQQEgDBty/kgCAEYEQCAJIAZBA3RqIAs2AgAgBkEBaiEGCyAIQQFqIQgMAQsLIANBAP4XAgAgBkEATA0ACyAGCw==",
);
