// Generated from packages/core/kernels/shared-stack.ts by `npm run wasm`. Do not edit: change the kernel and run it again.
import { KernelModule } from "./kernel-module.ts";

/** What packages/core/kernels/shared-stack.ts exports. Addresses are bytes from the start of the region; nothing is checked. */
export interface SharedStackExports {
  /** Pops up to `most` blocks into the journal; how many. */
  popMany(head: number, next: number, journal: number, most: number): number;
  /** Pushes the blocks of the journal, the first of them on top. The caller has marked them as free. */
  pushMany(head: number, next: number, journal: number): void;
}

/** The compiled kernel, in its variants for plain and for shared memory. */
export const sharedStackKernel: KernelModule<SharedStackExports> = /* @__PURE__ */ new KernelModule<SharedStackExports>(
  "AGFzbQEAAAABDwJgA39/fwBgBH9/f38BfwIPAQNlbnYGbWVtb3J5AgABAwMCAAEHFgIHcG9wTWFueQABCHB1c2hNYW55AAAKrAICkwECBH8BfiAC/hACACIFRQRADwsgAkEEav4QAgAiBiEEQQEhAwNAIAMgBUgEQCABIARBAnRqIAJBBGogA0ECdGr+EAIAIgRBAWr+FwIAIANBAWohAwwBCwsDQCABIARBAnRqIAD+EQMAIgf+HQIAIAcgACAHIAZBAWqtIAdCgICAgHCDQoCAgIAQfIT+SQMAUg0ACwuUAQICfwF+A0AgAP4RAwAiBqchBUEAIQQDQCADIARKQQAgBRsEQCACQQRqIARBAnRqIAVBAWsiBf4XAgAgBEEBaiEEIAEgBUECdGr+EAIAIQUMAQsLIARFBEBBAA8LIAIgBP4XAgAgBiAAIAYgBa0gBkKAgICAcINCgICAgBB8hP5JAwBSBEAgAkEA/hcCAAwBCwsgBAs=",
  "AGFzbQEAAAABDwJgA39/fwBgBH9/f38BfwISAQNlbnYGbWVtb3J5AgMBgIAEAwMCAAEHFgIHcG9wTWFueQABCHB1c2hNYW55AAAKrAICkwECBH8BfiAC/hACACIFRQRADwsgAkEEav4QAgAiBiEEQQEhAwNAIAMgBUgEQCABIARBAnRqIAJBBGogA0ECdGr+EAIAIgRBAWr+FwIAIANBAWohAwwBCwsDQCABIARBAnRqIAD+EQMAIgf+HQIAIAcgACAHIAZBAWqtIAdCgICAgHCDQoCAgIAQfIT+SQMAUg0ACwuUAQICfwF+A0AgAP4RAwAiBqchBUEAIQQDQCADIARKQQAgBRsEQCACQQRqIARBAnRqIAVBAWsiBf4XAgAgBEEBaiEEIAEgBUECdGr+EAIAIQUMAQsLIARFBEBBAA8LIAIgBP4XAgAgBiAAIAYgBa0gBkKAgICAcINCgICAgBB8hP5JAwBSBEAgAkEA/hcCAAwBCwsgBAs=",
);
