// Delimiters of one byte as the kernel takes them: up to four in a word.

/** How many delimiters of one byte the kernel takes. */
export const MOST_NEEDLES = 4;

/** Up to four bytes in a word, the last one repeated. */
export function needlesOf(list: readonly Uint8Array[]): number {
  const bytes = Array.from({ length: MOST_NEEDLES }, (_, index) => (list[index] ?? list[list.length - 1])[0]);
  return (bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24)) >>> 0;
}
