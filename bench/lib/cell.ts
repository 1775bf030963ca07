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

/** Runs a child process on one request. Throws, with what it wrote to its standard error, when it fails. */
export async function ask(launcher: Launcher, request: MeasureRequest): Promise<Measured>;
export async function ask(launcher: Launcher, request: CheckRequest): Promise<Checked>;
export async function ask(launcher: Launcher, request: MeasureRequest | CheckRequest): Promise<unknown> {
  const { node, flags, program } = launcher;
  const child = spawn(node, [...flags, program, JSON.stringify(request)], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LONGEST_MS,
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (errors += String(chunk)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`${JSON.stringify(request)} failed (exit ${code}):\n${errors}${output}`);
  return JSON.parse(output);
}
