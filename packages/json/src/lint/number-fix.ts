// Numbers as JSON writes them, without changing what they say.

const HEXADECIMAL = /^([+-]?)(0[xX][0-9a-fA-F]+)$/;
const PARTS = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/;

/** A number that breaks the grammar, written right; undefined where it cannot be told what it says. */
export function writtenRight(source: string): string | undefined {
  const hexadecimal = HEXADECIMAL.exec(source);
  if (hexadecimal !== null) return minus(hexadecimal[1]) + BigInt(hexadecimal[2]).toString();
  const parts = PARTS.exec(source);
  if (parts === null) return undefined;
  const [, sign, whole, fraction = "", power = ""] = parts;
  if (whole === "" && fraction === "") return undefined;
  const units = whole.replace(/^0+(?=\d)/, "") || "0";
  return minus(sign) + units + (fraction === "" ? "" : `.${fraction}`) + power;
}

function minus(sign: string): string {
  return sign === "-" ? "-" : "";
}
