/** The product's HTTP doors, as an operator's script would use them. */
export type CampaignView = {
  readonly campaign: {
    readonly campaignId: string;
    readonly kind: string;
    readonly status: string;
    readonly planned: number;
    readonly pauseReasons: readonly string[];
    readonly scheduledAt: string | null;
    readonly startedAt: string | null;
    readonly isStagingDegraded: boolean;
  };
  readonly ledger: { readonly planned: number; readonly counts: Readonly<Record<string, number>>; readonly isBalanced: boolean };
  readonly skips: readonly { readonly reason: string; readonly count: number }[];
  readonly causes: readonly {
    readonly class: string | null;
    readonly code: string | null;
    readonly state: string;
    readonly count: number;
  }[];
  readonly blocks: readonly {
    readonly blockId: string;
    readonly scope: string;
    readonly class: string;
    readonly code: string | null;
    readonly detail: string;
  }[];
  readonly unknown: {
    readonly count: number;
    readonly oldestAt: string;
    readonly within2MinShare: number | null;
    readonly medianFirstReceiptMs: number | null;
    readonly isOverflowRead: boolean;
  } | null;
  readonly deferred: readonly {
    readonly class: string | null;
    readonly code: string | null;
    readonly count: number;
    readonly earliestAt: string | null;
    readonly latestAt: string | null;
    readonly blockId: string | null;
    readonly cure: string;
    readonly sentence: string;
  }[];
  readonly pace: {
    readonly maxPerSecond: number | null;
    readonly capPerSecond: number;
    readonly planSource: string;
    readonly planLevel: string;
    readonly planCheckedAt: string | null;
    readonly effectivePerSecond: number;
    readonly killedBy: string | null;
    readonly isSlowed: boolean;
    readonly restUntil: string | null;
    readonly restCode: string | null;
    readonly breakerOpenSince: string | null;
    readonly portfolio: { readonly limit: number; readonly reserved: number } | null;
  };
  readonly stalled: string | null;
};
export type ImportAnswer = {
  readonly importBatchId: string;
  readonly recipientListId: string | null;
  readonly rowsRead: number;
  readonly added: number;
  readonly updated: number;
  readonly refused: number;
};
export type PreviewAnswer = {
  readonly matched: number;
  readonly eligible: number;
  readonly excluded: readonly { readonly reason: string; readonly count: number }[];
  readonly fallbacks: Readonly<Record<string, number>>;
  readonly durationSeconds: number;
};
export type LaunchAnswer = {
  readonly campaignId: string;
  readonly planned: number;
  readonly eligible: number;
  readonly start: string;
  readonly note: string | null;
};

export type TestSendAnswer = { readonly campaignId: string; readonly planned: number; readonly start: string };
export type ControlAnswer = { readonly campaignId: string; readonly flag: string; readonly status: string };
/** What became of a resend or a write-off. */
export type DecisionAnswer = { readonly moved: number; readonly left: number; readonly status: string };
export type BlockView = {
  readonly blockId: string;
  readonly scope: string;
  readonly class: string;
  readonly code: string | null;
  readonly campaigns: number;
};
export type MessageView = {
  readonly messageId: string;
  readonly contactId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly nextAt: string | null;
};
export type AttemptView = {
  readonly attempt: number;
  readonly outcome: string | null;
  readonly code: string | null;
  readonly class: string | null;
  readonly receipt: string | null;
};
/** When a scheduled campaign is to start: an instant, or what a wall clock shows in a named zone. */
export type ScheduleWish = { readonly at: string } | { readonly local: string; readonly zone: string };

/** A door refused: its problem document (RFC 9457) in words. */
export class DoorRefused extends Error {
  override readonly name = "DoorRefused";
  readonly status: number;
  readonly problem: Readonly<Record<string, unknown>>;
  constructor(status: number, path: string, problem: Readonly<Record<string, unknown>>) {
    const words = [problem["title"], problem["detail"], problem["cure"]].filter((one) => typeof one === "string");
    super(`${path} answered ${status}: ${words.join(" ")}`);
    this.status = status;
    this.problem = problem;
  }
}

