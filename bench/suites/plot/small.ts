// Figures so small that one may ask whether a pool is worth it: the same figure from a pool, and from a pool that is turned
// off, where every array is new and no kernel reaches it.

import { Pool } from "@millpond/core";

import type { Bar, Case, Look, Subject, Verdict } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";

const NAME = "small figures";

function subject(name: string, role: Subject["role"], check: "fast" | "off"): Subject {
  const setup = async () => {
    const { plot } = await import("@millpond/plot");
    const figure = plot({ width: 64, height: 48, dpi: 50, pool: new Pool({ check }) }).line([1, 3, 2, 4, 3]);
    const run = (count: number): void => {
      for (let round = 0; round < count; round++) figure.png();
    };
    return { run, answer: () => figure.png().length };
  };
  return { name, role, setup };
}

/** The case about small figures. */
export function smallCase(): Case {
  return {
    group: "A line of 5 points, 64 x 48 pixels, to PNG bytes",
    name: NAME,
    row: "64 x 48",
    subjects: [subject("millpond", "ours", "fast"), subject("without a pool", "variant", "off")],
  };
}

function judge(look: Look): Verdict | undefined {
  const pooled = look(NAME, "millpond");
  const fresh = look(NAME, "without a pool");
  if (pooled === undefined || fresh === undefined) return undefined;
  return { measured: `${digits(fresh / pooled)}x`, met: fresh >= pooled };
}

/** What a pool is meant to show for small figures. */
export const smallBar: Bar = { name: "small figures: time without a pool over ours", wanted: ">= 1x", judge };
