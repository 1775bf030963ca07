// A strict reader of Prometheus' text format 0.0.4: refuses what the server would refuse, and what `promtool check
// metrics` would complain about.
import assert from "node:assert/strict";

/** By series, such as `name{pool="p"}`; labels as they were before escaping. */
export type Series = Map<string, number>;

const NAME = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
const FOREIGN_UNITS =
  /(?:^|_)(?:ms|milliseconds|kb|kilobytes|mb|mib|percent|count|sum|bucket|info|gauge|counter)(?:_|$)/;

interface Family {
  readonly name: string;
  readonly kind: string;
}

/** Reads a page, or throws at its first fault. */
export function readExposition(page: string): Series {
  assert.ok(page.endsWith("\n"), "the last line ends with a line feed");
  assert.ok(!page.includes("\r"), "lines end with a line feed alone");
  const series: Series = new Map();
  const seen = new Set<string>();
  let help = "";
  let family: Family | undefined;
  for (const line of page.slice(0, -1).split("\n")) {
    if (line.startsWith("# HELP ")) {
      help = readHelp(line);
    } else if (line.startsWith("# TYPE ")) {
      family = readType(line, help);
      assert.ok(!seen.has(family.name), `${family.name} is one group of lines`);
      seen.add(family.name);
    } else {
      readSample(line, family, series);
    }
  }
  return series;
}

function readHelp(line: string): string {
  const [, name, text] = /^# HELP (\S+) (\S.*)$/.exec(line) ?? assert.fail(line);
  assert.match(text, /^(?:[^\\]|\\\\|\\n)*$/, "only escaped backslashes in a help text");
  return name;
}

function readType(line: string, help: string): Family {
  const [, name, kind] = /^# TYPE (\S+) (counter|gauge)$/.exec(line) ?? assert.fail(line);
  assert.equal(name, help, "a help text stands before each type");
  assert.match(name, NAME);
  assert.doesNotMatch(name, FOREIGN_UNITS, "base units, and no words that mean other types");
  assert.equal(name.endsWith("_total"), kind === "counter", `${name} is a ${kind}`);
  return { name, kind };
}

function readSample(line: string, family: Family | undefined, series: Series): void {
  const [, name, labels, figure] = /^([a-z0-9_]+)\{(.*)\} (\S+)$/.exec(line) ?? assert.fail(line);
  assert.equal(name, family?.name, "samples follow the type of their metric");
  const key = `${name}${JSON.stringify(readLabels(labels))}`;
  assert.ok(!series.has(key), `${key} comes once`);
  assert.match(figure, /^(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|\+Inf)$/);
  const value = figure === "+Inf" ? Infinity : Number(figure);
  series.set(key, value);
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== "") {
    const [all, name, value] =
      /^([a-z_]+)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/.exec(rest) ?? assert.fail(`labels ${text}`);
    assert.ok(!(name in labels) && !name.startsWith("__"), name);
    labels[name] = value.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
    rest = rest.slice(all.length);
  }
  return labels;
}
