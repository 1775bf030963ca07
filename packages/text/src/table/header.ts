// The names of columns, and which columns were chosen.

import { show } from "../check.ts";
import { TextError, type TextPlace } from "../errors.ts";
import type { ColumnType, Settings } from "./options.ts";

/** A column that arrays, objects and columns have. */
export interface ChosenColumn {
  readonly name: string;
  readonly index: number;
  readonly type: ColumnType;
}

/** Names that are all different, or an error. */
export function distinctNames(
  names: readonly string[],
  rename: boolean,
  place: TextPlace | undefined,
): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    if (taken.has(name) && !rename) throw duplicate(name, place);
    let distinct = name;
    for (let number = 2; taken.has(distinct); number++) distinct = `${name}_${number}`;
    taken.add(distinct);
    return distinct;
  });
}

function duplicate(name: string, place: TextPlace | undefined): TextError {
  return new TextError(
    "BAD_HEADER",
    `two columns are called ${show(name)}; rename the later ones with duplicates: "rename", or give names with header`,
    place,
  );
}

/** Finds the chosen columns among those that there are. */
export function chooseColumns(
  { chosen, inTableOrder }: Settings,
  names: readonly string[] | undefined,
  width: number,
): readonly ChosenColumn[] | undefined {
  const found = chosen?.map(([name, type]) => {
    const named = names?.indexOf(name) ?? -1;
    const index = named < 0 && /^\d+$/.test(name) ? Number(name) : named;
    if (index >= 0 && index < width) return { name, index, type };
    throw noColumn(name, names, width);
  });
  return inTableOrder ? found?.sort((a, b) => a.index - b.index) : found;
}

/** The error for a column that is not there. */
export function noColumn(
  column: string | number,
  names: readonly string[] | undefined,
  width: number,
): TextError {
  const known =
    names === undefined
      ? `columns are numbered from 0 to ${width - 1}; for names, pass header: true or a list of names`
      : `there are ${names.slice(0, 20).map(show).join(", ")}${names.length > 20 ? ", …" : ""}`;
  return new TextError("NO_COLUMN", `there is no column ${show(column)}; ${known}`);
}
