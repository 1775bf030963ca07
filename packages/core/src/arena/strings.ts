// String arenas: text as UTF-8 bytes in pooled memory, known by a number, and a JavaScript string only when asked for.
//
//     id - firstId = index ──▶ spans: address, length ──▶ bytes in a chunk of the arena
//                              interned: hash ──▶ index
//
// An id is a running number that is never used again: those of a generation that a reset ended are below `firstId`,
// and are refused. A number of 53 bits lasts for years of a hundred million strings a second, so nothing wraps.
import type { Allocator } from "../memory/allocator.ts";
import { PoolError, show } from "../memory/errors.ts";
import { type Arena, arena } from "./arena.ts";
import { checkResetMode } from "./arguments.ts";
import { compareBytes, copyBytes, hashBytes, sameBytes } from "./bytes.ts";
import type { ArenaChunk } from "./chunks.ts";
import { DecodeCache } from "./decode-cache.ts";
import { InternTable } from "./intern-table.ts";
import { type HashKey, keyedHash, newHashKey } from "./keyed-hash.ts";
import { SpanTable } from "./span-table.ts";
import { decode, encode, encoded, encodePart, MOST_BYTES_PER_UNIT, utf8Length } from "./utf8.ts";

/** Options of `strings()`; every one has a default. */
export interface StringArenaOptions {
  /** Shown in error messages. Default "strings". */
  readonly name?: string;
  /** The size of a chunk of bytes, rounded up to a power of two: 1 KiB to 1 GiB. Default 64 KiB. */
  readonly chunkBytes?: number;
  /**
   * How many decoded strings `get` remembers, rounded up to a power of two, at most 2^20; strings of more than 256
   * bytes are never remembered. Default 0: each `get` decodes. For interned strings that are asked for often.
   */
  readonly cachedStrings?: number;
}

// Short texts are encoded here to be looked up. Nothing is called meanwhile that could use it too.
const SCRATCH: Uint8Array = new Uint8Array(1024);
const SCRATCH_UNITS: number = Math.floor(SCRATCH.length / MOST_BYTES_PER_UNIT);
const MOST_CACHED = 2 ** 20;
// `reset("trim")` looks back so many rounds.
const TRIM_ROUNDS = 8;
// At the load that the table allows, chance makes no run of taken slots as long as this, not even among millions.
const MOST_PROBES = 256;

/**
 * A string arena over pooled memory. It acquires nothing until the first string is added.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, strings } from "@millpond/core";
 *
 * const names = strings(new Pool());
 * const id = names.add("Mühlteich");
 * assert.equal(names.get(id), "Mühlteich");
 * assert.equal(names.byteLength(id), 10);
 * names.release();
 * ```
 */
export function strings(allocator: Allocator, options: StringArenaOptions = {}): StringArena {
  return new StringArena(allocator, options);
}

/**
 * Strings that live equally long, as UTF-8 bytes. `add` and `intern` take a string or bytes and give a number, the
 * id; everything else works on ids, and on the bytes behind them. A JavaScript string is made when `get` is called,
 * and is nobody's part: it keeps neither the arena's memory alive nor the text that was added.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, strings } from "@millpond/core";
 *
 * const words = strings(new Pool());
 * const ids = "to be or not to be".split(" ").map((word) => words.intern(word));
 * assert.equal(ids[0], ids[4]); // "to": interned once
 * assert.equal(words.size, 4);
 * assert.ok(words.compare(ids[0], ids[1]) > 0); // "to" comes after "be"
 *
 * words.reset();
 * assert.throws(() => words.get(ids[0]), { code: "STALE_HANDLE" });
 * words.release();
 * ```
 *
 * Strings that are added one after the other have consecutive ids, from `firstId` on: tables of one's own can be
 * indexed by `id - names.firstId`.
 */
