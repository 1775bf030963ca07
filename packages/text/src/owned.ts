// Parts of JavaScript strings that keep nothing else alive. V8 represents a part of 13 units or more by a reference to
// the whole, so that a few short fields can keep megabytes.

/** V8 copies parts of strings up to this length. */
export const MOST_COPIED_UNITS = 12;

// Longer strings are put together from pieces of this length, each from its units.
const PIECE_UNITS = 4096;

/** The units from `start` up to `end` as a string of its own. Lone surrogates stay as they are. */
export function ownedPart(text: string, start: number, end: number): string {
  if (end - start <= MOST_COPIED_UNITS) return text.slice(start, end);
  if (start === 0 && end === text.length) return text;
  let copy = "";
  for (let at = start; at < end; at += PIECE_UNITS) {
    const units = new Uint16Array(Math.min(PIECE_UNITS, end - at));
    for (let i = 0; i < units.length; i++) units[i] = text.charCodeAt(at + i);
    copy += String.fromCharCode.apply(undefined, units as unknown as number[]);
  }
  return copy;
}
