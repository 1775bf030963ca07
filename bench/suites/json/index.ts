// The JSON suite: parsing with positions, reading and rewriting, beside the engine's own parser and the packages that somebody would
// use.

import type { Bar, Case, Scale, Suite } from "../../lib/definition.ts";
import { childBars, childCases } from "./children.ts";
import { parseBars, parseCases } from "./parse.ts";
import { readBars, readCases } from "./read.ts";
import { rewriteCases } from "./rewrite.ts";

function cases(scale: Scale): Case[] {
  return [...parseCases(scale), ...readCases(scale), ...childCases(scale), ...rewriteCases(scale)];
}

const bars: readonly Bar[] = [...parseBars, ...readBars, ...childBars];

/** Found by the harness under the name of the folder. */
export const suite: Suite = { name: "json", cases, bars };
