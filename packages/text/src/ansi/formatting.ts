// Which styles, colours and links are switched on, from the sequences seen so far: as far as one has to know to tell
// whether all are off again.

const RESET = "\u001b[0m";
const LINK_END = "\u001b]8;;\u001b\\";

// By the code that switches a group off: the codes that switch it on.
const GROUPS: readonly (readonly [off: number, on: readonly number[]])[] = [
  [22, [1, 2]],
  [23, [3, 20]],
  [24, [4, 21]],
  [25, [5, 6]],
  [27, [7]],
  [28, [8]],
  [29, [9]],
  [39, [30, 31, 32, 33, 34, 35, 36, 37, 38, 90, 91, 92, 93, 94, 95, 96, 97]],
  [49, [40, 41, 42, 43, 44, 45, 46, 47, 48, 100, 101, 102, 103, 104, 105, 106, 107]],
  [54, [51, 52]],
  [55, [53]],
  [59, [58]],
  [10, [11, 12, 13, 14, 15, 16, 17, 18, 19]],
];
const GROUP_OF: ReadonlyMap<number, number> = new Map(
  GROUPS.flatMap(([off, on]) => on.map((code) => [code, off] as const)),
);
const OFF_CODES: ReadonlySet<number> = new Set(GROUPS.map(([off]) => off));
// Extended colours have parameters of their own: 5 and a number, or 2 and three of them.
const COLOURS: ReadonlySet<number> = new Set([38, 48, 58]);

/** What is on after some sequences. */
export class Formatting {
  // The groups that are on, by the code that switches them off.
  readonly #groups = new Set<number>();
  #linked = false;

  /** Takes one sequence into account. */
  see(sequence: string): void {
    const body = bodyOf(sequence, "[", "\u009b");
    if (body?.endsWith("m") === true) this.#style(body.slice(0, -1));
    const string = bodyOf(sequence, "]", "\u009d");
    // A link is 8;parameters;address, and the end of one has no address.
    if (string?.startsWith("8;") === true) this.#linked = hasAddress(string);
  }

  /** The sequences that switch everything off that is on, which may be none. */
  get end(): string {
    return (this.#linked ? LINK_END : "") + (this.#groups.size > 0 ? RESET : "");
  }

  #style(parameters: string): void {
    const list = parameters.split(";");
    for (let i = 0; i < list.length; i++) {
      // Parameters of a colour can also stand behind colons, in the same one.
      const [first, second] = list[i].split(":");
      const code = Number(first);
      if (COLOURS.has(code) && second === undefined) i += list[i + 1] === "2" ? 4 : 2;
      const off = code === 4 && second === "0" ? 24 : code;
      if (off === 0) this.#groups.clear();
      else if (OFF_CODES.has(off)) this.#groups.delete(off);
      else if (GROUP_OF.has(off)) this.#groups.add(GROUP_OF.get(off) as number);
    }
  }
}

// What is behind the introducer, in either of its forms.
function bodyOf(sequence: string, second: string, short: string): string | undefined {
  if (sequence.startsWith(short)) return sequence.slice(1);
  return sequence.startsWith(`\u001b${second}`) ? sequence.slice(2) : undefined;
}

function hasAddress(link: string): boolean {
  const address = link.charCodeAt(link.indexOf(";", 2) + 1);
  return (address > 0x20 && address < 0x7f) || address > 0x9f;
}
