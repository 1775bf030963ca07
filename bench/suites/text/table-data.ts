// The tables that the suite reads: made from a seed, kept in the system's folder for temporary files.

import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { randomFrom } from "@millpond/core";

import type { Scale } from "../../lib/definition.ts";

/** A table on disk, and what there is to know about it. */
export interface TableFile {
  readonly path: string;
  readonly byteLength: number;
  readonly fieldCount: number;
}

const COLUMNS = 10;
const WORDS =
  "amber basalt cedar delta ember fjord granite harbour indigo juniper kelp lagoon marble nectar ochre".split(
    " ",
  );
const VERSION = 2;

/**
 * A header, then rows of 10 fields: four integers, three decimals, three of words. Of the quoted twin, two fields are always in quotes,
 * and there are commas, doubled quotes and ends of lines among them.
 */
export function tableFile(kind: "plain" | "quoted", scale: Scale): TableFile {
  const rows = scale === "full" ? 1_000_000 : 2_000;
  const folder = join(tmpdir(), "millpond-bench");
  const path = join(folder, `${kind}-${rows}-v${VERSION}.csv`);
  const text = existsSync(path) ? undefined : tableText(kind, rows);
  if (text !== undefined) {
    mkdirSync(folder, { recursive: true });
    // Another process may be about to write the same file.
    writeFileSync(`${path}.${process.pid}`, text);
    renameSync(`${path}.${process.pid}`, path);
  }
  return { path, byteLength: statSync(path).size, fieldCount: rows * COLUMNS };
}

function tableText(kind: "plain" | "quoted", rows: number): string {
  const random = randomFrom(20_260);
  const parts = [`${Array.from({ length: COLUMNS }, (_, column) => `c${column}`).join(",")}\n`];
  for (let row = 0; row < rows; row++) parts.push(rowText(kind, row, random));
  return parts.join("");
}

function rowText(kind: "plain" | "quoted", row: number, random: () => number): string {
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)];
  const integer = (most: number): number => Math.floor(random() * most);
  const name = `${word()} ${word()}`;
  const fields = [
    row,
    integer(100_000),
    -integer(10_000),
    word(),
    (random() * 10_000).toFixed(2),
    name,
    (random() * 100).toFixed(4),
    word() + integer(1000),
    integer(1_000_000_000),
    random().toFixed(6),
  ];
  if (kind === "quoted") {
    fields[3] = `"${fields[3]}"`;
    fields[5] = `"${spiced(name, random())}"`;
  }
  return `${fields.join(",")}\n`;
}

// One in five with a comma, one in twenty with quotes, one in a hundred with an end of a line.
function spiced(name: string, chance: number): string {
  if (chance < 0.2) return name.replace(" ", ", ");
  if (chance < 0.25) return name.replace(" ", ' ""x"" ');
  return chance < 0.26 ? name.replace(" ", "\n") : name;
}
