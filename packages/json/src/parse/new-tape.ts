// A tape as the options want it.

import { StringCache } from "../read/string-cache.ts";
import { childLists } from "../tape/child-lists.ts";
import { Tape } from "../tape/tape.ts";
import type { ParseSettings } from "./options.ts";

/** An empty tape; what concerns the reading of strings is settled here for all texts that will be on it. */
export function newTape(settings: ParseSettings): Tape {
  const tape = new Tape(settings.pool);
  tape.keepsSurrogates = settings.unicode === "permissive";
  tape.replacesSurrogates = settings.unicode === "sanitize";
  if (settings.internStrings) tape.strings = new StringCache();
  tape.children = childLists(settings.pool, settings.children);
  return tape;
}
