// inferSchema(): a JSON Schema that a document fulfils.

import { boundedOf, optionsOf, stringOf } from "../check.ts";
import { type JsonTarget, spotOf } from "../read/target.ts";
import { type SchemaType, type Shape, shapeOf } from "./shape.ts";

/** Options of `inferSchema()`. */
export interface SchemaOptions {
  /** How many containers inside each other are described. Default 50, at most 200. */
  readonly maxDepth?: number;
  /**
   * An object, or the objects in one place, with more different names than this are described as a dictionary: one schema
   * for all members. Default 200, at most 1,000,000.
   */
  readonly maxProperties?: number;
  /** Where only so many different strings or fewer stand in one place, they are listed as `enum`. Default 0: never; at most 1,000. */
  readonly maxEnum?: number;
  /** The schema's title. */
  readonly title?: string;
}

/** A schema of JSON Schema 2020-12, with the keywords that `inferSchema` uses. */
export interface JsonSchema {
  /** The dialect, at the root only. */
  readonly $schema?: string;
  /** The title that was asked for. */
  readonly title?: string;
  /** The types that were seen. */
  readonly type?: SchemaType | readonly SchemaType[];
  /** The strings that were seen. */
  readonly enum?: readonly string[];
  /** The members that were seen. */
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  /** Those that every object has. */
  readonly required?: readonly string[];
  /** Of dictionaries: what every member is. */
  readonly additionalProperties?: JsonSchema;
  /** What every element is. */
  readonly items?: JsonSchema;
}

/**
 * The narrowest schema of this form that a document fulfils: types, members, which of them every object has, and elements.
 * Elements of one array are described together, as are all objects in one place.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { inferSchema, parse } from "@millpond/json";
 *
 * const document = parse('[{"id": 1, "name": "a"}, {"id": 2.5}]');
 * assert.deepEqual(inferSchema(document).items, {
 *   type: "object",
 *   properties: { id: { type: "number" }, name: { type: "string" } },
 *   required: ["id"],
 * });
 * document.close();
 * ```
 */
export function inferSchema(target: JsonTarget, options: SchemaOptions = {}): JsonSchema {
  const { tape, node } = spotOf(target);
  const { title } = optionsOf(options);
  const shape = shapeOf(tape, node, {
    maxDepth: boundedOf("maxDepth", options.maxDepth, 50, 200),
    maxProperties: boundedOf("maxProperties", options.maxProperties, 200, 1_000_000),
    maxEnum: boundedOf("maxEnum", options.maxEnum, 0, 1000),
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...(title === undefined ? {} : { title: stringOf("a title", title) }),
    ...schemaOf(shape),
  };
}

// The recursion is as deep as `maxDepth`.
function schemaOf(shape: Shape): JsonSchema {
  const { members, anyMember, elements } = shape;
  return {
    ...typesOf(shape),
    ...(members === undefined ? {} : membersOf(shape)),
    ...(anyMember === undefined ? {} : { additionalProperties: schemaOf(anyMember) }),
    ...(elements === undefined ? {} : { items: schemaOf(elements) }),
  };
}

// Every integer is a number, so both are one type.
function typesOf({ types, strings }: Shape): JsonSchema {
  const seen = [...types].filter((type) => type !== "integer" || !types.has("number"));
  const onlyStrings = seen.length === 1 && seen[0] === "string" && strings !== undefined;
  return {
    type: seen.length === 1 ? seen[0] : seen.sort(),
    ...(onlyStrings ? { enum: [...strings].sort() } : {}),
  };
}

function membersOf({ members, objects }: Shape): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [name, member] of members ?? []) {
    const value = schemaOf(member.shape);
    Object.defineProperty(properties, name, { value, writable: true, enumerable: true, configurable: true });
    if (member.objects === objects) required.push(name);
  }
  return required.length === 0 ? { properties } : { properties, required };
}
