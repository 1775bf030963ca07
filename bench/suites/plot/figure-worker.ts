// The worker of workers.ts: a line with title and labels.

import { figureTask, plot } from "@millpond/plot";

import { HEIGHT, type Points, TITLE, WIDTH, X_LABEL, Y_LABEL } from "./data.ts";

export const line = figureTask(({ xs, ys }: Points, { pool }) =>
  plot({ width: WIDTH, height: HEIGHT, pool }).line(xs, ys).title(TITLE).xlabel(X_LABEL).ylabel(Y_LABEL),
);
