// Generated from packages/core/kernels/shared-stack.ts by `npm run wasm`. Do not edit: change the kernel and run it again.
import { KernelModule } from "./kernel-module.ts";

/** What packages/core/kernels/shared-stack.ts exports. Addresses are bytes from the start of the region; nothing is checked. */
export interface SharedStackExports {
  /** Pops up to `most` blocks into the journal; how many. */
  popMany(head: number, next: number, words: number, journal: number, most: number): number;
  /** Pushes the blocks of the journal, the first of them on top. The caller has marked them as free. */
  pushMany(head: number, next: number, journal: number): void;
}

/** The compiled kernel, in its variants for plain and for shared memory. */
export const sharedStackKernel: KernelModule<SharedStackExports> = /* @__PURE__ */ new KernelModule<SharedStackExports>(
  "AGFzbQEAAAABEAJgA39/fwBgBX9/f39/AX8CDwEDZW52Bm1lbW9yeQIAAQMDAgABBxYCB3BvcE1hbnkAAQhwdXNoTWFueQAACs0CApMBAgR/AX4gAv4QAgAiBUUEQA8LIAJBBGr+EAIAIgYhBEEBIQMDQCADIAVIBEAgASAEQQJ0aiACQQRqIANBA3Rq/hACACIEQQFq/hcCACADQQFqIQMMAQsLA0AgASAEQQJ0aiAA/hEDACIH/h0CACAHIAAgByAGQQFqrSAHQoCAgIBwg0KAgICAEHyE/kkDAFINAAsLtQECA38BfgNAIAD+EQMAIginIQVBACEGA0AgBCAGSkEAIAUbBEAgA0EEaiAGQQN0aiIHIAVBAWsiBf4XAgAgB0EEaiAFQQJ0IgUgAmr+EAIA/hcCACAGQQFqIQYgASAFav4QAgAhBQwBCwsgBkUEQEEADwsgAP4RAwAgCFINACADIAb+FwIAIAggACAIIAWtIAhCgICAgHCDQoCAgIAQfIT+SQMAUgRAIANBAP4XAgAMAQsLIAYL",
  "AGFzbQEAAAABEAJgA39/fwBgBX9/f39/AX8CEgEDZW52Bm1lbW9yeQIDAYCABAMDAgABBxYCB3BvcE1hbnkAAQhwdXNoTWFueQAACs0CApMBAgR/AX4gAv4QAgAiBUUEQA8LIAJBBGr+EAIAIgYhBEEBIQMDQCADIAVIBEAgASAEQQJ0aiACQQRqIANBA3Rq/hACACIEQQFq/hcCACADQQFqIQMMAQsLA0AgASAEQQJ0aiAA/hEDACIH/h0CACAHIAAgByAGQQFqrSAHQoCAgIBwg0KAgICAEHyE/kkDAFINAAsLtQECA38BfgNAIAD+EQMAIginIQVBACEGA0AgBCAGSkEAIAUbBEAgA0EEaiAGQQN0aiIHIAVBAWsiBf4XAgAgB0EEaiAFQQJ0IgUgAmr+EAIA/hcCACAGQQFqIQYgASAFav4QAgAhBQwBCwsgBkUEQEEADwsgAP4RAwAgCFINACADIAb+FwIAIAggACAIIAWtIAhCgICAgHCDQoCAgIAQfIT+SQMAUgRAIANBAP4XAgAMAQsLIAYL",
);
