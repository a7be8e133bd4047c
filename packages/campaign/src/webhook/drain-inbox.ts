import type { WorkspaceId } from "@herald/kernel";
import type { MessageProvider, ProviderEvent, ReceiptEvent } from "@herald/provider";
import type { EngineLog } from "../dispatch/number-sender.ts";
import type { Ledger, OpaqueIds, ReceiptRecord } from "../ledger/ledger.ts";
import { settleRefusal } from "../provider/settle-outcome.ts";
import type { Inbox, InboxRow, NumberOwner, PeoplePort } from "./inbox.ts";
import { isStopWord } from "./stop-words.ts";

export type DrainDeps = {
  readonly inbox: Inbox;
  readonly people: PeoplePort;
  readonly ledger: Ledger;
  readonly providersByName: Readonly<Record<string, Pick<MessageProvider, "parseWebhook">>>;
  readonly opaqueIds: OpaqueIds;
  readonly log: EngineLog;
};
type Addressed = { readonly inboxId: string; readonly owner: NumberOwner; readonly event: ProviderEvent };

/**
 * Takes stored webhooks in order: what people said before what became of messages, so that an opt-out never waits behind receipts.
 * A row that cannot be read, or whose number nobody here owns, keeps its problem and its bytes.
 */
export async function drainInbox(deps: DrainDeps, limit: number): Promise<{ readonly drained: number; readonly problems: number }> {
  const rows = await deps.inbox.claim(limit);
  const addressed: Addressed[] = [];
  const problems = new Map<string, string>();
  const ownersByNumber = new Map<string, NumberOwner | null>();
  for (const row of rows) {
    const problem = await address(deps, row, ownersByNumber, addressed);
    if (problem !== null) problems.set(row.inboxId, problem);
  }
  for (const { inboxId, owner, event } of addressed) {
    if (event.kind === "inbound") {
      const isStop = isStopWord(event.text ?? "") || isStopWord(event.buttonPayload ?? "");
      await deps.people.recordInbound(owner, { inboxId, event, isStop });
    } else if (event.kind === "preference") await deps.people.recordPreference(owner, event);
    else if (event.kind === "unknown") deps.log.info("webhook.ignored", { field: event.field });
  }
  await mergeReceipts(deps, addressed);
  for (const [inboxId, problem] of problems) await deps.inbox.markProblem(inboxId, problem);
  await deps.inbox.markDrained(rows.filter((row) => !problems.has(row.inboxId)).map((row) => row.inboxId));
  return { drained: rows.length - problems.size, problems: problems.size };
}

/** Parked receipts whose message is known by now. */
export async function unparkReceipts(deps: Pick<DrainDeps, "people" | "ledger">): Promise<number> {
  let merged = 0;
  for (const { workspaceId, records } of await deps.people.takeParked())
    merged += (await deps.ledger.mergeReceipts(workspaceId, records)).matched;
  return merged;
}

async function address(
  deps: DrainDeps,
  row: InboxRow,
  ownersByNumber: Map<string, NumberOwner | null>,
  into: Addressed[],
): Promise<string | null> {
  const parsed = deps.providersByName[row.provider]?.parseWebhook(row.body);
  if (!parsed) return `no adapter for provider ${row.provider}`;
  if (parsed.kind === "unreadable") return parsed.reason;
  let problem: string | null = null;
  for (const { providerNumberId, events } of parsed.groups) {
    if (providerNumberId === null) {
      for (const event of events) deps.log.info("webhook.without_number", { kind: event.kind });
      continue;
    }
    const owner = ownersByNumber.has(providerNumberId) ? ownersByNumber.get(providerNumberId) : await deps.inbox.ownerOf(providerNumberId);
    ownersByNumber.set(providerNumberId, owner ?? null);
    if (owner) for (const event of events) into.push({ inboxId: row.inboxId, owner, event });
    else problem = "no sender of this deployment has this number";
  }
  return problem;
}

async function mergeReceipts(deps: DrainDeps, addressed: readonly Addressed[]): Promise<void> {
  const recordsByWorkspace = new Map<WorkspaceId, ReceiptRecord[]>();
  for (const { owner, event } of addressed) {
    if (event.kind !== "receipt") continue;
    const records = recordsByWorkspace.get(owner.workspaceId) ?? [];
    records.push(toRecord(deps.opaqueIds, event));
    recordsByWorkspace.set(owner.workspaceId, records);
  }
  for (const [workspaceId, records] of recordsByWorkspace) {
    const merge = await deps.ledger.mergeReceipts(workspaceId, records);
    if (merge.parked > 0) deps.log.info("receipts.parked", { parked: merge.parked });
  }
}

function toRecord(opaqueIds: OpaqueIds, event: ReceiptEvent): ReceiptRecord {
  return {
    providerMessageId: event.providerMessageId,
    attemptRef: event.opaqueId === null ? null : opaqueIds.decode(event.opaqueId),
    receipt: event.receipt,
    atMs: event.atMs,
    settlement: event.failure === null ? null : settleRefusal(event.failure),
    pricing: event.pricing,
  };
}
