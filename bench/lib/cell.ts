// What the harness asks of a child process, what it hears back, and the asking.

import { spawn } from "node:child_process";

import type { Reading, Scale } from "./definition.ts";
import type { Plan } from "./measure.ts";

/** Measure one subject of one case. */
export interface MeasureRequest {
  readonly suite: string;
  readonly case: string;
  readonly subject: string;
  readonly scale: Scale;
  readonly plan: Plan;
}

/** Run every subject of a suite once, on tiny inputs. */
export interface CheckRequest {
  readonly suite: string;
  readonly pattern: string;
}

/** What a measured subject said. */
export interface Measured {
  /** The answer as JSON text. */
  readonly answer: string;
  readonly readings: readonly Reading[];
}

/** A subject that gave no answer, and why: "over 60 s", "stack overflow" or "out of memory". */
export interface Ended {
  readonly ended: string;
}

/** The answers to a check: JSON text by case and subject. */
export interface Checked {
  readonly answers: readonly { readonly case: string; readonly subject: string; readonly answer: string }[];
}

/** A way to start child processes: an executable, its flags, and the compiled or plain program. */
export interface Launcher {
  readonly node: string;
  readonly flags: readonly string[];
  readonly program: string;
}

const LONGEST_MS = 10 * 60_000;

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a child process on one request. Throws, with what it wrote to its standard error, when it fails. */
export async function ask(launcher: Launcher, request: MeasureRequest): Promise<Measured>;
export async function ask(launcher: Launcher, request: CheckRequest): Promise<Checked>;
export async function ask(launcher: Launcher, request: MeasureRequest | CheckRequest): Promise<unknown> {
  return answerOf(await start(launcher, request, LONGEST_MS), request);
}

/** The same for a subject that may be too slow, too deep or too large: then it is said how it ended. */
export async function attempt(
  launcher: Launcher,
  request: MeasureRequest,
  limitSeconds: number,
): Promise<Measured | Ended> {
  const exit = await start(launcher, request, limitSeconds * 1000);
  const ended = exit.signal === "SIGTERM" ? `over ${limitSeconds} s` : knownEnd(exit.errors);
  return exit.code === 0 || ended === undefined ? (answerOf(exit, request) as Measured) : { ended };
}

function knownEnd(errors: string): string | undefined {
  if (errors.includes("Maximum call stack size exceeded")) return "stack overflow";
  return errors.includes("heap out of memory") ? "out of memory" : undefined;
}

function answerOf({ code, output, errors }: Exit, request: MeasureRequest | CheckRequest): unknown {
  if (code !== 0) throw new Error(`${JSON.stringify(request)} failed (exit ${code}):\n${errors}${output}`);
  return JSON.parse(output);
}

async function start(
  { node, flags, program }: Launcher,
  request: MeasureRequest | CheckRequest,
  timeout: number,
): Promise<Exit> {
  const child = spawn(node, [...flags, program, JSON.stringify(request)], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout,
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (errors += String(chunk)));
  return await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, output, errors }));
  });
}
