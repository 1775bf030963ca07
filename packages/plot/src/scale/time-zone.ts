// Local time in a named zone, by way of `Intl`: how far local clocks are ahead of UTC at an instant, and at which instant
// a local clock shows a time. The zone of the machine is never asked for.
import { PlotError } from "../errors.ts";
import { Kept } from "../kept.ts";

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
/** What `Date` can hold, in milliseconds before and after 1970. */
export const LAST_INSTANT = 8.64e15;

/** Clocks of one zone. */
export class TimeZone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat | undefined;
  // Offsets by quarter of an hour, in which no zone changes twice. Few: an axis asks about as often as it has ticks.
  readonly #known = new Map<number, number>();

  constructor(name: string) {
    this.name = name;
    this.#format = name === "UTC" ? undefined : formatOf(name);
  }

  /** Milliseconds that local clocks are ahead of UTC at an instant. */
  offset(instant: number): number {
    if (this.#format === undefined || !(Math.abs(instant) <= LAST_INSTANT)) return 0;
    const quarter = Math.floor(instant / QUARTER);
    let offset = this.#known.get(quarter);
    if (offset === undefined) {
      offset = offsetAt(this.#format, quarter * QUARTER);
      if (this.#known.size > 4096) this.#known.clear();
      this.#known.set(quarter, offset);
    }
    return offset;
  }

  /** What local clocks show at an instant, as if it were UTC. */
  local(instant: number): number {
    return instant + this.offset(instant);
  }

  /** The instant at which local clocks show a time; undefined where they skip it. */
  instant(local: number): number | undefined {
    const guess = local - this.offset(local);
    const better = local - this.offset(guess);
    if (better + this.offset(better) === local) return better;
    return guess + this.offset(guess) === local ? guess : undefined;
  }
}

const KEPT_ZONES = 64;
const zones = new Kept<TimeZone>(KEPT_ZONES);

/** The clocks of a zone by its name; asking a browser or Node for them takes longer than all ticks of an axis. */
export function zoneOf(name: string): TimeZone {
  return zones.of(name, () => new TimeZone(name));
}

function formatOf(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const wanted = 'expected the name of a time zone such as "UTC" or "Europe/Berlin"';
    throw new PlotError("BAD_ARGUMENT", `${wanted}, got ${JSON.stringify(name)}`);
  }
}

function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const field = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get("era") === "BC" ? 1 - field("year") : field("year");
  const date = new Date(0);
  date.setUTCFullYear(year, field("month") - 1, field("day"));
  date.setUTCHours(field("hour"), field("minute"), field("second"));
  return date.getTime() - Math.floor(instant / 1000) * 1000;
}
