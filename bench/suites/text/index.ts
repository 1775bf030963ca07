// The text suite: splitting, lines and tables, beside plain JavaScript and the packages that somebody would use.

import type { Bar, Case, Scale, Suite } from "../../lib/definition.ts";
import { bareBars, bareCases } from "./bare.ts";
import { lineBars, lineCases } from "./lines.ts";
import { splitBars, splitCases } from "./split.ts";
import { tableBars, tableCases } from "./tables.ts";
import { workerBars, workerCases } from "./table-workers.ts";
import { utf8Cases } from "./utf8.ts";
import { writingBars, writingCases } from "./table-writing.ts";

function cases(scale: Scale): Case[] {
  return [
    ...splitCases(scale),
    ...lineCases(scale),
    ...tableCases(scale),
    ...bareCases(scale),
    ...workerCases(scale),
    ...writingCases(scale),
    ...utf8Cases(scale),
  ];
}

const bars: readonly Bar[] = [
  ...splitBars,
  ...lineBars,
  ...tableBars,
  ...bareBars,
  ...workerBars,
  ...writingBars,
];

/** Found by the harness under the name of the folder. */
export const suite: Suite = { name: "text", cases, bars };
