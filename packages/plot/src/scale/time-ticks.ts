// Ticks of time axes: whole local seconds, hours, days, months and years of a zone that is always named. A label says
// what changed since the tick before: the day at midnight, the year in January.
import type { Ticks } from "./ticks.ts";
import type { TimeZone } from "./time-zone.ts";
import { niceStep } from "./nice.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
// Only to choose a step with; ticks follow the calendar.
const MONTH = 30.44 * DAY;
const YEAR = 365.25 * DAY;

type Unit = "millisecond" | "clock" | "day" | "month" | "year";

interface TimeStep {
  readonly unit: Unit;
  /** Milliseconds, about. */
  readonly length: number;
  /** How many of the unit; of clock steps, milliseconds. */
  readonly every: number;
}

const STEPS: readonly TimeStep[] = [
  ...[1, 5, 15, 30].map((count) => clock(count * SECOND)),
  ...[1, 5, 15, 30].map((count) => clock(count * MINUTE)),
  ...[1, 3, 6, 12].map((count) => clock(count * HOUR)),
  ...[1, 2, 7, 14].map((every): TimeStep => ({ unit: "day", length: every * DAY, every })),
  ...[1, 2, 3, 6].map((every): TimeStep => ({ unit: "month", length: every * MONTH, every })),
];

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Ticks between two instants, in milliseconds since 1970. */
export function timeTicks(
  low: number,
  high: number,
  count: number,
  zone: TimeZone,
  minorTicks: boolean,
): Ticks {
  const step = stepFor((high - low) / count, low, high, count);
  const majors = instants(step, low, high, zone);
  const labels = majors.map((instant, index) =>
    label(step, zone.local(instant), index === 0 ? undefined : zone.local(majors[index - 1])),
  );
  const between = minorTicks ? minorStep(step) : undefined;
  const minors = between === undefined ? [] : instants(between, low, high, zone);
  return { majors, minors: minors.filter((instant) => !majors.includes(instant)), labels };
}

// A step that fits into another one some times, two to seven mostly.
function minorStep({ unit, length, every }: TimeStep): TimeStep | undefined {
  if (length <= SECOND) {
    const part = length / 5;
    return Number.isInteger(part) ? { unit: "millisecond", length: part, every: part } : undefined;
  }
  const found = STEPS.find(
    (step) => step.length >= length / 7.5 && (step.unit !== unit || every % step.every === 0),
  );
  if (found !== undefined) return found.length < length ? found : undefined;
  const years = Math.max(1, Math.round(every / 5));
  return { unit: "year", length: years * YEAR, every: years };
}

/** About the milliseconds of a step that divides the time between two instants in so many parts or fewer. */
export function timeStep(low: number, high: number, count: number): number {
  return stepFor((high - low) / count, low, high, count).length;
}

function clock(length: number): TimeStep {
  return { unit: "clock", length, every: length };
}

function stepFor(rough: number, low: number, high: number, count: number): TimeStep {
  if (rough < SECOND) {
    const { digits, exponent } = niceStep(low, high, count);
    const every = Math.max(1, digits * 10 ** exponent);
    return every < SECOND ? { unit: "millisecond", length: every, every } : clock(SECOND);
  }
  const found = STEPS.find(({ length }) => length >= rough * (1 - 1e-9));
  if (found !== undefined) return found;
  const { digits, exponent } = niceStep(0, (high - low) / YEAR, count);
  const every = Math.max(1, Math.round(digits * 10 ** exponent));
  return { unit: "year", length: every * YEAR, every };
}

function instants(step: TimeStep, low: number, high: number, zone: TimeZone): number[] {
  const { unit } = step;
  const found =
    unit === "millisecond" || unit === "clock"
      ? alongTheClock(step, low, high, zone)
      : calendar(step, low, high, zone);
  // Local clocks that are put back show an hour twice; its ticks are kept once and in order.
  return [...new Set(found)].filter((instant) => instant >= low && instant <= high).sort((a, b) => a - b);
}

function alongTheClock({ every }: TimeStep, low: number, high: number, zone: TimeZone): number[] {
  const found: number[] = [];
  const from = Math.ceil(Math.min(zone.local(low), low + zone.offset(high)) / every) * every;
  const to = Math.max(zone.local(high), high + zone.offset(low));
  for (let local = from; local <= to; local += every) {
    const instant = zone.instant(local);
    if (instant !== undefined) found.push(instant);
  }
  return found;
}

function calendar({ unit, every }: TimeStep, low: number, high: number, zone: TimeZone): number[] {
  const found: number[] = [];
  const end = zone.local(high) + DAY;
  const begin = new Date(zone.local(low));
  let year = begin.getUTCFullYear();
  let month = unit === "year" ? 0 : begin.getUTCMonth();
  if (unit === "year") year = Math.floor(year / every) * every;
  if (unit === "month") month -= month % every;
  for (;;) {
    const first = firstOf(year, month);
    if (!(first <= end)) break;
    if (unit === "day") pushDays(found, first, every, zone);
    else pushInstant(found, first, zone);
    if (unit === "year") year += every;
    else month += unit === "month" ? every : 1;
  }
  return found;
}

// Days are counted from the first of each month, and a tick that would crowd the next first is left out.
function pushDays(found: number[], first: number, every: number, zone: TimeZone): void {
  const date = new Date(first);
  const next = firstOf(date.getUTCFullYear(), date.getUTCMonth() + 1);
  for (let local = first; next - local > (every / 2) * DAY; local += every * DAY)
    pushInstant(found, local, zone);
}

// Where midnight is skipped, the day starts when clocks show one.
function pushInstant(found: number[], local: number, zone: TimeZone): void {
  const instant = zone.instant(local) ?? zone.instant(local + HOUR);
  if (instant !== undefined) found.push(instant);
}

function firstOf(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1);
  return date.getTime();
}

function label({ unit, every }: TimeStep, local: number, before: number | undefined): string {
  const date = new Date(local);
  if (unit === "year") return String(date.getUTCFullYear());
  if (unit === "month") return monthLabel(date, before);
  if (unit === "day") return dayLabel(date, before);
  if (before === undefined ? local % DAY === 0 : Math.floor(local / DAY) !== Math.floor(before / DAY)) {
    return local % DAY === 0
      ? dayLabel(date, before)
      : `${dayLabel(date, before)}\n${timeOfDay(date, every)}`;
  }
  return before === undefined
    ? `${timeOfDay(date, every)}\n${dayLabel(date, before)}`
    : timeOfDay(date, every);
}

function monthLabel(date: Date, before: number | undefined): string {
  const name = MONTHS[date.getUTCMonth()];
  const year = date.getUTCFullYear();
  return before !== undefined && new Date(before).getUTCFullYear() === year ? name : `${name}\n${year}`;
}

function dayLabel(date: Date, before: number | undefined): string {
  const name = `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}`;
  const year = date.getUTCFullYear();
  return before !== undefined && new Date(before).getUTCFullYear() === year ? name : `${name}\n${year}`;
}

function timeOfDay(date: Date, every: number): string {
  const text = date.toISOString().slice(-13, -1);
  if (every >= MINUTE) return text.slice(0, 5);
  return every >= SECOND ? text.slice(0, 8) : text.slice(3);
}
