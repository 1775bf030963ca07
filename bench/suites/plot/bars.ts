// What the plot suite is meant to reach.

import type { Bar, Look } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { allocationBars } from "./allocation.ts";
import { smallBar } from "./small.ts";
import { workerBar } from "./workers.ts";

const rivals = [
  "canvas by hand",
  "canvas by hand, sorted",
  "uplot",
  "echarts",
  "echarts, minmax",
  "echarts, lttb",
  "chart.js",
  "chart.js, decimated",
  "vega",
];

function faster(caseName: string, wanted: number): Bar {
  return {
    name: `${caseName}: time of the fastest peer over ours`,
    wanted: `>= ${wanted}x`,
    judge: (look: Look) => {
      const ours = look(caseName, "millpond");
      const known = rivals.flatMap((rival) => {
        const time = look(caseName, rival);
        return time === undefined ? [] : [{ rival, time }];
      });
      if (ours === undefined || known.length === 0) return undefined;
      const best = known.reduce((a, b) => (a.time < b.time ? a : b));
      const ratio = best.time / ours;
      return { measured: `${digits(ratio)}x (${best.rival})`, met: ratio >= wanted };
    },
  };
}

function atMost(name: string, wanted: string, most: number, caseName: string, metric: string): Bar {
  return {
    name,
    wanted,
    judge: (look: Look) => {
      const value = look(caseName, "millpond", metric);
      return value === undefined ? undefined : { measured: digits(value), met: value <= most };
    },
  };
}

const endurance = "500 lines, 100 K points";

/** The bars. */
export const bars: readonly Bar[] = [
  workerBar,
  smallBar,
  ...allocationBars,
  faster("line, 10 K points", 5),
  faster("line, 100 K points", 5),
  faster("line, 1 M points", 6),
  faster("line, 10 M points", 6),
  faster("line, 1 M pooled points", 6),
  faster("line, 10 M pooled points", 6),
  faster("line, 1 M sorted points", 6),
  faster("line, 10 M sorted points", 6),
  atMost("500 lines, 100 K points: mark-compacts in the second half", "none", 0, endurance, "gc.major"),
  // A page of memory for each figure would be a megabyte in the second half.
  atMost("500 lines, 100 K points: KB that each of the second half adds", "<= 4", 4, endurance, "rss.slope"),
  atMost("line, 10 K points: ms that the first one takes", "< 150", 150, "line, 10 K points", "wall.first"),
];
