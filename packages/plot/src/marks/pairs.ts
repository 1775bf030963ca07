// Points of which both numbers are known, for statistics of two columns.
import type { Series } from "@millpond/core";

import type { Workspace } from "../reduce/workspace.ts";

/** The finite numbers of two columns, where both are, in memory of the workspace. */
export function finitePairs(
  xs: Series,
  ys: Series,
  workspace: Pick<Workspace, "numbers">,
): [Float64Array, Float64Array] {
  const goodX = workspace.numbers(xs.length);
  const goodY = workspace.numbers(xs.length);
  let count = 0;
  for (let index = 0; index < xs.length; index++) {
    const [x, y] = [xs.at(index), ys.at(index)];
    if (!(Number.isFinite(x) && Number.isFinite(y))) continue;
    goodX[count] = x;
    goodY[count++] = y;
  }
  return [goodX.subarray(0, count), goodY.subarray(0, count)];
}