export type Product = {
  readonly importCsv: (
    workspaceId: string,
    query: Readonly<Record<string, string | readonly string[]>>,
    csv: string | Uint8Array,
  ) => Promise<ImportAnswer>;
  readonly preview: (draft: object) => Promise<PreviewAnswer>;
  readonly bulkSend: (campaign: object, idempotencyKey: string) => Promise<LaunchAnswer>;
  readonly campaign: (campaignId: string) => Promise<CampaignView>;
  readonly messages: (campaignId: string, query?: { readonly state?: string }) => Promise<readonly MessageView[]>;
  readonly message: (campaignId: string, messageId: string) => Promise<MessageView & { readonly attempts: readonly AttemptView[] }>;
  readonly testSend: (draft: object, idempotencyKey: string) => Promise<TestSendAnswer>;
  readonly control: (campaignId: string, action: "pause" | "resume" | "cancel") => Promise<void>;
  readonly rate: (
    campaignId: string,
    rate: { readonly maxPerSecond?: number | null; readonly weight?: number },
  ) => Promise<{ readonly weight: number; readonly maxPerSecond: number | null }>;
  readonly schedule: (
    campaignId: string,
    wish: { readonly now: true } | { readonly schedule: ScheduleWish; readonly ifLate?: "send" | "skip" | "ask" },
  ) => Promise<ControlAnswer & { readonly schedule: { readonly at: string } }>;
  readonly resend: (
    campaignId: string,
    choice: { readonly what: "unknown" | "failed"; readonly reasons?: readonly string[]; readonly note: string },
    idempotencyKey: string,
  ) => Promise<DecisionAnswer & { readonly runNo: number }>;
  readonly writeOff: (
    campaignId: string,
    choice: { readonly messageIds?: readonly string[]; readonly note: string },
  ) => Promise<DecisionAnswer>;
  readonly blocks: (workspaceId: string) => Promise<readonly BlockView[]>;
  readonly cure: (workspaceId: string, blockId: string, note: string) => Promise<{ readonly freed: number }>;
  readonly killSwitch: (
    target: { readonly workspaceId: string; readonly senderId?: string },
    change: { readonly on: boolean; readonly note: string },
  ) => Promise<{ readonly isKilled: boolean }>;
};

export async function signIn(baseUrl: string, email: string, password: string): Promise<Product> {
  const { accessToken } = (await call(baseUrl, "POST", "/api/auth/sign-in", {}, JSON.stringify({ email, password, session: "token" }))) as {
    accessToken: string;
  };
  const headers = { authorization: `Bearer ${accessToken}` };
  const json = (method: string, path: string, body?: object, extra: Readonly<Record<string, string>> = {}) =>
    call(baseUrl, method, path, { ...headers, ...extra }, body === undefined ? undefined : JSON.stringify(body));
  return {
    async importCsv(workspaceId, query, csv) {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) search.append(name, one);
      const path = `/api/workspaces/${workspaceId}/contacts/import?${search.toString()}`;
      return (await call(baseUrl, "POST", path, { ...headers, "content-type": "text/csv" }, csv)) as ImportAnswer;
    },
    preview: async (draft) => (await json("POST", "/api/campaigns/preview", draft)) as PreviewAnswer,
    bulkSend: async (campaign, idempotencyKey) =>
      (await json("POST", "/api/campaigns/bulk-send", campaign, { "idempotency-key": idempotencyKey })) as LaunchAnswer,
    campaign: async (campaignId) => (await json("GET", `/api/campaigns/${campaignId}`)) as CampaignView,
    messages: async (campaignId, query = {}) => {
      const search = new URLSearchParams({ limit: "1000", ...query });
      const page = (await json("GET", `/api/campaigns/${campaignId}/messages?${search.toString()}`)) as { messages: MessageView[] };
      return page.messages;
    },
    message: async (campaignId, messageId) =>
      (await json("GET", `/api/campaigns/${campaignId}/messages/${messageId}`)) as Awaited<ReturnType<Product["message"]>>,
    testSend: async (draft, idempotencyKey) =>
      (await json("POST", "/api/campaigns/test-send", draft, { "idempotency-key": idempotencyKey })) as TestSendAnswer,
    control: async (campaignId, action) => void (await json("POST", `/api/campaigns/${campaignId}/${action}`, {})),
    rate: async (campaignId, rate) =>
      (await json("POST", `/api/campaigns/${campaignId}/rate`, rate)) as Awaited<ReturnType<Product["rate"]>>,
    schedule: async (campaignId, wish) =>
      (await json("POST", `/api/campaigns/${campaignId}/schedule`, wish)) as Awaited<ReturnType<Product["schedule"]>>,
    resend: async (campaignId, choice, idempotencyKey) =>
      (await json("POST", `/api/campaigns/${campaignId}/resend`, choice, { "idempotency-key": idempotencyKey })) as Awaited<
        ReturnType<Product["resend"]>
      >,
    writeOff: async (campaignId, choice) => (await json("POST", `/api/campaigns/${campaignId}/write-off`, choice)) as DecisionAnswer,
    blocks: async (workspaceId) => ((await json("GET", `/api/workspaces/${workspaceId}/blocks`)) as { blocks: BlockView[] }).blocks,
    cure: async (workspaceId, blockId, note) =>
      (await json("POST", `/api/workspaces/${workspaceId}/blocks/${blockId}/cure`, { note })) as { freed: number },
    killSwitch: async ({ workspaceId, senderId }, change) => {
      const place = senderId === undefined ? "" : `/senders/${senderId}`;
      return (await json("POST", `/api/workspaces/${workspaceId}${place}/kill-switch`, change)) as { isKilled: boolean };
    },
  };
}

async function call(
  baseUrl: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string | Uint8Array,
): Promise<unknown> {
  const answer = await fetch(new URL(path, baseUrl), {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : Buffer.from(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await answer.text();
  const parsed = parse(text);
  if (!answer.ok) throw new DoorRefused(answer.status, path.split("?")[0] ?? path, parsed ?? { detail: text.slice(0, 300) });
  return parsed;
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
