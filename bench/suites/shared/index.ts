// The shared suite: memory that several threads see, beside locks, copies and transfers.

import type { Case, Scale, Suite } from "../../lib/definition.ts";
import { sharedBars } from "./bars.ts";
import { handOverCases } from "./hand-over.ts";
import { hitCases } from "./hits.ts";
import { ringCases } from "./rings.ts";
import { scalingCases } from "./scaling.ts";
import { stackCases } from "./stacks.ts";

function cases(scale: Scale): Case[] {
  return [hitCases, stackCases, handOverCases, ringCases, scalingCases].flatMap((of) => of(scale));
}

/** Found by the harness under the name of the folder. */
export const suite: Suite = { name: "shared", cases, bars: sharedBars };
