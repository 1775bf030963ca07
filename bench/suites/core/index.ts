// The core suite: pools and the structures on them, beside plain JavaScript and the packages that somebody would use.

import type { Bar, Case, Scale, Suite } from "../../lib/definition.ts";
import { arrayPoolCases } from "./array-pools.ts";
import { arenaBars, arenaCases } from "./arenas.ts";
import { poolBars } from "./bars.ts";
import { batchBars, batchCases } from "./batches.ts";
import { kernelCases } from "./kernels.ts";
import { leaseCases } from "./leases.ts";
import { mixedCases } from "./mixed.ts";
import { objectCases } from "./objects.ts";
import { poolCases } from "./pool.ts";
import { recordBars, recordCases } from "./records.ts";
import { vectorCases } from "./vectors.ts";

function cases(scale: Scale): Case[] {
  return [
    ...poolCases(scale),
    ...mixedCases(scale),
    ...leaseCases(scale),
    ...arrayPoolCases(scale),
    ...arenaCases(scale),
    ...batchCases(scale),
    ...recordCases(scale),
    ...objectCases(scale),
    ...vectorCases(scale),
    ...kernelCases(scale),
  ];
}

const bars: readonly Bar[] = [...poolBars, ...arenaBars, ...batchBars, ...recordBars];

/** Found by the harness under the name of the folder. */
export const suite: Suite = { name: "core", cases, bars };
