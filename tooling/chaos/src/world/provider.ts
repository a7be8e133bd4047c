/** The simulator's control and truth, as far as faults and audit need more than the demo does (apps/simulator/README.md). */
export type Acceptance = {
  readonly recipient: string | null;
  readonly atMs: number;
  readonly answer: "ok" | "cut" | "hang" | "server_error";
  readonly receiptsEmitted: readonly string[];
  readonly receiptsAcknowledged: readonly string[];
  readonly failedCode: number | null;
};
/** One opaque id as the provider saw it. */
export type TruthRow = {
  readonly opaqueId: string | null;
  readonly phoneNumberId: string;
  readonly recipients: readonly string[];
  readonly requests: number;
  readonly firstRequestAtMs: number;
  readonly accepted: readonly Acceptance[];
  readonly refused: readonly { readonly code: number }[];
  readonly dropped: number;
};
export type TruthSummary = {
  readonly queueEmpty: boolean;
  readonly maxRequestsPerSlidingSecond: Readonly<Record<string, number>>;
  readonly refusedByCode: Readonly<Record<string, number>>;
  readonly eventLoopLagMaxMs: number;
  readonly queue: Readonly<Record<string, number | boolean>>;
  readonly webhooks: { readonly lastFailure: string | null };
};

export type Provider = {
  /** Rules by name; a second call with a name replaces, null removes. */
  readonly rule: (name: string, rule: object | null) => Promise<void>;
  readonly clearRules: () => Promise<void>;
  readonly configure: (config: object) => Promise<void>;
  readonly hold: () => Promise<void>;
  readonly release: () => Promise<void>;
  /** A message of a person, due at once. */
  readonly say: (phoneNumberId: string, from: string, text: string) => Promise<void>;
  /** A clean sheet: books, queue and scenario. */
  readonly reset: () => Promise<void>;
  readonly summary: () => Promise<TruthSummary>;
  readonly rows: () => Promise<readonly TruthRow[]>;
};

export function providerAt(baseUrl: string): Provider {
  const rules = new Map<string, object>();
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(new URL(path, baseUrl), {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the simulator answered ${answer.status} to ${method} ${path}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  };
  const script = async (): Promise<void> => void (await call("PUT", "/_control/scenario", { rules: [...rules.values()] }));
  return {
    async rule(name, rule) {
      if (rule === null) rules.delete(name);
      else rules.set(name, rule);
      await script();
    },
    async clearRules() {
      rules.clear();
      await script();
    },
    configure: async (config) => void (await call("PATCH", "/_control/config", config)),
    hold: async () => void (await call("POST", "/_control/receipts/hold", { replies: false })),
    release: async () => void (await call("POST", "/_control/receipts/release", {})),
    say: async (phoneNumberId, from, text) => void (await call("POST", "/_control/inbound", { phoneNumberId, from, text })),
    reset: async () => void (await call("POST", "/_control/reset", { config: false })),
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
