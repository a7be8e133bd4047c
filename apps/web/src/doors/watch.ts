/** Whoever waits for work that takes long. */
export type Caller = {
  /** Aborted when the caller goes away: what was begun is to be rolled back. */
  readonly signal: AbortSignal;
  /** Says how far the work is; asked for the words only when a line is due. Nobody hears it unless the caller watches. */
  readonly tell: (progressAt: (elapsedMs: number) => object) => void;
};

export const linesType = "application/x-ndjson";
const everyMs = 500;

export const wantsLines = (request: Request): boolean =>
  (request.headers.get("accept") ?? "").split(",").some((type) => type.split(";")[0]?.trim().toLowerCase() === linesType);

/** A caller who waits for the answer and hears nothing before it. */
export const unwatching = (request: Request): Caller => ({ signal: request.signal, tell: () => {} });

/**
 * Lines of JSON: `{"progress": …}` at most twice a second, and last what `work` answers, which must not throw. A reader who leaves aborts the
 * work, and is let go once it has ended.
 */
export function watched(
  clock: { readonly monotonicMs: () => number },
  left: AbortSignal,
  work: (caller: Caller) => Promise<object>,
): AsyncIterable<string> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([left, leaving.signal]);
  const lines = linesOf(clock, signal, work);
  const steps: AsyncIterator<string> = {
    next: () => lines.next(),
    return() {
      leaving.abort();
      return lines.return(undefined);
    },
  };
  return { [Symbol.asyncIterator]: () => steps };
}

async function* linesOf(
  clock: { readonly monotonicMs: () => number },
  signal: AbortSignal,
  work: (caller: Caller) => Promise<object>,
): AsyncGenerator<string, undefined> {
  const startedMs = clock.monotonicMs();
  let dueMs = startedMs;
  let progress: object | null = null;
  let last: object | null = null;
  let wake = (): void => {};
  const tell: Caller["tell"] = (progressAt) => {
    const nowMs = clock.monotonicMs();
    if (nowMs < dueMs) return;
    dueMs = nowMs + everyMs;
    progress = progressAt(nowMs - startedMs);
    wake();
  };
  void work({ signal, tell }).then((answer) => {
    last = answer;
    wake();
  });
  for (;;) {
    if (progress !== null) {
      const line = lineOf({ progress });
      progress = null;
      yield line;
    } else if (last !== null) {
      yield lineOf(last);
      return;
    } else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}

const lineOf = (line: object): string => `${JSON.stringify(line)}\n`;
