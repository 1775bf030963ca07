// Generated from packages/text/kernels/count-byte.ts by `npm run wasm`. Do not edit: change the kernel and run it again.
import { KernelModule } from "@millpond/core";

/** What packages/text/kernels/count-byte.ts exports. Addresses are bytes from the start of the region; nothing is checked. */
export interface CountByteExports {
  /** Counts a byte in the `length` bytes from an address on. */
  countByte(address: number, length: number, byte: number): number;
}

/** The compiled kernel, in its variants for plain and for shared memory. */
export const countByteKernel: KernelModule<CountByteExports> = /* @__PURE__ */ new KernelModule<CountByteExports>(
  "AGFzbQEAAAABCAFgA39/fwF/Ag8BA2VudgZtZW1vcnkCAAEDAgEABw0BCWNvdW50Qnl0ZQAACp4BAZsBAgF/AXsgAv0PIQQDQCABQcAATwRAIAMgAP0ABAAgBP0j/WStIAD9AAQQIAT9I/1krUIQhoQgAP0ABCAgBP0j/WStQiCGhCAA/QAEMCAE/SP9ZK1CMIaEe6dqIQMgAEFAayEAIAFBQGohAQwBCwsDQCABBEAgA0EBaiADIAAtAAAgAkYbIQMgAEEBaiEAIAFBAWshAQwBCwsgAws=",
  "AGFzbQEAAAABCAFgA39/fwF/AhIBA2VudgZtZW1vcnkCAwGAgAQDAgEABw0BCWNvdW50Qnl0ZQAACp4BAZsBAgF/AXsgAv0PIQQDQCABQcAATwRAIAMgAP0ABAAgBP0j/WStIAD9AAQQIAT9I/1krUIQhoQgAP0ABCAgBP0j/WStQiCGhCAA/QAEMCAE/SP9ZK1CMIaEe6dqIQMgAEFAayEAIAFBQGohAQwBCwsDQCABBEAgA0EBaiADIAAtAAAgAkYbIQMgAEEBaiEAIAFBAWshAQwBCwsgAws=",
);