export class StringArena {
  readonly #name: string;
  readonly #arena: Arena;
  readonly #spans: SpanTable;
  readonly #interned: InternTable;
  readonly #cache: DecodeCache | undefined;
  // Long texts are not given room for three bytes a unit.
  readonly #mostRoom: number;
  #firstId = 0;
  // Set once the table was crowded in a way that chance does not explain.
  #key: HashKey | undefined;
  #crowded = false;
  // What #encode, #spell and #look found besides their results.
  #encodedBytes = 0;
  #lastHash = 0;
  #freeSlot = 0;
  // Strings in each of the last rounds.
  readonly #recent: number[] = [];

  /** @internal */
  constructor(allocator: Allocator, options: StringArenaOptions) {
    const { name = "strings", chunkBytes, cachedStrings = 0 } = options;
    this.#name = name;
    this.#arena = arena(allocator, chunkBytes === undefined ? { name } : { name, chunkBytes });
    this.#mostRoom = this.#arena.chunkBytes / 16;
    this.#spans = new SpanTable(allocator);
    this.#interned = new InternTable(allocator);
    const places = checkCached(cachedStrings);
    this.#cache = places === 0 ? undefined : new DecodeCache(places);
  }

  /**
   * Adds a string, or bytes that are UTF-8, and returns its id: a new one each time. Bytes are copied. A lone
   * surrogate, which UTF-8 cannot express, becomes U+FFFD.
   *
   * Throws what the pool throws when the arena has to grow and cannot; the arena then stays as it was.
   */
  add(text: string | Uint8Array): number {
    if (typeof text !== "string") return this.addSpan(text, 0, lengthOf(text));
    this.#makeRoom();
    const address = this.#encode(text);
    return this.#firstId + this.#append(address, this.#encodedBytes);
  }

  /**
   * Adds the bytes from `start` up to `end` of a larger text. Makes no view.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { Pool, strings } from "@millpond/core";
   *
   * const fields = strings(new Pool());
   * const line = new TextEncoder().encode("4711,Mühle,12.5");
   * const id = fields.addSpan(line, 5, 11);
   * assert.equal(fields.get(id), "Mühle");
   * fields.release();
   * ```
   */
  addSpan(source: Uint8Array, start: number, end: number): number {
    checkSpan(source, start, end);
    this.#makeRoom();
    return this.#firstId + this.#append(this.#copyIn(source, start, end), end - start);
  }

  /** The id of the string that was interned with these bytes; adds it when there is none. */
  intern(text: string | Uint8Array): number {
    if (typeof text !== "string") return this.internSpan(text, 0, lengthOf(text));
    if (text.length > SCRATCH_UNITS) return this.#internLong(text);
    return this.#internBytes(SCRATCH, 0, encode(text, SCRATCH, 0));
  }

  /** `intern` for the bytes from `start` up to `end` of a larger text. */
  internSpan(source: Uint8Array, start: number, end: number): number {
    checkSpan(source, start, end);
    return this.#internBytes(source, start, end);
  }

