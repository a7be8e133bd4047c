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
  readonly holdReceipts: () => Promise<void>;
  readonly releaseReceipts: () => Promise<void>;
  readonly verifyWebhook: () => Promise<void>;
  readonly summary: () => Promise<TruthSummary>;
  /** Every opaque id it ever saw. */
  readonly rows: () => Promise<readonly TruthRow[]>;
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
  return {
    configure: async (config) => void (await call("PATCH", "/_control/config", config)),
    script: async (rules) => void (await call("PUT", "/_control/scenario", { rules })),
    holdReceipts: async () => void (await call("POST", "/_control/receipts/hold", {})),
    releaseReceipts: async () => void (await call("POST", "/_control/receipts/release", {})),
    verifyWebhook: async () => void (await call("POST", "/_control/verify-webhook", {})),
    summary: async () => (await call("GET", "/_truth/summary")) as TruthSummary,
    async rows() {
      const all: TruthRow[] = [];
      for (let cursor: string | null = "0"; cursor !== null; ) {
        const page = (await call("GET", `/_truth/messages?cursor=${cursor}&limit=10000`)) as {
          rows: TruthRow[];
          nextCursor: string | null;
        };
        all.push(...page.rows);
        cursor = page.nextCursor;
      }
      return all;
    },
  };
}
