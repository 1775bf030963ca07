// Records as columns: many small things with the same fields, without a JavaScript object for any of them.
//
// A table is one block of pooled memory (record-layout.ts). Field f of record i is element i of column f; which
// indices are in use, and whether a handle still means its record, is the business of slots.ts. Two functions are
// hot, `acquire` and `release`, and both create nothing.
import type { Allocator } from "../memory/allocator.ts";
import type { TypedArray } from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";
import { Column } from "./column.ts";
import { compact } from "./compaction.ts";
import type { Forwarding } from "./forwarding.ts";
import { closedError, fullError, handleError, indexError, lateWriteError } from "./handle-error.ts";
import { clearBit, clearBits, nextBit, setBit } from "./live-bits.ts";
import { HandleWalk, IndexWalk } from "./live-walk.ts";
import { layoutOf } from "./record-layout.ts";
import { integerIn, type RecordOptions, type RecordSettings, settleRecords } from "./record-options.ts";
import { RecordStore } from "./record-store.ts";
import {
  type Columns,
  type ColumnArrays,
  type ElementOf,
  type Field,
  type FieldInput,
  type FieldOf,
  fieldsOf,
  type RecordInput,
  type RecordSchema,
  type RecordValues,
} from "./schema.ts";
import { Slots } from "./slots.ts";

/** The figures of a table, as they are at the moment. */
export interface RecordStats {
  /** The name from the options. */
  readonly name: string;
  /** Records in use. */
  readonly size: number;
  /** Records there is room for. */
  readonly capacity: number;
  /** One more than the highest index in use since the last `compact()` or `clear()`. */
  readonly end: number;
  /** The most records that were in use at a time. */
  readonly peak: number;
  /** How often a record was acquired. */
  readonly acquired: number;
  /** How often one was released, `clear()` included. */
  readonly released: number;
  /** Slots that are not used any more because their generations are used up. */
  readonly retired: number;
  /** Bytes of a record, without bookkeeping. */
  readonly recordBytes: number;
  /** Bytes of memory the table has. */
  readonly bytesReserved: number;
  /** How often the table grew. */
  readonly growths: number;
}

/**
 * A table of records with the same fields, each field a typed array. Records are known by handles, which are numbers;
 * loops use indices and columns. Made by {@link records}.
 *
 * Adding and releasing by handle, reading and writing fields:
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, records } from "@millpond/core";
 *
 * const cars = records(new Pool(), { x: "f64", speed: "f32", wheels: "u8" });
 * const car = cars.add({ x: 10, wheels: 4 }); // what is left out is 0
 * cars.set(car, "speed", 2.5);
 * assert.deepEqual(cars.read(car), { x: 10, speed: 2.5, wheels: 4 });
 *
 * cars.release(car);
 * assert.equal(cars.has(car), false);
 * assert.throws(() => cars.get(car, "x"), { code: "STALE_HANDLE" }); // also when its place has another car by then
 * ```
 *
 * A hot loop goes over columns. Free records are all zero, so where zeros do not matter it need not skip them:
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, records } from "@millpond/core";
 *
 * const cars = records(new Pool(), { x: "f64", speed: "f64" });
 * for (let i = 0; i < 1000; i++) cars.add({ x: i, speed: 1 });
 *
 * function drive(x: Float64Array, speed: Float64Array, end: number): void {
 *   for (let i = 0; i < end; i++) x[i] += speed[i];
 * }
 * drive(cars.columns.x, cars.columns.speed, cars.end);
 *
 * let far = 0;
 * for (let i = cars.first(); i >= 0; i = cars.next(i)) if (cars.columns.x[i] > 500) far++;
 * assert.equal(far, 500);
 * ```
 *
 * A typed array taken out of `columns` is valid until the table grows, shrinks (`trim`) or closes, and is somebody
 * else's memory afterwards: take it again after `add`, `acquire` and `reserve`, or give the table a `capacity` that is
 * also its `maxRecords`, and it stays. `columns` itself and `column(name)` can be kept.
 */
export class Records<S extends RecordSchema> implements Iterable<number> {
  /** The name from the options. */
  readonly name: string;
  /** The present column of each field; the object stays the same when the table grows, its arrays do not. */
  readonly columns: Columns<S>;
  readonly #allocator: Allocator;
  readonly #settings: RecordSettings;
  readonly #fields: readonly Field[];
  readonly #slots: Slots;
  // In checked modes, a record is looked at before it is given out again.
  readonly #careful: boolean;
  #store: RecordStore | undefined;
  #live: Uint32Array;
  #growths = 0;

