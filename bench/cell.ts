// The child process of the harness: runs one subject of one case and writes what it measured to standard output, as one
// line of JSON. bench/run.ts starts it; the request is its only argument. It also runs compiled, on the machine's Node.

import type { Checked, CheckRequest, Measured, MeasureRequest } from "./lib/cell.ts";
import type { Case, Reading, Subject, Work } from "./lib/definition.ts";
import { measure } from "./lib/measure.ts";
import { loadSuite } from "./lib/suites.ts";

async function measureSubject(request: MeasureRequest): Promise<Measured> {
  const suite = await loadSuite(request.suite);
  const found = suite.cases(request.scale).find((candidate) => candidate.name === request.case);
  const subject = found?.subjects.find((candidate) => candidate.name === request.subject);
  if (found === undefined || subject === undefined) {
    throw new Error(
      `suite ${request.suite} has no case "${request.case}" with a subject "${request.subject}"`,
    );
  }
  const work = await subject.setup();
  // Unbound, the function would not find its object; bound, it stays the one target of the one call in measure.ts.
  const readings = work.run === undefined ? [] : await measure(work.run.bind(work), request.plan);
  const own = (await work.readings?.()) ?? [];
  const answer = answerOf(work);
  await work.close?.();
  return { readings: [...readings, ...throughput(found, readings), ...own], answer };
}

function throughput({ bytesPerOperation }: Case, readings: readonly Reading[]): Reading[] {
  const cpu = readings.find(({ metric }) => metric === "cpu");
  if (bytesPerOperation === undefined || cpu === undefined) return [];
  const value = (bytesPerOperation / 2 ** 20 / cpu.value) * 1e9;
  return [{ metric: "throughput", unit: "MiB/s", value, better: "higher" }];
}

async function checkSuite({ suite, pattern }: CheckRequest): Promise<Checked> {
  const answers: { case: string; subject: string; answer: string }[] = [];
  const cases = (await loadSuite(suite)).cases("quick").filter(({ name }) => name.includes(pattern));
  for (const { name, subjects } of cases) {
    for (const subject of subjects) {
      answers.push({ case: name, subject: subject.name, answer: await tryOnce(name, subject) });
    }
  }
  return { answers };
}

async function tryOnce(name: string, subject: Subject): Promise<string> {
  try {
    const work = await subject.setup();
    await work.run?.(3);
    await work.readings?.();
    const answer = answerOf(work);
    await work.close?.();
    return answer;
  } catch (error) {
    throw new Error(`case "${name}", subject "${subject.name}"`, { cause: error });
  }
}

function answerOf(work: Work): string {
  return JSON.stringify(work.answer()) ?? "undefined";
}

const request = JSON.parse(process.argv[2]) as MeasureRequest | CheckRequest;
const result = "subject" in request ? await measureSubject(request) : await checkSuite(request);
console.log(JSON.stringify(result));
