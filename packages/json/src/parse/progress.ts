// What a parser leaves in the state words of a tape, so that it, in TypeScript or in the kernel, goes on after growing.

/** Everything was read. */
export const DONE = 0;
/** The columns are full: grow the tape and call again. */
export const FULL = 1;
/** The text is not strict JSON, or a limit was reached; the position says where it was noticed. */
export const FAULT = 2;

/** Offset of the next byte to look at. */
export const AT = 0;
/** Nodes so far. */
export const COUNT = 1;
/** The container that is open; NO_NODE outside the root. */
export const PARENT = 2;
/** What may come next: the bits below. */
export const EXPECT = 3;
/** How many containers are open. */
export const DEPTH = 4;

/** A value may come. */
export const VALUE = 1;
/** A key may come. */
export const KEY = 2;
/** The container that is open may be closed. */
export const CLOSE = 4;
/** A comma may come. */
export const COMMA = 8;
/** A colon has to come. */
export const COLON = 16;

/** Sets the state to the start of a text, behind `at` bytes that are no part of it. The kernel's own words are zero. */
export function begin(state: Uint32Array, at: number): void {
  state.fill(0);
  state[AT] = at;
  state[PARENT] = 0xffffffff;
  state[EXPECT] = VALUE;
}
