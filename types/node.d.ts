// The part of Node's own modules that the sources of Node-only entry points use. Only the builds of the packages see this
// file: tests and tools have @types/node. That no main entry imports these modules is a rule of `npm run tidy`.

declare module "node:fs" {
  export function openSync(path: string | { readonly href: string }, flags: string): number;
  export function readSync(
    descriptor: number,
    target: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): number;
  export function fstatSync(descriptor: number): { readonly size: number };
  export function closeSync(descriptor: number): void;
  export function createReadStream(
    path: string,
    options: { readonly highWaterMark: number },
  ): AsyncIterable<Uint8Array>;
}

declare module "node:url" {
  export function fileURLToPath(url: string): string;
}

declare module "node:zlib" {
  export function deflateSync(bytes: Uint8Array): Uint8Array;
}

declare module "node:fs/promises" {
  export function readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
  export function realpath(path: string): Promise<string>;
  export function rename(from: string, to: string): Promise<void>;
  export function rm(path: string, options: { readonly force: boolean }): Promise<void>;
  export function writeFile(
    path: string,
    data: Uint8Array,
    options: { readonly flag: string },
  ): Promise<void>;
  export interface FileHandle {
    stat(): Promise<{ readonly size: number }>;
    readFile(): Promise<Uint8Array>;
    read(
      target: Uint8Array,
      offset: number,
      length: number,
      position: number,
    ): Promise<{ readonly bytesRead: number }>;
    close(): Promise<void>;
  }
  export function open(path: string | { readonly href: string }, flags?: string): Promise<FileHandle>;
}
