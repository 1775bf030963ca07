// White space at the ends of a span of UTF-8, as Unicode's property White_Space has it:
//
//     1 byte    U+0009 to U+000D, U+0020
//     2 bytes   C2 85, C2 A0                       next line, no-break space
//     3 bytes   E1 9A 80                           ogham space mark
//               E2 80 80 to 8A, A8, A9, AF         spaces of many widths, line and paragraph separator
//               E2 81 9F, E3 80 80                 medium mathematical space, ideographic space
//
// That is what Rust's `trim` strips. JavaScript's differs by two: it leaves U+0085, and strips U+FEFF.

/** The first byte from `start` on that is not white space, or `end`. */
export function stripStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (let width = widthAt(bytes, at, end); width > 0; width = widthAt(bytes, at, end)) at += width;
  return at;
}

/** Behind the last byte before `end` that is not white space, or `start`. */
export function stripEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  for (let width = widthBefore(bytes, start, at); width > 0; width = widthBefore(bytes, start, at)) {
    at -= width;
  }
  return at;
}

// How many bytes of white space start at `at`.
function widthAt(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return 0;
  const byte = bytes[at];
  if (byte < 0x80) return isAsciiSpace(byte) ? 1 : 0;
  if (byte === 0xc2) return at + 1 < end && isLatinSpace(bytes[at + 1]) ? 2 : 0;
  if (byte < 0xe1 || byte > 0xe3 || at + 2 >= end) return 0;
  return isWideSpace(byte, bytes[at + 1], bytes[at + 2]) ? 3 : 0;
}

// How many bytes of white space end before `at`.
function widthBefore(bytes: Uint8Array, start: number, at: number): number {
  if (at <= start) return 0;
  const byte = bytes[at - 1];
  if (byte < 0x80) return isAsciiSpace(byte) ? 1 : 0;
  if (at - 2 >= start && bytes[at - 2] === 0xc2) return isLatinSpace(byte) ? 2 : 0;
  return at - 3 >= start && isWideSpace(bytes[at - 3], bytes[at - 2], byte) ? 3 : 0;
}

function isAsciiSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function isLatinSpace(second: number): boolean {
  return second === 0x85 || second === 0xa0;
}

function isWideSpace(first: number, second: number, third: number): boolean {
  if (first === 0xe1) return second === 0x9a && third === 0x80;
  if (first === 0xe3) return second === 0x80 && third === 0x80;
  if (first !== 0xe2) return false;
  if (second === 0x81) return third === 0x9f;
  return (
    second === 0x80 &&
    ((third >= 0x80 && third <= 0x8a) || third === 0xa8 || third === 0xa9 || third === 0xaf)
  );
}
