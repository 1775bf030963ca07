// The words of a segment in the table of a result. It is two words, or three where segments differ in more than their
// spans:
//
//     word 0    where it starts, in bytes from the start of the text
//     word 1    where it ends
//     word 2    bit 0: it is a delimiter; bit 1: it was quoted; bits 2 to 31: 1 + the number of its unescaped text, or 0

/** Bits of word 2. */
export const DELIMITER = 1;
export const QUOTED = 2;
export const UNESCAPED_SHIFT = 2;

/** The words of one segment. */
export function strideOf({ typed }: { readonly typed: boolean }): 2 | 3 {
  return typed ? 3 : 2;
}
