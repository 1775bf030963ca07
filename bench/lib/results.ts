// Collects what the rounds measured: medians over rounds, and the comparison of answers.

import type { Measured } from "./cell.ts";
import type { Case, Look, Reading, Subject } from "./definition.ts";
import { median } from "./statistics.ts";

/** One subject of one case, over all rounds. */
export interface Cell {
  readonly suite: string;
  readonly case: Case;
  readonly subject: Subject;
  /** Medians over the rounds, by metric. */
  readonly readings: ReadonlyMap<string, Reading>;
  /** What became of a subject that gave no answer, or a wrong one. */
  readonly ended?: string | undefined;
}

/** Takes the median of each metric over the rounds. */
export function overRounds(rounds: readonly Measured[]): Map<string, Reading> {
  const merged = new Map<string, Reading>();
  for (const reading of rounds.flatMap(({ readings }) => readings)) {
    if (merged.has(reading.metric)) continue;
    const values = rounds
      .flatMap(({ readings }) => readings)
      .filter(({ metric }) => metric === reading.metric)
      .map(({ value }) => value);
    merged.set(reading.metric, { ...reading, value: median(values) });
  }
  return merged;
}

/** Complains when two subjects of a case, or two rounds of a subject, gave different answers. */
export function disagreement(caseName: string, answers: ReadonlyMap<string, string>): string | undefined {
  const distinct = new Map<string, string[]>();
  for (const [subject, answer] of answers) {
    const group = distinct.get(answer) ?? [];
    distinct.set(answer, [...group, subject]);
  }
  if (distinct.size <= 1) return undefined;
  const lines = [...distinct].map(
    ([answer, subjects]) => `  ${subjects.join(", ")}: ${answer.slice(0, 300)}`,
  );
  return [`case "${caseName}": the answers differ`, ...lines].join("\n");
}

/** Looks figures up by case, subject and metric; the metric defaults to the one that the case is about. */
export function lookIn(cells: readonly Cell[]): Look {
  return (caseName, subject, metric) => {
    const cell = cells.find((found) => found.case.name === caseName && found.subject.name === subject);
    return cell?.readings.get(metric ?? primaryMetric(cell.case))?.value;
  };
}

/** The metric that the table of a case shows. */
export function primaryMetric(found: Case): string {
  return found.metric ?? "cpu";
}
