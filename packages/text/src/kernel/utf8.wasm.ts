// Generated from packages/text/kernels/utf8.ts by `npm run wasm`. Do not edit: change the kernel and run it again.
import { KernelModule } from "@millpond/core";

/** What packages/text/kernels/utf8.ts exports. Addresses are bytes from the start of the region; nothing is checked. */
export interface Utf8Exports {
  /** The place of the first byte of the first sequence that is not UTF-8, or `length` where all of them are. */
  findInvalid(text: number, length: number): number;
}

/** The compiled kernel, in its variants for plain and for shared memory. */
export const utf8Kernel: KernelModule<Utf8Exports> = /* @__PURE__ */ new KernelModule<Utf8Exports>(
  "AGFzbQEAAAABBwFgAn9/AX8CDwEDZW52Bm1lbW9yeQIAAQMCAQAHDwELZmluZEludmFsaWQAAArvAgHsAgEHfwNAIAEgAksEQANAIAEgAmtBwABPBEAgACACaiID/QAEACAD/QAEEP1QIAP9AAQgIAP9AAQw/VD9UP1kRQRAIAJBQGshAgwCCwsLIAJBQGsgASABIAJrQcAATxshBwNAIAIgB0kEQCABIAJrIQVBASEDAkAgACACaiIGLQAAIghBgAFJDQBBACEDIAhBwgFJIAhB9AFLciAFQQJJcg0AIAYtAAEiBEHAAXFBgAFHDQBBAiEDIAhB4AFJDQBBACEDIAVBA0kEf0EBBSAGLQACQcABcUGAAUcLDQBBAEEDIAhB4AFGIARBoAFJcQR/QQEFIAhB7QFGIARBnwFLcQsbIQMgCEHwAUkNAEEAIQMgBUEESQR/QQEFIAYtAANBwAFxQYABRwsNAEEAQQQgCEHwAUYgBEGQAUlxBH9BAQUgCEH0AUYgBEGPAUtxCxshAwsgA0UEQCACDwsgAiADaiECDAELCwwBCwsgAQs=",
  "AGFzbQEAAAABBwFgAn9/AX8CEgEDZW52Bm1lbW9yeQIDAYCABAMCAQAHDwELZmluZEludmFsaWQAAArvAgHsAgEHfwNAIAEgAksEQANAIAEgAmtBwABPBEAgACACaiID/QAEACAD/QAEEP1QIAP9AAQgIAP9AAQw/VD9UP1kRQRAIAJBQGshAgwCCwsLIAJBQGsgASABIAJrQcAATxshBwNAIAIgB0kEQCABIAJrIQVBASEDAkAgACACaiIGLQAAIghBgAFJDQBBACEDIAhBwgFJIAhB9AFLciAFQQJJcg0AIAYtAAEiBEHAAXFBgAFHDQBBAiEDIAhB4AFJDQBBACEDIAVBA0kEf0EBBSAGLQACQcABcUGAAUcLDQBBAEEDIAhB4AFGIARBoAFJcQR/QQEFIAhB7QFGIARBnwFLcQsbIQMgCEHwAUkNAEEAIQMgBUEESQR/QQEFIAYtAANBwAFxQYABRwsNAEEAQQQgCEHwAUYgBEGQAUlxBH9BAQUgCEH0AUYgBEGPAUtxCxshAwsgA0UEQCACDwsgAiADaiECDAELCwwBCwsgAQs=",
);
