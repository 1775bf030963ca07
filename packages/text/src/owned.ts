// Parts of JavaScript strings that keep nothing else alive. V8 represents a part of 13 units or more by a reference to
// the whole, so that a few short fields can keep megabytes.

// V8 copies parts of strings up to this length.
const MOST_COPIED_UNITS = 12;

/**
 * The units from `start` up to `end` as a string of its own. Where V8 would make a reference, the part is put together
 * with a character and that is taken off again: the first makes a string of two, which the second has to copy
 * to look into it. Whether that still works is tested with the collector; it never changes what is returned.
 */
export function ownedPart(text: string, start: number, end: number): string {
  const part = text.slice(start, end);
  return part.length <= MOST_COPIED_UNITS ? part : ` ${part}`.slice(1);
}