  /** The id of the string that was interned with these bytes, or undefined; adds nothing. */
  find(text: string | Uint8Array): number | undefined {
    this.#refuseReleased();
    const bytes = this.#spell(text);
    if (this.#interned.slotCount === 0) return undefined;
    const found = this.#look(bytes, 0, this.#encodedBytes);
    return found < 0 ? undefined : this.#firstId + found;
  }

  /** The string, decoded. Bytes that are not UTF-8 become U+FFFD. */
  get(id: number): string {
    const index = this.#indexOf(id);
    const known = this.#cache?.get(id, index);
    if (known !== undefined) return known;
    const chunk = this.#chunkAt(index);
    const start = this.#spans.starts[index] - chunk.address;
    const length = this.#spans.lengths[index];
    const text = decode(chunk.bytes, start, start + length);
    this.#cache?.put(id, index, text, length);
    return text;
  }

  /**
   * The bytes of the string where they lie, good until the next reset. They are not to be written to: interned
   * strings are found by them.
   */
  bytes(id: number): Uint8Array {
    const index = this.#indexOf(id);
    const { bytes, address } = this.#chunkAt(index);
    const start = bytes.byteOffset + (this.#spans.starts[index] - address);
    return new Uint8Array(bytes.buffer, start, this.#spans.lengths[index]);
  }

  /** How many bytes the string has. */
  byteLength(id: number): number {
    return this.#spans.lengths[this.#indexOf(id)];
  }

  /**
   * The chunk that the string lies in, for code that reads the bytes without a view: the string's bytes are
   * `chunk.bytes[offsetOf(id)]` and the following.
   */
  chunkOf(id: number): ArenaChunk {
    return this.#chunkAt(this.#indexOf(id));
  }

  /** Where in the bytes of its chunk the string starts. */
  offsetOf(id: number): number {
    const index = this.#indexOf(id);
    return this.#spans.starts[index] - this.#chunkAt(index).address;
  }

  /** True when two strings have the same bytes. */
  equals(a: number, b: number): boolean {
    const one = this.#indexOf(a);
    const other = this.#indexOf(b);
    if (one === other) return true;
    const length = this.#spans.lengths[one];
    return length === this.#spans.lengths[other] && this.#compare(one, other, length) === 0;
  }

  /**
   * Negative, 0 or positive, as `a` comes before, is equal to, or comes after `b` by bytes. That is the order of
   * code points. The operator `<` on JavaScript strings compares UTF-16 units, which differs for characters
   * above U+FFFF.
   */
  compare(a: number, b: number): number {
    const one = this.#indexOf(a);
    const other = this.#indexOf(b);
    const { lengths } = this.#spans;
    return this.#compare(one, other, Math.min(lengths[one], lengths[other])) || lengths[one] - lengths[other];
  }

  /** A number from 0 to 2^32 - 1 that is the same for the same bytes, in every arena and process. */
  hash(id: number): number {
    const index = this.#indexOf(id);
    const chunk = this.#chunkAt(index);
    const start = this.#spans.starts[index] - chunk.address;
    return hashBytes(chunk.bytes, start, start + this.#spans.lengths[index]);
  }

  /** True when the string starts with `prefix`, a string or bytes. */
  startsWith(id: number, prefix: string | Uint8Array): boolean {
    const index = this.#indexOf(id);
    const bytes = this.#spell(prefix);
    const length = this.#encodedBytes;
    if (length > this.#spans.lengths[index]) return false;
    const chunk = this.#chunkAt(index);
    return sameBytes(chunk.bytes, this.#spans.starts[index] - chunk.address, bytes, 0, length);
  }

  /** How many strings there are. */
  get size(): number {
    this.#refuseReleased();
    return this.#spans.count;
  }

  /** The id of the first string of this generation, present or future; ids below it are stale. */
  get firstId(): number {
    this.#refuseReleased();
    return this.#firstId;
  }

  /** Bytes of the strings. */
  get usedBytes(): number {
    return this.#arena.usedBytes;
  }

  /** Bytes of all memory that is held: chunks, and the tables of spans and of interned strings. */
  get reservedBytes(): number {
    return this.#arena.reservedBytes + this.#spans.reservedBytes + this.#interned.reservedBytes;
  }

  /** Bytes at the ends of chunks, where a string did not fit. */
  get wastedBytes(): number {
    return this.#arena.wastedBytes;
  }

  /**
   * Forgets all strings: ids given out so far are stale. `"keep"` keeps all memory; `"trim"` keeps the chunks that
   * were in use in the last eight rounds, and gives tables back that had four times the room that the largest of
   * these rounds needed.
   */
  reset(mode: "keep" | "trim" = "keep"): void {
    this.#refuseReleased();
    checkResetMode(mode);
    const { count } = this.#spans;
    this.#firstId += count;
    this.#spans.count = 0;
    this.#interned.clear(count);
    this.#cache?.clear();
    this.#recent.push(count);
    if (this.#recent.length > TRIM_ROUNDS) this.#recent.shift();
    const steps = [() => this.#arena.reset(mode)];
    if (mode === "trim") {
      const most = Math.max(...this.#recent);
      steps.push(
        () => this.#spans.trim(most),
        () => this.#interned.trim(most),
      );
    }
    doAll(steps);
  }

  /** Gives everything back. All but `released` and `Symbol.dispose` throws `USE_AFTER_RELEASE` from then on. */
  release(): void {
    this.#spans.count = 0;
    this.#cache?.clear();
    doAll([() => this.#arena.release(), () => this.#spans.release(), () => this.#interned.release()]);
  }

  /** For `using`: releases unless that has happened. */
  [Symbol.dispose](): void {
    if (!this.released) this.release();
  }

  /** True after `release()`. */
  get released(): boolean {
    return this.#arena.released;
  }

  // The index of a string by its id.
  #indexOf(id: number): number {
    const index = id - this.#firstId;
    if (index < this.#spans.count && index >>> 0 === index) return index;
    throw this.#unknown(id);
  }

  #chunkAt(index: number): ArenaChunk {
    return this.#arena.chunkOf(this.#spans.starts[index]);
  }

  // Room for one more string in the table of spans. Comes first: what follows cannot fail half-way.
  #makeRoom(): void {
    if (this.#spans.count < this.#spans.starts.length) return;
    this.#refuseReleased();
    this.#spans.grow();
  }

  #append(address: number, length: number): number {
    const spans = this.#spans;
    const index = spans.count++;
    spans.starts[index] = address;
    spans.lengths[index] = length;
    return index;
  }

  #copyIn(source: Uint8Array, start: number, end: number): number {
    const address = this.#arena.allocBytesUnsafe(end - start, 1);
    const chunk = this.#arena.chunkOf(address);
    copyBytes(source, start, end, chunk.bytes, address - chunk.address);
    return address;
  }

  // Writes a text into the arena; the number of its bytes is in #encodedBytes then.
  #encode(text: string): number {
    const most = text.length * MOST_BYTES_PER_UNIT;
    if (most > this.#mostRoom) return this.#encodeLong(text);
    const address = this.#arena.allocBytesUnsafe(most, 1);
    const chunk = this.#arena.chunkOf(address);
    const start = address - chunk.address;
    this.#encodedBytes = encode(text, chunk.bytes, start) - start;
    this.#arena.shrinkLast(address, most, this.#encodedBytes);
    return address;
  }

  // Most long texts are ASCII: as many bytes as units. Only others are counted.
  #encodeLong(text: string): number {
    let bytes = text.length;
    let address = this.#arena.allocBytesUnsafe(bytes, 1);
    let chunk = this.#arena.chunkOf(address);
    this.#encodedBytes = bytes;
    if (encodePart(text, chunk.bytes, address - chunk.address, bytes) === bytes) return address;
    this.#arena.shrinkLast(address, bytes, 0);
    bytes = utf8Length(text);
    address = this.#arena.allocBytesUnsafe(bytes, 1);
    chunk = this.#arena.chunkOf(address);
    encode(text, chunk.bytes, address - chunk.address);
    this.#encodedBytes = bytes;
    return address;
  }

  // The bytes of a text to compare with; how many there are is in #encodedBytes then.
  #spell(text: string | Uint8Array): Uint8Array {
    if (typeof text === "string" && text.length <= SCRATCH_UNITS) {
      this.#encodedBytes = encode(text, SCRATCH, 0);
      return SCRATCH;
    }
    const bytes = typeof text === "string" ? encoded(text) : text;
    this.#encodedBytes = lengthOf(bytes);
    return bytes;
  }

  #internBytes(source: Uint8Array, start: number, end: number): number {
    this.#makeRoomToIntern();
    const found = this.#look(source, start, end);
    if (found >= 0) return this.#firstId + found;
    const index = this.#append(this.#copyIn(source, start, end), end - start);
    this.#interned.put(this.#freeSlot, this.#lastHash, index);
    return this.#firstId + index;
  }

  // Encodes into the arena, and takes that back when the text is known.
  #internLong(text: string): number {
    this.#makeRoomToIntern();
    const address = this.#encode(text);
    const length = this.#encodedBytes;
    const chunk = this.#arena.chunkOf(address);
    const start = address - chunk.address;
    const found = this.#look(chunk.bytes, start, start + length);
    if (found >= 0) {
      this.#arena.shrinkLast(address, length, 0);
      return this.#firstId + found;
    }
    const index = this.#append(address, length);
    this.#interned.put(this.#freeSlot, this.#lastHash, index);
    return this.#firstId + index;
  }

  #makeRoomToIntern(): void {
    this.#makeRoom();
    this.#interned.makeRoom();
    if (this.#crowded && this.#key === undefined) this.#useKey();
  }

  // The index of the interned string with these bytes; or -1, and then #lastHash and #freeSlot say where to put it.
  #look(source: Uint8Array, start: number, end: number): number {
    const table = this.#interned;
    const hash = this.#hashOf(source, start, end);
    let slot = table.first(hash);
    let probes = 0;
    for (let index = table.indexAt(slot); index >= 0; index = table.indexAt(slot)) {
      if (table.hashAt(slot) === hash && this.#holds(index, source, start, end)) return index;
      slot = table.next(slot);
      probes++;
    }
    if (probes > MOST_PROBES) this.#crowded = true;
    this.#lastHash = hash;
    this.#freeSlot = slot;
    return -1;
  }

  #hashOf(source: Uint8Array, start: number, end: number): number {
    if (this.#key === undefined) return hashBytes(source, start, end);
    return keyedHash(this.#key, source, start, end);
  }

  // From now on nobody can choose texts whose hashes collide.
  #useKey(): void {
    const key = newHashKey();
    this.#interned.rehash((index) => {
      const chunk = this.#chunkAt(index);
      const start = this.#spans.starts[index] - chunk.address;
      return keyedHash(key, chunk.bytes, start, start + this.#spans.lengths[index]);
    });
    this.#key = key;
  }

  #holds(index: number, source: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (this.#spans.lengths[index] !== length) return false;
    const chunk = this.#chunkAt(index);
    return sameBytes(chunk.bytes, this.#spans.starts[index] - chunk.address, source, start, length);
  }

  #compare(one: number, other: number, length: number): number {
    const a = this.#chunkAt(one);
    const b = this.#chunkAt(other);
    const { starts } = this.#spans;
    return compareBytes(a.bytes, starts[one] - a.address, b.bytes, starts[other] - b.address, length);
  }

  #refuseReleased(): void {
    if (!this.released) return;
    throw new PoolError("USE_AFTER_RELEASE", `${this.#name} was released; make a new string arena`);
  }

  #unknown(id: number): PoolError {
    this.#refuseReleased();
    if (!(Number.isSafeInteger(id) && id >= 0)) {
      return new PoolError("BAD_ARGUMENT", `expected the id of a string, got ${show(id)}`, { got: id });
    }
    const details = { id, firstId: this.#firstId, size: this.#spans.count };
    if (id < this.#firstId) {
      const message = `string ${id} of ${this.#name} was forgotten by a reset; ids from ${this.#firstId} on are good`;
      return new PoolError("STALE_HANDLE", message, details);
    }
    return new PoolError("OUT_OF_BOUNDS", `${this.#name} has given out no id ${id} yet`, details);
  }
}

// The length of an array of bytes, refusing everything else.
function lengthOf(bytes: Uint8Array): number {
  if (bytes instanceof Uint8Array) return bytes.length;
  throw new PoolError("BAD_ARGUMENT", `expected a string or a Uint8Array, got ${show(bytes)}`, {
    got: show(bytes),
  });
}

function checkSpan(source: Uint8Array, start: number, end: number): void {
  const isSpan = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end;
  if (end <= lengthOf(source) && isSpan) return;
  throw new PoolError(
    "OUT_OF_BOUNDS",
    `expected a span within 0 to ${source.length}, got ${show(start)} to ${show(end)}`,
    { start, end, length: source.length },
  );
}

// The number of places of a cache for so many strings: a power of two, or none.
function checkCached(count: unknown): number {
  if (typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= MOST_CACHED) {
    return count === 0 ? 0 : 1 << (32 - Math.clz32(count - 1));
  }
  throw new PoolError(
    "BAD_ARGUMENT",
    `expected cachedStrings to be an integer from 0 to ${MOST_CACHED}, got ${show(count)}`,
    { got: count, most: MOST_CACHED },
  );
}

// Does every step, and throws the first error only then: all memory goes back though one block is damaged.
function doAll(steps: readonly (() => void)[]): void {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      step();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
