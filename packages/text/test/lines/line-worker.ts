// The worker of process-parallel.test.ts.
import { lineTask } from "../../src/index.ts";

export const texts = lineTask(",", (line) => [line.offset, ...line.texts()]);

export const numbered = lineTask(",", (line) => [line.index, Number(line.text(0))]);

export const numberedApart = lineTask([";"], (line) => [line.index, Number(line.text(0))], {
  stripping: true,
});

export const odd = lineTask(",", (line) => (line.number(0) % 2 === 1 ? line.number(0) : undefined));

export const counted = lineTask([";"], (line) => line.texts());

export const sums = lineTask(",", {
  start: () => ({ lines: 0, sum: 0 }),
  line: (state, line) => {
    state.lines++;
    state.sum += line.number(1);
  },
  end: (state) => state,
});

// An array of the pool: it arrives without a copy.
export const shared = lineTask(",", {
  start: (pool) => pool.acquire(Float64Array, 2),
  line: (state, line) => {
    state[0]++;
    state[1] += line.number(1);
  },
  end: (state) => state,
});

export const failing = lineTask(",", (line) => {
  if (line.text(0) === "bad") throw new RangeError(`line at ${line.offset} is bad`);
  return line.index;
});
