// The tables for people: one for each group of cases, one of collections, one of bars, and, when asked for, one line for
// each cell with everything that was read.

import type { Bar, Reading } from "./definition.ts";
import { alignedTable, digits, formatRatio, formatValue } from "./format.ts";
import { type Cell, lookIn, primaryMetric } from "./results.ts";

/** All tables of a suite. */
export function report(cells: readonly Cell[], bars: readonly Bar[], details: boolean): string {
  const groups = [...new Set(cells.map((cell) => cell.case.group))];
  const parts = groups.flatMap((group) => groupTables(group, cells, details));
  return [...parts, barTable(cells, bars)].join("\n\n");
}

function groupTables(group: string, all: readonly Cell[], details: boolean): string[] {
  const cells = all.filter((cell) => cell.case.group === group);
  const tables = [`${group}\n${mainTable(cells)}`];
  const collecting = cells.filter((cell) => collectionsOf(cell) !== undefined);
  if (collecting.some((cell) => collectionsOf(cell) !== NO_COLLECTIONS)) {
    const title = "  scavenges / mark-compacts · ms of collection, per 1M operations";
    tables.push(`${title}\n${matrix(collecting, (cell) => collectionsOf(cell) ?? "")}`);
  }
  if (details) tables.push(detailTable(cells));
  return tables;
}

function mainTable(cells: readonly Cell[]): string {
  const rows = matrixRows(cells, (cell) => cell.ended ?? show(primary(cell)));
  const ratios = rowCells(cells).map((row) => [ratioTo(row, plain), ratioTo(row, bestPeer), peerName(row)]);
  const head = [...rows[0], "plain/ours", "best peer/ours", ""];
  return alignedTable([head, ...rows.slice(1).map((row, index) => [...row, ...ratios[index]])]);
}

function matrix(cells: readonly Cell[], text: (cell: Cell) => string): string {
  return alignedTable(matrixRows(cells, text));
}

// Cases down, subjects across.
function matrixRows(cells: readonly Cell[], text: (cell: Cell) => string): string[][] {
  const subjects = [...new Set(cells.map((cell) => cell.subject.name))];
  const body = rowCells(cells).map((row) => [
    row[0].case.row,
    ...subjects.map((subject) => {
      const cell = row.find((found) => found.subject.name === subject);
      return cell === undefined ? "" : text(cell);
    }),
  ]);
  return [["", ...subjects], ...body];
}

function rowCells(cells: readonly Cell[]): Cell[][] {
  const names = [...new Set(cells.map((cell) => cell.case.name))];
  return names.map((name) => cells.filter((cell) => cell.case.name === name));
}

function primary(cell: Cell): Reading | undefined {
  return cell.readings.get(primaryMetric(cell.case));
}

function show(reading: Reading | undefined): string {
  return reading === undefined ? "-" : formatValue(reading.value, reading.unit);
}

function plain(row: readonly Cell[]): Cell | undefined {
  return row.find((cell) => cell.subject.role === "plain");
}

function bestPeer(row: readonly Cell[]): Cell | undefined {
  const peers = row.filter((cell) => cell.subject.role === "peer" && primary(cell) !== undefined);
  const better = primary(row[0])?.better;
  const value = (cell: Cell): number => (primary(cell)?.value ?? NaN) * (better === "higher" ? -1 : 1);
  return peers.toSorted((a, b) => value(a) - value(b))[0];
}

function peerName(row: readonly Cell[]): string {
  return bestPeer(row)?.subject.name ?? "";
}

// Above 1 we are better, whichever way is better.
function ratioTo(row: readonly Cell[], choose: (row: readonly Cell[]) => Cell | undefined): string {
  const ours = row.find((cell) => cell.subject.role === "ours");
  const other = choose(row);
  const mine = ours === undefined ? undefined : primary(ours);
  const theirs = other === undefined ? undefined : primary(other);
  if (mine === undefined || theirs === undefined) return "";
  return formatRatio(mine.better === "lower" ? theirs.value / mine.value : mine.value / theirs.value);
}

const NO_COLLECTIONS = "0 / 0";

function collectionsOf(cell: Cell): string | undefined {
  const value = (metric: string): number | undefined => cell.readings.get(metric)?.value;
  const minor = value("gc.minor");
  if (minor === undefined) return undefined;
  const major = value("gc.major") ?? 0;
  if (minor === 0 && major === 0) return NO_COLLECTIONS;
  return `${digits(minor)} / ${digits(major)} · ${digits(value("gc.time") ?? 0)}`;
}

function detailTable(cells: readonly Cell[]): string {
  const units = new Map(
    cells.flatMap(({ readings }) =>
      [...readings.values()].map(({ metric, unit }) => [metric, unit] as const),
    ),
  );
  const rows = cells.map(({ case: found, subject, readings }) => {
    const values = [...units.keys()].map((metric) => readings.get(metric)?.value);
    return [
      `${found.row}: ${subject.name}`,
      ...values.map((value) => (value === undefined ? "" : digits(value))),
    ];
  });
  return alignedTable([["", ...[...units].map(([metric, unit]) => `${metric} (${unit})`)], ...rows]);
}

function barTable(cells: readonly Cell[], bars: readonly Bar[]): string {
  const look = lookIn(cells);
  const rows = bars.map(({ name, wanted, judge }) => {
    const verdict = judge(look);
    if (verdict === undefined) return [name, wanted, "not run", ""];
    return [name, wanted, verdict.measured, verdict.met ? "yes" : "no"];
  });
  return `bars\n${alignedTable([["", "wanted", "measured", "met"], ...rows])}`;
}
