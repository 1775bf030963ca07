// UTF-8 validation of a megabyte: ASCII, text with some longer characters, and text of nothing else.

import { isUtf8 } from "node:buffer";

import { Pool } from "@millpond/core";
import { findInvalidUtf8 } from "@millpond/text";

import type { Case, Scale, Subject } from "../../lib/definition.ts";

const TEXTS = [
  { row: "ASCII", unit: "The mill pond lies still. " },
  { row: "French", unit: "L’étang du moulin est calme, où l’eau dort. " },
  { row: "Japanese", unit: "水車池は静かです。" },
] as const;

function utf8Case(row: string, unit: string, scale: Scale): Case {
  const bytes = new TextEncoder().encode(
    unit.repeat(Math.ceil((scale === "full" ? 2 ** 20 : 2 ** 10) / unit.length)),
  );
  const pooled = new Pool().acquireUnsafe(Uint8Array, bytes.length);
  pooled.set(bytes);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const subject = (name: string, role: Subject["role"], isValid: () => boolean): Subject => {
    const run = (count: number): void => {
      for (let i = 0; i < count; i++) isValid();
    };
    return { name, role, setup: () => ({ run, answer: isValid }) };
  };
  return {
    group: "UTF-8 validation of a megabyte",
    name: `UTF-8, ${row}`,
    row,
    bytesPerOperation: bytes.length,
    metric: "throughput",
    subjects: [
      subject("millpond", "ours", () => findInvalidUtf8(pooled) < 0),
      subject("plain", "plain", () => decoder.decode(bytes).length > 0),
      subject("node isUtf8", "peer", () => isUtf8(bytes)),
    ],
  };
}

/** The cases about validation. */
export function utf8Cases(scale: Scale): Case[] {
  return TEXTS.map(({ row, unit }) => utf8Case(row, unit, scale));
}
