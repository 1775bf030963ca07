// Libraries that do one thing for this package and are installed by those who want it.
import { PlotError } from "../errors.ts";

/** A library that stands beside this package; where it is not installed, the error says what it is for. */
export async function peer(name: string, purpose: string): Promise<unknown> {
  try {
    return await import(name);
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    // What the library itself does not find is its own matter.
    if (code !== "ERR_MODULE_NOT_FOUND" || !message.includes(`'${name}'`)) throw error;
    throw new PlotError("NOT_INSTALLED", `${purpose} needs the package ${name}: npm install ${name}`);
  }
}
