// The part of Node's file modules that the entries for Node use. Only the builds of the packages see this file: tests and
// tools take the same names from @types/node, which the packages are compiled without.

declare module "node:fs" {
  export function createReadStream(
    path: string,
    options: { highWaterMark: number },
  ): AsyncIterable<Uint8Array>;
}

declare module "node:fs/promises" {
  export interface FileHandle {
    stat(): Promise<{ size: number }>;
    read(
      buffer: Uint8Array,
      offset: number,
      length: number,
      position: number,
    ): Promise<{ bytesRead: number }>;
    readFile(): Promise<Uint8Array>;
    close(): Promise<void>;
  }
  export function open(path: string): Promise<FileHandle>;
}
