// What the pool cases are meant to reach. Each bar speaks of every size, so each is judged by the size that comes out
// worst, and names it.

import type { Bar, Look, Verdict } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { caseName, groups, sizeLabels } from "./pool.ts";

// The sizes for which the bar about written arrays was set; below, `new` puts the elements into the heap and is cheap.
const largeLabels = sizeLabels.filter((label) => label !== "u8 64 B");

type Ratio = (look: Look, label: string) => number | undefined;

/** How many times slower `subject` is than `other` in a case, by processor time. */
function slower(
  look: Look,
  group: string,
  label: string,
  subject: string,
  other: string,
): number | undefined {
  const name = caseName(group, label);
  const mine = look(name, subject);
  const theirs = look(name, other);
  return mine === undefined || theirs === undefined ? undefined : mine / theirs;
}

/** The worst of a ratio over all sizes that ran: the largest, for "at most" bars. */
function atMost(most: number, labels: readonly string[], of: Ratio): Bar["judge"] {
  return (look) => verdict(look, labels, of, (ratio) => ratio <= most, 1);
}

/** The worst of a ratio over all sizes that ran: the smallest, for "at least" bars. */
function atLeast(least: number, labels: readonly string[], of: Ratio): Bar["judge"] {
  return (look) => verdict(look, labels, of, (ratio) => ratio >= least, -1);
}

function verdict(
  look: Look,
  labels: readonly string[],
  of: Ratio,
  isMet: (ratio: number) => boolean,
  worse: 1 | -1,
): Verdict | undefined {
  const found = labels
    .map((label) => ({ label, ratio: of(look, label) }))
    .filter((entry): entry is { label: string; ratio: number } => entry.ratio !== undefined)
    .sort((a, b) => worse * (b.ratio - a.ratio));
  if (found.length === 0) return undefined;
  const failing = found.filter(({ ratio }) => !isMet(ratio)).length;
  const worst = `${digits(found[0].ratio)}x (${found[0].label})`;
  const measured = failing === 0 ? worst : `${worst}; ${failing} of ${found.length} sizes miss it`;
  return { measured, met: failing === 0 };
}

function patternBars(group: string, title: string): Bar[] {
  return [
    {
      name: `${title}: time of acquireUnsafe + release over a bare free list's`,
      wanted: "<= 2x",
      judge: atMost(2, sizeLabels, (look, label) => slower(look, group, label, "millpond", "free list")),
    },
    {
      name: `${title}: times faster than typedarray-pool`,
      wanted: ">= 2.5x",
      judge: atLeast(2.5, sizeLabels, (look, label) =>
        slower(look, group, label, "typedarray-pool", "millpond"),
      ),
    },
  ];
}

function judgeMarkCompacts(look: Look): Verdict | undefined {
  const counts = largeLabels.map((label) => ({
    label,
    ours: look(caseName(groups.written, label), "millpond", "gc.major"),
    plain: look(caseName(groups.written, label), "plain", "gc.major"),
  }));
  const ran = counts.filter(({ ours, plain }) => ours !== undefined && plain !== undefined);
  if (ran.length === 0) return undefined;
  const ours = Math.max(...ran.map((count) => count.ours ?? 0));
  const plain = Math.max(...ran.map((count) => count.plain ?? 0));
  const most = ran.find((count) => count.plain === plain)?.label ?? "";
  return { measured: `${digits(ours)} where new has up to ${digits(plain)} (${most})`, met: ours === 0 };
}

/** The bars of the pool cases. */
export const poolBars: readonly Bar[] = [
  ...patternBars(groups.one, "one in use"),
  ...patternBars(groups.inTurn, "many in use, in turn"),
  ...patternBars(groups.atRandom, "many in use, at random"),
  ...patternBars(groups.inBulk, "many acquired, then released"),
  {
    name: "all written, from 4 KB on: times faster than new, zeroing included",
    wanted: ">= 7x",
    judge: atLeast(7, largeLabels, (look, label) => slower(look, groups.written, label, "plain", "millpond")),
  },
  {
    name: "all written, from 4 KB on: mark-compacts per 1M operations",
    wanted: "0",
    judge: judgeMarkCompacts,
  },
];
