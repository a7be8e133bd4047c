import type { Address } from "@herald/kernel";
import type { AccountEvent, InboundEvent, ParsedWebhook, PreferenceEvent, ProviderEvent, ReceiptEvent } from "@herald/provider";
import type { ReceiptRecord } from "../ledger/ledger.ts";
import type { DrainDeps } from "../webhook/drain-inbox.ts";
import type { InboxRow, NumberOwner, ParkedReceipts } from "../webhook/inbox.ts";
import { aSenderId, aWorkspaceId } from "./ids.ts";

const ourNumber = "106540352242922";
export const receivedAtMs = 1_767_614_400_000;
const from: readonly Address[] = [{ channel: "whatsapp", kind: "phone", value: "+51987654321" }];

export const aReceipt = (change: Partial<ReceiptEvent> = {}): ReceiptEvent => ({
  kind: "receipt",
  providerMessageId: "provider-1",
  opaqueId: null,
  receipt: "delivered",
  atMs: 1_767_614_399_000,
  failure: null,
  pricing: null,
  ...change,
});
export const anInbound = (change: Partial<InboundEvent> = {}): InboundEvent => ({
  kind: "inbound",
  providerMessageId: "inbound-1",
  atMs: 1_767_614_399_000,
  from,
  profileName: null,
  type: "text",
  text: "hello",
  buttonPayload: null,
  repliesToProviderMessageId: null,
  ...change,
});
export const aPreference = (): PreferenceEvent => ({ kind: "preference", atMs: 1_767_614_399_000, from, marketing: "stop" });

export const aTemplateStatus = (isSendable = false): AccountEvent => ({
  kind: "template_status",
  providerAccountId: "102290129340398",
  atMs: 1_767_614_399_000,
  template: { providerTemplateId: "1", name: "spring_sale", language: "en_US" },
  standing: { status: isSendable ? "APPROVED" : "PAUSED", isSendable, cures: [], refusals: [] },
});

/** Stored webhooks, and the stores they are told to: each remembers what it took, and acts once on each message. */
export class InboxWorld {
  /** What was called on the stores, in order: `debit`, `inbound`, `preference`, `account`, `merge`, `drained`, `problem`. */
  readonly calls: string[] = [];
  readonly heard: { readonly owner: NumberOwner; readonly providerMessageId: string; readonly isStop: boolean; readonly atMs: number }[] =
    [];
  readonly merged: ReceiptRecord[] = [];
  readonly ofAccounts: AccountEvent[] = [];
  readonly debited: (readonly string[])[] = [];
  readonly drained: string[] = [];
  readonly problems = new Map<string, string>();
  readonly logged: string[] = [];
  parked: ParkedReceipts[] = [];
  /** Nothing can be written to the store that the inbox is in. */
  isAway = false;
  /** Events of these provider message ids are refused by the store; `account` stands for every event of an account. */
  readonly refused = new Set<string>();
  readonly #bodies: ParsedWebhook[] = [];
  readonly #rows: InboxRow[] = [];

  /** A stored webhook with these events for one number; its inbox id is its place, from "1". */
  store(events: readonly ProviderEvent[], providerNumberId: string | null = ourNumber, provider = "meta"): void {
    this.storeParsed({ kind: "events", groups: [{ providerNumberId, events }] }, provider);
  }

  storeParsed(parsed: ParsedWebhook, provider = "meta"): void {
    this.#bodies.push(parsed);
    this.#rows.push({ inboxId: String(this.#rows.length + 1), provider, receivedAtMs, body: Uint8Array.of(this.#rows.length) });
  }

  readonly deps: DrainDeps = {
    providersByName: { meta: { parseWebhook: (body) => this.#bodies[body[0] ?? -1] ?? { kind: "unreadable", reason: "no such body" } } },
    opaqueIds: {
      encode: () => "",
      decode: (opaqueId) => (opaqueId.endsWith(":good-mac") ? JSON.parse(opaqueId.slice(0, -":good-mac".length)) : null),
    },
    log: { info: (event) => void this.logged.push(event), warn: (event) => void this.logged.push(event) },
    inbox: {
      claim: async (limit) => this.#rows.filter(({ inboxId }) => !this.drained.includes(inboxId)).slice(0, limit),
      markDrained: async (inboxIds) => {
        this.calls.push("drained");
        this.drained.push(...inboxIds);
      },
      markProblem: async (inboxId, problem) => {
        if (this.isAway) throw new Error("the store is away");
        this.calls.push("problem");
        this.problems.set(inboxId, problem);
      },
      ownerOf: async (providerNumberId) => (providerNumberId === ourNumber ? { workspaceId: aWorkspaceId(), senderId: aSenderId() } : null),
      lagMs: async () => 0,
    },
    accounts: {
      ownerOf: async (_provider, providerAccountId) =>
        providerAccountId === "102290129340398" ? { workspaceId: aWorkspaceId(), sourceId: "source-1" } : null,
      record: async (_owner, event) => {
        this.#refuse("account");
        this.calls.push("account");
        this.ofAccounts.push(event);
      },
    },
    people: {
      debitReplies: async (_owner, inboxIds) => {
        this.calls.push("debit");
        this.debited.push(inboxIds);
        this.#refuse("debit");
      },
      recordInbound: async (owner, { event, isStop }) => {
        this.#refuse(event.providerMessageId);
        this.calls.push("inbound");
        const isNew = !this.heard.some(({ providerMessageId }) => providerMessageId === event.providerMessageId);
        if (isNew) this.heard.push({ owner, providerMessageId: event.providerMessageId, isStop, atMs: event.atMs });
        return { isNew, contactId: null, campaignId: null, messageId: null };
      },
      recordPreference: async () => void this.calls.push("preference"),
      takeParked: async () => this.parked,
      removeParked: async (_workspaceId, parkedIds) => {
        this.parked = this.parked.filter((one) => !one.parkedIds.every((parkedId) => parkedIds.includes(parkedId)));
      },
    },
    ledger: {
      record: () => Promise.reject(new Error("no results in this world")),
      balance: () => Promise.reject(new Error("no reports in this world")),
      mergeReceipts: async (_workspaceId, records) => {
        for (const { providerMessageId } of records) this.#refuse(providerMessageId);
        this.calls.push("merge");
        const news = records.filter((record) => !this.merged.some((known) => isSame(known, record)));
        this.merged.push(...news);
        return { matched: records.length, moved: news.length, parked: 0 };
      },
    },
  };

  #refuse(providerMessageId: string): void {
    if (this.refused.has(providerMessageId)) throw new Error(`the store refuses it, said +51 987 654 321`);
  }
}

const isSame = (one: ReceiptRecord, other: ReceiptRecord): boolean =>
  one.providerMessageId === other.providerMessageId && one.receipt === other.receipt;
