// What a suite is made of. A suite is a file `bench/suites/<name>/index.ts` that exports `suite`; the harness finds it
// there, runs each subject of each case in a process of its own, and compares the answers.

/** Full sizes are measured; quick ones only show that all subjects give the same answer. */
export type Scale = "full" | "quick";

/** One figure about one subject. */
export interface Reading {
  readonly metric: string;
  /** What the value counts, such as "ns/op", "MiB" or "per 1M ops". */
  readonly unit: string;
  readonly value: number;
  readonly better: "higher" | "lower";
}

/** A subject that is set up and ready to go. */
export interface Work {
  /**
   * What all subjects of the case must agree on, as small plain JSON. Asked once, after the measurement, so that it
   * also shows the state to be sound after so many operations.
   */
  answer(): unknown;
  /** Does the operation that is measured `count` times. Left out by cases that only have readings of their own. */
  run?(count: number): void | Promise<void>;
  /** Figures beyond time, collections and resident memory; asked after the measurement. */
  readings?(): readonly Reading[] | Promise<readonly Reading[]>;
  /** Ends what would keep the process alive, such as threads. */
  close?(): void | Promise<void>;
}

/**
 * Who a subject is. `ours` and `plain` are what the ratios compare; a `peer` is what somebody would use instead; a
 * `variant` is another way to do it that is shown beside them and takes part in no ratio.
 */
export type Role = "ours" | "plain" | "peer" | "variant";

/** One competitor in one case. */
export interface Subject {
  /** "millpond" for ours, "plain" for the plain-JavaScript way, otherwise the name of the package or technique. */
  readonly name: string;
  readonly role: Role;
  /** Loads what it needs, here and not at the top of the module, and prepares the work. */
  readonly setup: () => Work | Promise<Work>;
}

/** The same job on the same input, for every subject. */
export interface Case {
  /** The table that the case is a row of. */
  readonly group: string;
  /** Unique in the suite. */
  readonly name: string;
  /** The name of the row in its table. */
  readonly row: string;
  readonly subjects: readonly Subject[];
  /** The metric that the table shows: one of the subjects' own readings. Default "cpu", user and system time. */
  readonly metric?: string;
  /** How many bytes one operation looks at; adds the metric "throughput". */
  readonly bytesPerOperation?: number;
  /**
   * For inputs that some subjects are too slow for, or overflow the stack with: each subject runs once, and the table says how
   * those ended that gave no answer within so many seconds.
   */
  readonly limitSeconds?: number;
}

/** A figure that was looked up among the results; undefined where its case did not run. */
export type Look = (caseName: string, subject: string, metric?: string) => number | undefined;

/** Something that the suite is meant to reach. A missed bar is printed, and fails nothing. */
export interface Bar {
  readonly name: string;
  readonly wanted: string;
  /** Undefined where a case that it needs did not run. */
  readonly judge: (look: Look) => Verdict | undefined;
}

/** How a bar came out. */
export interface Verdict {
  readonly measured: string;
  readonly met: boolean;
}

/** Cases that belong together, and what they are meant to show. */
export interface Suite {
  readonly name: string;
  readonly cases: (scale: Scale) => readonly Case[];
  readonly bars: readonly Bar[];
}
