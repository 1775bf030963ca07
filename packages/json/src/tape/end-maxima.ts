// The largest ends in groups of nodes, for finding what contains an offset where the way up from node to node would be long.
//
// A node that starts at or before an offset contains it if it ends behind it. So the innermost one is the last such node, and a
// group without any is passed over by one look at its maximum.

const GROUP = 64;

/** Maxima of 64 ends each, of 64 of those, and so on. */
export class EndMaxima {
  readonly #levels: Uint32Array[];

  constructor(ends: Uint32Array, count: number) {
    this.#levels = [ends.subarray(0, count)];
    for (let below = this.#levels[0]; below.length > GROUP; below = this.#levels[this.#levels.length - 1]) {
      this.#levels.push(maxima(below));
    }
  }

  /** The last node at or before `node` that ends behind `offset`, or -1. */
  lastBehind(node: number, offset: number): number {
    let at = node;
    for (let level = 0; level < this.#levels.length; level++) {
      const first = at - (at % GROUP);
      const found = lastAbove(this.#levels[level], first, at, offset);
      if (found >= 0) return this.#down(level, found, offset);
      if (first === 0) return -1;
      at = first / GROUP - 1;
    }
    return -1;
  }

  // From a group that has such a node to the node. The group is full: only the last one of a level may not be.
  #down(from: number, group: number, offset: number): number {
    let at = group;
    for (let level = from - 1; level >= 0; level--) {
      at = lastAbove(this.#levels[level], at * GROUP, at * GROUP + GROUP - 1, offset);
    }
    return at;
  }
}

function maxima(values: Uint32Array): Uint32Array {
  const result = new Uint32Array(Math.ceil(values.length / GROUP));
  for (let at = 0; at < values.length; at++) {
    const group = Math.floor(at / GROUP);
    if (values[at] > result[group]) result[group] = values[at];
  }
  return result;
}

// The last place from `first` to `last` with a value above `least`, or -1.
function lastAbove(values: Uint32Array, first: number, last: number, least: number): number {
  for (let at = last; at >= first; at--) if (values[at] > least) return at;
  return -1;
}
