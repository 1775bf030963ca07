// The checksums of PNG and zlib, in TypeScript: CRC-32 of four bytes at a time from four tables, and Adler-32.

const TABLES: readonly Uint32Array[] = makeTables();

function makeTables(): Uint32Array[] {
  const tables = Array.from({ length: 4 }, () => new Uint32Array(256));
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    tables[0][byte] = value >>> 0;
  }
  for (let table = 1; table < 4; table++) {
    for (let byte = 0; byte < 256; byte++) {
      const before = tables[table - 1][byte];
      tables[table][byte] = (before >>> 8) ^ tables[0][before & 0xff];
    }
  }
  return tables;
}

/** The CRC-32 of the bytes from `start` to before `end`. */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  const [one, two, three, four] = TABLES;
  let crc = 0xffffffff;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const low = crc ^ (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24));
    crc = four[low & 0xff] ^ three[(low >>> 8) & 0xff] ^ two[(low >>> 16) & 0xff] ^ one[(low >>> 24) & 0xff];
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ one[(crc ^ bytes[at]) & 0xff];
  return (crc ^ 0xffffffff) >>> 0;
}
