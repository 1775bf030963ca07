// Finds a Chromium or Chrome on this machine: what CHROME_PATH names, or the first of the usual names along PATH.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** The path of the browser, or undefined where there is none. */
export function findChrome(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment["CHROME_PATH"];
  if (named !== undefined && named !== "") return named;
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not ours to run: the next name may be.
  }
}
