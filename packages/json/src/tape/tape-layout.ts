// Where everything lies in a tape's block. docs/formats/json-tape.md is this file in prose.
//
//     byte 0        128            128 + textCapacity
//     | state words | text, zeros  | starts | ends | nexts | parents | kinds | index |
//                                    4 n      4 n    4 n     4 n       n       bytes
//
// One block, so that a kernel, which sees one region only, reaches all of it. n is the capacity in nodes.

/** Bytes at the start of the block where a parser keeps what it needs to go on after the tape has grown. */
export const STATE_BYTES = 128;

/** Zeros behind the text: the end marker of the TypeScript parsers, and room for the kernel's 64-byte loads. */
const PADDING_BYTES = 64;

/** Bytes of the five columns for one node. */
export const NODE_BYTES = 17;

/** Capacities are multiples of this, so that every column starts on a cache line. */
export const ALIGNMENT = 64;

// The kernel indexes some thousand tokens at a time, which stay in the processor's first cache; small texts have fewer.
const INDEX_WORDS = 4096;
// Room for the positions of two blocks of 64 bytes beyond that.
const INDEX_SPARE_WORDS = 128;

/** How many words the kernel's index has for a text. */
export function indexWordsFor(textCapacity: number): number {
  return Math.min(INDEX_WORDS, textCapacity) + INDEX_SPARE_WORDS;
}

// A block ends with its region: 4 GiB without the first page and what a checking pool puts behind blocks.
const MAX_BLOCK_BYTES = 2 ** 32 - 2 * 64 * 1024;

/** The most bytes a text can have: its offsets are 32-bit, and a few nodes have to fit behind it. */
export const MAX_TEXT_BYTES: number = MAX_BLOCK_BYTES - 64 * 1024;

/** The most nodes a tape can have: as many as a block holds. Node numbers are small integers, offsets may not be. */
export const MAX_NODES = 252_000_000;

/** Rounds up to a multiple of the alignment. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Bytes for a text and its padding. */
export function textCapacityFor(textBytes: number): number {
  return aligned(textBytes + PADDING_BYTES);
}

/** Bytes of a block for so many bytes of text, padding included, and so many nodes. */
export function blockBytes(textCapacity: number, nodeCapacity: number): number {
  return STATE_BYTES + textCapacity + NODE_BYTES * nodeCapacity + 4 * indexWordsFor(textCapacity);
}

/** The most nodes that fit behind a text. */
export function mostNodes(textCapacity: number): number {
  const room = MAX_BLOCK_BYTES - blockBytes(textCapacity, 0);
  return Math.min(MAX_NODES, Math.floor(room / (NODE_BYTES * ALIGNMENT)) * ALIGNMENT);
}
