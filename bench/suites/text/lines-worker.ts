// The worker of lines.ts: the sum of a column, one for each block.

import { lineTask } from "@millpond/text";

export interface BlockSum {
  lines: number;
  sum: number;
}

export const sum = lineTask(",", {
  start: (): BlockSum => ({ lines: 0, sum: 0 }),
  line: (state, line) => {
    state.lines++;
    state.sum += line.number(2);
  },
  end: (state) => state,
});
