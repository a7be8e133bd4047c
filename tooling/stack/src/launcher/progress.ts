/** One line of progress. `elapsedMs` counts from the start of the boot. */
export interface Progress {
  readonly subject: string;
  readonly message: string;
  readonly elapsedMs: number;
}

export type OnProgress = (progress: Progress) => void;

/** Says what is being done for one server or step. */
export type Report = (message: string) => void;

/** Makes reporters that share one clock. */
export function reporters(onProgress: OnProgress): (subject: string) => Report {
  const startedMs = performance.now();
  return (subject) => (message) => onProgress({ subject, message, elapsedMs: performance.now() - startedMs });
}

/** `   3.2 s  postgres   creating the database folder` */
export function progressLine({ subject, message, elapsedMs }: Progress): string {
  return `${(elapsedMs / 1_000).toFixed(1).padStart(6)} s  ${subject.padEnd(9)}  ${message}`;
}

/** Seconds with one decimal, for use inside a message. */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
