// The header in front of each array of the strategy "tagged": four words of 32 bits that end where the array starts.
//
//     bytes before the array   -16      -12                -8                      -4
//                             ┌────────┬──────────────────┬───────────────────────┬────────┐
//                             │ magic  │ size     │ class │ state │ generation    │ length │ array …
//                             │ "mill" │ 24 bits  │ 8     │ 1 bit │ 31 bits       │        │
//                             └────────┴──────────────────┴───────────────────────┴────────┘
//
// Size and length count elements: what the block has room for, and what the owner asked for (0 while idle). State
// is 0 in use and 1 idle; the generation counts the owners. Fields share a word lowest bits first.
//
// The header decides nothing. Who owns a block stands in the side table, which no kernel and no stray view can
// reach; so the side table knows every word that must be here, and any other word is damage. (Where the header
// decides, one forged or stale word hands a block to two owners.) What it is good for: somebody who writes past the
// end of the array before it hits it first, and a kernel or a debugger that has only an address finds length, class
// and state in front of it.
import { KIND_BYTES } from "../memory/elements.ts";
import { PoolError } from "../memory/errors.ts";
import type { SizeClass, Slab } from "./slab.ts";

/** Bytes of a header. */
export const HEADER_BYTES = 16;

const WORDS = HEADER_BYTES / 4;
// The bytes "mill", read as a little-endian number.
const MAGIC = 0x6c6c696d;
const SIZE_BITS = 24;
const SIZE_MASK: number = 2 ** SIZE_BITS - 1;

// Headers start where arrays may, and end where arrays do: no element type may need more than that.
if (KIND_BYTES.some((bytes) => HEADER_BYTES % bytes !== 0)) {
  throw new PoolError("BAD_ARGUMENT", "the layout of the header contradicts itself");
}

/** The word of a header that is the same for all blocks of a class. */
function shapeWord({ length, index }: SizeClass): number {
  return length | (index << SIZE_BITS);
}

/** Writes the header of a block that was never used. */
export function writeHeader(slab: Slab, slot: number): void {
  const place = slab.wordOf(slot) - WORDS;
  slab.words[place] = MAGIC;
  slab.words[place + 1] = shapeWord(slab.sizeClass);
  markHeader(slab, slot, 1, 0);
}

/** Notes what changes with an acquisition or a release; `turn` is that of the side table. */
export function markHeader(slab: Slab, slot: number, turn: number, length: number): void {
  const place = slab.wordOf(slot) - WORDS;
  slab.words[place + 2] = turn;
  slab.words[place + 3] = length;
}

/** True when the header is what the side table says. */
export function headerIntact(slab: Slab, slot: number, turn: number, length: number): boolean {
  const { words, sizeClass } = slab;
  const place = slab.wordOf(slot) - WORDS;
  // One test for all: intact words differ from the expected ones in no bit.
  const difference =
    (words[place] ^ MAGIC) |
    (words[place + 1] ^ shapeWord(sizeClass)) |
    (words[place + 2] ^ turn) |
    (words[place + 3] ^ length);
  return difference === 0;
}

/** The name of the first field that is not what the side table says. Slow: for messages. */
export function damagedField(slab: Slab, slot: number, turn: number, length: number): string {
  const place = slab.wordOf(slot) - WORDS;
  const [magic, shape, state, elements] = slab.words.subarray(place, place + WORDS);
  const expected = shapeWord(slab.sizeClass);
  if (magic !== MAGIC) return "magic";
  if ((shape & SIZE_MASK) !== (expected & SIZE_MASK)) return "size";
  if (shape !== expected) return "class";
  if (((state ^ turn) & 1) !== 0) return "state";
  if (state !== turn) return "generation";
  return elements === length ? "nothing" : "length";
}
