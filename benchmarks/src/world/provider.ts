import { type Simulator, simulatorAt } from "@herald/demo";
import { waitFor } from "@herald/stack";

/** One request to `/messages` as the simulator saw it. */
export type SeenRequest = {
  /** When its whole body had arrived: Unix milliseconds of a clock that never steps. */
  readonly atMs: number;
  /** Whose it was, read from its opaque id. */
  readonly campaignId: string;
};
export type ProviderSummary = {
  readonly requests: number;
  readonly accepted: number;
  readonly refused: number;
  readonly pendingAnswers: number;
  readonly queueEmpty: boolean;
  readonly loopLagMaxMs: number;
  readonly maxPerSlidingSecond: (providerNumberId: string) => number;
};

/** What a bench needs of the simulator beside what the demo needs. */
export type Provider = {
  readonly simulator: Simulator;
  readonly summary: () => Promise<ProviderSummary>;
  /** Truth, queue, limiter, held receipts and lag begin anew; the configuration stays. */
  readonly reset: () => Promise<void>;
  /** The requests since the last call, in the order they came. */
  readonly freshRequests: () => Promise<readonly SeenRequest[]>;
  /** Returns once it has answered everything it took. */
  readonly untilAnswered: () => Promise<void>;
};

type Row = { readonly opaqueId: string | null; readonly requests: number; readonly firstRequestAtMs: number };
type Summary = {
  readonly totals: { readonly requests: number; readonly accepted: number; readonly refused: number };
  readonly queue: { readonly pendingAnswers: number };
  readonly queueEmpty: boolean;
  readonly eventLoopLagMaxMs: number;
  readonly maxRequestsPerSlidingSecond: Readonly<Record<string, number>>;
};

const pageRows = 10_000;
const answersWithinMs = 25_000;

/** Now, on the clock that the simulator stamps requests with. */
export const nowMs = (): number => performance.timeOrigin + performance.now();

export function providerAt(baseUrl: string): Provider {
  let cursor = 0;
  const call = async (method: string, at: string, body?: object): Promise<unknown> => {
    const answer = await fetch(new URL(at, baseUrl), {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
      signal: AbortSignal.timeout(30_000),
    });
    if (!answer.ok) throw new Error(`the simulator answered ${answer.status} to ${method} ${at}: ${(await answer.text()).slice(0, 300)}`);
    return answer.json();
  };
  const summary = async (): Promise<ProviderSummary> => {
    const seen = (await call("GET", "/_truth/summary")) as Summary;
    return {
      ...seen.totals,
      pendingAnswers: seen.queue.pendingAnswers,
      queueEmpty: seen.queueEmpty,
      loopLagMaxMs: seen.eventLoopLagMaxMs,
      maxPerSlidingSecond: (providerNumberId) => seen.maxRequestsPerSlidingSecond[providerNumberId] ?? 0,
    };
  };
  return {
    simulator: simulatorAt(baseUrl),
    summary,
    async reset() {
      await call("POST", "/_control/reset", { config: false });
      cursor = 0;
    },
    async freshRequests() {
      const fresh: SeenRequest[] = [];
      for (;;) {
        const { rows } = (await call("GET", `/_truth/messages?cursor=${cursor}&limit=${pageRows}`)) as { rows: readonly Row[] };
        cursor += rows.length;
        for (const row of rows) fresh.push({ atMs: row.firstRequestAtMs, campaignId: row.opaqueId?.split(".")[1] ?? "" });
        if (rows.length < pageRows) return fresh;
      }
    },
    untilAnswered: () =>
      waitFor("the simulator to answer what it took", answersWithinMs, async () => (await summary()).pendingAnswers === 0),
  };
}
