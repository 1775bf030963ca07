// Passes over values without parsing them, by quotes and brackets alone: the twin of kernels/locate.ts, and what is common to both.

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/** How many values of the level are left to pass. */
export const LEFT = 0;
const DEPTH = 1;
const ESCAPED = 2;
const INSIDE = 3;

/** How many state words there are. */
export const STATE_WORDS = 4;

/**
 * Goes through the text from `start` to `end`, from where the state words say. Returns the offset of the comma behind as many
 * values of this level as are left to pass, or of the bracket that ends the level before; without any, `end`.
 */
export function passValues(state: Uint32Array, text: Uint8Array, start: number, end: number): number {
  let left = state[LEFT];
  let depth = state[DEPTH];
  let escaped = state[ESCAPED];
  let inside = state[INSIDE];
  for (let at = start; at < end; at++) {
    const byte = text[at];
    const isEscaped = escaped === 1;
    escaped = byte === BACKSLASH && !isEscaped ? 1 : 0;
    if (byte === QUOTE) inside ^= isEscaped ? 0 : 1;
    else if (inside === 1) continue;
    else if (byte === COMMA) {
      if (depth === 0 && --left === 0) return at;
    } else if ((byte | 0x20) === 0x7b) depth++;
    else if ((byte | 0x20) === 0x7d && --depth < 0) return at;
  }
  state[LEFT] = left;
  state[DEPTH] = depth;
  state[ESCAPED] = escaped;
  state[INSIDE] = inside;
  return end;
}
