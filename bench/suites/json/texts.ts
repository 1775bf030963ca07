// The texts that the JSON cases read: generated records, the same on every machine, and a real file from a package.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { randomFrom } from "@millpond/core";

import type { Scale } from "../../lib/definition.ts";

/** A text as both kinds of input. */
export interface Text {
  readonly string: string;
  readonly bytes: Uint8Array;
}

/** What a case reads. */
export interface Source {
  readonly label: string;
  readonly bytes: number;
  readonly open: () => Text;
}

/**
 * Records as programs write them, about nine bytes of text a node (real files have 12 to 27): strings, some of them with escapes or beyond ASCII, floats, and large integers.
 */
function generated(bytes: number): Text {
  const random = randomFrom(5);
  const parts: string[] = [];
  let length = 2;
  while (length < bytes) {
    const part = JSON.stringify(record(random, parts.length));
    parts.push(part);
    length += part.length + 1;
  }
  return textOf(`[${parts.join(",")}]`);
}

const WORDS = ["pond", "mill", "wheel", "sluice", "race", "flume", "weir", "dam"];

function record(random: () => number, id: number): unknown {
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)];
  const odd = random() < 0.06;
  return {
    id,
    name: `${word()} ${word()}`,
    note: odd
      ? `"${word()}" – ${word()}\n東京`
      : `${word()} and ${word()} at the ${word()} of the old ${word()} by the ${word()}`,
    level: Math.round(random() * 1e6) / 1e3,
    serial: 9007199254740000 + id,
    open: random() < 0.5,
    tags: [word(), word(), word()],
    place: {
      x: random() * 360 - 180,
      y: random() * 180 - 90,
      gate: random() < 0.2 ? null : Math.floor(random() * 50),
    },
    samples: Array.from({ length: 3 }, () => Math.floor(random() * 1e5)),
  };
}

function textOf(string: string): Text {
  return { string, bytes: new TextEncoder().encode(string) };
}

/** Browser compatibility data of MDN, as the package has it: 20 MB in one line. */
function compatibilityData(): Text {
  const path = fileURLToPath(import.meta.resolve("@mdn/browser-compat-data"));
  return textOf(readFileSync(path.replace(/[^/\\]*$/, "data.json"), "utf8"));
}

/** A part of the same, as people write JSON: with line breaks and two spaces. */
function compatibilityPart(): Text {
  const { css } = JSON.parse(compatibilityData().string) as { css: { types: unknown } };
  return textOf(JSON.stringify(css.types, null, 2));
}

/** The countries of ISO 3166 with their names in many languages, indented by four spaces. */
function countries(): Text {
  return textOf(readFileSync(fileURLToPath(import.meta.resolve("world-countries/countries.json")), "utf8"));
}

/** A hundred thousand arrays inside each other. */
export const nested: Source = {
  label: "100,000 arrays inside each other",
  bytes: 2e5,
  open: () => textOf("[".repeat(1e5) + "]".repeat(1e5)),
};

/** The generated texts: the sizes that the bars speak of. */
export function generatedSources(scale: Scale): readonly Source[] {
  if (scale === "quick") return [{ label: "2 KB", bytes: 2000, open: () => generated(2000) }];
  return [
    { label: "10 KB", bytes: 1e4, open: () => generated(1e4) },
    { label: "1 MB", bytes: 1e6, open: () => generated(1e6) },
    { label: "50 MB", bytes: 5e7, open: () => generated(5e7) },
  ];
}

/** Files of packages. */
export function realSources(scale: Scale): readonly Source[] {
  if (scale === "quick") return [];
  return [
    { label: "css types of MDN, indented", bytes: 1e6, open: compatibilityPart },
    { label: "countries, indented", bytes: 1.4e6, open: countries },
    { label: "all of MDN, 20 MB", bytes: 2e7, open: compatibilityData },
  ];
}
