// Marks in long containers: which node every 64th child is. The tape itself only leads from one child to the next, so a loop over
// `at(0)`, `at(1)` and so on would take a number of steps that grows with the square of the length.

/** How many children lie between two marks: as many steps as this are taken without them. */
export const STRIDE = 64;

/** The marks of one container. */
export interface Marks {
  /** Children 0, 64, 128 and so on. */
  readonly every: readonly number[];
  /** How many children there are. */
  readonly count: number;
}

/** The marks of the containers of one text, each made when it is first asked for. */
export class ChildMarks {
  readonly #marks = new Map<number, Marks>();

  /** The marks of a container; `step` is 1 where a key stands in front of each child, and 0 elsewhere. */
  of(nexts: Uint32Array, container: number, step: number): Marks {
    let marks = this.#marks.get(container);
    if (marks === undefined) this.#marks.set(container, (marks = marksOf(nexts, container, step)));
    return marks;
  }

  /** Forgets everything, for another text. */
  clear(): void {
    this.#marks.clear();
  }
}

function marksOf(nexts: Uint32Array, container: number, step: number): Marks {
  const every: number[] = [];
  const behind = nexts[container];
  let count = 0;
  for (let child = container + 1 + step; child < behind; child = nexts[child] + step) {
    if (count % STRIDE === 0) every.push(child);
    count++;
  }
  return { every, count };
}
