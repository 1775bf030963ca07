// The worker of lines.ts: sums by name, for each block.

import { lineTask } from "@millpond/text";

/** Sums by name. */
export type Sums = Map<string, number>;

export const sums = lineTask(",", {
  start: (): Sums => new Map(),
  line: (state, line) => {
    const name = line.text(1);
    state.set(name, (state.get(name) ?? 0) + line.number(2));
  },
  end: (state) => state,
});
