// The part of the WebAssembly JavaScript interface that the sources use. TypeScript declares it only in `lib.dom` and
// `lib.webworker`, and loading those would let browser globals pass unnoticed in code that must run anywhere.

declare namespace WebAssembly {
  interface MemoryDescriptor {
    initial: number;
    maximum?: number;
    shared?: boolean;
  }

  interface Memory {
    readonly buffer: ArrayBufferLike;
    grow(delta: number): number;
  }
  const Memory: { prototype: Memory; new (descriptor: MemoryDescriptor): Memory };

  // Opaque: a compiled module has nothing to read, so the brand keeps other objects from passing for one.
  interface Module {
    readonly [moduleBrand]: never;
  }
  const moduleBrand: unique symbol;
  const Module: {
    prototype: Module;
    new (bytes: BufferSource): Module;
    imports(module: Module): { module: string; name: string; kind: string }[];
    exports(module: Module): { name: string; kind: string }[];
  };

  interface Instance {
    readonly exports: Record<string, ExportValue>;
  }
  const Instance: { prototype: Instance; new (module: Module, imports?: Imports): Instance };

  interface Global {
    value: number | bigint;
  }

  // eslint-disable-next-line typescript/no-explicit-any -- the arguments of an export are known only to its caller
  type ExportValue = ((...args: any[]) => any) | Global | Memory;
  type Imports = Record<string, Record<string, ImportValue>>;
  type ImportValue = ExportValue | number;
  type BufferSource = ArrayBufferView | ArrayBuffer;

  function validate(bytes: BufferSource): boolean;
  function compile(bytes: BufferSource): Promise<Module>;

  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}
}
