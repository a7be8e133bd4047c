/** Control and truth of the simulator, as apps/simulator/README.md describes them. */
export type TruthSummary = {
  readonly queueEmpty: boolean;
  readonly totals: { readonly requests: number; readonly accepted: number; readonly refused: number; readonly dropped: number };
  readonly refusedByCode: Readonly<Record<string, number>>;
  readonly failedByCode: Readonly<Record<string, number>>;
  readonly replies: { readonly emitted: number; readonly acknowledged: number };
  readonly acceptedMoreThanOnce: { readonly recipients: number; readonly opaqueIds: number };
  readonly maxRequestsPerSlidingSecond: Readonly<Record<string, number>>;
  readonly webhooks: { readonly lastFailure: string | null };
  /** How late its event loop has been; more than some milliseconds and its own timing proves nothing. */
  readonly simLoopLagMaxMs: number;
  /** First and last authenticated send, Unix milliseconds; null before any. */
  readonly requestTimes: { readonly firstAtMs: number | null; readonly lastAtMs: number | null };
};
/** Somebody who was accepted more than once; `unexcused` acceptances had no failure told before them. */
type DoubleRow = {
  readonly recipient: string;
  readonly unexcused: number;
  readonly acceptances: readonly { readonly opaqueId: string | null; readonly atMs: number; readonly excused: boolean }[];
};
/** One opaque id as the simulator saw it. */
export type TruthRow = {
  readonly opaqueId: string | null;
  readonly recipients: readonly string[];
  readonly requests: number;
  readonly accepted: readonly {
    readonly wamid: string;
    readonly receiptsAcknowledged: readonly string[];
    readonly repliesAcknowledged: number;
  }[];
  readonly refused: readonly { readonly code: number }[];
  readonly dropped: number;
};

export type Simulator = {
  readonly configure: (config: object) => Promise<void>;
  readonly script: (rules: readonly object[]) => Promise<void>;
  /** Begins one of its scenario files, by name. */
  readonly begin: (scenario: string) => Promise<void>;
  /** One action, such as `{ do: "payment_problem" }`, at once or with `when`. */
  readonly act: (action: object) => Promise<void>;
  readonly holdReceipts: () => Promise<void>;
  /** At once, or so many updates a second. */
  readonly releaseReceipts: (perSecond?: number) => Promise<void>;
  readonly resetLag: () => Promise<void>;
  /** Everybody accepted more than once among opaque ids that begin so. */
  readonly doubles: (opaqueIdPrefix?: string) => Promise<readonly DoubleRow[]>;
  readonly verifyWebhook: () => Promise<void>;
  readonly summary: () => Promise<TruthSummary>;
  /** Every opaque id it ever saw, page by page. */
  readonly pages: () => AsyncIterable<readonly TruthRow[]>;
};

export function simulatorAt(baseUrl: string): Simulator {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(new URL(path, baseUrl), {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the simulator answered ${answer.status} to ${method} ${path}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  };
  async function* pages<Row>(path: string): AsyncIterable<readonly Row[]> {
    for (let cursor: string | null = "0"; cursor !== null; ) {
      const page = (await call("GET", `${path}cursor=${cursor}&limit=10000`)) as { rows: Row[]; nextCursor: string | null };
      yield page.rows;
      cursor = page.nextCursor;
    }
  }
  return {
    configure: async (config) => void (await call("PATCH", "/_control/config", config)),
    script: async (rules) => void (await call("PUT", "/_control/scenario", { rules })),
    holdReceipts: async () => void (await call("POST", "/_control/receipts/hold", {})),
    begin: async (name) => void (await call("PUT", "/_control/scenario", { name })),
    act: async (action) => void (await call("POST", "/_control/actions", action)),
    releaseReceipts: async (perSecond) => void (await call("POST", "/_control/receipts/release", perSecond ? { perSecond } : {})),
    resetLag: async () => void (await call("POST", "/_control/lag/reset", {})),
    async doubles(opaqueIdPrefix = "") {
      const all: DoubleRow[] = [];
      for await (const page of pages<DoubleRow>(`/_truth/doubles?opaqueIdPrefix=${encodeURIComponent(opaqueIdPrefix)}&`)) all.push(...page);
      return all;
    },
    verifyWebhook: async () => void (await call("POST", "/_control/verify-webhook", {})),
    summary: async () => (await call("GET", "/_truth/summary")) as TruthSummary,
    pages: () => pages<TruthRow>("/_truth/messages?"),
  };
}
