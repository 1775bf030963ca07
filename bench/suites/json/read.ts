// Reading: one value out of a text that is parsed for it, and the whole text as JavaScript values.

import type { JsonParser } from "@millpond/json";
import type * as JsonModule from "@millpond/json";

import type { Bar, Case, Scale, Subject } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { generatedSources, type Source, type Text } from "./texts.ts";

const GROUP_PATH = "one value near the end of a text, found without parsing the rest";
const GROUP_VALUE = "parse to JavaScript values";

interface Reader<S> {
  readonly name: string;
  readonly role: Subject["role"];
  readonly open: () => S | Promise<S>;
  readonly read: (state: S, text: Text) => unknown;
}

function subject<S>(
  { name, role, open, read }: Reader<S>,
  source: Source,
  answer: (result: unknown) => unknown,
): Subject {
  const setup = async () => {
    const state = await open();
    const text = source.open();
    const run = (count: number): void => {
      for (let i = 0; i < count; i++) read(state, text);
    };
    return { run, answer: () => answer(read(state, text)) };
  };
  return { name, role, setup };
}

const openParser = async (internStrings: boolean): Promise<JsonParser> =>
  (await import("@millpond/json")).parser({ internStrings });

interface Row {
  readonly place: { readonly x: number };
}

// The same place in all texts of one size, looked up once.
const lastX = ({ string }: Text): string => `/${(JSON.parse(string) as Row[]).length - 1}/place/x`;

interface Finder {
  readonly module: typeof JsonModule;
  readonly parser: JsonParser;
  readonly pointers: Map<Text, string>;
}

const openFinder = async (): Promise<Finder> => {
  const module = await import("@millpond/json");
  return { module, parser: module.parser(), pointers: new Map() };
};

const one: Reader<Finder> = {
  name: "millpond",
  role: "ours",
  open: openFinder,
  read: ({ module, parser, pointers }, text) => {
    let pointer = pointers.get(text);
    if (pointer === undefined) pointers.set(text, (pointer = lastX(text)));
    const { start, end } = module.locate(text.bytes, pointer)!;
    return parser.parse(text.bytes.subarray(start, end)).root.toNumber();
  },
};
const oneParsed: Reader<JsonParser> = {
  name: "parse all of it",
  role: "variant",
  open: () => openParser(false),
  read: (parser, text) => parser.parse(text.bytes).root.at(-1)?.get("place")?.get("x")?.toNumber(),
};
const oneFromString: Reader<JsonParser> = {
  name: "all of a string",
  role: "variant",
  open: () => openParser(false),
  read: (parser, text) => parser.parse(text.string).root.at(-1)?.get("place")?.get("x")?.toNumber(),
};
const onePlain: Reader<undefined> = {
  name: "JSON.parse",
  role: "plain",
  open: () => undefined,
  read: (_, text) => (JSON.parse(text.string) as Row[]).at(-1)?.place.x,
};

const all: Reader<JsonParser> = {
  name: "millpond",
  role: "ours",
  open: () => openParser(true),
  read: (parser, text) => parser.parse(text.bytes).toValue(),
};
const allPlain: Reader<undefined> = {
  name: "JSON.parse",
  role: "plain",
  open: () => undefined,
  read: (_, text) => JSON.parse(text.string),
};

const pathName = (label: string): string => `one value, ${label}`;

/** The cases of reading. */
export function readCases(scale: Scale): Case[] {
  const sources = generatedSources(scale);
  const same = (result: unknown): unknown => result;
  const size = (result: unknown): unknown => JSON.stringify(result).length;
  return [
    ...sources.map((source): Case => ({
      group: GROUP_PATH,
      name: pathName(source.label),
      row: source.label,
      bytesPerOperation: source.bytes,
      subjects: [
        subject(one, source, same),
        subject(oneParsed, source, same),
        subject(oneFromString, source, same),
        subject(onePlain, source, same),
      ],
    })),
    ...sources.map((source): Case => ({
      group: GROUP_VALUE,
      name: `to values, ${source.label}`,
      row: source.label,
      bytesPerOperation: source.bytes,
      subjects: [subject(all, source, size), subject(allPlain, source, size)],
    })),
  ];
}

/** What reading is meant to reach. */
export const readBars: readonly Bar[] = [
  {
    name: "50 MB: one value, in this part of JSON.parse's time",
    wanted: "<= 0.2",
    judge: (look) => {
      const mine = look(pathName("50 MB"), "millpond");
      const theirs = look(pathName("50 MB"), "JSON.parse");
      if (mine === undefined || theirs === undefined) return undefined;
      return { measured: digits(mine / theirs), met: mine / theirs <= 0.2 };
    },
  },
];
