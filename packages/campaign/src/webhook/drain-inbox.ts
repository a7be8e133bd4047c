import { redactText } from "@herald/kernel";
import type { MessageProvider, ProviderEvent } from "@herald/provider";
import type { EngineLog } from "../engine-log.ts";
import type { Ledger, OpaqueIds } from "../ledger/ledger.ts";
import type { Inbox, InboxRow, NumberOwner, PeoplePort } from "./inbox.ts";
import { type AddressedReceipt, mergeReceipts } from "./merge-receipts.ts";
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
 * A row that cannot be read, whose number nobody here owns, or that a store refuses keeps its problem and its bytes and holds up no other.
 * Rejects, with nothing marked, when no row got through: then it is the store that is away. Draining a row twice changes nothing.
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
  const refused = new Map<string, unknown>();
  for (const one of addressed) await hear(deps, one).catch((error: unknown) => refused.set(one.inboxId, error));
  for (const [inboxId, error] of await mergeReceipts(deps, addressed.filter(isReceipt))) refused.set(inboxId, error);

  const toldStores = new Set(addressed.filter(({ event }) => event.kind !== "unknown").map(({ inboxId }) => inboxId));
  if (refused.size > 0 && refused.size === toldStores.size) throw [...refused.values()][0];
  for (const [inboxId, error] of refused) problems.set(inboxId, redactText(error instanceof Error ? error.message : "unknown problem"));
  for (const [inboxId, problem] of problems) await deps.inbox.markProblem(inboxId, problem);
  await deps.inbox.markDrained(rows.filter((row) => !problems.has(row.inboxId)).map((row) => row.inboxId));
  return { drained: rows.length - problems.size, problems: problems.size };
}

/** Receipts that came before the id of their message was written, and whose message is known by now. Answers how many found it. */
export async function unparkReceipts(deps: Pick<DrainDeps, "people" | "ledger">): Promise<number> {
  let matched = 0;
  for (const { workspaceId, parkedIds, records } of await deps.people.takeParked()) {
    matched += (await deps.ledger.mergeReceipts(workspaceId, records)).matched;
    await deps.people.removeParked(workspaceId, parkedIds);
  }
  return matched;
}

const isReceipt = (one: Addressed): one is Addressed & AddressedReceipt => one.event.kind === "receipt";

async function address(
  deps: DrainDeps,
  row: InboxRow,
  ownersByNumber: Map<string, NumberOwner | null>,
  into: Addressed[],
): Promise<string | null> {
  const provider = Object.hasOwn(deps.providersByName, row.provider) ? deps.providersByName[row.provider] : undefined;
  if (!provider) return `no adapter for provider ${row.provider}`;
  const parsed = provider.parseWebhook(row.body);
  if (parsed.kind === "unreadable") return parsed.reason;
  let problem: string | null = null;
  for (const { providerNumberId, events } of parsed.groups) {
    if (providerNumberId === null) {
      for (const event of events) deps.log.info("webhook.without_number", { kind: event.kind });
      continue;
    }
    const owner = ownersByNumber.has(providerNumberId) ? ownersByNumber.get(providerNumberId) : await deps.inbox.ownerOf(providerNumberId);
    ownersByNumber.set(providerNumberId, owner ?? null);
    if (owner) for (const event of events) into.push({ inboxId: row.inboxId, owner, event: dated(event, row.receivedAtMs) });
    else problem = "no sender of this deployment has this number";
  }
  return problem;
}

/** An event without a time of its own happened when we got it, not in 1970. */
const dated = (event: ProviderEvent, receivedAtMs: number): ProviderEvent =>
  event.kind === "unknown" || event.atMs > 0 ? event : { ...event, atMs: receivedAtMs };

/** What a person said or wished. Receipts come later, in bulk. */
async function hear(deps: DrainDeps, { inboxId, owner, event }: Addressed): Promise<void> {
  if (event.kind === "inbound") {
    const isStop = isStopWord(event.text ?? "") || isStopWord(event.buttonPayload ?? "");
    await deps.people.recordInbound(owner, { inboxId, event, isStop });
  } else if (event.kind === "preference") await deps.people.recordPreference(owner, event);
  else if (event.kind === "unknown") deps.log.info("webhook.ignored", { field: event.field });
}
