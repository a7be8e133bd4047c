import { defaultPace, type LaneReason, type MessageState, slotWindowMs } from "@herald/campaign";
import type pg from "pg";

/** The functions of the engine, called as its adapter calls them: one statement each, in autocommit. Times in seconds, as SQL has them. */

export type LaneAsk = { readonly campaignId: string; readonly epoch: number; readonly want: number };
export type GrantAsk = {
  readonly workspaceId: string;
  readonly senderId: string;
  readonly lanes: readonly LaneAsk[];
  readonly horizon?: number;
  readonly quantum?: number;
  readonly shard?: number;
};
export type GrantedLane = {
  readonly campaign_id: string;
  readonly reason: LaneReason;
  readonly message_ids: readonly string[];
  readonly attempts: readonly number[];
  readonly skipped: number;
  readonly first_ms: number;
  readonly step_ms: number;
  readonly wait_ms: number;
  readonly db_now: number;
};
export type Handed = { readonly messageId: string; readonly attempt: number };

/** The product's own pace, seconds. `window`: a request may begin this long after its slot. */
export const pace = {
  horizon: defaultPace.horizonMs / 1000,
  quantum: defaultPace.quantumMs / 1000,
  lead: defaultPace.leadMs / 1000,
  window: slotWindowMs / 1000,
};
/** Lets a test take as much as it wants at once; slots then lie in the future. The laws on pace use the real horizon. */
const wideHorizon = 3600;

export async function grant(client: pg.Client, ask: GrantAsk): Promise<readonly GrantedLane[]> {
  const { lanes, horizon = wideHorizon, quantum = 0.001, shard = 0 } = ask;
  const { rows } = await client.query<GrantedLane>("select * from herald.grant_slots($1, $2, $3, $4, $5, $6, $7, $8, $9)", [
    ask.workspaceId,
    ask.senderId,
    lanes.map(({ campaignId }) => campaignId),
    lanes.map(({ epoch }) => epoch),
    lanes.map(({ want }) => want),
    shard,
    horizon,
    quantum,
    pace.lead,
  ]);
  return rows;
}

export const handedOut = (lanes: readonly GrantedLane[]): readonly Handed[] =>
  lanes.flatMap((lane) => lane.message_ids.map((messageId, index) => ({ messageId, attempt: lane.attempts[index] ?? 0 })));

/** Epoch seconds of every slot of an answer, in the order of its messages. */
export const slotsOf = (lane: GrantedLane): readonly number[] =>
  lane.message_ids.map((_, index) => lane.db_now + (lane.first_ms + index * lane.step_ms) / 1000);

export async function takeOver(client: pg.Client, workspaceId: string, campaignId: string): Promise<number> {
  const { rows } = await client.query<{ epoch: number }>("select epoch from herald.take_over($1, $2)", [workspaceId, campaignId]);
  return rows[0]?.epoch ?? 0;
}

export type ResultState = Exclude<MessageState, "dispatching" | "skipped">;
export type ResultJson = Record<string, unknown>;

/** What one answer came to, in the shape of `herald.record_results`. */
export function result({ messageId, attempt }: Handed, state: ResultState, more: ResultJson = {}): ResultJson {
  const accepted = state === "accepted" || state === "held";
  return {
    id: messageId,
    attempt,
    state,
    reason: null,
    retryMs: state === "deferred" ? 0 : null,
    maxAttempts: 3,
    counts: state !== "queued",
    latencyMs: 10,
    providerMessageId: accepted ? providerIdOf({ messageId, attempt }) : null,
    ...more,
  };
}

/** A provider's id; one for each request, as the provider gives them. */
const providerIdOf = ({ messageId, attempt }: Handed): string => `wamid.${messageId}.${attempt}`;

export async function record(client: pg.Client, workspaceId: string, results: readonly ResultJson[], shard = 8): Promise<number> {
  const { rows } = await client.query<{ moved: number }>("select herald.record_results($1, $2, $3) as moved", [
    workspaceId,
    shard,
    JSON.stringify(results),
  ]);
  return rows[0]?.moved ?? 0;
}

/** One receipt, in the shape of `herald.merge_receipts`. A failure is one that may be tried again, three times in all, unless `more` says otherwise. */
export function receipt(handed: Handed, word: string, more: ResultJson = {}): ResultJson {
  const failure = { state: "deferred", reason: "SOON", retryMs: 0, maxAttempts: 3, code: "131000", class: "SOON", block: null };
  return {
    providerMessageId: providerIdOf(handed),
    messageId: handed.messageId,
    attempt: handed.attempt,
    receipt: word,
    atMs: 1_800_000_000_000,
    ...(word === "failed" ? failure : {}),
    ...more,
  };
}

export type Merge = { readonly matched: number; readonly moved: number; readonly parked: number };
export async function merge(client: pg.Client, workspaceId: string, records: readonly ResultJson[], shard = 9): Promise<Merge> {
  const { rows } = await client.query<Merge>("select matched, moved, parked from herald.merge_receipts($1, $2, $3)", [
    workspaceId,
    shard,
    JSON.stringify(records),
  ]);
  return rows[0] ?? { matched: 0, moved: 0, parked: 0 };
}

/** @param grace seconds after `send_by`; slots of a wide horizon lie ahead, so a negative one says "long dead". */
export async function recover(client: pg.Client, workspaceId: string, campaignId: string, grace = -2 * wideHorizon): Promise<number> {
  const { rows } = await client.query<{ unknown: number }>("select unknown from herald.recover($1, $2, $3)", [
    workspaceId,
    campaignId,
    grace,
  ]);
  return rows[0]?.unknown ?? 0;
}

export async function returnLost(
  client: pg.Client,
  ask: {
    readonly workspaceId: string;
    readonly senderId: string;
    readonly campaignId: string;
    readonly epoch: number;
    readonly held: readonly Handed[];
  },
): Promise<number> {
  const { rows } = await client.query<{ returned: number }>("select herald.return_lost($1, $2, $3, $4, $5, $6) as returned", [
    ask.workspaceId,
    ask.senderId,
    ask.campaignId,
    ask.epoch,
    ask.held.map(({ messageId }) => messageId),
    ask.held.map(({ attempt }) => attempt),
  ]);
  return rows[0]?.returned ?? 0;
}

export async function skipOpen(
  client: pg.Client,
  workspaceId: string,
  campaignId: string,
  reason: "cancelled" | "expired",
  limit = 5000,
): Promise<number> {
  const { rows } = await client.query<{ skipped: number }>("select herald.skip_open($1, $2, $3, $4) as skipped", [
    workspaceId,
    campaignId,
    reason,
    limit,
  ]);
  return rows[0]?.skipped ?? 0;
}

export async function finalise(client: pg.Client, workspaceId: string, campaignId: string): Promise<string> {
  const { rows } = await client.query<{ status: string }>("select herald.finalise($1, $2) as status", [workspaceId, campaignId]);
  return rows[0]?.status ?? "";
}

/** A person's opt-out as the drain commits it: what is said is written first, the consent lock comes last. */
export async function optOut(client: pg.Client, workspaceId: string, contactId: string): Promise<void> {
  await client.query("begin");
  try {
    await client.query("select herald.enter_workspace($1)", [workspaceId]);
    await client.query("select herald.withdraw_consent($1, $2, '[]', 'test', '{}', clock_timestamp())", [workspaceId, contactId]);
    await client.query("select herald.lock_consent($1)", [workspaceId]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
