// The bytes of a PDF file: numbered objects, a table of where they are, and a trailer. Nothing in it depends on the clock
// or on chance, so the same figure is the same file.

import { joined } from "./join.ts";

/** Compresses: a zlib stream of the bytes. */
export type Deflate = (bytes: Uint8Array) => Uint8Array;

interface PdfObject {
  readonly text: string;
  readonly stream: Uint8Array | undefined;
}

const utf8 = new TextEncoder();

/** Objects of a file. They are numbered from 1 on, in the order in which they are added. */
export class PdfFile {
  readonly #objects: PdfObject[] = [];
  readonly #deflate: Deflate | undefined;

  constructor(deflate: Deflate | undefined) {
    this.#deflate = deflate;
  }

  /** A file with the same objects so far. */
  copy(): PdfFile {
    const copy = new PdfFile(this.#deflate);
    copy.#objects.push(...this.#objects);
    return copy;
  }

  /** The number that the next object gets. */
  get next(): number {
    return this.#objects.length + 1;
  }

  /** Adds an object. Returns its number. */
  add(text: string): number {
    return this.#objects.push({ text, stream: undefined });
  }

  /** Adds a stream with the entries of its dictionary. Returns its number. */
  addStream(entries: string, bytes: Uint8Array): number {
    const stream = this.#deflate === undefined ? bytes : this.#deflate(bytes);
    const filter = this.#deflate === undefined ? "" : " /Filter /FlateDecode";
    return this.#objects.push({ text: `<<${entries}${filter} /Length ${stream.length}>>`, stream });
  }

  /** Adds a stream of text. */
  addText(entries: string, text: string): number {
    return this.addStream(entries, utf8.encode(text));
  }

  /** The file; `catalog` and `info` are numbers of objects. */
  toBytes(catalog: number, info: number): Uint8Array<ArrayBuffer> {
    const parts: Uint8Array[] = [];
    let length = 0;
    const push = (part: Uint8Array): void => {
      parts.push(part);
      length += part.length;
    };
    // Four bytes beyond ASCII tell programs that the file is not text.
    push(Uint8Array.of(...utf8.encode("%PDF-1.4\n%"), 0xe2, 0xe3, 0xcf, 0xd3, 0x0a));
    const places = this.#objects.map(({ text, stream }, index) => {
      const place = length;
      push(utf8.encode(`${index + 1} 0 obj\n${text}\n`));
      if (stream !== undefined) {
        push(utf8.encode("stream\n"));
        push(stream);
        push(utf8.encode("\nendstream\n"));
      }
      push(utf8.encode("endobj\n"));
      return place;
    });
    const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`);
    const size = `${places.length + 1}`;
    const trailer = `trailer\n<</Size ${size} /Root ${catalog} 0 R /Info ${info} 0 R>>\nstartxref\n${length}\n%%EOF\n`;
    push(utf8.encode(`xref\n0 ${size}\n0000000000 65535 f \n${rows.join("")}${trailer}`));
    return joined(parts);
  }
}

/** A text as an object, in any script. */
export function textObject(text: string): string {
  return `<feff${unicode(text)}>`;
}

/** The digits of a text in UTF-16. */
export function unicode(text: string): string {
  return Array.from({ length: text.length }, (_, index) => hexadecimal(text.charCodeAt(index))).join("");
}

/** The four digits of a number. */
export function hexadecimal(number: number): string {
  return number.toString(16).padStart(4, "0");
}
