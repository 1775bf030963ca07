// The worker of parallel.test.ts.
import { sharedTask } from "@millpond/core";

export interface Item {
  readonly length: number;
  readonly fail?: boolean;
  readonly exit?: boolean;
  readonly plain?: boolean;
  readonly delayMs?: number;
}

export const work = sharedTask(async (item: Item, { pool }) => {
  const scratch = pool.acquire(Float64Array, 1000);
  const result = pool.acquire(Float64Array, item.length);
  if (item.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, item.delayMs));
  if (item.exit === true) process.exit(3);
  if (item.fail === true) throw new RangeError(`item of ${item.length} fails`);
  result.fill(item.length + scratch[0]);
  return item.plain === true ? result.length : result;
});
