// The JSON suite: parsing with positions beside the engine's own parser and the packages that somebody would use.

import type { Case, Scale, Suite } from "../../lib/definition.ts";
import { parseBars, parseCases } from "./parse.ts";

function cases(scale: Scale): Case[] {
  return parseCases(scale);
}

/** Found by the harness under the name of the folder. */
export const suite: Suite = { name: "json", cases, bars: parseBars };