  /** @internal */
  constructor(allocator: Allocator, schema: S, options: RecordOptions, maxGeneration?: number) {
    this.#settings = settleRecords(options);
    this.name = this.#settings.name;
    this.#fields = fieldsOf(schema);
    this.#allocator = allocator;
    this.#careful = allocator.check === "checked" || allocator.check === "strict";
    const { capacity, maxRecords } = this.#settings;
    this.#store = new RecordStore(allocator, this.#fields, capacity, maxRecords);
    this.#slots = new Slots(maxRecords, maxGeneration);
    this.#live = this.#store.live;
    this.columns = {} as Columns<S>;
    this.#show(this.#store);
  }

  /** Records in use. */
  get size(): number {
    return this.#slots.size;
  }

  /** Records there is room for without growth. */
  get capacity(): number {
    return this.#slots.capacity;
  }

  /** One more than the highest index in use since the last `compact()` or `clear()`: where loops over columns end. */
  get end(): number {
    return this.#slots.end;
  }

  /**
   * Takes a record, all zero, and returns its handle.
   *
   * Throws `POOL_EXHAUSTED` when there are `maxRecords`, or when the pool has no memory for growth; the table stays
   * as it was.
   */
  acquire(): number {
    const slots = this.#slots;
    if (!slots.hasFree && !slots.freeUnused()) this.#grow();
    const handle = slots.take();
    const index = handle & slots.mask;
    if (this.#careful) this.#inspect(index);
    setBit(this.#live, index);
    return handle;
  }

  /** `acquire` that answers exhaustion with undefined. */
  tryAcquire(): number | undefined {
    return this.#canAcquire() ? this.acquire() : undefined;
  }

  /**
   * Gives a record back, and zeroes it.
   *
   * Throws `DOUBLE_RELEASE`, `STALE_RELEASE` or `FOREIGN_RELEASE` for handles that are not live, and the table stays
   * as it was.
   */
  release(handle: number): void {
    const slots = this.#slots;
    const index = slots.indexOf(handle);
    const store = this.#store;
    if (index < 0 || store === undefined) throw this.#refusal(handle, "release");
    store.wipe(index);
    clearBit(this.#live, index);
    slots.giveBack(handle, index);
  }

  /** Takes a record and writes its fields; the ones left out are 0. */
  add(values: RecordInput<S>): number {
    const handle = this.acquire();
    try {
      this.#write(handle & this.#slots.mask, values);
    } catch (error) {
      this.release(handle);
      throw error;
    }
    return handle;
  }

  /** Whether a handle means a record that is in use. */
  has(handle: number): boolean {
    return this.#slots.indexOf(handle) >= 0;
  }

  /** Where a record lies in the columns, or `STALE_HANDLE`. It stays there until `compact()`. */
  indexOf(handle: number): number {
    const index = this.#slots.indexOf(handle);
    if (index < 0) throw this.#refusal(handle, "use");
    return index;
  }

  /** The handle of the record at an index. */
  handleAt(index: number): number {
    const handle = this.#slots.words[index];
    if (handle > 0) return handle;
    throw this.#store === undefined ? closedError(this.name) : indexError(index, this.end, this.name);
  }

  /** One field of a record. A field of several elements comes as a window of its column, not as a copy. */
  get<K extends keyof S & string>(handle: number, name: K): FieldOf<S[K]> {
    const index = this.indexOf(handle);
    const field = this.#field(name);
    const column = this.columns[name] as TypedArray;
    const { count } = field;
    const value = field.several ? column.subarray(index * count, (index + 1) * count) : column[index];
    return value as FieldOf<S[K]>;
  }

  /** Writes one field of a record. */
  set<K extends keyof S & string>(handle: number, name: K, value: FieldInput<S[K]>): void {
    const index = this.indexOf(handle);
    writeField(this.#field(name), this.columns[name], index, value);
  }

  /** A copy of a record as an ordinary object. */
  read(handle: number): RecordValues<S> {
    const index = this.indexOf(handle);
    const values: Record<string, unknown> = {};
    for (const { name, several, count } of this.#fields) {
      const column = this.columns[name] as TypedArray;
      values[name] = several ? [...column.subarray(index * count, (index + 1) * count)] : column[index];
    }
    return values as RecordValues<S>;
  }

  /** Writes some fields of a record; the others stay as they are. */
  write(handle: number, values: RecordInput<S>): void {
    this.#write(this.indexOf(handle), values);
  }

  /** A column as a series, which can be kept while the table grows. */
  column<K extends keyof S & string>(name: K): Column<ColumnArrays[ElementOf<S[K]>]> {
    const { count } = this.#field(name);
    return new Column(name, {
      present: () => this.columns[name],
      length: () => this.end * count,
    });
  }

  /** The index of the first record in memory order, or -1. */
  first(): number {
    return nextBit(this.#live, 0, this.#slots.end);
  }

  /** The index of the next record behind `index` in memory order, or -1. */
  next(index: number): number {
    return nextBit(this.#live, index + 1, this.#slots.end);
  }

  /**
   * The indices of all records in memory order. Releasing the present one is fine; whether one that is added
   * meanwhile turns up is open.
   */
  indices(): IterableIterator<number> {
    return new IndexWalk(this);
  }

  /** The handles of all records in memory order. */
  handles(): IterableIterator<number> {
    return new HandleWalk(this);
  }

  /** The same as `handles()`. */
  [Symbol.iterator](): IterableIterator<number> {
    return new HandleWalk(this);
  }

  /** Makes room for `count` records in all, so that adding up to there does not grow the table. */
  reserve(count: number): void {
    this.#present();
    const { maxRecords, name } = this.#settings;
    if (count > maxRecords) throw fullError(name, "maxRecords", maxRecords, this.#slots.retired);
    integerIn("count", count, 0, maxRecords);
    if (count > this.capacity) this.#moveTo(count);
  }

  /**
   * Moves all records together at the beginning, in their order, so that `end` is `size` and loops have no holes.
   * Records that move get new handles, and their old ones are refused: the result translates them.
   */
  compact(): Forwarding {
    return compact(this.#slots, this.#present());
  }

  /**
   * Gives back the memory behind the last record (`compact()` first gives the most). Returns how many bytes that
   * were.
   */
  trim(): number {
    const present = this.#present();
    const least = Math.max(1, this.#slots.leastCapacity());
    const before = present.layout.bytes;
    if (this.#allocator.capacityFor(Uint8Array, layoutOf(this.#fields, least).bytes) >= before) return 0;
    this.#moveTo(least);
    return before - this.#present().layout.bytes;
  }

  /** Releases all records. */
  clear(): void {
    const store = this.#present();
    const { end } = this;
    store.wipeRange(0, end);
    clearBits(this.#live, 0, end);
    this.#slots.clear();
  }

  /** The figures of the table. */
  stats(): RecordStats {
    const { size, capacity, end, peak, taken, returned, retired } = this.#slots;
    const recordBytes = this.#fields.reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      name: this.name,
      size,
      capacity,
      end,
      peak,
      acquired: taken,
      released: returned,
      retired,
      recordBytes,
      bytesReserved: this.#store?.layout.bytes ?? 0,
      growths: this.#growths,
    };
  }

  /** Ends the table and gives its memory back. Any use afterwards is refused; closing twice does nothing. */
  close(): void {
    const store = this.#store;
    if (store === undefined) return;
    this.#store = undefined;
    this.#slots.close();
    this.#live = new Uint32Array(0);
    for (const { name, type } of this.#fields) this.#setColumn(name, new type(0));
    this.#allocator.release(store.block);
  }

  /** For `using`: closes the table. */
  [Symbol.dispose](): void {
    this.close();
  }

  // No slot is free: more of them, or the reason why not.
  #grow(): void {
    this.#present();
    const { capacity } = this;
    const { maxRecords, growth, name } = this.#settings;
    if (capacity >= maxRecords) throw fullError(name, "maxRecords", maxRecords, this.#slots.retired);
    this.#moveTo(Math.min(maxRecords, Math.max(capacity + 1, Math.ceil(capacity * growth))));
    this.#growths++;
    this.#slots.freeUnused();
  }

  #canAcquire(): boolean {
    const slots = this.#slots;
    if (slots.hasFree || slots.freeUnused()) return true;
    if (this.#store !== undefined && this.capacity >= this.#settings.maxRecords) return false;
    try {
      this.#grow();
      return true;
    } catch (error) {
      if (error instanceof PoolError && error.code === "POOL_EXHAUSTED") return false;
      throw error;
    }
  }

  // A free record is zero; what is not was written through an index or a window that outlived its record.
  #inspect(index: number): void {
    const store = this.#present();
    if (store.isBlank(index)) return;
    store.wipe(index);
    this.#slots.giveBack(this.#slots.words[index], index);
    throw lateWriteError(index, this.name);
  }

  // The memory is acquired first: when that fails, nothing has changed.
  #moveTo(capacity: number): void {
    const old = this.#present();
    const store = new RecordStore(this.#allocator, this.#fields, capacity, this.#settings.maxRecords);
    if (store.layout.capacity < old.layout.capacity) this.#slots.drop(store.layout.capacity);
    store.copyFrom(old, this.end);
    this.#show(store);
    this.#allocator.release(old.block);
  }

  #show(store: RecordStore): void {
    this.#store = store;
    this.#live = store.live;
    this.#slots.moveTo(store.words, store.layout.capacity);
    for (const [at, { name }] of this.#fields.entries()) this.#setColumn(name, store.columns[at]);
  }

  #setColumn(name: string, column: TypedArray): void {
    (this.columns as Record<string, TypedArray>)[name] = column;
  }

  #write(index: number, values: RecordInput<S>): void {
    for (const name of Object.keys(values)) {
      const value = values[name];
      if (value === undefined) continue;
      writeField(this.#field(name), this.columns[name], index, value);
    }
  }

  #field(name: string): Field {
    for (const field of this.#fields) if (field.name === name) return field;
    const known = this.#fields.map((field) => field.name).join(", ");
    throw new PoolError("BAD_ARGUMENT", `"${this.name}" has no field ${show(name)}; it has ${known}`, {
      name,
    });
  }

  #present(): RecordStore {
    if (this.#store === undefined) throw closedError(this.name);
    return this.#store;
  }

  #refusal(handle: unknown, action: "use" | "release"): PoolError {
    if (this.#store === undefined) return closedError(this.name);
    return handleError(this.#slots, handle, this.name, action);
  }
}

/**
 * Makes a table of records: `schema` names the fields and their types, and each field becomes a column, a typed array
 * in pooled memory. For many things that live long (a million objects make each full collection ten times slower, a
 * million records make it no slower), and for loops over one field of all of them.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, records } from "@millpond/core";
 *
 * const pool = new Pool();
 * const particles = records(pool, { position: ["f32", 3], mass: "f64", id: "u64" }, { capacity: 1000 });
 * const a = particles.add({ position: [1, 2, 3], mass: 0.5, id: 7n });
 * assert.ok(particles.columns.position instanceof Float32Array); // x, y, z of record 0, x, y, z of record 1, …
 * assert.deepEqual([...particles.get(a, "position")], [1, 2, 3]);
 * assert.equal(particles.get(a, "id"), 7n);
 * particles.close();
 * assert.equal(pool.stats().inUse, 0);
 * ```
 */
export function records<const S extends RecordSchema>(
  allocator: Allocator,
  schema: S,
  options: RecordOptions = {},
): Records<S> {
  return new Records(allocator, schema, options);
}

function writeField(field: Field, column: TypedArray, index: number, value: unknown): void {
  if (!field.several) {
    checkScalar(field, value);
    column[index] = value as never;
    return;
  }
  const elements = value as ArrayLike<unknown>;
  const { count } = field;
  if (typeof value !== "object" || value === null || elements.length !== count) {
    throw wrongValue(field, `an array of ${count} elements`, value);
  }
  for (let element = 0; element < count; element++) checkScalar(field, elements[element]);
  column.set(elements as never, index * count);
}

function checkScalar(field: Field, value: unknown): void {
  const expected = field.big ? "bigint" : "number";
  if (typeof value !== expected) throw wrongValue(field, `a ${expected}`, value);
}

function wrongValue({ name }: Field, expected: string, got: unknown): PoolError {
  return new PoolError("BAD_ARGUMENT", `expected field "${name}" to be ${expected}, got ${show(got)}`, {
    field: name,
    got: show(got),
  });
}
