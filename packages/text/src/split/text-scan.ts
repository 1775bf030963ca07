// The shortest way for the commonest case: a short string of ASCII, split at one byte of ASCII. Nothing is encoded, since
// places in such a string are places in its bytes; the string itself is what the spans refer to.
//
// Longer strings are encoded, which the platform does many bytes at a time, and split as bytes.

/** Strings of more units are encoded. */
export const MOST_DIRECT_UNITS = 512;

/** The text has characters beyond ASCII. */
export const NOT_ASCII = -1;
/** The table is too small. */
const NO_ROOM = -2;

/** Writes spans from `words[base]` on, up to `limit`; returns the word behind the last, or what went wrong. */
export function scanText(
  text: string,
  byte: number,
  keepEmpty: boolean,
  words: Uint32Array,
  base: number,
  limit: number,
): number {
  let top = base;
  let start = 0;
  let all = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    all |= unit;
    if (unit !== byte) continue;
    if (i > start || keepEmpty) {
      if (top + 2 > limit) return NO_ROOM;
      words[top] = start;
      words[top + 1] = i;
      top += 2;
    }
    start = i + 1;
  }
  if (all > 0x7f) return NOT_ASCII;
  if (text.length > start || keepEmpty) {
    if (top + 2 > limit) return NO_ROOM;
    words[top] = start;
    words[top + 1] = text.length;
    top += 2;
  }
  return top;
}
