// The checksum of PNG's chunks, CRC-32, of eight bytes at a time from eight tables ("slicing by 8", M. Kounavis and F. Berry,
// 2005): each table has what a byte does that many bytes further on.

const TABLES: readonly Uint32Array[] = makeTables();

function makeTables(): Uint32Array[] {
  const tables = Array.from({ length: 8 }, () => new Uint32Array(256));
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    tables[0][byte] = value >>> 0;
  }
  for (let table = 1; table < 8; table++) {
    for (let byte = 0; byte < 256; byte++) {
      const before = tables[table - 1][byte];
      tables[table][byte] = (before >>> 8) ^ tables[0][before & 0xff];
    }
  }
  return tables;
}

/** The CRC-32 of bytes that follow on those whose CRC-32 is `before`; 0 where none do. */
export function crc32(bytes: Uint8Array, before: number): number {
  const crc = ~before;
  // Whole words lie aligned in the encoder's memory, where the long chunks come from.
  const words = bytes.byteOffset % 4 === 0 ? Math.floor(bytes.length / 8) * 2 : 0;
  const middle = words === 0 ? crc : ofWords(new Uint32Array(bytes.buffer, bytes.byteOffset, words), crc);
  return ~ofBytes(bytes, 4 * words, middle) >>> 0;
}

function ofBytes(bytes: Uint8Array, start: number, before: number): number {
  const [one] = TABLES;
  let crc = before;
  for (let at = start; at < bytes.length; at++) crc = (crc >>> 8) ^ one[(crc ^ bytes[at]) & 0xff];
  return crc;
}

function ofWords(words: Uint32Array, before: number): number {
  const [one, two, three, four, five, six, seven, eight] = TABLES;
  let crc = before;
  for (let at = 0; at < words.length; at += 2) {
    const low = crc ^ words[at];
    const high = words[at + 1];
    crc =
      eight[low & 0xff] ^
      seven[(low >>> 8) & 0xff] ^
      six[(low >>> 16) & 0xff] ^
      five[low >>> 24] ^
      four[high & 0xff] ^
      three[(high >>> 8) & 0xff] ^
      two[(high >>> 16) & 0xff] ^
      one[high >>> 24];
  }
  return crc;
}
