// Writing: a text laid out anew, and one value of a text changed. Everything starts from the text and ends with a text, as
// editors and command lines need it.

import type { Case, Scale, Subject } from "../../lib/definition.ts";
import { generatedSources, type Source, type Text } from "./texts.ts";

const GROUP_FORMAT = "parse, and write with two spaces, one value a line";
const GROUP_EDIT = "parse, set one value near the end, and write the rest as it was";

type Rewrite = (text: Text) => string;

interface Way {
  readonly name: string;
  readonly role: Subject["role"];
  /** Only for texts below this. */
  readonly bytesMax?: number;
  readonly open: () => Promise<Rewrite>;
}

const STYLE = { indent: 2, compactArrays: 0, compactObjects: 0, finalNewline: false };

const formatters: readonly Way[] = [
  {
    name: "millpond",
    role: "ours",
    open: async () => {
      const { format, parser } = await import("@millpond/json");
      const reader = parser();
      return ({ bytes }) => format(reader.parse(bytes), STYLE);
    },
  },
  {
    name: "JSON.stringify",
    role: "plain",
    open: async () => (text) => JSON.stringify(JSON.parse(text.string), null, 2),
  },
  {
    name: "jsonc-parser",
    role: "peer",
    bytesMax: 1e5,
    open: async () => {
      const { applyEdits, format } = await import("jsonc-parser");
      const options = { insertSpaces: true, tabSize: 2, eol: "\n" };
      return ({ string }) => applyEdits(string, format(string, undefined, options));
    },
  },
  {
    name: "momoa",
    role: "peer",
    open: async () => {
      const { parse, print } = await import("@humanwhocodes/momoa");
      return ({ string }) => print(parse(string), { indent: 2 });
    },
  },
];

interface Row {
  readonly place: { x: number };
}

const editors: readonly Way[] = [
  {
    name: "millpond",
    role: "ours",
    open: async () => {
      const { edit, parser } = await import("@millpond/json");
      const reader = parser();
      return ({ bytes }) => {
        const document = reader.parse(bytes);
        const target = document.root.at(-1)?.get("place")?.get("x");
        return target === undefined ? "" : edit(document).set(target, 0.5).toText();
      };
    },
  },
  {
    name: "JSON.parse and JSON.stringify",
    role: "plain",
    open: async () => (text) => {
      const rows = JSON.parse(text.string) as Row[];
      rows[rows.length - 1].place.x = 0.5;
      return JSON.stringify(rows);
    },
  },
  {
    name: "jsonc-parser",
    role: "peer",
    open: async () => {
      const { applyEdits, findNodeAtLocation, modify, parseTree } = await import("jsonc-parser");
      return ({ string }) => {
        const root = parseTree(string);
        const last = (root?.children?.length ?? 0) - 1;
        if (root === undefined || findNodeAtLocation(root, [last, "place", "x"]) === undefined) return "";
        return applyEdits(string, modify(string, [last, "place", "x"], 0.5, {}));
      };
    },
  },
];

function subject({ name, role, open }: Way, source: Source): Subject {
  const setup = async () => {
    const rewrite = await open();
    const text = source.open();
    const run = (count: number): void => {
      for (let i = 0; i < count; i++) rewrite(text);
    };
    return { run, answer: () => rewrite(text) };
  };
  return { name, role, setup };
}

// The packages that build objects take minutes for the largest text, and jsonc-parser, which cuts the whole text for each of
// its edits, takes as long to lay out 1 MB.
function subjectsFor(ways: readonly Way[], source: Source): Subject[] {
  const wanted = ways.filter(
    ({ role, bytesMax = role === "peer" ? 1e7 : Infinity }) => source.bytes < bytesMax,
  );
  return wanted.map((way) => subject(way, source));
}

/** The cases of writing. */
export function rewriteCases(scale: Scale): Case[] {
  const sources = generatedSources(scale);
  const rows = (group: string, word: string, ways: readonly Way[]): Case[] =>
    sources.map((source) => ({
      group,
      name: `${word}, ${source.label}`,
      row: source.label,
      bytesPerOperation: source.bytes,
      subjects: subjectsFor(ways, source),
    }));
  return [...rows(GROUP_FORMAT, "format", formatters), ...rows(GROUP_EDIT, "edit", editors)];
}
