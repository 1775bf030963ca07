// Where each package's kernels may keep static data. The first 64 KiB of every region are set aside for it; all kernels
// of all packages meet in one memory, so each package has a slice of its own.
//
// Static data has to be constant: instances on several threads write the same bytes over each other when they start.

/** Addresses from `base` up to but not including `end`. */
export interface Slice {
  readonly base: number;
  readonly end: number;
}

/** The slice of each package, by its folder. Addresses below the first slice stay zero and belong to nobody. */
export const slices: Readonly<Record<string, Slice>> = {
  core: { base: 0x2000, end: 0x4000 },
  text: { base: 0x4000, end: 0x6000 },
  json: { base: 0x6000, end: 0x8000 },
  plot: { base: 0x8000, end: 0xa000 },
  rdf: { base: 0xa000, end: 0xc000 },
  db: { base: 0xc000, end: 0xe000 },
};
