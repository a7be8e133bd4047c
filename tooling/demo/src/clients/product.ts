/** The product's HTTP doors, as an operator's script would use them. */
export type CampaignView = {
  readonly campaign: {
    readonly campaignId: string;
    readonly status: string;
    readonly planned: number;
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
  readonly blocks: readonly { readonly scope: string; readonly detail: string }[];
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
  readonly control: (campaignId: string, action: "pause" | "resume" | "cancel") => Promise<void>;
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
    control: async (campaignId, action) => void (await json("POST", `/api/campaigns/${campaignId}/${action}`, {})),
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
