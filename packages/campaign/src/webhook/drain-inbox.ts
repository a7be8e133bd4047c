import { redactText } from "@herald/kernel";
import type { AccountEvent, MessageProvider, ProviderEvent } from "@herald/provider";
import type { EngineLog } from "../engine-log.ts";
import type { Ledger, OpaqueIds } from "../ledger/ledger.ts";
import { type AccountOwner, type AccountPort, isAccountEvent } from "./account-events.ts";
import type { Inbox, InboxRow, NumberOwner, PeoplePort } from "./inbox.ts";
import { type AddressedReceipt, mergeReceipts } from "./merge-receipts.ts";
import { isStopWord } from "./stop-words.ts";

export type DrainDeps = {
  readonly inbox: Inbox;
  readonly people: PeoplePort;
  readonly accounts: AccountPort;
  readonly ledger: Ledger;
  readonly providersByName: Readonly<Record<string, Pick<MessageProvider, "parseWebhook">>>;
  readonly opaqueIds: OpaqueIds;
  readonly log: EngineLog;
};
type Addressed = { readonly inboxId: string; readonly owner: NumberOwner; readonly event: ProviderEvent };
type OfAccount = { readonly inboxId: string; readonly owner: AccountOwner; readonly event: AccountEvent };
/** What a batch of webhooks came to: whom each event concerns, and the rows that cannot be addressed. */
type Sorted = { readonly addressed: Addressed[]; readonly ofAccounts: OfAccount[]; readonly problems: Map<string, string> };

/**
 * Takes stored webhooks in order: what people said before what became of messages, so that an opt-out never waits behind receipts.
 * A row that cannot be read, whose number or account nobody here owns, or that a store refuses keeps its problem and its bytes, is tried again
 * later and later, and holds up no other. Rejects when not even that can be written down: then it is the store that is away. Draining a row twice changes nothing.
 */
export async function drainInbox(deps: DrainDeps, limit: number): Promise<{ readonly drained: number; readonly problems: number }> {
  const rows = await deps.inbox.claim(limit);
  const { addressed, ofAccounts, problems } = await sort(deps, rows);
  await debit(deps, addressed);
  const refused = new Map<string, unknown>();
  const orNote = (inboxId: string, done: Promise<void>) => done.catch((error: unknown) => void refused.set(inboxId, error));
  for (const one of addressed) await orNote(one.inboxId, hear(deps, one));
  for (const { inboxId, owner, event } of ofAccounts) await orNote(inboxId, deps.accounts.record(owner, event));
  for (const [inboxId, error] of await mergeReceipts(deps, addressed.filter(isReceipt))) refused.set(inboxId, error);

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

async function sort(deps: DrainDeps, rows: readonly InboxRow[]): Promise<Sorted> {
  const sorted: Sorted = { addressed: [], ofAccounts: [], problems: new Map() };
  const ownerOfNumber = remembering(deps.inbox.ownerOf);
  const ownerOfAccount = remembering((key) => {
    const [provider = "", ...account] = key.split(" ");
    return deps.accounts.ownerOf(provider, account.join(" "));
  });
  for (const row of rows) {
    const provider = Object.hasOwn(deps.providersByName, row.provider) ? deps.providersByName[row.provider] : undefined;
    const parsed = provider?.parseWebhook(row.body) ?? { kind: "unreadable", reason: `no adapter for provider ${row.provider}` };
    if (parsed.kind === "unreadable") {
      sorted.problems.set(row.inboxId, parsed.reason);
      continue;
    }
    for (const { providerNumberId, events } of parsed.groups)
      for (const raw of events) {
        const event = dated(raw, row.receivedAtMs);
        if (isAccountEvent(event)) {
          const owner = await ownerOfAccount(`${row.provider} ${event.providerAccountId}`);
          if (owner) sorted.ofAccounts.push({ inboxId: row.inboxId, owner, event });
          else sorted.problems.set(row.inboxId, "nobody in this deployment has connected this account");
        } else if (providerNumberId === null) deps.log.info("webhook.without_number", { kind: event.kind });
        else {
          const owner = await ownerOfNumber(providerNumberId);
          if (owner) sorted.addressed.push({ inboxId: row.inboxId, owner, event });
          else sorted.problems.set(row.inboxId, "no sender of this deployment has this number");
        }
      }
  }
  return sorted;
}

/** Asks once for each key. */
function remembering<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key) => {
    const answer = known.get(key) ?? ask(key);
    known.set(key, answer);
    return answer;
  };
}

/** Before anything else: the provider has counted these messages against the numbers' pace already. A debit that is lost costs its patience, never a person's word. */
async function debit({ people, log }: DrainDeps, addressed: readonly Addressed[]): Promise<void> {
  const inbound = addressed.filter(({ event }) => event.kind === "inbound");
  for (const ofNumber of Map.groupBy(inbound, ({ owner }) => owner.senderId).values()) {
    const [{ owner }] = ofNumber as [Addressed, ...Addressed[]];
    const inboxIds = ofNumber.map(({ inboxId }) => inboxId);
    await people
      .debitReplies(owner, inboxIds)
      .catch((error: unknown) => log.warn("replies.not_debited", { count: inboxIds.length, error }));
  }
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
