// What the shared suite is meant to reach.

import type { Bar, Look } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { CONTENDED, HAND_OVER, HIT, WALL } from "./names.ts";

function ratio(look: Look, name: string, of: string, over: string, metric?: string): number | undefined {
  const above = look(name, of, metric);
  const below = look(name, over, metric);
  return above === undefined || below === undefined ? undefined : above / below;
}

function bar(
  name: string,
  wanted: string,
  of: (look: Look) => number | undefined,
  isMet: (value: number) => boolean,
): Bar {
  return {
    name,
    wanted,
    judge: (look) => {
      const value = of(look);
      return value === undefined ? undefined : { measured: `${digits(value)}x`, met: isMet(value) };
    },
  };
}

export const sharedBars: readonly Bar[] = [
  bar(
    "cache hit over the pool of one thread",
    "<= 1.5x",
    (look) => ratio(look, HIT, "millpond", "Pool, one thread"),
    (value) => value <= 1.5,
  ),
  bar(
    "contended acquire + release: times faster than a mutex",
    ">= 3x",
    (look) => ratio(look, CONTENDED, "mutex over Atomics", "millpond", WALL),
    (value) => value >= 3,
  ),
  bar(
    "2.4 MB there and back: times faster than a structured copy",
    ">= 30x",
    (look) => ratio(look, HAND_OVER, "plain", "millpond", "round trip"),
    (value) => value >= 30,
  ),
];
