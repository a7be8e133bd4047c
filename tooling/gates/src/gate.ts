import type { House } from "./house/house.ts";

/** One thing that is wrong: where, what, and what to do about it. Printed as one line. */
export interface Finding {
  /** Relative to the root. */
  readonly path: string;
  readonly line?: number;
  readonly what: string;
  readonly fix?: string;
}

export interface Verdict {
  /** How many things were looked at. A gate that looked at nothing fails: it would pass on an empty repository too. */
  readonly checked: number;
  readonly findings: readonly Finding[];
  /** Printed, never failing. */
  readonly warnings?: readonly Finding[];
}

export interface Gate {
  readonly name: string;
  /** One sentence for `pnpm check --list`. */
  readonly promise: string;
  /** `folder` limits the work where a tool allows it; findings elsewhere are dropped by the caller in any case. */
  run(house: House, folder?: string): Promise<Verdict> | Verdict;
}

/** `path:line  what → fix` */
export function findingLine(finding: Finding): string {
  const place = finding.line === undefined ? finding.path : `${finding.path}:${finding.line}`;
  return finding.fix === undefined ? `${place}  ${finding.what}` : `${place}  ${finding.what} → ${finding.fix}`;
}
