// What the fields of a record are: the schema a user writes, the types that follow from it, and its refusal.
import { type ArrayType, FIRST_BIGINT_KIND, kindOfType } from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";

/** The typed array that a column of each type is. */
export interface ColumnArrays {
  /** 64-bit floating point, JavaScript's own number. */
  f64: Float64Array;
  /** 32-bit floating point. */
  f32: Float32Array;
  /** Integers with a sign. */
  i32: Int32Array;
  /** Integers without one. */
  u32: Uint32Array;
  /** Integers with a sign. */
  i16: Int16Array;
  /** Integers without one. */
  u16: Uint16Array;
  /** Integers with a sign. */
  i8: Int8Array;
  /** Integers without one. */
  u8: Uint8Array;
  /** Integers with a sign, as bigints. */
  i64: BigInt64Array;
  /** Integers without one, as bigints. */
  u64: BigUint64Array;
}

/** What an element of a column is: `"f64"`, `"f32"`, `"i32"`, `"u32"`, `"i16"`, `"u16"`, `"i8"`, `"u8"`, `"i64"`, `"u64"`. */
export type ColumnType = keyof ColumnArrays;

/** One element a record, or a fixed number of them: `"f64"`, `["f32", 3]`. */
export type ColumnSpec = ColumnType | readonly [type: ColumnType, count: number];

/** The fields of a record by name: `{ x: "f64", y: "f64", kind: "u8", position: ["f32", 3] }`. */
export type RecordSchema = Readonly<Record<string, ColumnSpec>>;

/** The element type of a field, whether it has one element or several. */
export type ElementOf<C extends ColumnSpec> = C extends ColumnType
  ? C
  : C extends readonly [infer T extends ColumnType, number]
    ? T
    : never;

/** The columns of a schema: a typed array for each field. */
export type Columns<S extends RecordSchema> = { readonly [K in keyof S]: ColumnArrays[ElementOf<S[K]>] };

/** A number, or a bigint for `"i64"` and `"u64"`. */
export type ScalarOf<T extends ColumnType> = T extends "i64" | "u64" ? bigint : number;

/** What `get` gives for a field: a scalar, or for fields of several elements a window of the column. */
export type FieldOf<C extends ColumnSpec> = C extends ColumnType ? ScalarOf<C> : ColumnArrays[ElementOf<C>];

/** What can be written to a field: a scalar, or for fields of several elements an array of as many. */
export type FieldInput<C extends ColumnSpec> = C extends ColumnType
  ? ScalarOf<C>
  : ArrayLike<ScalarOf<ElementOf<C>>>;

/** A record as an ordinary object, copied: scalars, and plain arrays for fields of several elements. */
export type RecordValues<S extends RecordSchema> = {
  -readonly [K in keyof S]: S[K] extends ColumnType ? ScalarOf<S[K]> : ScalarOf<ElementOf<S[K]>>[];
};

/** A record to write; what is left out stays as it is. */
export type RecordInput<S extends RecordSchema> = { readonly [K in keyof S]?: FieldInput<S[K]> | undefined };

/** A field, read from the schema. */
export interface Field {
  readonly name: string;
  readonly type: ArrayType;
  /** Elements a record. */
  readonly count: number;
  /** True for `["f32", 1]` too: written as an array. */
  readonly several: boolean;
  /** Bytes a record. */
  readonly bytes: number;
  /** Holds bigints. */
  readonly big: boolean;
}

const TYPES: Readonly<Record<ColumnType, ArrayType>> = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  i16: Int16Array,
  u16: Uint16Array,
  i8: Int8Array,
  u8: Uint8Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
};

const MOST_ELEMENTS = 1_048_576;

/** The fields of a schema in the order they were written, or `BAD_ARGUMENT` with the name of the wrong one. */
export function fieldsOf(schema: RecordSchema): readonly Field[] {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) {
    throw refusal('a schema such as { x: "f64", y: "f64" }', schema);
  }
  const fields = Object.entries(schema).map(([name, spec]) => fieldOf(name, spec));
  if (fields.length === 0) throw refusal("a schema with at least one field", schema);
  return fields;
}

function fieldOf(name: string, spec: unknown): Field {
  // Assigning to this one name would set the prototype of the columns instead of a property.
  if (name === "__proto__") throw refusal("a field name other than __proto__", name);
  const several = Array.isArray(spec);
  const word: unknown = several ? spec[0] : spec;
  const count: unknown = several ? spec[1] : 1;
  if (typeof word !== "string" || !Object.hasOwn(TYPES, word)) {
    throw refusal(`the type of field "${name}" to be one of ${Object.keys(TYPES).join(", ")}`, word);
  }
  const counts = typeof count === "number" && Number.isInteger(count) && count >= 1 && count <= MOST_ELEMENTS;
  if (!counts || (several && spec.length !== 2)) {
    throw refusal(`field "${name}" to be [type, count] with a count from 1 to ${MOST_ELEMENTS}`, count);
  }
  const type = TYPES[word as ColumnType];
  const bytes = type.BYTES_PER_ELEMENT * count;
  return { name, type, count, several, bytes, big: kindOfType(type) >= FIRST_BIGINT_KIND };
}

function refusal(expected: string, got: unknown): PoolError {
  return new PoolError("BAD_ARGUMENT", `expected ${expected}, got ${show(got)}`, { got: show(got) });
}
