// The memory of results: tables of words in three sizes, so that a pool sees few different requests, and texts as
// UTF-8. Which size a table starts with comes from an estimate; one that proves too small is replaced by the next.
import { type Allocator, encodeUtf8, utf8Length } from "@millpond/core";
import { TextError } from "../errors.ts";

/** The words of small, medium and large tables; larger ones double. */
export const TABLE_WORDS: readonly [small: number, medium: number, large: number] = [48, 768, 12_288];
/** Texts are padded to these, where they are shorter. */
const TEXT_BYTES: readonly number[] = [96, 384, 4096];
const MOST_BYTES_PER_UNIT = 3;

/** What a text of so many bytes can be at most: spans are words of 32 bits. */
const MOST_TEXT_BYTES: number = 2 ** 32 - 1;

const encoder = new TextEncoder();

/** A text as UTF-8, somewhere in larger memory. */
export interface EncodedText {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** How many words the smallest table has that holds as many. */
export function tableWordsFor(words: number): number {
  for (const size of TABLE_WORDS) {
    if (words <= size) return size;
  }
  return TABLE_WORDS[2] * 2 ** Math.ceil(Math.log2(words / TABLE_WORDS[2]));
}

/** Replaces a full table by one of the next size, with the same first `used` words. */
export function growTable(allocator: Allocator, table: Uint32Array, used: number): Uint32Array {
  const larger = allocator.acquireUnsafe(Uint32Array, tableWordsFor(table.length + 1));
  larger.set(table.subarray(0, used));
  allocator.release(table);
  return larger;
}

/** Writes a text into memory from the allocator, which is to be released. */
export function encodeText(allocator: Allocator, text: string): EncodedText {
  const most = text.length * MOST_BYTES_PER_UNIT;
  for (const size of TEXT_BYTES) {
    if (most > size) continue;
    const bytes = allocator.acquireUnsafe(Uint8Array, size);
    return { bytes, start: 0, end: encodeUtf8(text, bytes, 0) };
  }
  return encodeLong(allocator, text);
}

// Most long texts are ASCII: as many bytes as units. Only others are counted.
function encodeLong(allocator: Allocator, text: string): EncodedText {
  const bytes = allocator.acquireUnsafe(Uint8Array, text.length);
  const shared = !(bytes.buffer instanceof ArrayBuffer);
  if (!shared && encoder.encodeInto(text, bytes).read === text.length) {
    return { bytes, start: 0, end: text.length };
  }
  allocator.release(bytes);
  const exact = allocator.acquireUnsafe(Uint8Array, utf8Length(text));
  return { bytes: exact, start: 0, end: encodeUtf8(text, exact, 0) };
}

/** Refuses texts that 32 bits cannot address. */
export function checkTextBytes(length: number): void {
  if (length <= MOST_TEXT_BYTES) return;
  throw new TextError(
    "TEXT_TOO_LONG",
    `expected a text of at most ${MOST_TEXT_BYTES} bytes, got ${length}; split it line by line with processLines`,
  );
}
