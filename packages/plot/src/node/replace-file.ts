// Files that are there as a whole or not at all: written beside their place, and then moved to it.
import { realpath, rename, rm, writeFile } from "node:fs/promises";

/** Replaces what is at a path. A symbolic link stays one, and what it leads to is replaced. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const target = await leadingTo(path);
  const temporary = `${target}.${Math.random().toString(36).slice(2)}.tmp`;
  try {
    await writeFile(temporary, bytes, { flag: "wx" });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

// Where a symbolic link leads to; a path that is nothing yet leads to itself.
async function leadingTo(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === "ENOENT") return path;
    throw error;
  }
}
