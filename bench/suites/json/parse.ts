// Parsing: from a text in memory to something that can be read, again and again in one process.

import type { JsonDocument } from "@millpond/json";

import type { Bar, Case, Look, Reading, Scale, Subject, Verdict } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { millpond, plain, treePeers, valuePeers, variants, type Way } from "./parsers.ts";
import { generatedSources, nested, realSources, type Source } from "./texts.ts";

const GROUP = "parse with positions (JSON.parse and the last two give none)";
const ONCE = "one parse in a fresh process, at most a minute (JSON.parse and the last two give no positions)";
const ONCE_LIMIT_SECONDS = 60;

// A tree of 50 MB takes some peers ten seconds and 4 GB; those parse it once.
const REPEATABLE_BYTES = 3e6;

const nameOf = (label: string): string => `parse, ${label}`;
const onceNameOf = (label: string): string => `parse once, ${label}`;

function repeated(way: Way, source: Source): Subject {
  const setup = async () => {
    const state = await way.open();
    const text = source.open();
    const run = (count: number): void => {
      for (let i = 0; i < count; i++) way.parse(state, text);
    };
    return {
      run,
      answer: () => way.count(way.parse(state, text), state),
      readings: () => nodeBytes(way, state, text),
    };
  };
  return { name: way.name, role: way.role, setup };
}

// What a node takes in the columns, and what is set aside for it.
function nodeBytes(way: Way, state: unknown, text: ReturnType<Source["open"]>): Reading[] {
  if (way !== millpond) return [];
  const { tape } = way.parse(state, text) as JsonDocument;
  const columns = [tape.kinds, tape.starts, tape.ends, tape.nexts, tape.parents];
  const used = columns.reduce((total, { BYTES_PER_ELEMENT }) => total + BYTES_PER_ELEMENT, 0);
  const reserved = (used * tape.nodeCapacity) / tape.count;
  return [
    { metric: "node", unit: "bytes", value: used, better: "lower" },
    { metric: "node.reserved", unit: "bytes", value: reserved, better: "lower" },
  ];
}

function once(way: Way, source: Source): Subject {
  const setup = async () => {
    const state = await way.open();
    const text = source.open();
    const before = process.cpuUsage();
    const result = way.parse(state, text);
    const { user, system } = process.cpuUsage(before);
    const count = way.count(result, state);
    const value = (user + system) / 1000;
    const readings = (): Reading[] => [{ metric: "once", unit: "ms", value, better: "lower" }];
    return { answer: () => count, readings };
  };
  return { name: way.name, role: way.role, setup };
}

/** The cases of parsing. */
export function parseCases(scale: Scale): Case[] {
  const sources = [...generatedSources(scale), ...realSources(scale)];
  const cases = sources.map((source): Case => {
    const peers = source.bytes <= REPEATABLE_BYTES ? [...treePeers, ...valuePeers] : [];
    const subjects = [millpond, ...variants, plain, ...peers].map((way) => repeated(way, source));
    return {
      group: GROUP,
      name: nameOf(source.label),
      row: source.label,
      subjects,
      bytesPerOperation: source.bytes,
    };
  });
  const large = sources.filter(({ bytes }) => bytes > REPEATABLE_BYTES);
  const onlyOnce = scale === "quick" ? [] : [...large, nested];
  return [
    ...cases,
    ...onlyOnce.map((source): Case => ({
      group: ONCE,
      name: onceNameOf(source.label),
      row: source.label,
      metric: "once",
      limitSeconds: ONCE_LIMIT_SECONDS,
      subjects: [millpond, plain, ...treePeers, ...valuePeers].map((way) => once(way, source)),
    })),
  ];
}

function timesFaster(label: string, least: number): Bar {
  return {
    name: `${label}: times faster than JSON.parse, which gives no positions`,
    wanted: `>= ${least}x`,
    judge: (look) => {
      const mine = look(nameOf(label), millpond.name);
      const theirs = look(nameOf(label), plain.name);
      if (mine === undefined || theirs === undefined) return undefined;
      return { measured: `${digits(theirs / mine)}x`, met: theirs / mine >= least };
    },
  };
}

function judgePeers(look: Look, name: string, metric: string): Verdict | undefined {
  const mine = look(name, millpond.name, metric);
  const found = treePeers
    .map((peer) => ({ peer: peer.name, time: look(name, peer.name, metric) }))
    .filter((entry): entry is { peer: string; time: number } => entry.time !== undefined)
    .sort((a, b) => a.time - b.time);
  if (mine === undefined || found.length === 0) return undefined;
  const ratio = found[0].time / mine;
  return { measured: `${digits(ratio)}x (${found[0].peer})`, met: ratio >= 20 };
}

function judgeCollections(look: Look): Verdict | undefined {
  const counts = ["10 KB", "1 MB", "50 MB"].map((label) =>
    ["gc.minor", "gc.major", "gc.other"].map((metric) => look(nameOf(label), millpond.name, metric)),
  );
  const seen = counts.flat().filter((count) => count !== undefined);
  if (seen.length === 0) return undefined;
  const most = Math.max(...seen);
  return { measured: `${digits(most)} per 1M parses`, met: most === 0 };
}

function judgeAtMost(name: string, metric: string, most: number, scale: number, unit: string): Bar["judge"] {
  return (look) => {
    const value = look(name, millpond.name, metric);
    if (value === undefined) return undefined;
    return { measured: `${digits(value / scale)} ${unit}`, met: value / scale <= most };
  };
}

/** What parsing is meant to reach. */
export const parseBars: readonly Bar[] = [
  timesFaster("1 MB", 3),
  timesFaster("50 MB", 4),
  {
    name: "1 MB: times faster than the best package that builds a tree with positions",
    wanted: ">= 20x",
    judge: (look) => judgePeers(look, nameOf("1 MB"), "cpu"),
  },
  {
    name: "50 MB, one parse: times faster than the best package that builds a tree with positions",
    wanted: ">= 20x",
    judge: (look) => judgePeers(look, onceNameOf("50 MB"), "once"),
  },
  { name: "10 KB: time", wanted: "< 0.05 ms", judge: judgeAtMost(nameOf("10 KB"), "cpu", 0.05, 1e6, "ms") },
  { name: "bytes a node", wanted: "<= 17", judge: judgeAtMost(nameOf("50 MB"), "node", 17, 1, "bytes") },
  { name: "parsing again: collections", wanted: "0", judge: judgeCollections },
];
